package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/belongs"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/history"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/summary"
)

// card is what the page shows of a model beside its name: NAME.card.json.
type card struct {
	Summary summary.Summary      `json:"summary"`
	History map[string][]float64 `json:"history,omitempty"` // columns of NAME.history.csv, one value per epoch
	Sets    []cardSet            `json:"sets"`
}

// cardSet holds the figures of a model on one data set, with the pictures behind
// the confusion matrix.
type cardSet struct {
	Data      string            `json:"data"`
	Count     int               `json:"count"`
	Accuracy  float64           `json:"accuracy"`
	Classes   []int             `json:"classes,omitempty"` // of the matrix, the most confused of many; none: all
	Confusion metrics.Confusion `json:"confusion"`         // [label][predicted]
	Sheet     string            `json:"sheet"`             // NAME.DATA.png: tiles of the network's input size, row by row
	Columns   int               `json:"columns"`           // tiles in a row of the sheet
	Cells     []evaluate.Cell   `json:"cells"`

	right int // of Count
}

// cardFlags are the flags of card.
type cardFlags struct {
	sets    string
	writers string
	padSeed uint64
	tiles   int
}

func newCardCommand() *cobra.Command {
	var f cardFlags
	cmd := &cobra.Command{
		Use:   "card MODEL",
		Short: "Measure a model for the page: its card and the pictures it misread",
		Long: `card measures a model on data sets as evaluate does and writes what the page shows
about it into files beside the model: NAME.card.json (layers, training, accuracies,
confusion matrices, and the curves of NAME.history.csv if that is there) and, for
each data set, a sheet NAME.SET.png of the pictures behind each cell.`,
		Example: `  inkling card web/models/notebook-plain.ink
  inkling card web/models/fashion.ink --data fashion-mnist
  inkling card mine.ink --data synthetic`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	cmd.Flags().StringVar(&f.sets, "data", "",
		"data sets to measure on, separated by commas; see evaluate -h (default: "+
			strings.Join(dataset.Measured(), ",")+" for digits, unipen-letters for letters, else what the model was trained on)")
	cmd.Flags().StringVar(&f.writers, "writers", "21-25", "for pen: the writers of the digits, such as 21-25 or 1,4,7-9")
	cmd.Flags().Uint64Var(&f.padSeed, "pad-seed", 1, "seed of the place and size of each drawing on the pad")
	cmd.Flags().IntVar(&f.tiles, "tiles", 8, "pictures kept for each cell of the matrix")
	return cmd
}

// run measures and writes; nothing is written unless all could be measured.
func (f cardFlags) run(cmd *cobra.Command, path string) error {
	stem, isModel := strings.CutSuffix(path, ".ink")
	if !isModel {
		return usagef("card: got %s, want the name of an .ink file", path)
	}
	if f.tiles < 0 {
		return usagef("card: got --tiles %d, want at least 0", f.tiles)
	}
	m, err := readModel(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	names := f.names(m)
	if err := belongs.Card(cmd, names); err != nil {
		return err
	}
	if f.sets == "" {
		if err := checkThere(cmd, path, names[0]); err != nil {
			return err
		}
	}
	written := outputs.Named("the card", stem+".card.json")
	for _, name := range names {
		written = append(written, outputs.Named("the sheet", stem+"."+setName(name)+".png")...)
	}
	if err := canWrite(cmd, written, append(outputs.Named("MODEL", path), load.Files("--data", dataDir(cmd), names...)...)...); err != nil {
		return err
	}
	c := card{Summary: summary.New(filepath.Base(stem), info.Size(), m)}
	if c.History, err = history.Columns(history.Path(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sheets := map[string][]byte{}
	for _, name := range names {
		set, sheet, err := f.measure(cmd, m, name)
		if err != nil {
			return err
		}
		set.Sheet = filepath.Base(stem) + "." + set.Data + ".png"
		c.Sets = append(c.Sets, set)
		sheets[filepath.Join(filepath.Dir(stem), set.Sheet)] = sheet
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %d of %d right, %.4f\n", name, set.right, set.Count, set.Accuracy)
	}
	return writeCard(stem+".card.json", c, sheets)
}

// names returns the data sets to measure on: the sets of digits for a model that reads
// digits, people's letters for one that reads letters, otherwise the set that it was
// trained on.
func (f cardFlags) names(m *model.Model) []string {
	switch {
	case f.sets != "":
		return dataset.SplitList(f.sets)
	case evaluate.ReadsDigits(m):
		return dataset.Measured()
	case evaluate.ReadsCharacters(m):
		return []string{"unipen-letters"}
	}
	return []string{trainedOn(m)}
}

// writeCard writes the sheets and, last, the card that names them.
func writeCard(path string, c card, sheets map[string][]byte) error {
	for name, sheet := range sheets {
		if err := writeFile(name, sheet); err != nil {
			return err
		}
	}
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return writeFile(path, append(data, '\n'))
}

// setName returns the name of a data set in files and on the page.
func setName(data string) string {
	base, _, _ := strings.Cut(filepath.Base(data), ".")
	return base
}

// measure asks the model about a data set and draws its sheet.
func (f cardFlags) measure(cmd *cobra.Command, m *model.Model, name string) (cardSet, []byte, error) {
	data := dataFlags{Data: load.Data{Name: name, PadSeed: f.padSeed}}
	if name == "pen" {
		data.Writers = f.writers
	}
	v, err := data.measure(cmd, m, evaluate.DefaultTopK)
	if err != nil {
		return cardSet{}, nil, err
	}
	c := cardSet{
		Data: setName(name), Count: v.Count, Accuracy: v.Accuracy, Confusion: v.Confusion,
		Columns: evaluate.SheetColumns, right: v.Confusion.Right(),
	}
	if listed := v.Listed(); len(listed) < len(v.Classes) {
		c.Classes, c.Confusion = listed, v.Confusion.Part(listed)
	}
	var sheet []byte
	c.Cells, sheet, err = v.Tiles(f.tiles)
	return c, sheet, err
}

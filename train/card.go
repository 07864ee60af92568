package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/history"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
)

// card is what the page shows of a model beside its name: NAME.card.json.
type card struct {
	Summary summary              `json:"summary"`
	History map[string][]float64 `json:"history,omitempty"` // columns of NAME.history.csv, one value an epoch
	Sets    []cardSet            `json:"sets"`
}

// cardSet is the model measured on one data set, with the pictures behind the
// confusion matrix.
type cardSet struct {
	Data      string            `json:"data"`
	Count     int               `json:"count"`
	Accuracy  float64           `json:"accuracy"`
	Confusion metrics.Confusion `json:"confusion"` // [label][predicted]
	Sheet     string            `json:"sheet"`     // NAME.DATA.png: tiles of the network's input size, row by row
	Columns   int               `json:"columns"`   // tiles in a row of the sheet
	Cells     []cardCell        `json:"cells"`
}

// cardCell says which tiles of the sheet lie behind one cell of the matrix: the
// surest mistakes; of right answers the least sure, and last the surest, which
// the page offers as a sample.
type cardCell struct {
	Label     int `json:"label"`
	Predicted int `json:"predicted"`
	First     int `json:"first"` // tile, from 0
	Count     int `json:"count"`
}

// sheetColumns is how many tiles stand in a row of a sheet.
const sheetColumns = 24

// cardFlags are the flags of card.
type cardFlags struct {
	sets    string
	writers string
	padSeed uint64
	tiles   int
}

func newCardCommand() *cobra.Command {
	f := cardFlags{writers: "21-25", padSeed: 1, tiles: 8}
	cmd := &cobra.Command{
		Use:   "card MODEL",
		Short: "Measure a model for the page: its card and the pictures it misread",
		Long: `card measures a model on data sets as evaluate does and writes, beside the model,
what the page shows of it: NAME.card.json (layers, training, accuracies, confusion
matrices, and the curves of NAME.history.csv if that is there) and a sheet
NAME.SET.png of the pictures behind each cell.`,
		Example: `  inkling card web/models/notebook-plain.ink
  inkling card web/models/fashion.ink --data fashion-mnist
  inkling card mine.ink --data synthetic`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	cmd.Flags().StringVar(&f.sets, "data", f.sets, "data sets to measure on, separated by commas; see evaluate -h (default: mnist,pen, or what a model of pictures was trained on)")
	cmd.Flags().StringVar(&f.writers, "writers", f.writers, "of pen: whose digits, such as 21-25 or 1,4,7-9")
	cmd.Flags().Uint64Var(&f.padSeed, "pad-seed", f.padSeed, "of where on the pad and how large each drawing is drawn")
	cmd.Flags().IntVar(&f.tiles, "tiles", f.tiles, "pictures kept of each cell of the matrix")
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
	c := card{Summary: summarize(filepath.Base(stem), info.Size(), m)}
	if c.History, err = history.Columns(history.Path(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sheets := map[string][]byte{}
	for _, name := range f.names(m) {
		set, sheet, err := f.measure(cmd, m, name)
		if err != nil {
			return err
		}
		set.Sheet = filepath.Base(stem) + "." + set.Data + ".png"
		c.Sets = append(c.Sets, set)
		sheets[filepath.Join(filepath.Dir(stem), set.Sheet)] = sheet
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %d of %d right, %.4f\n", name, int(set.Accuracy*float64(set.Count)+0.5), set.Count, set.Accuracy)
	}
	return writeCard(stem+".card.json", c, sheets)
}

// names are the data sets to measure on.
func (f cardFlags) names(m *model.Model) []string {
	switch {
	case f.sets != "":
		return strings.Split(f.sets, ",")
	case m.Recipe == ink.Photo:
		return []string{trainedOn(m)}
	}
	return []string{"mnist", "pen"}
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

// measure asks the model about a data set and draws its sheet.
func (f cardFlags) measure(cmd *cobra.Command, m *model.Model, name string) (cardSet, []byte, error) {
	data := dataFlags{name: name, writers: f.writers, padSeed: f.padSeed}
	set, err := data.loadForEvaluation(cmd, m)
	if err != nil {
		return cardSet{}, nil, err
	}
	e, err := measureAnswers(m, set, defaultTopK)
	if err != nil {
		return cardSet{}, nil, err
	}
	base, _, _ := strings.Cut(filepath.Base(name), ".")
	c := cardSet{Data: base, Count: e.Count, Accuracy: e.Accuracy, Confusion: e.Confusion, Columns: sheetColumns}
	var tiles []int
	c.Cells, tiles = chooseTiles(m, set, f.tiles)
	sheet, err := drawTiles(set, tiles)
	return c, sheet, err
}

// chooseTiles picks up to most images of each cell: the surest of the wrong
// answers, the least sure of the right ones and last the surest of these, the
// earlier of equals.
func chooseTiles(m *model.Model, set *dataset.Set, most int) (cells []cardCell, tiles []int) {
	type answered struct {
		image      int
		confidence float32
	}
	classes := len(m.Labels)
	all := make([][]answered, classes*classes)
	for i, label := range set.Labels {
		a := m.Predict(set.Image(i))
		cell := int(label)*classes + a.Label
		all[cell] = append(all[cell], answered{i, a.Confidence})
	}
	for cell, list := range all {
		label, predicted := cell/classes, cell%classes
		slices.SortStableFunc(list, func(a, b answered) int {
			switch {
			case a.confidence == b.confidence:
				return 0
			case (a.confidence > b.confidence) == (label != predicted):
				return -1
			}
			return 1
		})
		if n := len(list); label == predicted && most > 0 && n > most {
			list[most-1] = list[n-1]
		}
		list = list[:min(len(list), most)]
		if len(list) == 0 {
			continue
		}
		cells = append(cells, cardCell{label, predicted, len(tiles), len(list)})
		for _, a := range list {
			tiles = append(tiles, a.image)
		}
	}
	return cells, tiles
}

// drawTiles is a PNG of images of the set, sheetColumns in a row; grey, 0
// background to 255 ink.
func drawTiles(set *dataset.Set, tiles []int) ([]byte, error) {
	rows := max(1, (len(tiles)+sheetColumns-1)/sheetColumns)
	sheet := image.NewGray(image.Rect(0, 0, sheetColumns*set.Width, rows*set.Height))
	for i, tile := range tiles {
		x, y := i%sheetColumns*set.Width, i/sheetColumns*set.Height
		pixels := set.Image(tile)
		for row := range set.Height {
			copy(sheet.Pix[sheet.PixOffset(x, y+row):], pixels[row*set.Width:(row+1)*set.Width])
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err := encoder.Encode(&out, sheet)
	return out.Bytes(), err
}

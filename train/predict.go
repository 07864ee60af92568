package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

// prediction is the answer to one image.
type prediction struct {
	File          string    `json:"file"`
	Index         *int      `json:"index,omitempty"` // in a file of several
	Label         string    `json:"label"`           // "" if nothing is drawn
	Sure          bool      `json:"sure"`
	Confidence    float32   `json:"confidence"`
	Probabilities []float32 `json:"probabilities"` // one per class; empty if nothing is drawn
}

func newPredictCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "predict MODEL FILE...",
		Short: "Say what pictures or drawings show",
		Long: `predict asks a model about files: pictures (PNG, JPEG, GIF; ink of any colour on
paper of any colour), stroke JSON, and IDX images of the network's own size. A
file of several images or drawings gives one answer each, in order.`,
		Example: `  inkling predict mnist.ink digits/*.png
  inkling predict mnist.ink drawing.json --json
  inkling predict mnist.ink data/mnist/t10k-images-idx3-ubyte.gz`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := readModel(args[0])
			if err != nil {
				return err
			}
			predictions, bad := predictFiles(m, args[1:])
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), predictions)
			} else {
				err = printPredictions(cmd.OutOrStdout(), predictions)
			}
			if err != nil || len(bad) == 0 {
				return err
			}
			for _, err := range bad[:len(bad)-1] {
				fmt.Fprintln(cmd.ErrOrStderr(), "inkling:", err)
			}
			return bad[len(bad)-1]
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// predictFiles answers every image of the files that can be read, and says what
// is wrong with the others.
func predictFiles(m *model.Model, paths []string) (predictions []prediction, bad []error) {
	predictions = []prediction{} // an empty list in JSON
	for _, path := range paths {
		some, err := predictFile(m, path)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		predictions = append(predictions, some...)
	}
	return predictions, bad
}

// predictFile answers every image of a file.
func predictFile(m *model.Model, path string) ([]prediction, error) {
	kind, err := kindOf(path)
	if err != nil {
		return nil, err
	}
	switch kind {
	case strokeFile:
		return predictDrawings(m, path)
	case idxFile:
		return predictIDX(m, path)
	}
	picture, err := dataset.ReadPicture(path)
	if err != nil {
		return nil, err
	}
	image := make([]uint8, m.Width()*m.Height())
	drawn := dataset.See(image, m.Width(), m.Height(), m.Recipe, picture)
	return []prediction{answer(m, path, image, drawn)}, nil
}

// predictDrawings answers every drawing of a stroke file.
func predictDrawings(m *model.Model, path string) ([]prediction, error) {
	if m.Recipe != ink.Drawing {
		return nil, fmt.Errorf("predict: %s holds strokes, but the model's recipe is %s, which wants pictures", path, m.Recipe)
	}
	drawings, err := dataset.ReadDrawings(path)
	if err != nil {
		return nil, err
	}
	image := make([]uint8, m.Width()*m.Height())
	var predictions []prediction
	for _, d := range drawings {
		drawn := ink.Draw(image, m.Width(), m.Height(), d.Strokes)
		predictions = append(predictions, answer(m, path, image, drawn))
	}
	return numbered(predictions), nil
}

// predictIDX answers every image of an IDX file, which must have the network's
// size and passes untouched.
func predictIDX(m *model.Model, path string) ([]prediction, error) {
	pixels, width, height, err := dataset.ReadImages(path)
	if err != nil {
		return nil, err
	}
	if width != m.Width() || height != m.Height() {
		return nil, fmt.Errorf("predict: %s: got images of %dx%d, want the model's input %dx%d", path, width, height, m.Width(), m.Height())
	}
	var predictions []prediction
	for size := width * height; len(pixels) > 0; pixels = pixels[size:] {
		predictions = append(predictions, answer(m, path, pixels[:size], true))
	}
	return numbered(predictions), nil
}

// answer asks the model, unless nothing is drawn.
func answer(m *model.Model, path string, image []uint8, drawn bool) prediction {
	if !drawn {
		return prediction{File: path, Probabilities: []float32{}}
	}
	a := m.Predict(image)
	return prediction{
		File: path, Label: m.Labels[a.Label], Sure: a.Sure, Confidence: a.Confidence, Probabilities: slices.Clone(a.Probabilities), // the next Predict overwrites them
	}
}

// numbered gives each prediction of a file of several its index.
func numbered(predictions []prediction) []prediction {
	if len(predictions) > 1 {
		for i := range predictions {
			predictions[i].Index = &i
		}
	}
	return predictions
}

// printPredictions writes one line an image.
func printPredictions(w io.Writer, predictions []prediction) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range predictions {
		name := p.File
		if p.Index != nil {
			name = fmt.Sprintf("%s[%d]", p.File, *p.Index)
		}
		switch {
		case p.Label == "":
			fmt.Fprintf(table, "%s\t\tnothing drawn\n", name)
		case !p.Sure:
			fmt.Fprintf(table, "%s\t?\tnot sure: %s %.1f %%\n", name, p.Label, 100*p.Confidence)
		default:
			fmt.Fprintf(table, "%s\t%s\t%.1f %%\n", name, p.Label, 100*p.Confidence)
		}
	}
	return table.Flush()
}

// fileKind is what a file to predict holds.
type fileKind int

const (
	pictureFile fileKind = iota
	strokeFile
	idxFile
)

// kindOf tells a stroke file by its name and an IDX file, plain or gzip, by its
// name or first bytes; all else is taken for a picture.
func kindOf(path string) (fileKind, error) {
	name := strings.TrimSuffix(path, ".gz")
	if strings.HasSuffix(name, ".json") {
		return strokeFile, nil
	}
	if strings.Contains(name, "idx3-ubyte") || strings.HasSuffix(name, ".idx") {
		return idxFile, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var magic [4]byte
	if _, err := io.ReadFull(file, magic[:]); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	if bytes.Equal(magic[:], []byte{0, 0, 8, 3}) {
		return idxFile, nil
	}
	return pictureFile, nil
}

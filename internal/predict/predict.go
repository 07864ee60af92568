// Package predict asks a model about files, pictures, drawings and arrays, and
// about data sets, and writes its answers as tables, CSV and sheets.
package predict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// Prediction is the answer to one image.
type Prediction struct {
	File          string    `json:"file"`            // or the name of the data set
	Index         *int      `json:"index,omitempty"` // in a file of several
	Truth         string    `json:"truth,omitempty"` // the label, of a data set
	Label         string    `json:"label"`           // "" if nothing is drawn
	Sure          bool      `json:"sure"`
	Confidence    float32   `json:"confidence"`
	Probabilities []float32 `json:"probabilities"` // one per class; empty if nothing is drawn
}

// Reading collects the answers of a model.
type Reading struct {
	Predictions []Prediction

	model *model.Model
	room  int              // how many are to be shown
	shown []sheet.Answered // the first ones
}

// New returns a Reading without answers. The first few, as many as its sheet is to
// show, keep their images.
func New(m *model.Model, shown int) *Reading {
	return &Reading{Predictions: []Prediction{}, model: m, room: shown} // an empty list in JSON
}

// Set asks about every image of a set of the model's size and classes.
func (r *Reading) Set(set *dataset.Set) error {
	if err := evaluate.Fits(r.model, set); err != nil {
		return err
	}
	from := len(r.Predictions)
	for i, label := range set.Labels {
		if err := r.ask(set.Name, set.Image(i), true, ink.Picture{}); err != nil {
			return err
		}
		r.Predictions[from+i].Truth = set.Classes[label]
	}
	r.number(from)
	return nil
}

// Files asks about every image of the files that can be read, and returns what is
// wrong with the others. Stroke files are told by their names, and IDX files by
// their names or first bytes; all else is taken for a picture. Of a folder those files
// are read whose names say that they can be.
func (r *Reading) Files(paths []string) (bad []error) {
	for _, path := range paths {
		files, err := expand(path)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		for _, file := range files {
			from := len(r.Predictions)
			if err := r.readFile(file); err != nil {
				bad = append(bad, err)
				continue
			}
			r.number(from)
		}
	}
	return bad
}

// readFile asks about every image of a file, or about none if that is wrong.
func (r *Reading) readFile(path string) error {
	kind, err := kindOf(path)
	if err != nil {
		return err
	}
	switch kind {
	case strokeFile:
		return r.readDrawings(path)
	case idxFile:
		return r.readIDX(path)
	}
	p, err := picture.Read(path)
	if err != nil {
		return err
	}
	image := make([]uint8, r.model.Width()*r.model.Height())
	drawn := picture.See(image, r.model.Width(), r.model.Height(), r.model.Recipe, p)
	return r.ask(path, image, drawn, p)
}

// readDrawings asks about every drawing of a stroke file.
func (r *Reading) readDrawings(path string) error {
	if r.model.Recipe != ink.Drawing {
		return fmt.Errorf("%s holds strokes, but the model's recipe is %s, which wants pictures", path, r.model.Recipe)
	}
	read, err := strokes.Read(path)
	if err != nil {
		return err
	}
	for _, d := range read.Drawings {
		image := make([]uint8, r.model.Width()*r.model.Height())
		drawn := ink.Draw(image, r.model.Width(), r.model.Height(), d.Strokes)
		if err := r.ask(path, image, drawn, ink.Picture{}); err != nil {
			return err
		}
	}
	return nil
}

// readIDX asks about every image of an IDX file, which must have the network's
// size and passes untouched.
func (r *Reading) readIDX(path string) error {
	pixels, width, height, err := dataset.ReadImages(path)
	if err != nil {
		return err
	}
	if width != r.model.Width() || height != r.model.Height() {
		return fmt.Errorf("%s: got images of %dx%d, want the model's input %dx%d", path, width, height, r.model.Width(), r.model.Height())
	}
	for size := width * height; len(pixels) > 0; pixels = pixels[size:] {
		if err := r.ask(path, pixels[:size], true, ink.Picture{}); err != nil {
			return err
		}
	}
	return nil
}

// ask asks the model, unless nothing is drawn. The image stays as it is, if it is
// to be shown.
func (r *Reading) ask(path string, image []uint8, drawn bool, picture ink.Picture) error {
	p := Prediction{File: path, Probabilities: []float32{}}
	if drawn {
		a := r.model.Predict(image)
		if err := a.Err(); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		p.Label, p.Sure, p.Confidence = r.model.Labels[a.Label], a.Sure, a.Confidence
		p.Probabilities = slices.Clone(a.Probabilities) // the next Predict overwrites them
	}
	r.Predictions = append(r.Predictions, p)
	if len(r.shown) < r.room {
		r.shown = append(r.shown, sheet.Answered{Picture: picture, Seen: image, Lines: []string{p.verdict(), path}})
	}
	return nil
}

// number gives each answer from one on, those of a file of several, its index.
func (r *Reading) number(from int) {
	if several := r.Predictions[from:]; len(several) > 1 {
		for i := range several {
			several[i].Index = &i
		}
	}
}

// fileKind is what a file to predict holds.
type fileKind int

const (
	pictureFile fileKind = iota
	strokeFile
	idxFile
)

// kindOf tells what a file holds, plain or gzip.
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

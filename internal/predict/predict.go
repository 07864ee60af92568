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
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/picture"
	"github.com/seed-c844a918/inkling/internal/pixels"
	"github.com/seed-c844a918/inkling/internal/plain"
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

	id    string // in a table; "": none
	class int    // the answer's; -1 if nothing is drawn
}

// Reading collects the answers of a model.
type Reading struct {
	Predictions []Prediction
	Data        load.Data // how tables, arrays and folders of classes are read; its Name plays no part

	model    *model.Model
	inverted int              // pictures on another ground than those of the training
	faint    []string         // images of little contrast, each with its shades
	room     int              // how many answers are to be shown
	shown    []sheet.Answered // the first ones
}

// New returns a Reading without answers. The first few, as many as its sheet is to
// show, keep their images.
func New(m *model.Model, shown int) *Reading {
	return &Reading{Predictions: []Prediction{}, model: m, room: shown} // an empty list in JSON
}

// Set asks about every image of a set of the model's size and classes, or of one
// without labels.
func (r *Reading) Set(set *dataset.Set) error {
	from := len(r.Predictions)
	if err := r.set(set.Name, set); err != nil {
		return err
	}
	r.number(from)
	r.sayFaint()
	return nil
}

// set asks about the images of a set that lies in a file.
func (r *Reading) set(file string, set *dataset.Set) error {
	if err := evaluate.Fits(r.model, set); err != nil {
		return err
	}
	set = set.As(r.model.Recipe)
	for i := range set.Len() {
		if err := r.ask(file, set.Image(i), true, ink.Picture{}); err != nil {
			return err
		}
		p := &r.Predictions[len(r.Predictions)-1]
		if set.Labels != nil {
			p.Truth = set.Classes[set.Labels[i]]
		}
		if set.IDs != nil {
			p.id = set.IDs[i]
		}
	}
	return nil
}

// Files asks about every image of the files that can be read, and returns what is
// wrong with the others. Stroke files, tables and arrays are told by their names, and
// IDX files by their names or first bytes; all others are read as pictures. In a folder,
// only files with a known extension are read.
func (r *Reading) Files(paths []string) (bad []error) {
	for _, path := range paths {
		files, wrong := r.expand(path)
		bad = append(bad, wrong...)
		for _, file := range files {
			from := len(r.Predictions)
			if err := r.readFile(file); err != nil {
				bad = append(bad, err)
				continue
			}
			r.number(from)
		}
	}
	if r.inverted > 0 && r.Data.Log != nil {
		fmt.Fprintf(r.Data.Log, "pictures inverted, since the model has learned from others on %s ground: %d\n", r.model.Ground(), r.inverted)
	}
	r.sayFaint()
	return bad
}

// sayFaint says which images have little contrast, as those of values 0..1 or 0..15 that were
// saved as bytes.
func (r *Reading) sayFaint() {
	if len(r.faint) > 0 && r.Data.Log != nil {
		fmt.Fprintf(r.Data.Log, "%d of %d images have little contrast, fewer than %d of 256 shades: %s\n",
			len(r.faint), len(r.Predictions), pixels.LeastByte, plain.Text(some(r.faint)))
	}
}

// noteFaint keeps that an image has little contrast. Tracing stretches that of a picture, unless
// it finds nothing; nothing is to be said of one of a single shade then, nor of one that is all
// transparent.
func (r *Reading) noteFaint(path string, image []uint8, drawn bool, p ink.Picture) {
	darkest, lightest := slices.Min(image), slices.Max(image)
	switch {
	case len(p.RGBA) > 0:
		darkest, lightest = picture.Shades(p)
		if traced := r.model.Recipe.Draws(); traced == drawn || traced && darkest == lightest {
			return
		}
	case !drawn:
		return
	}
	if picture.IsFaint(darkest, lightest) {
		r.faint = append(r.faint, fmt.Sprintf("%s %d..%d", path, darkest, lightest))
	}
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
	case dataFile:
		return r.readData(path)
	}
	return r.readPicture(path)
}

// readData asks about the images of a table or of arrays.
func (r *Reading) readData(path string) error {
	data := r.Data
	data.Name = path
	data.For(r.model)
	set, err := data.Asked(r.model)
	if err != nil {
		return err
	}
	return r.set(path, set)
}

// readPicture asks about a picture.
func (r *Reading) readPicture(path string) error {
	p, several, err := picture.Read(path)
	if err != nil {
		return err
	}
	if several && r.Data.Log != nil {
		fmt.Fprintf(r.Data.Log, "%s: holds several pages or frames, of which the first is read\n", path)
	}
	image := make([]uint8, r.model.Form().Size())
	drawn, ground := picture.See(image, r.model.Form(), r.model.Ground(), p)
	if ground.Against(r.model.Ground()) {
		r.inverted++
	}
	return r.ask(path, image, drawn, p)
}

// readDrawings asks about every drawing of a stroke file.
func (r *Reading) readDrawings(path string) error {
	if !r.model.Recipe.Draws() {
		return fmt.Errorf("%s holds strokes, but the model's recipe is %s, which wants pictures", path, r.model.Recipe)
	}
	read, err := strokes.Read(path)
	if err != nil {
		return err
	}
	if note := strokes.UpwardNote(read.Drawings); note != "" && r.Data.Log != nil {
		fmt.Fprintf(r.Data.Log, "%s: %s\n", plain.Text(path), note)
	}
	for _, d := range read.Drawings {
		image := make([]uint8, r.model.Form().Size())
		drawn := r.model.Form().DrawTo(image, d.Strokes, ink.Pen, d.Step())
		if err := r.ask(path, image, drawn, ink.Picture{}); err != nil {
			return err
		}
	}
	return nil
}

// readIDX asks about every image of an IDX file, which must have the network's size
// and means what the data of the model did.
func (r *Reading) readIDX(path string) error {
	values, width, height, err := dataset.ReadImages(path)
	if err != nil {
		return err
	}
	if r.model.Source.Transposed {
		width, height = height, width
	}
	if width != r.model.Width() || height != r.model.Height() {
		return fmt.Errorf("%s: got images of %dx%d, want the model's input %dx%d", path, width, height, r.model.Width(), r.model.Height())
	}
	if err := r.asInTraining(values, width, height); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if pixels.Ground(values, width, height).Against(r.model.Ground()) && r.Data.Log != nil {
		fmt.Fprintf(r.Data.Log, "%s: nearly all images lie on another ground than those in training, which is %s\n",
			plain.Text(path), r.model.Ground())
	}
	if dark, share := pixels.DarkOnLight(values, width, height); dark && r.model.Recipe.Draws() && r.Data.Log != nil {
		fmt.Fprintf(r.Data.Log, "%s: %.0f %% of the images are dark on light, unlike those in training\n", plain.Text(path), 100*share)
	}
	for size := width * height; len(values) > 0; values = values[size:] {
		image := make([]uint8, r.model.Form().Size())
		r.model.Form().OfInk(image, values[:size])
		if err := r.ask(path, image, true, ink.Picture{}); err != nil {
			return err
		}
	}
	return nil
}

// asInTraining turns bytes into pixels in the same way as for the model's training
// data; width and height are the model's.
func (r *Reading) asInTraining(values []uint8, width, height int) error {
	source := r.model.Source
	low, high := source.Range()
	known := pixels.Range{Low: float64(low), High: float64(high)}
	asked, err := known.Asked(pixels.OfBytes(values), len(values)/(width*height))
	if err != nil {
		return err
	}
	asked.Apply(values)
	if source.Inverted {
		pixels.Invert(values)
	}
	if source.Transposed {
		pixels.Transpose(values, height, width)
	}
	return nil
}

// ask asks the model, unless nothing is drawn. It keeps the image if the sheet shows it.
func (r *Reading) ask(path string, image []uint8, drawn bool, picture ink.Picture) error {
	r.noteFaint(path, r.model.Form().Ink(image), drawn, picture)
	p := Prediction{File: path, Probabilities: []float32{}, class: -1}
	if drawn {
		a := r.model.Predict(image)
		if err := a.Err(); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		p.class, p.Label, p.Sure, p.Confidence = a.Label, r.model.Labels[a.Label], a.Sure, a.Confidence
		p.Probabilities = slices.Clone(a.Probabilities) // the next Predict overwrites them
	}
	r.Predictions = append(r.Predictions, p)
	if len(r.shown) < r.room {
		r.shown = append(r.shown, sheet.Answered{Picture: picture, Seen: r.model.Form().Ink(image), Lines: []string{p.verdict(), path}})
	}
	return nil
}

// number gives each answer of a file with several images its index; from is the first
// of them.
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
	dataFile // a table or arrays
)

// kindOf tells what a file holds, plain or gzip.
func kindOf(path string) (fileKind, error) {
	name := strings.TrimSuffix(strings.ToLower(path), ".gz")
	if strokes.IsNamed(path) {
		return strokeFile, nil
	}
	if strings.Contains(name, "idx3-ubyte") || strings.HasSuffix(name, ".idx") {
		return idxFile, nil
	}
	if own.IsNumbers(path) {
		return dataFile, nil
	}
	head, err := beginning(path)
	if err != nil {
		return 0, err
	}
	if bytes.HasPrefix(head, []byte{0, 0, 8, 3}) {
		return idxFile, nil
	}
	return pictureFile, own.Other(path, head)
}

// beginning returns the first bytes of a regular file; a pipe would wait for a writer.
func beginning(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: got a folder, pipe or device, want a file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return head[:n], nil
}

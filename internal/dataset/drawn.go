package dataset

import (
	"fmt"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/parallel"
)

// Drawn holds drawings to train on, others to test, which may be nil, and what
// their labels mean.
type Drawn struct {
	Train, Test []strokes.Drawing
	Classes     []string
	DataLabels  []string // of each class the label as it stands in the data; nil: its name is the label
}

// Pair returns the drawings as images of a form, each drawn in its own square.
func (d Drawn) Pair(name string, form ink.Form) (pair Pair, err error) {
	if pair.Train, err = RasterizeOwn(name, d.Classes, d.Train, form); err != nil {
		return pair, err
	}
	pair.Train.DataLabels = d.DataLabels
	if d.Test == nil {
		return pair, nil
	}
	if pair.Test, err = RasterizeOwn(name, d.Classes, d.Test, form); err == nil {
		pair.Test.DataLabels = d.DataLabels
	}
	return pair, err
}

// readStrokes reads a stroke file. Labels that are names become classes; numbers are
// digits, or else classes of their own. Given names name the classes, as Pair.Name
// has it.
func readStrokes(path string, names []string) (Drawn, error) {
	file, err := strokes.Read(path)
	if err != nil {
		return Drawn{}, err
	}
	drawn := Drawn{Train: file.Drawings, Classes: file.Names}
	if file.Names == nil {
		drawn.Classes = numbered(file.Drawings)
	}
	if len(drawn.Classes) > MaxClasses {
		return Drawn{}, fmt.Errorf("strokes: %s: got %d classes, at most %d", path, len(drawn.Classes), MaxClasses)
	}
	if names == nil {
		return drawn, nil
	}
	if drawn, err = drawn.Name(names); err != nil {
		return Drawn{}, fmt.Errorf("strokes: %s: %w", path, err)
	}
	return drawn, nil
}

// RasterizeOwn draws every drawing as it is: Rasterize with its own strokes.
func RasterizeOwn(name string, classes []string, ds []strokes.Drawing, form ink.Form) (*Set, error) {
	return Rasterize(name, classes, ds, func(i int) []ink.Stroke { return ds[i].Strokes }, form)
}

// Rasterize draws every drawing by recipe drawing or writing into a set of images of the
// form. at(i) returns what to draw for ds[i], for example its own strokes or
// those that strokes.Place returns; it is called from several goroutines at once. The
// set does not depend on their number.
//
// A label outside classes and a drawing in which nothing is drawn are errors.
func Rasterize(name string, classes []string, ds []strokes.Drawing, at func(i int) []ink.Stroke, form ink.Form) (*Set, error) {
	set := &Set{
		Name: name, Width: form.Width, Height: form.Height, Recipe: form.Recipe, Classes: slices.Clone(classes),
		Pixels: make([]uint8, len(ds)*form.Size()), Labels: make([]uint16, len(ds)),
	}
	for i, d := range ds {
		if d.Label < 0 || d.Label >= len(classes) {
			if d.Label < 0 {
				return nil, fmt.Errorf("%s: drawing %d: got no label, want one: {\"label\": ..., \"strokes\": ...}", name, i+1)
			}
			return nil, fmt.Errorf("%s: drawing %d: label is %d, want 0..%d", name, i+1, d.Label, len(classes)-1)
		}
		set.Labels[i] = uint16(d.Label)
	}
	err := parallel.For(len(ds), func(i int) error {
		d := ds[i]
		if !form.DrawTo(set.Image(i), at(i), ink.Pen, d.Step()) {
			return fmt.Errorf("%s: drawing %d: nothing is drawn, want a point at least", name, i+1)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return set, nil
}

// Package load reads what --data and the flags beside it say: one data set to learn
// from, to measure on or to describe, or several that are mixed for a training run.
package load

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// Data says which data set to read, and how. What it cannot mean is a usage.Error.
type Data struct {
	Name         string     // of a set of the catalogue, or the path of a stroke file or of other data; of Mixture also several
	Writers      string     // of a set with writers: "21-25", "1,4,7-9"; "": the set's own choice
	WithoutNoisy bool       // without the writers that a set's own file names as noisy
	PadSeed      uint64     // of where on the pad and how large Test draws
	Own          own.Reader // how somebody's own data are read
	Names        []string   // of the classes of somebody's own data, in the order of their labels; nil: the labels
	Dir          string     // the folder with the sets of the catalogue
	Quiet        bool       // what was assumed of somebody's own data is not written to Log
	Log          io.Writer  // gets a bar, if it is a terminal, and a line for each picture that cannot be read and for what was assumed

	Context context.Context // ends reading when it does; nil: nothing does
}

// Source returns what the name means.
func (d *Data) Source() (*dataset.Source, error) {
	s, err := dataset.Lookup(d.Name)
	if err != nil {
		return nil, usage.Errorf("--data: %w", err)
	}
	return s, nil
}

// IsStrokes reports whether the data are strokes rather than images.
func (d *Data) IsStrokes() bool {
	s, err := d.Source()
	return err == nil && s.Strokes
}

// For asks for images as a model takes them, read as its training data were.
func (d *Data) For(m *model.Model) {
	d.Own.Width, d.Own.Height, d.Own.Recipe = m.Width(), m.Height(), m.Recipe
	d.Own.Kept, d.Own.Ground = &m.Source, m.Ground()
}

// Pair reads the images of the data set to learn from; strokes are drawn by
// Own.Recipe and have no test part.
func (d *Data) Pair() (dataset.Pair, error) {
	pair, _, err := d.pair()
	return pair, err
}

// pair does the work of Pair. It also returns how a user's own images were read, nil
// for other data.
func (d *Data) pair() (dataset.Pair, *own.Data, error) {
	s, err := d.Source()
	if err != nil {
		return dataset.Pair{}, nil, err
	}
	if s.Own && !s.Strokes {
		return d.ownPair()
	}
	if !s.HasDrawings() {
		pair, err := s.Open(d.Dir)
		return pair, nil, err
	}
	var drawn dataset.Drawn
	if s.Strokes {
		drawn, err = d.drawings(s, s.Writers.Fit)
	} else { // drawn by inkling, and divided by it
		drawn, err = s.Drawings(d.Dir, nil)
	}
	if err != nil {
		return dataset.Pair{}, nil, err
	}
	d.SayDrawings(s, drawn.Train)
	pair, err := drawn.Pair(d.Name, d.drawnForm())
	return pair, nil, err
}

// SayDrawings says what is odd about somebody's own drawings.
func (d *Data) SayDrawings(s *dataset.Source, ds []strokes.Drawing) {
	if !s.Own || d.Log == nil {
		return
	}
	for _, note := range DrawingNotes(ds) {
		fmt.Fprintf(d.Log, "%s: %s\n", filepath.Base(d.Name), note)
	}
}

// DrawingNotes returns what is to be said of drawings that stand twice or upside down.
func DrawingNotes(ds []strokes.Drawing) (notes []string) {
	if note := strokes.UpwardNote(ds); note != "" {
		notes = append(notes, note)
	}
	torn, again := strokes.Twins(ds)
	if torn > 0 {
		notes = append(notes, fmt.Sprintf("%d of the drawings equal another one with a different label", torn))
	}
	if again > 0 {
		notes = append(notes, fmt.Sprintf("%d of the drawings equal another one with the same label", again))
	}
	return notes
}

// Test reads the images to measure a model on, labelled with its classes: the test
// images, or all drawings placed on the pad. If a set has no test part, Test reads its
// images for validation; if it has none of these either, all its images.
func (d *Data) Test(m *model.Model) (*dataset.Set, error) {
	set, whole, err := d.test(m)
	if err != nil {
		return nil, err
	}
	d.sayLearned(m, set, whole)
	return d.Match(m, set)
}

// Match returns a set of the data with a model's classes, and says what was assumed.
func (d *Data) Match(m *model.Model, set *dataset.Set) (*dataset.Set, error) {
	set, note, err := evaluate.Match(m, set)
	if err == nil && note != "" {
		fmt.Fprintln(d.Log, note)
	}
	return set, err
}

// test reads what Test does, with the labels of the data. whole says that the data have no
// part for it.
func (d *Data) test(m *model.Model) (set *dataset.Set, whole bool, err error) {
	s, err := d.Source()
	if err != nil {
		return nil, false, err
	}
	if !s.Strokes {
		pair, data, err := d.pair()
		if err == nil && data != nil {
			d.sayPart("measured", data, data.Labelled())
		}
		return tested(pair), pair.Test == nil && pair.Validation == nil, err
	}
	if !m.Recipe.Draws() {
		return nil, false, fmt.Errorf("%s holds strokes, but the model's recipe is %s, which wants pictures", d.Name, m.Recipe)
	}
	drawn, err := d.drawings(s, s.Writers.Evaluate)
	if err != nil {
		return nil, false, err
	}
	if note := strokes.UpwardNote(drawn.Train); s.Own && note != "" && d.Log != nil {
		fmt.Fprintf(d.Log, "%s: %s\n", filepath.Base(d.Name), note)
	}
	set, err = dataset.Rasterize(d.Name, drawn.Classes, drawn.Train,
		func(i int) []ink.Stroke { return strokes.Place(drawn.Train[i], d.PadSeed, i) }, m.Form())
	if err == nil {
		set.DataLabels, set.Writers = drawn.DataLabels, writersOf(drawn.Train)
	}
	return set, true, err
}

// writersOf returns who drew each drawing; nil if one is unknown.
func writersOf(ds []strokes.Drawing) []int {
	var writers []int
	for _, d := range ds {
		if d.Writer == 0 {
			return nil
		}
		writers = append(writers, d.Writer)
	}
	return writers
}

// Whole is a set with its source and, where its training images were drawn, their
// drawings.
type Whole struct {
	dataset.Pair
	Source   *dataset.Source
	Drawings []strokes.Drawing
	Own      *own.Data // how somebody's own images were read; nil of all others
}

// Whole reads all of a data set, whoever drew it. A user's own images may have no
// labels: they are then in Train, without Labels and Classes.
func (d *Data) Whole() (w Whole, err error) {
	if w.Source, err = d.Source(); err != nil {
		return w, err
	}
	switch {
	case w.Source.HasDrawings():
		drawn, err := w.Source.Drawings(d.Dir, d.Names)
		if err != nil {
			return w, err
		}
		w.Drawings = drawn.Train
		form := d.drawnForm()
		form.Recipe = ink.Drawing // what is looked at is ink
		w.Pair, err = drawn.Pair(d.Name, form)
		return w, err
	case w.Source.Own:
		if w.Own, err = d.readOwn(); err != nil {
			return w, err
		}
		if w.Own.Train.Labels == nil {
			w.Train = w.Own.Unlabelled()
			return w, nil
		}
		w.Pair, err = d.named(w.Own)
	default:
		w.Pair, err = w.Source.Open(d.Dir)
	}
	return w, err
}

// Split divides the images to train on: within each class if they are a user's own,
// otherwise as the notebook does.
func (d *Data) Split(set *dataset.Set, fraction float64, seed uint64) (train, validation []int) {
	if dataset.IsNamed(d.Name) {
		return dataset.Split(set.Len(), fraction, seed)
	}
	return dataset.Stratified(set.Labels, fraction, seed)
}

// drawnForm returns the form of the images that drawings become.
func (d *Data) drawnForm() ink.Form {
	form := ink.Form{Recipe: ink.Drawing, Width: dataset.Side, Height: dataset.Side}
	if d.Own.Recipe.Draws() {
		form.Recipe = d.Own.Recipe
	}
	if d.Own.Width > 0 {
		form.Width, form.Height = d.Own.Width, d.Own.Height
	}
	return form
}

// drawings reads the strokes that Writers drew, or the usual writers if that is empty.
func (d *Data) drawings(s *dataset.Source, usual string) (dataset.Drawn, error) {
	drawn, err := s.Drawings(d.Dir, d.Names)
	if err != nil {
		return dataset.Drawn{}, err
	}
	if d.Writers != "" {
		usual = d.Writers
	}
	if d.WithoutNoisy {
		if drawn.Train, err = s.WithoutNoisy(d.Dir, drawn.Train); err != nil {
			return dataset.Drawn{}, err
		}
	}
	drawn.Train, err = writtenBy(s, drawn.Train, "writers", usual)
	return drawn, err
}

// writtenBy chooses the drawings of the writers that a flag names; "" is everybody.
func writtenBy(s *dataset.Source, ds []strokes.Drawing, flag, ranges string) ([]strokes.Drawing, error) {
	if ranges == "" {
		return ds, nil
	}
	if err := checkRanges(flag, ranges); err != nil {
		return nil, err
	}
	chosen, err := s.Writers.Choose(ds, ranges)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return chosen, nil
}

// CheckWriters returns an error if none of the data sets has writers, which a flag
// wants to choose, or if its ranges cannot be read. The flag validation-writers takes
// UsualWriters as well.
func CheckWriters(flag, ranges string, names ...string) error {
	withWriters := func(name string) bool {
		s, err := dataset.Lookup(name)
		return err == nil && s.Writers != nil
	}
	if slices.ContainsFunc(names, withWriters) {
		if flag == "validation-writers" && ranges == UsualWriters {
			return nil
		}
		return checkRanges(flag, ranges)
	}
	having := slices.DeleteFunc(dataset.Names(), func(name string) bool { return !withWriters(name) })
	return usage.Errorf("--%s belongs to --data %s, or a stroke file", flag, strings.Join(having, ", "))
}

// checkRanges returns an error if the ranges of a flag cannot be read; "" is
// everybody.
func checkRanges(flag, ranges string) error {
	if ranges == "" {
		return nil
	}
	if _, err := dataset.ParseRanges(ranges); err != nil {
		return usage.Errorf("--%s: %w", flag, err)
	}
	return nil
}

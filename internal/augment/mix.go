package augment

import (
	"fmt"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// Source is images or drawings to train on.
type Source struct {
	Images   *dataset.Set      // augmented as images; nil where there are drawings
	Drawings []strokes.Drawing // augmented as strokes
	Times    int               // how often an epoch has each, every time another; 0 is once
	Use      Use               // what of it is to train on

	Kinds      []int // which class of the background each label of the images is; nil: they show the classes
	Stratified bool  // Split takes its share of each class: of somebody's own data
}

// Use says what of a source Split takes to train on.
type Use uint8

// The uses; the zero value is Both.
const (
	Both           Use = iota // some to train on, some for validation
	TrainOnly                 // all to train on
	ValidationOnly            // all for validation
)

// Mixed is a set made of several sources. Set holds their images as they are: all
// of the first source, as often as it comes, then those of the next.
type Mixed struct {
	Set   *dataset.Set
	parts []part
}

// part is a source and the images of the set it gave: from, len, each times times.
type part struct {
	Source
	from, len int
}

// Mix unites sources in one set of images of a form. Its classes are those given and,
// behind them, those of the background, of what shows none of the others: drawings whose
// label is -1 are of the first, -2 of the second, and so on, and images of a Source with
// Kinds.
//
// Images of another size or other classes, a label outside classes, and a drawing
// in which nothing is drawn are errors.
func Mix(name string, classes, background []string, form ink.Form, sources ...Source) (*Mixed, error) {
	all := slices.Concat(classes, background)
	m := &Mixed{Set: &dataset.Set{Name: name, Width: form.Width, Height: form.Height, Recipe: form.Recipe, Classes: all}}
	for _, source := range sources {
		images := source.Images
		if images == nil {
			var err error
			if images, err = rasterize(name, all, source.Drawings, len(classes), form); err != nil {
				return nil, err
			}
		} else if images.Width != form.Width || images.Height != form.Height ||
			source.Kinds == nil && !slices.Equal(images.Classes, classes) {
			return nil, fmt.Errorf("%s: %s: got images of %dx%d and classes %v, want %dx%d and %v", name, images.Name,
				images.Width, images.Height, images.Classes, form.Width, form.Height, classes)
		}
		labels := images.Labels
		if source.Kinds != nil {
			labels = make([]uint16, images.Len())
			for i, label := range images.Labels {
				labels[i] = uint16(len(classes) + source.Kinds[label])
			}
		}
		source.Times = max(source.Times, 1)
		m.parts = append(m.parts, part{source, m.Set.Len(), images.Len()})
		for range source.Times {
			m.Set.Pixels = append(m.Set.Pixels, images.As(form.Recipe).Pixels...)
			m.Set.Labels = append(m.Set.Labels, labels...)
		}
	}
	return m, nil
}

// rasterize draws drawings as they are; those of label -1 are of class background, of -2 of
// the next.
func rasterize(name string, classes []string, drawings []strokes.Drawing, background int, form ink.Form) (*dataset.Set, error) {
	labelled := slices.Clone(drawings)
	for i := range labelled {
		if labelled[i].Label < 0 {
			labelled[i].Label = background - 1 - labelled[i].Label
		}
	}
	return dataset.RasterizeOwn(name, classes, labelled, form)
}

// Func augments each image of the set the way its source asks.
func (m *Mixed) Func(image Image, hands Strokes, seed uint64) Func {
	funcs := make([]Func, len(m.parts))
	for k, p := range m.parts {
		// Every source has chance of its own.
		own := seed ^ uint64(k)<<48
		if p.Images != nil {
			funcs[k] = image.Func(p.Images, own).As(m.Set.Form())
		} else {
			funcs[k] = hands.Func(p.Drawings, m.Set.Form(), own)
		}
	}
	return func(dst []uint8, i, epoch int) {
		k := m.partOf(i)
		funcs[k](dst, i-m.parts[k].from, epoch)
	}
}

// partOf returns the part that image i is of; it panics if there is none.
func (m *Mixed) partOf(i int) int {
	return slices.IndexFunc(m.parts, func(p part) bool { return i >= p.from && i < p.from+p.len*p.Times })
}

// Split divides the images of each source as its Use says; where that is both, as
// dataset.Split or dataset.Stratified does with the source alone, and all that an image or drawing gives
// is on one side: on that of training as often as it comes, on that of validation
// once.
func (m *Mixed) Split(fraction float64, seed uint64) (train, validation []int) {
	for k := range m.parts {
		t, v := m.SplitSource(k, fraction, seed)
		train, validation = append(train, t...), append(validation, v...)
	}
	return train, validation
}

// SplitSource returns the part of Split that comes from source k.
func (m *Mixed) SplitSource(k int, fraction float64, seed uint64) (train, validation []int) {
	p := m.parts[k]
	switch p.Use {
	case TrainOnly:
		fraction = 0
	case ValidationOnly:
		fraction = 1
	}
	first, held := dataset.Split(p.len, fraction, seed)
	if p.Stratified && p.Use == Both {
		first, held = dataset.Stratified(m.Set.Labels[p.from:p.from+p.len], fraction, seed)
	}
	for _, i := range first {
		for time := range p.Times {
			train = append(train, p.from+i+time*p.len)
		}
	}
	for _, i := range held {
		validation = append(validation, p.from+i)
	}
	return train, validation
}

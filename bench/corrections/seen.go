package main

import (
	"slices"

	"github.com/seed-c844a918/inkling/internal/background"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// seen is what a network makes of a drawing.
type seen struct {
	label   int // of the drawing; the model's last class is none of its labels
	writer  int
	feature []float32 // (D), before the last Dense
	logits  []float32
}

// answer returns the label that the logits stand for, as the page shows it.
func (s *seen) answer() int { return answerOf(s.logits) }

// answerOf leaves out the background, the last class.
func answerOf(logits []float32) int { return metrics.ArgMax(logits[:len(logits)-1]) }

// reader asks a model about sets.
type reader struct {
	model  *model.Model
	dir    string
	pixels []float32
}

func newReader(m *model.Model, dir string) *reader {
	return &reader{m, dir, make([]float32, m.Network.Input.Size())}
}

// see asks about an image.
func (r *reader) see(image []uint8, label, writer int) seen {
	nn.Pixels(r.pixels, image)
	logits := slices.Clone(r.model.Network.Logits(r.pixels, 1, false))
	return seen{label, writer, slices.Clone(r.model.Network.Output(len(r.model.Network.Layers)-3, 0)), logits}
}

// chosen reads a set, and returns it with the drawings of some writers.
func (r *reader) chosen(set, writers string) (drawn dataset.Drawn, ds []strokes.Drawing, err error) {
	s, err := dataset.Lookup(set)
	if err != nil {
		return drawn, nil, err
	}
	if drawn, err = s.Drawings(r.dir, nil); err != nil {
		return drawn, nil, err
	}
	ds, err = s.Writers.Choose(drawn.Train, writers)
	return drawn, ds, err
}

// drawings asks about the drawings of some writers.
func (r *reader) drawings(set, writers string) ([]seen, error) {
	drawn, ds, err := r.chosen(set, writers)
	if err != nil {
		return nil, err
	}
	return r.rasterized(set, drawn.Classes, ds)
}

// rasterized asks about drawings.
func (r *reader) rasterized(set string, classes []string, ds []strokes.Drawing) ([]seen, error) {
	images, err := dataset.RasterizeOwn(set, classes, ds, r.model.Form())
	if err != nil {
		return nil, err
	}
	var all []seen
	for i, d := range ds {
		all = append(all, r.see(images.Image(i), d.Label, d.Writer))
	}
	return all, nil
}

// strangers asks about a set that shows none of the model's classes, without what looks
// like one of them.
func (r *reader) strangers(set, writers string) ([]seen, error) {
	drawn, ds, err := r.chosen(set, writers)
	if err != nil {
		return nil, err
	}
	alphabet, names := background.Alphabet(r.model.Labels), drawn.InData()
	ds = slices.DeleteFunc(slices.Clone(ds), func(d strokes.Drawing) bool { return background.LooksLike(alphabet, names[d.Label]) })
	all, err := r.rasterized(set, drawn.Classes, ds)
	for i := range all {
		all[i].label = len(r.model.Labels)
	}
	return all, err
}

// mnist asks about MNIST's training images or its test images.
func (r *reader) mnist(test bool) ([]seen, error) {
	s, err := dataset.Lookup("mnist")
	if err != nil {
		return nil, err
	}
	pair, err := s.Open(r.dir)
	if err != nil {
		return nil, err
	}
	set := pair.Train
	if test {
		set = pair.Test
	}
	set = set.As(r.model.Recipe)
	var all []seen
	for i := range min(set.Len(), 10_000) {
		all = append(all, r.see(set.Image(i), int(set.Labels[i]), -1))
	}
	return all, nil
}

package main

import (
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

// recognizer learns symbols from examples and reads others.
type recognizer interface {
	learn(t task)
	// answer returns the class of a drawing, and how sure that is: more is surer.
	answer(d strokes.Drawing) (label int, score float64)
}

// learner makes a recognizer of each kind that the table has.
type learner struct {
	name string
	new  func() recognizer
}

// encoded makes features of drawings once, since draws share them.
type encoded struct {
	*fewshot.Encoder
	known map[*ink.Point]known
}

// newEncoded returns an encoder that has seen no drawing yet.
func newEncoded(e *fewshot.Encoder) *encoded { return &encoded{e, map[*ink.Point]known{}} }

// known is a drawing that has been encoded.
type known struct {
	image   []uint8
	mean    []float32 // of the features of all looks at the image
	feature fewshot.Feature
}

// of returns what is known of a drawing.
func (e *encoded) of(d strokes.Drawing) known {
	key := &d.Strokes[0][0]
	if k, ok := e.known[key]; ok {
		return k
	}
	image := make([]uint8, e.Form().Size())
	e.Form().Draw(image, d.Strokes)
	k := known{image, make([]float32, e.Size()), e.Encode(image)}
	e.Model().Features(k.mean, image)
	e.known[key] = k
	return k
}

// own is what inkling teach makes.
type own struct {
	encoder *encoded
	model   *model.Model
	classes []int // of each label of the model
}

// set returns the set of a task's examples; names are letters.
func (r *own) set(t task) *fewshot.Set {
	set := fewshot.New(r.encoder.Encoder)
	for _, d := range t.examples {
		must(set.Add(string(rune('A'+d.Label)), r.encoder.of(d).feature, nil))
	}
	return set
}

func (r *own) learn(t task) {
	r.model = must(r.set(t).Model())
	for _, label := range r.model.Labels {
		r.classes = append(r.classes, int([]rune(label)[0]-'A'))
	}
}

func (r *own) answer(d strokes.Drawing) (label int, score float64) {
	a := r.model.Predict(r.encoder.of(d).image)
	return r.classes[a.Label], float64(a.Confidence)
}

func (r *own) threshold() float64 { return float64(r.model.Threshold) }

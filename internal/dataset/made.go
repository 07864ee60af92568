package dataset

import (
	"fmt"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/background"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// made is a kind of drawings of no class, made of people's characters or by chance.
type made struct {
	name, title string
	count       int       // drawings to train on; a tenth of it are to measure on
	of          []*Source // whose characters; none: by chance alone
	seed        uint64
	takes       func(c character) bool // of those characters; nil: all
	drawing     func(of []character, i int, random *rand.Rand) []ink.Stroke
}

// character is a drawing and what it shows.
type character struct {
	name    string
	strokes []ink.Stroke
}

// madeKinds are the rows of the catalogue that show nothing, in its order.
var madeKinds = []made{
	{
		name: "turned", title: "UNIPEN's characters turned until they are none", count: 10000, seed: 21,
		of:    []*Source{unipenUpper, unipenLower, unipenSigns, unipenDigits},
		takes: func(c character) bool { _, some := background.Turned(c.name, nil, 0); return some },
		drawing: func(of []character, i int, random *rand.Rand) []ink.Stroke {
			c := of[random.IntN(len(of))]
			turned, _ := background.Turned(c.name, c.strokes, i)
			return turned
		},
	},
	{
		name: "merged", title: "two of UNIPEN's characters in one place", count: 6000, seed: 22,
		of:    []*Source{unipenUpper, unipenLower, unipenDigits},
		takes: func(c character) bool { return background.Mergeable(c.name) },
		drawing: func(of []character, _ int, random *rand.Rand) []ink.Stroke {
			first, second := of[random.IntN(len(of))], of[random.IntN(len(of))]
			return background.Merged(first.strokes, second.strokes, random)
		},
	},
	{
		name: "assembled", title: "strokes of UNIPEN's different letters and signs", count: 4000, seed: 23,
		of:    []*Source{unipenUpper, unipenLower, unipenSigns},
		takes: func(c character) bool { return background.Assemblable(c.name, c.strokes) },
		drawing: func(of []character, _ int, random *rand.Rand) []ink.Stroke {
			return background.Assembled(func() []ink.Stroke { return of[random.IntN(len(of))].strokes }, random)
		},
	},
	{
		name: "outlines", title: "closed lines that are no ring, which inkling draws itself", count: 3000, seed: 24,
		drawing: func(_ []character, _ int, random *rand.Rand) []ink.Stroke { return background.Outline(random) },
	},
}

// source returns the row of the catalogue.
func (m made) source() *Source {
	s := &Source{
		Name: m.name, Title: m.title, NoClass: true, Classes: []string{m.name}, Recipe: ink.Drawing, Side: Side,
		Train: m.count, Test: m.count / 10,
		drawings: func(_ *Source, dir string) (drawn Drawn, err error) {
			drawn.Classes = []string{m.name}
			if drawn.Train, err = m.draw(dir, func(w *Writers) string { return w.Fit }, m.count, m.seed); err != nil {
				return drawn, err
			}
			drawn.Test, err = m.draw(dir, func(w *Writers) string { return w.Evaluate }, m.count/10, m.seed+100)
			return drawn, err
		},
		refused: func(s *Source, dir string) (Drawn, error) {
			drawn, err := s.drawings(s, dir)
			return Drawn{Train: drawn.Train, Classes: drawn.Classes}, err
		},
	}
	if m.of != nil {
		s.Licence, s.Folder, s.Obtain, s.Command = m.of[0].Licence, m.of[0].Folder, m.of[0].Obtain, m.of[0].Command
		for _, part := range m.of {
			s.Files = append(s.Files, part.Files...)
		}
	}
	return s
}

// draw makes count drawings from the characters of some writers. Each is a function of
// the characters, the seed and its place.
func (m made) draw(dir string, writers func(*Writers) string, count int, seed uint64) ([]strokes.Drawing, error) {
	var characters []character
	for _, s := range m.of {
		drawn, err := s.Drawings(dir, nil)
		if err != nil {
			return nil, err
		}
		chosen, err := s.Writers.Choose(drawn.Train, writers(s.Writers))
		if err != nil {
			return nil, err
		}
		for _, d := range chosen {
			c := character{drawn.InData()[d.Label], d.Strokes}
			if m.takes == nil || m.takes(c) {
				characters = append(characters, c)
			}
		}
	}
	if m.of != nil && len(characters) == 0 {
		return nil, fmt.Errorf("%s: no characters of writers %s to make it of", m.name, writers(m.of[0].Writers))
	}
	ds := make([]strokes.Drawing, count)
	for i := range ds {
		ds[i].Strokes = m.drawing(characters, i, rand.New(rand.NewPCG(seed, uint64(i))))
	}
	return ds, nil
}

// refusedNonDigits returns what synth draws for networks to refuse, by kind.
func refusedNonDigits(*Source, string) (Drawn, error) {
	drawn := Drawn{Classes: synth.TrainedNonDigitKinds()}
	drawn.Train = synth.TrainedNonDigits()
	for i := range drawn.Train {
		drawn.Train[i].Label = i * len(drawn.Classes) / len(drawn.Train)
	}
	return drawn, nil
}

package load

import (
	"fmt"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// Symmetries are how many ways of looking at a drawing are classes of their own, by
// their names. The first way is the drawing as it is.
var symmetries = []func(p ink.Point) ink.Point{
	func(p ink.Point) ink.Point { return p },
	func(p ink.Point) ink.Point { return ink.Point{X: -p.Y, Y: p.X} }, // quarter turns
	func(p ink.Point) ink.Point { return ink.Point{X: -p.X, Y: -p.Y} },
	func(p ink.Point) ink.Point { return ink.Point{X: p.Y, Y: -p.X} },
	func(p ink.Point) ink.Point { return ink.Point{X: -p.X, Y: p.Y} }, // the same of the mirror image
	func(p ink.Point) ink.Point { return ink.Point{X: p.Y, Y: p.X} },
	func(p ink.Point) ink.Point { return ink.Point{X: p.X, Y: -p.Y} },
	func(p ink.Point) ink.Point { return ink.Point{X: -p.Y, Y: -p.X} },
}

// MaxSymmetries is the most that Mixture.Symmetries may be.
var MaxSymmetries = len(symmetries)

// addUnion adds the drawings of a set whose classes come beside those of the others.
// Classes of one label in the data are one.
func (m *Mixture) addUnion(b *blend, data *Data, source *dataset.Source, times int) error {
	if !source.HasDrawings() {
		return fmt.Errorf("%s: got images, want strokes, which --classes union turns and mirrors", data.Name)
	}
	drawn, err := source.Drawings(data.Dir, nil)
	if err != nil {
		return err
	}
	places := make([]int, len(drawn.Classes))
	for i, label := range drawn.InData() {
		if places[i] = slices.Index(b.classes, label); places[i] < 0 {
			places[i] = len(b.classes)
			b.classes = append(b.classes, label)
		}
	}
	written, err := m.written(data, source, drawn.Train, times)
	if err != nil {
		return err
	}
	for k := range max(m.Symmetries, 1) {
		for _, one := range written {
			one.Drawings = seen(one.Drawings, k)
			for i := range one.Drawings {
				one.Drawings[i].Label = places[one.Drawings[i].Label]*max(m.Symmetries, 1) + k
			}
			b.join(source.Name, one)
		}
	}
	return nil
}

// seen returns drawings as symmetry k has them.
func seen(ds []strokes.Drawing, k int) []strokes.Drawing {
	ds = slices.Clone(ds)
	for i, d := range ds {
		turned := make([]ink.Stroke, len(d.Strokes))
		for j, stroke := range d.Strokes {
			for _, p := range stroke {
				turned[j] = append(turned[j], symmetries[k](p))
			}
		}
		ds[i].Strokes = turned
	}
	return ds
}

// symmetric returns the names of the classes and of what their symmetries show, as
// labels count them.
func symmetric(classes []string, count int) []string {
	if count <= 1 {
		return classes
	}
	var names []string
	for _, class := range classes {
		for k := range count {
			name := class
			if k > 0 {
				name = fmt.Sprintf("%s, symmetry %d", class, k)
			}
			names = append(names, name)
		}
	}
	return names
}

// groupsOf returns whose drawings of a set are learned from.
func (m *Mixture) groupsOf(data *Data, w *dataset.Writers) (learned, held string) {
	learned, held = data.Writers, m.ValidationWriters
	switch {
	case w.Apart && (m.Union || m.Alphabets != ""):
		return m.Alphabets, ""
	case learned == "":
		learned = w.Fit
	}
	if held == UsualWriters {
		held = w.Evaluate
	}
	return learned, held
}

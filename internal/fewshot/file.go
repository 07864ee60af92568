package fewshot

import (
	"errors"
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

// The sections of .ink files that this package writes; docs/ink-format.md has their
// forms. Other readers may skip them.
const (
	othersSection   = "fEAT" // of an encoder: features of drawings of nothing in particular
	examplesSection = "eXAM" // of a set: its examples' features
	strokesSection  = "dRAW" // of a set: what was drawn
)

var (
	errOthers   = errors.New("fewshot: the encoder's file has no features of other drawings (section fEAT): inkling fit --encoder writes them")
	errNoSet    = errors.New("fewshot: the model has classes that it was trained on, want an encoder, or a set of symbols of one's own")
	errFile     = errors.New("fewshot: a section of the file is damaged: its numbers do not fit one another")
	errExamples = errors.New("fewshot: the file holds no examples: it reads symbols, and cannot be edited")
)

// othersOf reads the section of an encoder.
func othersOf(m *model.Model) ([]Feature, error) {
	data := m.Section(othersSection)
	if data == nil {
		return nil, errOthers
	}
	r := reader{data: data}
	size, count := int(r.uint16()), int(r.uint16())
	if size != m.Network.Classes() || len(r.data) != count*(4+size) {
		return nil, errFile
	}
	var others []Feature
	for range count {
		others = append(others, newFeature(r.feature(size).floats())) // as a file of prototypes holds it
	}
	return others, r.err
}

// SetOthers gives an encoder's model the features (N, D) of other drawings.
func SetOthers(m *model.Model, features [][]float32) {
	var w writer
	w.uint16(m.Network.Classes())
	w.uint16(len(features))
	for _, f := range features {
		w.feature(newFeature(f))
	}
	m.SetSection(othersSection, w)
}

// IsSet reports whether a model was made of a few examples, and how many of them its
// file holds, with their strokes or without.
func IsSet(m *model.Model) (set bool, examples int, drawings bool) {
	if prototypesOf(m) == nil {
		return false, 0, false
	}
	r := reader{data: m.Section(examplesSection)}
	if r.data != nil {
		r.uint16()
		examples = int(r.uint32())
	}
	return true, examples, m.Section(strokesSection) != nil
}

// prototypesOf returns the layer of prototypes before a model's softmax, nil if there is none.
func prototypesOf(m *model.Model) *similarity.Prototypes {
	if m == nil {
		return nil
	}
	if n := len(m.Network.Layers); n >= 2 {
		p, _ := m.Network.Layers[n-2].(*similarity.Prototypes)
		return p
	}
	return nil
}

// Keep says what a set's file holds beside what reads.
type Keep uint8

// What a file can hold.
const (
	Nothing  Keep = iota // it reads and cannot be edited
	Features             // of the examples
	Drawings             // and what was drawn
)

// Encode returns the set's .ink file: the same set, the same bytes. The last model that was
// made stays as it is.
func (s *Set) Encode(keep Keep) ([]byte, error) {
	reads := s.model
	if !s.isNew {
		var err error
		if reads, err = s.Tuned(Usual); err != nil {
			return nil, err
		}
	}
	m := *reads
	if keep >= Features {
		m.SetSection(examplesSection, s.featuresSection())
	}
	if keep == Drawings {
		m.SetSection(strokesSection, s.drawingsSection())
	}
	return model.Encode(&m)
}

// featuresSection returns the content of the examples' section.
func (s *Set) featuresSection() []byte {
	_, place := s.present()
	var w writer
	w.uint16(s.encoder.Size())
	w.uint32(len(s.examples))
	for _, e := range s.examples {
		w.uint32(int(e.ID))
		w.uint16(place[e.Class])
		w.feature(e.Feature)
	}
	return w
}

// grid is how many steps a drawing's longer side has in a file.
const grid = 255

// drawingsSection returns the content of the strokes' section, of those examples that
// have strokes: points in 0..255 of the drawing's box, those that repeat left out.
func (s *Set) drawingsSection() []byte {
	var w writer
	for _, e := range s.examples {
		if e.Strokes == nil {
			continue
		}
		w.uint32(int(e.ID))
		w.uint16(len(e.Strokes))
		for _, points := range onGrid(e.Strokes) {
			w.uint16(len(points) / 2)
			w = append(w, points...)
		}
	}
	return w
}

// onGrid returns the points of strokes, x and y in turn.
func onGrid(strokes []ink.Stroke) [][]byte {
	low, high := ink.Point{X: math.MaxFloat32, Y: math.MaxFloat32}, ink.Point{X: -math.MaxFloat32, Y: -math.MaxFloat32}
	for _, stroke := range strokes {
		for _, p := range stroke {
			low = ink.Point{X: min(low.X, p.X), Y: min(low.Y, p.Y)}
			high = ink.Point{X: max(high.X, p.X), Y: max(high.Y, p.Y)}
		}
	}
	long := max(high.X-low.X, high.Y-low.Y)
	if !(long > 0) {
		long = 1
	}
	cell := func(v float32) byte { return byte(math.Round(float64(v / long * grid))) }
	var all [][]byte
	for _, stroke := range strokes {
		var points []byte
		for _, p := range stroke {
			x, y := cell(p.X-low.X), cell(p.Y-low.Y)
			if n := len(points); n == 0 || n < 2*math.MaxUint16 && (points[n-2] != x || points[n-1] != y) {
				points = append(points, x, y)
			}
		}
		all = append(all, points)
	}
	return all
}

// Begin returns an empty set of an encoder's model, or the set that a model holds.
func Begin(m *model.Model) (*Set, error) {
	if !m.IsEncoder() {
		return Open(m)
	}
	e, err := NewEncoder(m)
	if err != nil {
		return nil, err
	}
	return New(e), nil
}

// Open returns the set of a model that Encode wrote with its examples, to go on from.
func Open(m *model.Model) (*Set, error) {
	layer := prototypesOf(m)
	if layer == nil {
		return nil, errNoSet
	}
	data := m.Section(examplesSection)
	if data == nil {
		return nil, errExamples
	}
	last := len(m.Network.Layers) - 2
	network := m.Network.With(last)
	size := network.Classes()
	encoder := model.Model{Recipe: m.Recipe, Temperature: 1, Precision: m.Precision, Network: network}
	encoder.SetGround(m.Ground())
	s := New(newEncoder(encoder, columnsFrom(layer, layer.Columns, size)))
	s.names = slices.Clone(m.Labels)
	r := reader{data: data}
	if int(r.uint16()) != size {
		return nil, errFile
	}
	count := int(r.uint32())
	if len(r.data) != count*(4+2+4+size) {
		return nil, errFile
	}
	for range count {
		e := Example{ID: r.uint32(), Class: int(r.uint16()), Feature: r.feature(size)}
		if e.ID < s.next || e.ID == math.MaxUint32 || e.Class >= len(s.names) {
			return nil, errFile
		}
		s.examples, s.next = append(s.examples, e), e.ID+1
	}
	s.readDrawings(&reader{data: m.Section(strokesSection)}, &r)
	return s, r.err
}

// readDrawings gives the examples their strokes; mistakes are left in failed.
func (s *Set) readDrawings(r, failed *reader) {
	for len(r.data) > 0 && r.err == nil {
		at, err := s.place(r.uint32())
		if err != nil {
			failed.err = errFile
			return
		}
		strokes := []ink.Stroke{}
		for range r.uint16() {
			stroke := ink.Stroke{}
			for _, p := range r.pairs(int(r.uint16())) {
				stroke = append(stroke, ink.Point{X: float32(p[0]), Y: float32(p[1])})
			}
			strokes = append(strokes, stroke)
		}
		s.examples[at].Strokes = strokes
	}
	if r.err != nil {
		failed.err = r.err
	}
}

// columnsFrom returns the columns of a layer's kernel from one on, as features.
func columnsFrom(layer *similarity.Prototypes, from, size int) []Feature {
	kernel := layer.Params()[0].Value
	columns := layer.Columns + layer.Others
	var all []Feature
	for column := from; column < columns; column++ {
		values := make([]float32, size)
		for j := range values {
			values[j] = kernel[j*columns+column]
		}
		all = append(all, newFeature(values))
	}
	return all
}

// writer appends little-endian values.
type writer []byte

func (w *writer) uint16(v int) { *w = append(*w, byte(v), byte(v>>8)) }
func (w *writer) uint32(v int) { *w = append(*w, byte(v), byte(v>>8), byte(v>>16), byte(v>>24)) }

func (w *writer) feature(f Feature) {
	w.uint32(int(math.Float32bits(f.Scale)))
	for _, v := range f.Values {
		*w = append(*w, byte(v))
	}
}

// reader takes little-endian values from data; behind its end it returns zeros and err
// is errFile.
type reader struct {
	data []byte
	err  error
}

// take returns the next n bytes, nil if there are fewer.
func (r *reader) take(n int) []byte {
	if len(r.data) < n {
		r.data, r.err = nil, errFile
		return nil
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

func (r *reader) uint16() uint16 {
	b := r.take(2)
	if b == nil {
		return 0
	}
	return uint16(b[0]) | uint16(b[1])<<8
}

func (r *reader) uint32() uint32 { return uint32(r.uint16()) | uint32(r.uint16())<<16 }

// feature reads one, whose length must be about 1.
func (r *reader) feature(size int) Feature {
	f := Feature{Scale: math.Float32frombits(r.uint32()), Values: make([]int8, size)}
	for i, b := range r.take(size) {
		f.Values[i] = int8(b)
	}
	if values := f.floats(); !(f.Scale >= 0) || !(dot(values, values) <= 2) {
		r.err = errFile
	}
	return f
}

// pairs reads n points.
func (r *reader) pairs(n int) [][2]byte {
	bytes := r.take(2 * n)
	points := make([][2]byte, 0, len(bytes)/2)
	for i := 0; i < len(bytes); i += 2 {
		points = append(points, [2]byte{bytes[i], bytes[i+1]})
	}
	return points
}

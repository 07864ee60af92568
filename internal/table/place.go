package table

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// table returns what has been read.
func (r *reader) table() (*Table, error) {
	if r.rows == 0 {
		return nil, &FormatError{Got: "no line", Want: "one line per image"}
	}
	if err := r.settleLabels(); err != nil {
		return nil, err
	}
	t := &Table{Rows: r.rows, Pixels: r.width, Bytes: r.bytes, Floats: r.floats, Labels: r.labels, Parts: r.parts, IDs: r.ids}
	t.Bool = r.bools && !r.numbers && r.floats == nil
	if r.lastToo {
		if err := r.place(t); err != nil {
			return nil, err
		}
	}
	if r.order != nil {
		ordered(t.Bytes, r.order)
		ordered(t.Floats, r.order)
	}
	t.Notes = r.notes
	return t, nil
}

// place decides whether the labels of a table without names come first or last, now
// that all values are known. First is the custom: a few lines do not say otherwise.
func (r *reader) place(t *Table) error {
	first := slices.Index(r.roles, labelRole)
	last := len(r.roles) - 1
	a, b := newSpread(len(t.Labels), t.labelValue), newSpread(t.Rows, t.lastValue)
	const few = 20
	switch {
	case r.named && len(r.known) <= mostLabels: // pixels are not named
	case t.Rows >= few && a.undecided(b):
		return &FormatError{Got: r.called(first) + " and " + r.called(last) + ", which both may be labels",
			Want: fmt.Sprintf("--label-column %d or %d", first+1, last+1)}
	case b.like && b.likeness() > a.likeness() && (t.Rows >= few || a.distinct == 1):
		t.swap()
		t.narrow()
		first = last
	case !a.like && a.counts && t.Rows >= few:
		t.Labels = nil
		r.note("%s counts the lines and is left out; no column was taken for labels", r.called(first))
		return nil
	case !a.whole:
		return r.wrong(first, "values that are no labels, and as little in the last column", "the label's column named with --label-column")
	}
	r.note("%s was taken for the label", r.called(first))
	return nil
}

// labelValue returns the number that a label is; NaN if it is none.
func (t *Table) labelValue(i int) float64 {
	v, err := strconv.ParseFloat(t.Labels[i], 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// lastValue returns the last pixel of an image.
func (t *Table) lastValue(i int) float64 {
	at := (i+1)*t.Pixels - 1
	if t.Floats != nil {
		return float64(t.Floats[at])
	}
	return float64(t.Bytes[at])
}

// swap makes the last pixel of each row its label, and the label its first pixel.
func (t *Table) swap() {
	for i := range t.Labels {
		label, pixel := t.lastValue(i), t.labelValue(i)
		t.Labels[i] = strconv.FormatFloat(label, 'f', -1, 64)
		from, end := i*t.Pixels, (i+1)*t.Pixels
		if t.Floats == nil && pixel >= 0 && pixel <= 255 {
			copy(t.Bytes[from+1:end], t.Bytes[from:end-1])
			t.Bytes[from] = uint8(pixel)
			continue
		}
		if t.Floats == nil {
			t.widen()
		}
		copy(t.Floats[from+1:end], t.Floats[from:end-1])
		t.Floats[from] = float32(pixel)
	}
}

// widen keeps the pixels as float32.
func (t *Table) widen() {
	t.Floats = make([]float32, len(t.Bytes))
	for i, v := range t.Bytes {
		t.Floats[i] = float32(v)
	}
	t.Bytes = nil
}

// narrow keeps the pixels as bytes if all are whole numbers 0..255.
func (t *Table) narrow() {
	for _, v := range t.Floats {
		if v != float32(uint8(v)) {
			return
		}
	}
	if t.Floats == nil {
		return
	}
	t.Bytes = make([]uint8, len(t.Floats))
	for i, v := range t.Floats {
		t.Bytes[i] = uint8(v)
	}
	t.Floats = nil
}

// spread describes a column that may hold labels.
type spread struct {
	whole    bool // all are whole numbers from 0
	like     bool // they may be labels: 2..1000 different whole numbers that return, none in more than nine of ten lines
	counts   bool // they count the lines, from 0 or 1
	dense    bool // they are all of 0..n-1 or 1..n
	distinct int
}

// mostLabels bounds how many different labels are looked for.
const mostLabels = 1000

// newSpread looks at n values.
func newSpread(n int, value func(i int) float64) spread {
	s := spread{counts: true, whole: true}
	count := map[float64]int{}
	highest := 0.0
	for i := range n {
		v := value(i)
		s.whole = s.whole && v >= 0 && v == math.Trunc(v)
		s.counts = s.counts && v == value(0)+float64(i) && v <= float64(i+1)
		highest = max(highest, v)
		if len(count) <= mostLabels {
			count[v]++
		}
	}
	s.distinct = len(count)
	lowest, most := highest, 0
	for v, times := range count {
		lowest, most = min(lowest, v), max(most, times)
	}
	s.like = s.whole && s.distinct >= 2 && s.distinct <= min(mostLabels, n-1) && most*10 <= n*9
	s.dense = s.whole && s.distinct >= 2 && lowest <= 1 && highest-lowest+1 == float64(s.distinct)
	return s
}

// likeness returns a number that is larger the more a column is like labels. Columns
// without gaps come before columns with gaps. Of the former the one with more values
// comes first, since a pixel may have two; of the latter the one with fewer. Whole
// numbers that cannot be labels, one value alone, and more than 50 values with gaps
// give 0; other columns give -1.
func (s spread) likeness() int {
	switch {
	case !s.whole:
		return -1
	case s.like && s.dense:
		return 2*mostLabels + s.distinct
	case s.like && s.distinct <= 50:
		return mostLabels - s.distinct
	}
	return 0
}

// undecided reports whether b, the last column, may hold labels as well as a, the
// first: also if it has two values where a has labels with gaps.
func (a spread) undecided(b spread) bool {
	two := a.like && !a.dense && b.dense && b.distinct == 2
	return b.like && a.whole && (two || a.likeness() == b.likeness())
}

// Package pixels holds the one rule by which values of any data become pixels 0..255,
// whatever the format they come in: tables, arrays, IDX files.
//
// The range of the data is judged once, on the whole training part ([Stats.Range]),
// kept with the model and used for all other data, so that a test set or a single
// image means the same. Then the training part may be recognised as dark on light
// ([DarkOnLight]) and inverted, and images that lie on their side are transposed.
package pixels

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Kind is the type of values in a file.
type Kind uint8

// The kinds of values.
const (
	Number Kind = iota // integers and floats: whole floats are treated as integers
	Bool
)

// Stats describes the values of a set. The zero value describes none.
type Stats struct {
	Kind     Kind
	Count    int
	Min, Max float64
	Whole    bool // all are whole numbers
	NaN      bool // one is not a finite number; Min and Max are those of the others
}

// OfBytes returns the description of bytes. It stops as soon as 0 and 255 are found.
func OfBytes(values []uint8) Stats {
	lowest, highest := uint8(255), uint8(0)
	const block = 1 << 12
	for at := 0; at < len(values) && (lowest > 0 || highest < 255); at += block {
		for _, v := range values[at:min(at+block, len(values))] {
			lowest, highest = min(lowest, v), max(highest, v)
		}
	}
	return Stats{Count: len(values), Min: float64(lowest), Max: float64(highest), Whole: true}
}

// OfFloats returns the description of float32 values.
func OfFloats(values []float32) Stats {
	s := Stats{Count: len(values), Whole: true, Min: math.Inf(1), Max: math.Inf(-1)}
	for _, value := range values {
		v := float64(value)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			s.NaN = true
			continue
		}
		s.Min, s.Max = min(s.Min, v), max(s.Max, v)
		s.Whole = s.Whole && v == math.Trunc(v)
	}
	return s
}

// Merge returns the description of the values of both.
func (s Stats) Merge(other Stats) Stats {
	if s.Count == 0 {
		return other
	}
	if other.Count == 0 {
		return s
	}
	merged := Stats{Count: s.Count + other.Count, Min: min(s.Min, other.Min), Max: max(s.Max, other.Max)}
	merged.Whole, merged.NaN = s.Whole && other.Whole, s.NaN || other.NaN
	if s.Kind == Bool && other.Kind == Bool {
		merged.Kind = Bool
	}
	return merged
}

// String returns the range of the values, "0..255" or "-0.42..2.82".
func (s Stats) String() string { return Range{s.Min, s.Max}.String() }

var (
	errNone = errors.New("pixels: got none, want one image at least")
	errNaN  = errors.New("pixels: got values that are not finite, want numbers")
)

// Limits of the rule.
const (
	slack     = 0.01 // by which floats 0..1 may miss 0 and 1, as interpolated ones do
	LeastByte = 64   // the largest value that bytes have at least
)

// Range is what the values of a set mean: Low is black, High is white, Low < High.
// The zero value says that nothing is known.
type Range struct{ Low, High float64 }

// Bytes is the range of pixels as they are.
var Bytes = Range{0, 255}

// Range returns the range of a training part that has these values, or an error that
// names what was found:
//
//	booleans                                  0..1
//	whole numbers, the largest 0 or 1         0..1
//	whole numbers, the largest 64..255        0..255
//	other numbers within -0.01..1.01          0..1
//	all else                                  an error
func (s Stats) Range() (Range, error) {
	switch {
	case s.Count == 0:
		return Range{}, errNone
	case s.NaN:
		return Range{}, errNaN
	case s.Kind == Bool, s.Whole && s.Min >= 0 && s.Max <= 1:
		return Range{0, 1}, nil
	case s.Whole && s.Min >= 0 && s.Max >= LeastByte && s.Max <= 255:
		return Bytes, nil
	case !s.Whole && s.Min >= -slack && s.Max <= 1+slack:
		return Range{0, 1}, nil
	}
	return Range{}, fmt.Errorf("pixels: got values %s, want 0..1 or 0..255; "+
		"--pixels LOW..HIGH says what is black and what is white, such as --pixels %s", s, s.guess())
}

// guess returns a range that the values may be meant in.
func (s Stats) guess() Range {
	low, high := min(math.Floor(s.Min), 0), math.Ceil(s.Max)
	switch {
	case s.Min < 0 && s.Min >= -1-slack && s.Max <= 1+slack:
		low, high = -1, 1
	case s.Min < 0: // standardised, for instance: the least is black, and not as far from 0 as the largest
		low, high = s.Min, s.Max
	case s.Whole && s.Max > 255:
		high = 65535
		if s.Max <= 1023 {
			high = 1023
		} else if s.Max <= 4095 {
			high = 4095
		}
	case s.Whole && s.Max < LeastByte:
		high = math.Exp2(math.Ceil(math.Log2(s.Max)))
		if s.Max < high {
			high--
		}
	}
	if high <= low {
		high = low + 1
	}
	return Range{low, high}
}

// Check returns an error if n images with these values cannot be meant in r, the range of
// the training part: if values lie outside it by more than a hundredth, or [Range.unlike]
// shows another range. A single image may well be darker than r.
func (r Range) Check(s Stats, n int) error {
	margin := slack * (r.High - r.Low)
	switch {
	case s.NaN:
		return errNaN
	case s.Count > 0 && (s.Min < r.Low-margin || s.Max > r.High+margin || r.unlike(s, n)):
		return fmt.Errorf("pixels: got values %s, want %s as in training; --pixels LOW..HIGH says what is black and what is white", s, r)
	}
	return nil
}

// Asked returns the range of n images with these values that a model is asked about, whose
// training part had r: r itself, or 0..1 where r are bytes and the images show by
// themselves that they are meant in 0..1. Else it returns Check's error.
func (r Range) Asked(s Stats, n int) (Range, error) {
	if r == Bytes && s.isUnit(n) {
		return Range{0, 1}, nil
	}
	return r, r.Check(s, n)
}

// isUnit reports whether the values of n images show that they are meant in 0..1. Whole
// numbers 0 and 1 of a single image may be those of a dark one.
func (s Stats) isUnit(n int) bool {
	r, err := s.Range()
	if err != nil || r != (Range{0, 1}) {
		return false
	}
	return !s.Whole || s.Kind == Bool || n > 1 && s.Max == 1
}

// unlike reports whether values inside r are those of another range: of a quarter of it
// at most (of a single image a sixteenth) where they are fractions, go below black, or
// belong to several images; or all from 0 on where black is below it. So are 0..1,
// standardised values and 0..16 in 0..255, and 0..1 in -1..1.
func (r Range) unlike(s Stats, n int) bool {
	span, share := r.High-r.Low, 1.0/4
	if n == 1 {
		share = 1.0 / 16
	}
	dark := span > 2+4*slack && s.Max < r.Low+share*span
	return dark && (!s.Whole || s.Min < r.Low || n > 1 && s.Max > r.Low) || r.Low < 0 && s.Min >= 0 && s.Max > 0
}

// Parse reads LOW..HIGH, such as "0..255", "-1..1" or "0..0.5".
func Parse(text string) (Range, error) {
	low, high, found := strings.Cut(text, "..")
	l, errLow := strconv.ParseFloat(strings.TrimSpace(low), 64)
	h, errHigh := strconv.ParseFloat(strings.TrimSpace(high), 64)
	const most = math.MaxFloat32
	if !found || errLow != nil || errHigh != nil || !(l >= -most && h <= most && l < h) {
		return Range{}, fmt.Errorf("--pixels: got %s, want LOW..HIGH, what is black and what is white, "+
			"such as 0..255 or -1..1 (--invert yes turns them around)", strconv.Quote(text[:min(len(text), 40)]))
	}
	return Range{l, h}, nil
}

// String returns LOW..HIGH as [Parse] reads it.
func (r Range) String() string {
	format := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 32) }
	return format(r.Low) + ".." + format(r.High)
}

// Note returns the sentence that says what was assumed; empty for bytes.
func (r Range) Note() string {
	if r == Bytes {
		return ""
	}
	return "values " + r.String() + " became pixels 0..255"
}

// table returns the pixel of each byte.
func (r Range) table() (pixels [256]uint8) {
	for v := range pixels {
		pixels[v] = r.pixel(float64(v))
	}
	return pixels
}

// pixel returns the nearest pixel to a value, clamped.
func (r Range) pixel(v float64) uint8 {
	v = (v - r.Low) * (255 / (r.High - r.Low))
	return uint8(min(max(v, 0), 255) + 0.5)
}

// Apply makes pixels of bytes, in place.
func (r Range) Apply(values []uint8) {
	if r == Bytes {
		return
	}
	table := r.table()
	for i, v := range values {
		values[i] = table[v]
	}
}

// Quantise makes pixels of finite values; dst is as long as values.
func (r Range) Quantise(dst []uint8, values []float32) {
	dst = dst[:len(values)]
	for i, v := range values {
		dst[i] = r.pixel(float64(v))
	}
}

package pixels

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

func TestRange(t *testing.T) {
	whole := func(low, high float64) Stats { return Stats{Count: 9, Min: low, Max: high, Whole: true} }
	part := func(low, high float64) Stats { return Stats{Count: 9, Min: low, Max: high} }
	for _, c := range []struct {
		name string
		s    Stats
		want string // of the range, or the error's part
	}{
		{"bytes", whole(0, 255), "0..255"},
		{"a mostly black set", whole(0, 254), "0..255"},
		{"paper without black", whole(101, 130), "0..255"},
		{"dark bytes", whole(0, 64), "0..255"},
		{"zeros and ones", whole(0, 1), "0..1"},
		{"nothing drawn", whole(0, 0), "0..1"},
		{"whole floats", OfFloats([]float32{0, 17, 255}), "0..255"},
		{"booleans", Stats{Kind: Bool, Count: 4, Max: 1, Whole: true}, "0..1"},
		{"four bits", whole(0, 16), "got values 0..16, want 0..1 or 0..255; --pixels LOW..HIGH says what is black and what is white, such as --pixels 0..16"},
		{"four bits, 15 at most", whole(0, 15), "such as --pixels 0..15"},
		{"six bits", whole(0, 63), "such as --pixels 0..63"},
		{"ten bits", whole(0, 1000), "such as --pixels 0..1023"},
		{"sixteen bits", whole(0, 65535), "got values 0..65535"},
		{"just above", whole(0, 256), "got values 0..256"},
		{"below 0", whole(-1, 255), "got values -1..255"},
		{"-1, 0, 1", whole(-1, 1), "such as --pixels -1..1"},
		{"unit floats", part(0, 1), "0..1"},
		{"interpolated unit floats", part(-0.01, 1.01), "0..1"},
		{"half dark unit floats", part(0, 0.3), "0..1"},
		{"a little more", part(0, 1.02), "got values 0..1.02"},
		{"a little less", part(-0.02, 1), "got values -0.02..1"},
		{"standardised", part(-0.42421296, 2.8215), "got values -0.424213..2.8215, want 0..1 or 0..255; --pixels LOW..HIGH says what is black and what is white, such as --pixels -0.424213..2.8215"},
		{"-1..1", part(-1, 1), "such as --pixels -1..1"},
		{"a little within -1..1", part(-0.98, 0.99), "such as --pixels -1..1"},
		{"bytes with a sign", whole(-128, 127), "such as --pixels -128..127"},
		{"fractions of bytes", part(0, 254.5), "such as --pixels 0..255"},
		{"not a number", OfFloats([]float32{0, float32(math.NaN())}), "not finite"},
		{"none", Stats{}, "got none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := c.s.Range()
			if err == nil && r.String() != c.want || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v %v, want %s", r, err, c.want)
			}
		})
	}
}

func TestStats(t *testing.T) {
	long := make([]uint8, 3<<12)
	long[len(long)-1] = 254
	for _, c := range []struct {
		name     string
		s        Stats
		count    int
		low, top float64
		whole    bool
	}{
		{"bytes", OfBytes([]uint8{3, 200, 7}), 3, 3, 200, true},
		{"a late largest", OfBytes(long), len(long), 0, 254, true},
		{"floats", OfFloats([]float32{0, -0.5, 2}), 3, -0.5, 2, false},
		{"whole and not", OfBytes([]uint8{3, 200}).Merge(OfFloats([]float32{0.5})), 3, 0.5, 200, false},
		{"nothing and bytes", Stats{}.Merge(OfBytes([]uint8{3})), 1, 3, 3, true},
	} {
		if c.s.Count != c.count || c.s.Min != c.low || c.s.Max != c.top || c.s.Whole != c.whole {
			t.Errorf("%s: got %+v, want %d values %v..%v, whole: %v", c.name, c.s, c.count, c.low, c.top, c.whole)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		r    Range
		s    Stats
		n    int // images
		ok   bool
	}{
		{"bytes in bytes", Bytes, OfBytes([]uint8{0, 3, 99}), 2, true},
		{"a black image in bytes", Bytes, OfBytes([]uint8{0, 0}), 1, true},
		{"black images in bytes", Bytes, OfBytes([]uint8{0, 0}), 2, true},
		{"a dark image in bytes", Bytes, OfBytes([]uint8{0, 1}), 1, true},
		{"a faint image in bytes", Bytes, OfBytes([]uint8{0, 16}), 1, true},
		{"0..16 in bytes", Bytes, OfBytes([]uint8{0, 16}), 2, false},
		{"fractions in bytes", Bytes, OfFloats([]float32{0, 0.5}), 1, false},
		{"interpolated bytes", Bytes, OfFloats([]float32{-1.5, 90.25}), 2, true},
		{"a faint, interpolated image in bytes", Bytes, OfFloats([]float32{0, 40.5}), 1, true},
		{"standardised in bytes", Bytes, OfFloats([]float32{-0.42, 2.82}), 300, false},
		{"one standardised in bytes", Bytes, OfFloats([]float32{-0.42, 2.82}), 1, false},
		{"-1, 0, 1 in bytes", Bytes, OfFloats([]float32{-1, 0, 1}), 1, false},
		{"bytes in 0..1", Range{0, 1}, OfBytes([]uint8{0, 255}), 2, false},
		{"dark in 0..1", Range{0, 1}, OfFloats([]float32{0, 0.1}), 2, true},
		{"interpolated in 0..1", Range{0, 1}, OfFloats([]float32{-0.005, 1.01}), 2, true},
		{"below 0 in 0..1", Range{0, 1}, OfFloats([]float32{-1, 1}), 2, false},
		{"0..1 in -1..1", Range{-1, 1}, OfFloats([]float32{0, 1}), 1, false},
		{"dark in -1..1", Range{-1, 1}, OfFloats([]float32{-1, -0.9}), 2, true},
		{"0..1 in 0..16", Range{0, 16}, OfFloats([]float32{0, 1}), 2, false},
		{"0..16 in 0..16", Range{0, 16}, OfBytes([]uint8{0, 12}), 2, true},
		{"nothing", Bytes, Stats{}, 0, true},
	} {
		if err := c.r.Check(c.s, c.n); (err == nil) != c.ok {
			t.Errorf("%s: got %v, want ok: %v", c.name, err, c.ok)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]Range{
		"0..255": Bytes, "-1..1": {-1, 1}, "0..0.5": {0, 0.5}, "1e2 .. 1e3": {100, 1000}, "-0.42..2.82": {-0.42, 2.82},
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%s: got %v %v, want %v", text, got, err, want)
		}
		if again, err := Parse(want.String()); err != nil || again != want {
			t.Errorf("%s written and read again: got %v %v", text, again, err)
		}
	}
	for _, text := range []string{"", "255", "1..0", "0..0", "0..x", "nan..1", "0..inf", strings.Repeat("9", 1000)} {
		if got, err := Parse(text); err == nil || len(err.Error()) > 200 {
			t.Errorf("%q: got %v %v, want a short error", text, got, err)
		}
	}
}

func TestApply(t *testing.T) {
	values := []uint8{0, 1, 2}
	Range{0, 1}.Apply(values)
	if want := []uint8{0, 255, 255}; !bytes.Equal(values, want) {
		t.Errorf("0..1: got %v, want %v", values, want)
	}
	values = []uint8{0, 7, 255}
	Bytes.Apply(values)
	if want := []uint8{0, 7, 255}; !bytes.Equal(values, want) {
		t.Errorf("0..255: got %v, want %v", values, want)
	}
	Range{-1, 1}.Quantise(values, []float32{-1.5, 0, 1})
	if want := []uint8{0, 128, 255}; !bytes.Equal(values, want) {
		t.Errorf("-1..1: got %v, want %v", values, want)
	}
}

// Bytes divided by 255, as most people do, come back as they were.
func TestDivided(t *testing.T) {
	var divided [256]float32
	for i := range divided {
		divided[i] = float32(i) / 255
	}
	var got [256]uint8
	Range{0, 1}.Quantise(got[:], divided[:])
	for i, v := range got {
		if int(v) != i {
			t.Errorf("%d/255: got %d", i, v)
		}
	}
}

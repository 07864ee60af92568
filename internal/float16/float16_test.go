package float16

import (
	"math"
	"testing"
)

func TestFloat16(t *testing.T) {
	for h := range 1 << 16 {
		v := To(uint16(h))
		if v != v {
			continue
		}
		if got := From(v); got != uint16(h) {
			t.Fatalf("%#04x is %g and back: got %#04x", h, v, got)
		}
	}
	for _, c := range []struct {
		in, want float32
	}{
		{1 + 1.0/2048, 1},                     // a tie goes to even
		{1 + 3.0/2048, 1 + 4.0/2048},          // the other way
		{65519, 65504}, {1e-8, 0}, {-1e-8, 0}, // largest, and below half the smallest
		{3.0 / (1 << 25), 2.0 / (1 << 24)}, // a subnormal tie
		{float32(math.Inf(-1)), float32(math.Inf(-1))},
	} {
		if got := To(From(c.in)); got != c.want {
			t.Errorf("%g: got %g, want %g", c.in, got, c.want)
		}
	}
	if got := To(From(65520)); !math.IsInf(float64(got), 1) {
		t.Errorf("65520: got %g, want infinity", got)
	}
}

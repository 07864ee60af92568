package metrics

import (
	"math"
	"testing"
)

// near reports whether two numbers differ by no more than rounding.
func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func TestWilson(t *testing.T) {
	for name, c := range map[string]struct {
		right, total int
		low, high    float64
	}{
		"nothing":       {0, 0, 0, 1},
		"half of ten":   {5, 10, 0.2366, 0.7634},  // R: prop.test(5, 10, correct=FALSE)
		"none of ten":   {0, 10, 0, 0.27754},      // z²/(n+z²)
		"all of ten":    {10, 10, 1 - 0.27754, 1}, //
		"MNIST's tests": {9718, 10000, 0.9684, 0.9749},
	} {
		low, high := Wilson(c.right, c.total)
		if !near(low, c.low, 5e-5) || !near(high, c.high, 5e-5) {
			t.Errorf("%s: got %.5f..%.5f, want %.5f..%.5f", name, low, high, c.low, c.high)
		}
	}
}

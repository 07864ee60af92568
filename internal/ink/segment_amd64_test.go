package ink

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestCoverVectors checks that vectors draw the very pixels of portable Go, on canvases of
// all widths and beyond their edges, and write nothing behind the last one.
func TestCoverVectors(t *testing.T) {
	if !vectors {
		t.Skip("this CPU lacks AVX2, or INKLING_KERNEL asks for portable Go")
	}
	defer func() { vectors = true }()
	random := rand.New(rand.NewPCG(21, 21))
	within := func(side int) float64 { return (1.4*random.Float64() - 0.2) * float64(side) }
	for range 5000 {
		width, height := 1+random.IntN(40), 1+random.IntN(12)
		c := canvas{width: width, height: height, radius: 3 * random.Float64()}
		a := vec{within(width), within(height)}
		b := vec{within(width), within(height)}
		switch random.IntN(4) {
		case 0:
			b = a
		case 1:
			a, b = vec{float64(int(a.x)), float64(int(a.y))}, vec{float64(int(a.x)), b.y}
		}
		draw := func(v bool) []uint8 {
			vectors = v
			all := bytes.Repeat([]uint8{90}, width*height+8)
			c.pix = all[:width*height]
			c.segment(a, b)
			return all
		}
		if want, got := draw(false), draw(true); !bytes.Equal(got, want) {
			t.Fatalf("%dx%d, pen %g, from %v to %v: got %v, want %v", width, height, 2*c.radius, a, b, got, want)
		}
	}
}

package model

import (
	"math"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// A quarter turn is exact, and a turn there and back leaves a smooth blot nearly as it was.
func TestTurn(t *testing.T) {
	const height, width = 9, 9
	blot, turned, back := make([]float32, height*width), make([]float32, height*width), make([]float32, height*width)
	for i := range blot {
		x, y := float64(i%width-5), float64(i/width-3)
		blot[i] = float32(math.Exp(-(x*x + y*y) / 3))
	}
	turn(turned, blot, height, width, math.Pi/2)
	for i := range turned {
		x, y := i%width, i/width
		if got, want := turned[i], blot[x*width+width-1-y]; math.Abs(float64(got-want)) > 0.03 {
			t.Errorf("a quarter turn, (%d, %d): got %.3f, want %.3f", x, y, got, want)
		}
	}
	turn(turned, blot, height, width, 0.3)
	turn(back, turned, height, width, -0.3)
	for i, want := range blot {
		if got := back[i]; math.Abs(float64(got-want)) > 0.06 {
			t.Errorf("there and back, pixel %d: got %.3f, want %.3f", i, got, want)
		}
	}
}

// An answer with Turn is the mean of three.
func TestTurnedAnswers(t *testing.T) {
	m := small(t, Float32)
	image := []uint8{0, 90, 0, 10, 255, 0, 0, 255, 40, 0, 200, 0}
	want := make([]float32, m.Network.Classes())
	x, turned := make([]float32, len(image)), make([]float32, len(image))
	nn.Pixels(x, image)
	for _, angle := range []float32{0, 0.2, -0.2} {
		turn(turned, x, m.Height(), m.Width(), angle)
		for i, v := range m.Network.Logits(turned, 1, false) {
			want[i] += v / 3
		}
	}
	m.Turn = 0.2
	for i, got := range m.Logits(image) {
		if math.Abs(float64(got-want[i])) > 1e-5 {
			t.Errorf("logit %d: got %v, want %v", i, got, want[i])
		}
	}
}

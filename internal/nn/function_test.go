package nn

import (
	"testing"

	"github.com/seed-c844a918/inkling/internal/activation"
)

// TestActivation checks that forward and backward are the curve's value and slope.
func TestActivation(t *testing.T) {
	a := &Activation{Curve: activation.Curve{Function: activation.ELU, Alpha: 0.5}}
	x, dy := []float32{-1, 0.5}, []float32{3, 5}
	y, dx := make([]float32, 2), make([]float32, 2)
	a.Forward(y, x, Span{})
	a.Backward(nil, dx, dy, x, y, Span{})
	for i := range x {
		value, slope := a.At(float64(x[i]))
		if y[i] != float32(value) || dx[i] != dy[i]*float32(slope) {
			t.Errorf("at %g: got %g and %g, want %g and %g", x[i], y[i], dx[i], value, float64(dy[i])*slope)
		}
	}
}

func TestUnknownFunction(t *testing.T) {
	if _, err := NewSequential(Shape{2}, &Activation{Curve: activation.Curve{Function: "mish"}}); err == nil {
		t.Error("got a network, want an error")
	}
}

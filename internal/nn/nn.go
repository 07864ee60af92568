// Package nn holds the network: layers, a Sequential of them, and the loss.
//
// Values are float32. A batch of N samples lies sample after sample, so a
// matrix (N, F) is one slice of N*F values and sample i is x[i*F : i*F+F];
// pictures are (N, H, W, C) in the same way. Every layer has Forward beside its
// Backward. Shapes that do not fit are errors when a network is built, and
// panics with [ErrLength] once it runs.
package nn

import (
	"math/rand/v2"
	"slices"
	"strconv"
)

// ErrLength is the panic of a slice that does not hold n samples of the
// layer's shape.
const ErrLength = "nn: slice does not hold n samples of the layer's shape"

// Shape is the shape of one sample, without the batch: (784) or (28, 28, 1).
type Shape []int

// Size is the number of values in one sample.
func (s Shape) Size() int {
	size := 1
	for _, side := range s {
		size *= side
	}
	return size
}

// Equal reports whether both have the same sides.
func (s Shape) Equal(t Shape) bool { return slices.Equal(s, t) }

// String writes a shape as Keras does, without the batch: "(28, 28, 1)".
func (s Shape) String() string {
	text := "("
	for i, side := range s {
		if i > 0 {
			text += ", "
		}
		text += strconv.Itoa(side)
	}
	return text + ")"
}

// Param is one trainable tensor and its gradient, views of the Sequential's
// flat vectors.
type Param struct {
	Name        string // "kernel" or "bias", Keras's words
	Shape       Shape
	Value, Grad []float32
}

// Layer is one step of a Sequential.
//
// Forward computes y from x, each n samples; training is false when predicting.
// Backward gets the loss's gradient dy with respect to y, adds those of the
// parameters to Param.Grad, and writes that of x to dx unless dx is nil. x and y
// are what the last Forward with training saw and made.
type Layer interface {
	Kind() string                     // "dense", as the .ink file writes it
	Build(input Shape) (Shape, error) // once, before anything else: output shape
	Params() []*Param                 // trainable tensors, in Keras's order
	Initialize(random *rand.Rand)     // first values of the parameters
	Forward(y, x []float32, n int, training bool)
	Backward(dx, dy, x, y []float32, n int)
}

// ShapeError says which shape a layer cannot take.
type ShapeError struct {
	Kind  string
	Input Shape
	Want  string
}

func (e *ShapeError) Error() string {
	return "nn: " + e.Kind + ": input " + e.Input.String() + ", want " + e.Want
}

// Scale is what each pixel 0..255 is to the network, 0..1.
var Scale = func() (scale [256]float32) {
	for p := range scale {
		scale[p] = float32(p) / 255
	}
	return scale
}()

// Pixels writes the network's input for one image: each pixel by Scale.
// dst and src have equal lengths.
func Pixels(dst []float32, src []uint8) {
	if len(dst) != len(src) {
		panic(ErrLength)
	}
	for i, p := range src {
		dst[i] = Scale[p]
	}
}

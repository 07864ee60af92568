// Package nn holds the network: layers, and a Sequential of them.
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

// Size returns the number of values in one sample.
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

// Param is one tensor of a layer and its gradient, views of the Sequential's flat
// vectors.
type Param struct {
	Name        string // Keras's: "kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"
	Shape       Shape
	Value, Grad []float32
}

// Trainable reports whether an optimizer changes the tensor: all but the moving statistics
// of batch normalization and the classes of prototypes, whose gradients stay 0.
func (p *Param) Trainable() bool {
	return p.Name != "moving_mean" && p.Name != "moving_variance" && p.Name != "class"
}

// Span is the part of a batch that a call of a layer works on. Calls for
// different spans may run at once.
type Span struct {
	At, N    int  // first sample in the batch, number of samples
	Lane     int  // 0..Lanes-1, of one goroutine at a time: which scratch to use
	Training bool // a Backward may follow
}

// Lanes is how many parts a batch is cut into where that pays. It does not depend
// on the number of cores, so that gradients are summed in one order everywhere.
const Lanes = 4

// Layer is one step of a Sequential.
//
// Forward computes y from x, each s.N samples. Backward gets the loss's gradient
// dy with respect to y, adds those of the parameters to grads (all of the layer's,
// in the order of Params), and writes that of x to dx unless dx is nil. x and y
// are what the Forward of the same span saw and made; a ReLU behind the layer may
// have changed y since.
//
// Files, copies and checks find a layer's settings by Settings alone. Each is a
// pointer: an *int counts units or filters, a *[2]int is a height and a width, and
// a *float32, *windows.Padding, *Shape, *Function or *initial.Weights what it says; files
// leave out the last.
type Layer interface {
	Kind() string                     // the name of its Kind: "dense", as the .ink file writes it
	Settings() []any                  // pointers to what makes the layer, in the .ink file's order: see below
	Build(input Shape) (Shape, error) // once, before anything else: output shape
	Params() []*Param                 // in Keras's order
	Initialize(random *rand.Rand)     // first values of the parameters
	Forward(y, x []float32, s Span)
	Backward(grads, dx, dy, x, y []float32, s Span)
}

// preparer is a layer with something to do once before the calls of a pass.
type preparer interface{ prepare(training bool) }

// seeder is a layer that draws random numbers while training.
type seeder interface{ Seed(seed, step uint64) }

// rectifier is a layer that can apply the ReLU that follows it at once.
type rectifier interface{ rectify() }

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

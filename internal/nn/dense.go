package nn

import (
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/kernel"
)

// Dense is a fully connected layer: y = x·W + b with x (N, In), W (In, Units),
// b (Units), y (N, Units).
type Dense struct {
	Units        int             // at least 1
	Init         initial.Weights // of W; b starts at 0
	kernel, bias Param
	relu         bool // the layer behind is a ReLU, which Forward applies
}

func init() { Register("dense", "Dense", func() Layer { return new(Dense) }) }

// Kind returns "dense".
func (*Dense) Kind() string { return "dense" }

// Settings returns Units and Init.
func (d *Dense) Settings() []any { return []any{&d.Units, &d.Init} }

// Build takes a flat input.
func (d *Dense) Build(input Shape) (Shape, error) {
	if len(input) != 1 {
		return nil, &ShapeError{"dense", input, "one dimension: put a flatten before it"}
	}
	if d.Units < 1 {
		return nil, &ShapeError{"dense", input, "at least 1 unit"}
	}
	d.kernel = Param{Name: "kernel", Shape: Shape{input[0], d.Units}}
	d.bias = Param{Name: "bias", Shape: Shape{d.Units}}
	return Shape{d.Units}, nil
}

// Cost counts the weights.
func (d *Dense) Cost(Shape) (operations, bytes int) { return d.kernel.Shape.Size(), 0 }

// Params returns W and b.
func (d *Dense) Params() []*Param { return []*Param{&d.kernel, &d.bias} }

// Initialize draws W and sets b to 0.
func (d *Dense) Initialize(random *rand.Rand) {
	d.Init.Fill(d.kernel.Value, random, d.kernel.Shape[0], d.Units)
	clear(d.bias.Value)
}

func (d *Dense) rectify() { d.relu = true }

// Forward computes y = x·W + b.
func (d *Dense) Forward(y, x []float32, s Span) {
	kernel.Affine(y, x, d.kernel.Value, d.bias.Value, s.N, d.kernel.Shape[0], d.Units, d.relu)
}

// forwardSparse does what Forward does for the images from <= i < to, given as lists of their
// nonzero pixels.
func (d *Dense) forwardSparse(y []float32, images *kernel.Sparse, from, to int) {
	images.Forward(y, d.kernel.Value, d.bias.Value, from, to, d.relu)
}

// backwardSparse does what Backward does for such images and the weights of the pixels
// from <= p < to.
func (d *Dense) backwardSparse(grads, dy []float32, images *kernel.Sparse, from, to int) {
	images.Gradient(grads[:d.kernel.Shape.Size()], dy, d.Units, from, to)
}

// Backward computes dW += xᵀ·dy, db += the sum of dy over the samples, and
// dx = dy·Wᵀ.
func (d *Dense) Backward(grads, dx, dy, x, _ []float32, s Span) {
	in, weights := d.kernel.Shape[0], d.kernel.Shape.Size()
	kernel.GemmTA(grads[:weights], x, dy, s.N, in, d.Units)
	kernel.SumRows(grads[weights:], dy)
	if dx != nil {
		clear(dx)
		kernel.GemmTB(dx, dy, d.kernel.Value, s.N, in, d.Units)
	}
}

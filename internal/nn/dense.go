package nn

import (
	"math"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

// Initializer draws the first weights of a layer.
type Initializer uint8

// The initializers; the zero value is Keras's default.
const (
	GlorotUniform Initializer = iota // Glorot & Bengio 2010, eq. 16: U(±sqrt(6/(in+out)))
	HeNormal                         // He et al. 2015, eq. 10: N(0, sqrt(2/in)), cut at two standard deviations as Keras does
)

// heCut is the standard deviation of a unit normal cut at ±2; Keras divides by
// it so that the cut distribution has the wanted deviation.
const heCut = 0.87962566103423978

// Dense is a fully connected layer: y = x·W + b with x (N, In), W (In, Units),
// b (Units), y (N, Units).
type Dense struct {
	Units        int         // at least 1
	Init         Initializer // of W; b starts at 0
	kernel, bias Param
}

// Kind is "dense".
func (*Dense) Kind() string { return "dense" }

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

// Params are W and b.
func (d *Dense) Params() []*Param { return []*Param{&d.kernel, &d.bias} }

// Initialize draws W and sets b to 0.
func (d *Dense) Initialize(random *rand.Rand) {
	in, out := float64(d.kernel.Shape[0]), float64(d.Units)
	for i := range d.kernel.Value {
		d.kernel.Value[i] = float32(d.Init.draw(random, in, out))
	}
	clear(d.bias.Value)
}

// draw is one weight of a layer with these numbers of inputs and outputs.
func (init Initializer) draw(random *rand.Rand, in, out float64) float64 {
	if init == GlorotUniform {
		return math.Sqrt(6/(in+out)) * (2*random.Float64() - 1)
	}
	for {
		if z := random.NormFloat64(); math.Abs(z) <= 2 {
			return z * math.Sqrt(2/in) / heCut
		}
	}
}

// Forward computes y = x·W + b.
func (d *Dense) Forward(y, x []float32, n int, _ bool) {
	kernel.Affine(y, x, d.kernel.Value, d.bias.Value, n, d.kernel.Shape[0], d.Units, false)
}

// forwardSparse is Forward for pixels given as lists of the nonzero ones.
func (d *Dense) forwardSparse(y []float32, images *kernel.Sparse, n int) {
	images.Forward(y, d.kernel.Value, d.bias.Value, 0, n, false)
}

// backwardSparse is Backward for such pixels, which need no gradient.
func (d *Dense) backwardSparse(dy []float32, images *kernel.Sparse, n int) {
	images.Gradient(d.kernel.Grad, dy, d.Units, 0, d.kernel.Shape[0])
	kernel.SumRows(d.bias.Grad, dy)
}

// Backward computes dW += xᵀ·dy, db += the sum of dy over the batch, and
// dx = dy·Wᵀ.
func (d *Dense) Backward(dx, dy, x, _ []float32, n int) {
	in := d.kernel.Shape[0]
	kernel.GemmTA(d.kernel.Grad, x, dy, n, in, d.Units)
	kernel.SumRows(d.bias.Grad, dy)
	if dx != nil {
		clear(dx)
		kernel.GemmTB(dx, dy, d.kernel.Value, n, in, d.Units)
	}
}

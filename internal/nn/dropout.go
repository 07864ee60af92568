package nn

import "math/rand/v2"

// Dropout sets a share of its inputs to 0 while training and scales the rest so
// that the sum's expectation stays (Srivastava et al. 2014, the inverted form
// that Keras uses). When predicting it copies.
type Dropout struct {
	elementwise
	Rate   float32 // share dropped, 0 <= Rate < 1
	random *rand.PCG
	keep   []float32 // 0 or 1/(1-Rate) for each value of the last training batch
}

// Kind is "dropout".
func (*Dropout) Kind() string { return "dropout" }

// Build keeps the input's shape.
func (d *Dropout) Build(input Shape) (Shape, error) {
	if !(d.Rate >= 0 && d.Rate < 1) {
		return nil, &ShapeError{"dropout", input, "a rate of at least 0 and below 1"}
	}
	d.random = rand.NewPCG(0, 0)
	return d.elementwise.Build(input)
}

// Seed makes the next masks a function of the two numbers.
func (d *Dropout) Seed(seed, step uint64) { d.random.Seed(seed, step) }

// Forward computes y = x * mask / (1 - Rate), or copies when predicting.
func (d *Dropout) Forward(y, x []float32, _ int, training bool) {
	if !training {
		copy(y, x)
		return
	}
	d.keep = append(d.keep[:0], x...)
	bound, scale := uint64(float64(d.Rate)*(1<<32)), 1/(1-d.Rate)
	for i := range d.keep {
		d.keep[i] = 0
		if d.random.Uint64()>>32 >= bound {
			d.keep[i] = scale
		}
		y[i] = x[i] * d.keep[i]
	}
}

// Backward computes dx = dy * mask / (1 - Rate).
func (d *Dropout) Backward(dx, dy, _, _ []float32, _ int) {
	if dx == nil {
		return
	}
	for i, keep := range d.keep {
		dx[i] = dy[i] * keep
	}
}

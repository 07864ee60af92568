package nn

import (
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

// elementwise is what layers without parameters that keep the shape share.
type elementwise struct{ size int }

// Build keeps the input's shape.
func (e *elementwise) Build(input Shape) (Shape, error) {
	e.size = input.Size()
	return input, nil
}

// Params returns none.
func (*elementwise) Params() []*Param { return nil }

// Initialize has nothing to do.
func (*elementwise) Initialize(*rand.Rand) {}

// ReLU is y = max(x, 0).
type ReLU struct{ elementwise }

func init() { Register("relu", "ReLU", func() Layer { return new(ReLU) }) }

// Kind returns "relu".
func (*ReLU) Kind() string { return "relu" }

// Settings returns none.
func (*ReLU) Settings() []any { return nil }

// Forward computes y = max(x, 0).
func (*ReLU) Forward(y, x []float32, _ Span) {
	kernel.ReLU(y, x)
}

// Backward computes dx = dy where y > 0, else 0.
func (*ReLU) Backward(_, dx, dy, _, y []float32, _ Span) {
	if dx != nil {
		kernel.ReLUGradient(dx, dy, y)
	}
}

// Softmax turns logits into probabilities, sample by sample.
type Softmax struct{ elementwise }

func init() { Register("softmax", "Softmax", func() Layer { return new(Softmax) }) }

// Kind returns "softmax".
func (*Softmax) Kind() string { return "softmax" }

// Settings returns none.
func (*Softmax) Settings() []any { return nil }

// exponential is how many multiplications e^x takes as long as, or another function.
const exponential = 16

// Cost counts an exponential a value.
func (s *Softmax) Cost(output Shape) (operations, bytes int) { return exponential * output.Size(), 0 }

// Build takes a flat input of at least one class.
func (s *Softmax) Build(input Shape) (Shape, error) {
	if len(input) != 1 {
		return nil, &ShapeError{"softmax", input, "one dimension, a value per class"}
	}
	return s.elementwise.Build(input)
}

// Forward computes the probabilities of each sample.
func (s *Softmax) Forward(y, x []float32, span Span) {
	for i := range span.N {
		SoftmaxRow(y[i*s.size:(i+1)*s.size], x[i*s.size:(i+1)*s.size], 1)
	}
}

// Backward computes dx = y * (dy - sum(dy*y)), sample by sample.
func (s *Softmax) Backward(_, dx, dy, _, y []float32, span Span) {
	if dx == nil {
		return
	}
	for i := range span.N {
		var sum float32
		for j := i * s.size; j < (i+1)*s.size; j++ {
			sum += dy[j] * y[j]
		}
		for j := i * s.size; j < (i+1)*s.size; j++ {
			dx[j] = y[j] * (dy[j] - sum)
		}
	}
}

// SoftmaxRow writes the softmax of one sample's logits, divided by temperature
// (Guo et al. 2017), to dst. The largest logit is subtracted first, so that no
// finite input overflows.
func SoftmaxRow(dst, logits []float32, temperature float32) {
	largest := slices.Max(logits)
	for i, v := range logits {
		dst[i] = (v - largest) / temperature
	}
	kernel.Exp(dst, dst)
	var sum float32
	for _, v := range dst {
		sum += v
	}
	scale := 1 / sum
	for i := range dst {
		dst[i] *= scale
	}
}

// Flatten makes one dimension of all: (28, 28, 1) becomes (784).
type Flatten struct{ elementwise }

func init() { Register("flatten", "Flatten", func() Layer { return new(Flatten) }) }

// Kind returns "flatten".
func (*Flatten) Kind() string { return "flatten" }

// Settings returns none.
func (*Flatten) Settings() []any { return nil }

// Build takes any input.
func (f *Flatten) Build(input Shape) (Shape, error) {
	f.size = input.Size()
	return Shape{f.size}, nil
}

// Forward copies.
func (*Flatten) Forward(y, x []float32, _ Span) { copy(y, x) }

// Backward copies.
func (*Flatten) Backward(_, dx, dy, _, _ []float32, _ Span) { copy(dx, dy) }

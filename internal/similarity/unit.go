package similarity

import (
	"math"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// UnitNormalization divides each row of the last dimension by its Euclidean length,
// Keras's layer of the same name: y = x / max(|x|, sqrt(1e-12)). A dense layer behind
// it then sees directions alone.
type UnitNormalization struct {
	row int // values of a row
}

func init() {
	nn.Register("unit_normalization", "UnitNormalization", func() nn.Layer { return new(UnitNormalization) })
}

// shortest is the least length that a row is divided by, Keras's.
const shortest = 1e-6

// Kind returns "unit_normalization".
func (*UnitNormalization) Kind() string { return "unit_normalization" }

// Settings returns none.
func (*UnitNormalization) Settings() []any { return nil }

// Build keeps the input's shape.
func (u *UnitNormalization) Build(input nn.Shape) (nn.Shape, error) {
	u.row = input[len(input)-1]
	return input, nil
}

// Params returns none.
func (*UnitNormalization) Params() []*nn.Param { return nil }

// Initialize has nothing to do.
func (*UnitNormalization) Initialize(*rand.Rand) {}

// Forward computes y.
func (u *UnitNormalization) Forward(y, x []float32, _ nn.Span) {
	for at := 0; at < len(x); at += u.row {
		scale := 1 / length(x[at:at+u.row])
		for i := at; i < at+u.row; i++ {
			y[i] = x[i] * scale
		}
	}
}

// Backward computes dx = (dy - u * sum(dy*u)) / |x| with u = x / |x|, row by row. (A ReLU
// behind the layer may have changed y.)
func (u *UnitNormalization) Backward(_, dx, dy, x, _ []float32, _ nn.Span) {
	for at := 0; at < len(dx); at += u.row {
		scale, along := 1/length(x[at:at+u.row]), float32(0)
		for i := at; i < at+u.row; i++ {
			along += dy[i] * x[i] * scale
		}
		for i := at; i < at+u.row; i++ {
			dx[i] = (dy[i] - x[i]*scale*along) * scale
		}
	}
}

// length returns the length of a row, at least shortest.
func length(row []float32) float32 {
	var sum float32
	for _, v := range row {
		sum += v * v
	}
	return max(float32(math.Sqrt(float64(sum))), shortest)
}

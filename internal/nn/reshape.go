package nn

import (
	"math/rand/v2"
	"slices"
)

// Reshape gives each sample another shape of the same size: (392) becomes
// (7, 7, 8). The values stay, row by row.
type Reshape struct {
	Target Shape
}

func init() { Register("reshape", "Reshape", func() Layer { return new(Reshape) }) }

// Kind returns "reshape".
func (*Reshape) Kind() string { return "reshape" }

// Settings returns Target.
func (r *Reshape) Settings() []any { return []any{&r.Target} }

// Build takes inputs of Target's size.
func (r *Reshape) Build(input Shape) (Shape, error) {
	if len(r.Target) == 0 || slices.Min(r.Target) < 1 || r.Target.Size() != input.Size() {
		return nil, &ShapeError{"reshape", input, "as many values as " + r.Target.String()}
	}
	return r.Target, nil
}

// Params returns none.
func (*Reshape) Params() []*Param { return nil }

// Initialize has nothing to do.
func (*Reshape) Initialize(*rand.Rand) {}

// Forward copies.
func (*Reshape) Forward(y, x []float32, _ Span) { copy(y, x) }

// Backward copies.
func (*Reshape) Backward(_, dx, dy, _, _ []float32, _ Span) { copy(dx, dy) }

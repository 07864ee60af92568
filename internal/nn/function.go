package nn

import "github.com/seed-c844a918/inkling/internal/activation"

// Activation applies a function to every value.
type Activation struct {
	elementwise
	activation.Curve
}

// NewActivation returns the layer of a name that [activation.Usual] knows, nil if there is
// none.
func NewActivation(name string) Layer {
	curve, ok := activation.Usual(name)
	switch {
	case !ok:
		return nil
	case name == "relu":
		return &ReLU{}
	}
	return &Activation{Curve: curve}
}

func init() { Register("activation", "Activation", func() Layer { return new(Activation) }) }

// Kind returns "activation".
func (*Activation) Kind() string { return "activation" }

// Settings returns Function, Alpha, Max and Threshold.
func (a *Activation) Settings() []any { return []any{&a.Function, &a.Alpha, &a.Max, &a.Threshold} }

// Build takes any input and the functions that are known.
func (a *Activation) Build(input Shape) (Shape, error) {
	if value, slope := a.At(1); value != value || slope != slope {
		return nil, &ShapeError{"activation", input, "a known function, not " + string(a.Function)}
	}
	return a.elementwise.Build(input)
}

// Cost counts the function of each value.
func (a *Activation) Cost(output Shape) (operations, bytes int) {
	return exponential * output.Size(), 0
}

// Forward computes y = f(x).
func (a *Activation) Forward(y, x []float32, _ Span) {
	for i, v := range x {
		value, _ := a.At(float64(v))
		y[i] = float32(value)
	}
}

// Backward computes dx = dy * f'(x).
func (a *Activation) Backward(_, dx, dy, x, _ []float32, _ Span) {
	for i := range dx {
		_, slope := a.At(float64(x[i]))
		dx[i] = dy[i] * float32(slope)
	}
}

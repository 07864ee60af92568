package nn

// Rescaling is y = x*Scale + Offset, value by value.
type Rescaling struct {
	elementwise
	Scale, Offset float32
}

func init() { Register("rescaling", "Rescaling", func() Layer { return new(Rescaling) }) }

// Kind returns "rescaling".
func (*Rescaling) Kind() string { return "rescaling" }

// Settings returns Scale and Offset.
func (r *Rescaling) Settings() []any { return []any{&r.Scale, &r.Offset} }

// Forward computes y.
func (r *Rescaling) Forward(y, x []float32, _ Span) {
	for i, v := range x {
		y[i] = v*r.Scale + r.Offset
	}
}

// Backward computes dx = dy*Scale.
func (r *Rescaling) Backward(_, dx, dy, _, _ []float32, _ Span) {
	for i := range dx {
		dx[i] = dy[i] * r.Scale
	}
}

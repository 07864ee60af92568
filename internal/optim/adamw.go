package optim

// AdamW is Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm
// 2): before each step the decayed values lose the share rate*WeightDecay of
// themselves, as in Keras.
type AdamW struct {
	Adam
	WeightDecay float32 // NewAdamW: 0.004
	Decays      []Range // the parameters to decay, ascending and apart; nil: all
}

// Range is the parameters From <= i < To of the flat vector.
type Range struct{ From, To int }

// Decaying is an optimizer with weight decay.
type Decaying interface {
	Optimizer
	// DecayOnly restricts the decay to these parameters, ascending and apart.
	DecayOnly([]Range)
}

// DecayOnly sets Decays.
func (o *AdamW) DecayOnly(ranges []Range) { o.Decays = ranges }

// NewAdamW returns Keras's AdamW.
func NewAdamW() *AdamW { return &AdamW{Adam: *NewAdam(), WeightDecay: 0.004} }

// Name returns "adamw".
func (*AdamW) Name() string { return "adamw" }

// Step takes Adam's step, with the decay. It panics if Decays leaves the vector or
// goes back.
func (o *AdamW) Step(values, grads []float32, scale float32) {
	plain := o.next(values, grads, scale)
	decaying := plain
	decaying.Keep = 1 - o.LearningRate*scale*o.WeightDecay
	if o.Decays == nil {
		decaying.Update(values, grads, o.m, o.v)
		return
	}
	at := 0
	for _, r := range o.Decays {
		plain.Update(values[at:r.From], grads[at:r.From], o.m[at:r.From], o.v[at:r.From])
		decaying.Update(values[r.From:r.To], grads[r.From:r.To], o.m[r.From:r.To], o.v[r.From:r.To])
		at = r.To
	}
	plain.Update(values[at:], grads[at:], o.m[at:], o.v[at:])
}

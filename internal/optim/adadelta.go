package optim

// Adadelta is the method of Zeiler 2012 (algorithm 1), with the learning rate
// that Keras puts before its update.
type Adadelta struct {
	LearningRate float32 // NewAdadelta: 0.001; 1 is the paper's form
	Rho          float32 // decay of both means; NewAdadelta: 0.95
	Epsilon      float32 // NewAdadelta: 1e-7

	grad, delta []float32 // means of the squared gradients and updates
}

// NewAdadelta returns Keras's Adadelta.
func NewAdadelta() *Adadelta {
	return &Adadelta{LearningRate: 0.001, Rho: 0.95, Epsilon: 1e-7}
}

// Name returns "adadelta".
func (*Adadelta) Name() string { return "adadelta" }

// Rate returns the learning rate.
func (o *Adadelta) Rate() float32 { return o.LearningRate }

// Step computes a = rho*a + (1-rho)*g², d = g*sqrt(b+epsilon)/sqrt(a+epsilon)
// and b = rho*b + (1-rho)*d², and subtracts rate*d from the values.
func (o *Adadelta) Step(values, grads []float32, scale float32) {
	o.grad, o.delta = vector(o.grad, values, grads), vector(o.delta, values, grads)
	rate := o.LearningRate * scale
	for i, g := range grads {
		o.grad[i] = o.Rho*o.grad[i] + (1-o.Rho)*g*g
		d := g * root(o.delta[i]+o.Epsilon) / root(o.grad[i]+o.Epsilon)
		o.delta[i] = o.Rho*o.delta[i] + (1-o.Rho)*d*d
		values[i] -= rate * d
	}
}

// State returns the vectors "grad" and "delta" and no steps, which play no part.
func (o *Adadelta) State() State {
	return newState(0, Vector{"grad", o.grad}, Vector{"delta", o.delta})
}

// SetState takes the vectors "grad" and "delta".
func (o *Adadelta) SetState(s State) error {
	vectors, err := s.take("adadelta", "grad", "delta")
	if err == nil {
		o.grad, o.delta = vectors[0], vectors[1]
	}
	return err
}

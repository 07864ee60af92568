package optim

// RMSprop divides gradients by the root of a running mean of their squares
// (Tieleman & Hinton 2012, lecture 6.5), with Keras's momentum behind it.
type RMSprop struct {
	LearningRate float32 // NewRMSprop: 0.001
	Rho          float32 // decay of the means; NewRMSprop: 0.9
	Momentum     float32 // 0 (none) <= Momentum < 1
	Centered     bool    // divide by the root of the variance instead (Graves 2013, eq. 38-45)
	Epsilon      float32 // NewRMSprop: 1e-7

	square, mean, momentum []float32
}

// NewRMSprop returns Keras's RMSprop: no momentum, not centered.
func NewRMSprop() *RMSprop {
	return &RMSprop{LearningRate: 0.001, Rho: 0.9, Epsilon: 1e-7}
}

// Name returns "rmsprop".
func (*RMSprop) Name() string { return "rmsprop" }

// Rate returns the learning rate.
func (o *RMSprop) Rate() float32 { return o.LearningRate }

// Step computes s = rho*s + (1-rho)*g², a = rho*a + (1-rho)*g if centered (else
// 0) and p = momentum*p + rate*g/sqrt(s-a²+epsilon), and subtracts p from the
// values.
func (o *RMSprop) Step(values, grads []float32, scale float32) {
	o.square, o.mean, o.momentum = vector(o.square, values, grads), vector(o.mean, values, grads), vector(o.momentum, values, grads)
	rate := o.LearningRate * scale
	for i, g := range grads {
		o.square[i] = faded(o.Rho*o.square[i] + (1-o.Rho)*g*g)
		if o.Centered {
			o.mean[i] = faded(o.Rho*o.mean[i] + (1-o.Rho)*g)
		}
		change := rate * g / root(o.square[i]-o.mean[i]*o.mean[i]+o.Epsilon)
		if o.Momentum != 0 {
			change = faded(o.Momentum*o.momentum[i] + change)
			o.momentum[i] = change
		}
		values[i] -= change
	}
}

// State returns the vectors "square", "mean" and "momentum" and no steps,
// which play no part.
func (o *RMSprop) State() State {
	return newState(0, Vector{"square", o.square}, Vector{"mean", o.mean}, Vector{"momentum", o.momentum})
}

// SetState takes the vectors "square", "mean" and "momentum".
func (o *RMSprop) SetState(s State) error {
	vectors, err := s.take("rmsprop", "square", "mean", "momentum")
	if err == nil {
		o.square, o.mean, o.momentum = vectors[0], vectors[1], vectors[2]
	}
	return err
}

// Package optim holds the optimizers, each in the form and with the defaults
// that Keras 3 uses.
//
// An optimizer works on the flat vector of all parameters and that of their
// gradients (float32, equal lengths). Its zero value has no settings; start from
// the New functions.
package optim

import "math"

// ErrLength is the panic of values and gradients of different lengths, or of
// lengths that change between steps.
const ErrLength = "optim: values, gradients and state differ in length"

// Optimizer changes parameters against their gradients.
type Optimizer interface {
	// Step changes values by one update at scale times the learning rate: 1, or
	// what a Schedule says.
	Step(values, grads []float32, scale float32)
	// Name returns Keras's name in lower case, "adam": that of the row of Kinds, which
	// the .ink file keeps.
	Name() string
	// Rate returns the learning rate.
	Rate() float32
	// State returns what the steps so far have left; its vectors are views, which the
	// next step changes.
	State() State
	// SetState puts the optimizer where another of the same kind stood, whose
	// vectors it copies. Vectors of other names are an error.
	SetState(State) error
}

// SGD is stochastic gradient descent, with momentum if that is not zero.
type SGD struct {
	LearningRate float32 // NewSGD: 0.01
	Momentum     float32 // 0 (none) <= Momentum < 1
	Nesterov     bool    // Nesterov's form of momentum (Sutskever et al. 2013)

	velocity []float32 // (parameters), nil before the first step
}

// NewSGD returns Keras's SGD: rate 0.01, no momentum.
func NewSGD() *SGD { return &SGD{LearningRate: 0.01} }

// Name returns "sgd".
func (*SGD) Name() string { return "sgd" }

// Rate returns the learning rate.
func (o *SGD) Rate() float32 { return o.LearningRate }

// Step computes v = momentum*v - rate*g and adds v to the values; Nesterov's
// form adds momentum*v - rate*g.
func (o *SGD) Step(values, grads []float32, scale float32) {
	o.velocity = vector(o.velocity, values, grads)
	rate := o.LearningRate * scale
	for i, g := range grads {
		v := faded(o.Momentum*o.velocity[i] - rate*g)
		o.velocity[i] = v
		if o.Nesterov {
			v = o.Momentum*v - rate*g
		}
		values[i] += v
	}
}

// State returns the vector "velocity" and no steps, which play no part.
func (o *SGD) State() State { return newState(0, Vector{"velocity", o.velocity}) }

// SetState takes the vector "velocity".
func (o *SGD) SetState(s State) error {
	vectors, err := s.take("sgd", "velocity")
	if err == nil {
		o.velocity = vectors[0]
	}
	return err
}

// faded returns what fades from step to step without gradients, 0 instead of less than
// any weight shows: it would become denormal, on which processors may be a hundred times as
// slow (as kernel.AdamStep does).
func faded(v float32) float32 {
	if math.Abs(float64(v)) < 0x1p-100 {
		return 0
	}
	return v
}

// vector returns the optimizer's vector v, of zeros at the first step.
func vector(v, values, grads []float32) []float32 {
	if v == nil {
		v = make([]float32, len(values))
	}
	if len(v) != len(values) || len(v) != len(grads) {
		panic(ErrLength)
	}
	return v
}

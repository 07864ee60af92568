// Package optim holds the optimizers, each in the form and with the defaults
// that Keras 3 uses.
//
// An optimizer works on the flat vector of all parameters and that of their
// gradients (float32, equal lengths). Its zero value has no settings; start from
// the New functions.
package optim

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

// ErrLength is the panic of values and gradients of different lengths, or of
// lengths that change between steps.
const ErrLength = "optim: values, gradients and state differ in length"

// Optimizer changes parameters against their gradients.
type Optimizer interface {
	// Step changes values by one update.
	Step(values, grads []float32)
	// Name is Keras's name in lower case, "adam".
	Name() string
	// Rate is the learning rate.
	Rate() float32
}

// SGD is stochastic gradient descent, with momentum if that is not zero.
type SGD struct {
	LearningRate float32 // NewSGD: 0.01
	Momentum     float32 // 0 (none) <= Momentum < 1
	Nesterov     bool    // Nesterov's form of momentum (Sutskever et al. 2013)

	velocity []float32
}

// NewSGD is Keras's SGD: rate 0.01, no momentum.
func NewSGD() *SGD { return &SGD{LearningRate: 0.01} }

// Name is "sgd".
func (*SGD) Name() string { return "sgd" }

// Rate is the learning rate.
func (o *SGD) Rate() float32 { return o.LearningRate }

// Step computes v = momentum*v - rate*g and adds v to the values; Nesterov's
// form adds momentum*v - rate*g.
func (o *SGD) Step(values, grads []float32) {
	o.velocity = state(o.velocity, values, grads)
	for i, g := range grads {
		v := o.Momentum*o.velocity[i] - o.LearningRate*g
		o.velocity[i] = v
		if o.Nesterov {
			v = o.Momentum*v - o.LearningRate*g
		}
		values[i] += v
	}
}

// Adam is the method of Kingma & Ba 2015 in the form at the end of their section
// 2, which Keras uses: the bias corrections are folded into the rate, and epsilon
// stands beside the uncorrected root.
type Adam struct {
	LearningRate float32 // NewAdam: 0.001
	Beta1, Beta2 float32 // decay of the two moments; NewAdam: 0.9, 0.999
	Epsilon      float32 // NewAdam: 1e-7

	steps int
	m, v  []float32
}

// NewAdam is Keras's Adam.
func NewAdam() *Adam {
	return &Adam{LearningRate: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7}
}

// Name is "adam".
func (*Adam) Name() string { return "adam" }

// Rate is the learning rate.
func (o *Adam) Rate() float32 { return o.LearningRate }

// Step computes m += (1-beta1)(g-m), v += (1-beta2)(g²-v) and subtracts
// rate * sqrt(1-beta2^t)/(1-beta1^t) * m/(sqrt(v)+epsilon) from the values.
func (o *Adam) Step(values, grads []float32) {
	o.m, o.v = state(o.m, values, grads), state(o.v, values, grads)
	o.steps++
	t := float64(o.steps)
	rate := float32(float64(o.LearningRate) * math.Sqrt(1-math.Pow(float64(o.Beta2), t)) / (1 - math.Pow(float64(o.Beta1), t)))
	step := kernel.AdamStep{Rate: rate, Gain1: 1 - o.Beta1, Gain2: 1 - o.Beta2, Epsilon: o.Epsilon, Keep: 1}
	step.Update(values, grads, o.m, o.v)
}

// state is the optimizer's vector s, made at the first step.
func state(s, values, grads []float32) []float32 {
	if s == nil {
		s = make([]float32, len(values))
	}
	if len(s) != len(values) || len(s) != len(grads) {
		panic(ErrLength)
	}
	return s
}

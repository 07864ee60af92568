package optim

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/parallel"
)

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

// NewAdam returns Keras's Adam.
func NewAdam() *Adam {
	return &Adam{LearningRate: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7}
}

// Name returns "adam".
func (*Adam) Name() string { return "adam" }

// Rate returns the learning rate.
func (o *Adam) Rate() float32 { return o.LearningRate }

// Step computes m += (1-beta1)(g-m), v += (1-beta2)(g²-v) and subtracts
// rate * sqrt(1-beta2^t)/(1-beta1^t) * m/(sqrt(v)+epsilon) from the values.
func (o *Adam) Step(values, grads []float32, scale float32) {
	step := o.next(values, grads, scale)
	parallel.Ranges(len(values), adamPart, func(from, to int) {
		step.Update(values[from:to], grads[from:to], o.m[from:to], o.v[from:to])
	})
}

// adamPart is how many parameters a core updates at once.
const adamPart = 1 << 14

// next counts a step, makes m and v at the first, and returns the update.
func (o *Adam) next(values, grads []float32, scale float32) kernel.AdamStep {
	o.m, o.v = vector(o.m, values, grads), vector(o.v, values, grads)
	o.steps++
	t := float64(o.steps)
	rate := float64(o.LearningRate*scale) * math.Sqrt(1-math.Pow(float64(o.Beta2), t)) / (1 - math.Pow(float64(o.Beta1), t))
	return kernel.AdamStep{Rate: float32(rate), Gain1: 1 - o.Beta1, Gain2: 1 - o.Beta2, Epsilon: o.Epsilon, Keep: 1}
}

// State returns the vectors "m" and "v", the two moments.
func (o *Adam) State() State { return newState(o.steps, Vector{"m", o.m}, Vector{"v", o.v}) }

// SetState takes the vectors "m" and "v".
func (o *Adam) SetState(s State) error {
	vectors, err := s.take("adam", "m", "v")
	if err == nil {
		o.steps, o.m, o.v = s.Steps, vectors[0], vectors[1]
	}
	return err
}

package optim

import "math"

// Nadam is Adam with Nesterov momentum (Dozat 2016, algorithm 2), with the
// warming schedule of the momentum that the paper's section 3.1 and Keras have.
type Nadam struct {
	LearningRate float32 // NewNadam: 0.001
	Beta1, Beta2 float32 // decay of the two moments; NewNadam: 0.9, 0.999
	Epsilon      float32 // NewNadam: 1e-7

	steps   int
	product float64 // of the momenta of these steps
	m, v    []float32
}

// NewNadam returns Keras's Nadam.
func NewNadam() *Nadam {
	return &Nadam{LearningRate: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7, product: 1}
}

// Name returns "nadam".
func (*Nadam) Name() string { return "nadam" }

// Rate returns the learning rate.
func (o *Nadam) Rate() float32 { return o.LearningRate }

// momentum returns the momentum of a step, from 1: beta1 * (1 - 0.96^step/2).
func (o *Nadam) momentum(step int) float64 {
	return float64(o.Beta1) * (1 - 0.5*math.Pow(0.96, float64(step)))
}

// Step computes m += (1-beta1)(g-m), v += (1-beta2)(g²-v) and, with u the
// step's momentum, U the product of all so far, and u', U' those of the next
// step, subtracts rate * (u'm/(1-U') + (1-u)g/(1-U)) /
// (sqrt(v/(1-beta2^t)) + epsilon) from the values.
func (o *Nadam) Step(values, grads []float32, scale float32) {
	o.m, o.v = vector(o.m, values, grads), vector(o.v, values, grads)
	o.steps++
	now, next := o.momentum(o.steps), o.momentum(o.steps+1)
	o.product *= now
	ofMean := float32(next / (1 - o.product*next))
	ofGrad := float32((1 - now) / (1 - o.product))
	correction := float32(1 / (1 - math.Pow(float64(o.Beta2), float64(o.steps))))
	rate := o.LearningRate * scale
	for i, g := range grads {
		o.m[i] = faded(o.m[i] + (1-o.Beta1)*(g-o.m[i]))
		o.v[i] += (1 - o.Beta2) * (g*g - o.v[i])
		values[i] -= rate * (ofMean*o.m[i] + ofGrad*g) / (root(o.v[i]*correction) + o.Epsilon)
	}
}

// State returns the vectors "m" and "v", the two moments.
func (o *Nadam) State() State { return newState(o.steps, Vector{"m", o.m}, Vector{"v", o.v}) }

// SetState takes the vectors "m" and "v".
func (o *Nadam) SetState(s State) error {
	vectors, err := s.take("nadam", "m", "v")
	if err != nil {
		return err
	}
	o.steps, o.product, o.m, o.v = s.Steps, 1, vectors[0], vectors[1]
	for step := range s.Steps {
		o.product *= o.momentum(step + 1)
	}
	return nil
}

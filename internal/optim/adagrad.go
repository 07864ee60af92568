package optim

import "math"

// Adagrad is the method of Duchi et al. 2011 (figure 1, diagonal), as in Keras:
// each parameter's steps shrink with the squares of all its gradients so far.
type Adagrad struct {
	LearningRate float32 // NewAdagrad: 0.001
	Initial      float32 // where each sum of squares begins; NewAdagrad: 0.1
	Epsilon      float32 // NewAdagrad: 1e-7

	accumulator []float32 // (parameters), nil before the first step
}

// NewAdagrad returns Keras's Adagrad.
func NewAdagrad() *Adagrad {
	return &Adagrad{LearningRate: 0.001, Initial: 0.1, Epsilon: 1e-7}
}

// Name returns "adagrad".
func (*Adagrad) Name() string { return "adagrad" }

// Rate returns the learning rate.
func (o *Adagrad) Rate() float32 { return o.LearningRate }

// Step computes a += g² and subtracts rate*g/sqrt(a+epsilon) from the values.
func (o *Adagrad) Step(values, grads []float32, scale float32) {
	begun := o.accumulator != nil
	o.accumulator = vector(o.accumulator, values, grads)
	if !begun {
		for i := range o.accumulator {
			o.accumulator[i] = o.Initial
		}
	}
	rate := o.LearningRate * scale
	for i, g := range grads {
		o.accumulator[i] += g * g
		values[i] -= rate * g / root(o.accumulator[i]+o.Epsilon)
	}
}

// State returns the vector "accumulator" and no steps, which play no part.
func (o *Adagrad) State() State { return newState(0, Vector{"accumulator", o.accumulator}) }

// SetState takes the vector "accumulator".
func (o *Adagrad) SetState(s State) error {
	vectors, err := s.take("adagrad", "accumulator")
	if err == nil {
		o.accumulator = vectors[0]
	}
	return err
}

// root returns the square root of x >= 0, rounded once.
func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

package optim

import "math"

// Schedule is the share of the learning rate, 0..1, for a step of a run of this
// many steps, 0 <= step < steps. It depends on nothing else, so that a run can be
// resumed.
type Schedule func(step, steps int) float32

// Constant returns the schedule that keeps the whole rate at every step.
func Constant() Schedule { return func(int, int) float32 { return 1 } }

// Cosine returns a schedule that rises linearly over the first steps, a share
// warmup of all (0 <= warmup < 1), and then falls along half a cosine, from 1 to nearly 0 at
// the last step (Loshchilov & Hutter 2017, eq. 5, one period).
func Cosine(warmup float64) Schedule {
	return func(step, steps int) float32 {
		rising := int(math.Round(warmup * float64(steps)))
		if step < rising {
			return float32(step+1) / float32(rising+1)
		}
		done := float64(step-rising) / float64(steps-rising)
		return float32((1 + math.Cos(math.Pi*done)) / 2)
	}
}

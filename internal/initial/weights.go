// Package initial draws the first weights of layers.
package initial

import (
	"math"
	"math/rand/v2"
)

// Weights is how a layer's first weights are distributed: Keras's initializer.
type Weights uint8

// The distributions; the zero value is Keras's default.
const (
	GlorotUniform Weights = iota // Glorot & Bengio 2010, eq. 16: U(±sqrt(6/(in+out)))
	HeNormal                     // He et al. 2015, eq. 10: N(0, sqrt(2/in)), cut at two standard deviations as Keras does
)

// heCut is the standard deviation of a unit normal cut at ±2; Keras divides by
// it so that the cut distribution has the wanted deviation.
const heCut = 0.87962566103423978

// Fill draws the weights of a layer with these numbers of inputs and outputs.
func (w Weights) Fill(values []float32, random *rand.Rand, in, out int) {
	for i := range values {
		values[i] = float32(w.draw(random, float64(in), float64(out)))
	}
}

// draw returns one weight of a layer with these numbers of inputs and outputs.
func (w Weights) draw(random *rand.Rand, in, out float64) float64 {
	if w == GlorotUniform {
		return math.Sqrt(6/(in+out)) * (2*random.Float64() - 1)
	}
	for {
		if z := random.NormFloat64(); math.Abs(z) <= 2 {
			return z * math.Sqrt(2/in) / heCut
		}
	}
}

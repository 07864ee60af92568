package initial

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestFill(t *testing.T) {
	for _, c := range []struct {
		name             string
		weights          Weights
		largest, deviate float64
	}{
		{"Glorot uniform", GlorotUniform, math.Sqrt(6.0 / 500), math.Sqrt(2.0 / 500)},
		{"He normal", HeNormal, 2 * math.Sqrt(2.0/400) / heCut, math.Sqrt(2.0 / 400)},
	} {
		t.Run(c.name, func(t *testing.T) {
			values := make([]float32, 400*100)
			c.weights.Fill(values, rand.New(rand.NewPCG(1, 1)), 400, 100)
			var largest, sum, squares float64
			for _, w := range values {
				largest = max(largest, math.Abs(float64(w)))
				sum += float64(w)
				squares += float64(w) * float64(w)
			}
			n := float64(len(values))
			if largest > c.largest || largest < 0.95*c.largest {
				t.Errorf("largest: got %.4f, want up to %.4f", largest, c.largest)
			}
			if got := math.Sqrt(squares / n); math.Abs(got/c.deviate-1) > 0.02 {
				t.Errorf("standard deviation: got %.5f, want %.5f", got, c.deviate)
			}
			if math.Abs(sum/n) > 0.01*c.largest {
				t.Errorf("mean: got %.5f, want about 0", sum/n)
			}
		})
	}
}

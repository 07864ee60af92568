package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestExp(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	x := make([]float32, 10007)
	for i := range x {
		x[i] = float32(random.Float64()*174 - 86.5)
	}
	copy(x, []float32{0, -87, 88, -1e-30, 1, -1, -1000, float32(math.Inf(-1))})
	var first []float32
	eachVariant(t, func(t *testing.T) {
		got := destination(make([]float32, len(x)))
		Exp(got, x)
		want := make([]float64, len(x))
		for i, v := range x {
			want[i] = math.Exp(max(float64(v), -87))
			if off := math.Abs(float64(got[i])/want[i] - 1); off > 2.0/(1<<23) {
				t.Fatalf("e^%g: got %g, want %g", v, got[i], want[i])
			}
		}
		compare(t, "Exp", got, want, 1e-6)
		if first == nil {
			first = got
		}
		for i := range got {
			if got[i] != first[i] {
				t.Fatalf("e^%g: got %g, another variant %g", x[i], got[i], first[i])
			}
		}
	})
}

package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// adamStep has settings as after a few hundred steps.
var adamStep = AdamStep{Rate: 0.0011, Gain1: 1 - 0.9, Gain2: 1 - 0.999, Epsilon: 1e-7, Keep: 0.9995}

func TestAdamUpdate(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 2))
		for _, n := range []int{0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 100, 1000} {
			values, grads, m, v := random32(random, n), random32(random, n), random32(random, n), random32(random, n)
			for i := range v {
				v[i] *= v[i]
			}
			gotValues, gotM, gotV := destination(values), destination(m), destination(v)
			adamStep.Update(gotValues, grads, gotM, gotV)

			wantValues, wantM, wantV := float64s(values), float64s(m), float64s(v)
			for i, g := range grads {
				wantM[i] += float64(adamStep.Gain1) * (float64(g) - wantM[i])
				wantV[i] += float64(adamStep.Gain2) * (float64(g)*float64(g) - wantV[i])
				wantValues[i] *= float64(adamStep.Keep)
				wantValues[i] -= float64(adamStep.Rate) * wantM[i] / (math.Sqrt(wantV[i]) + float64(adamStep.Epsilon))
			}
			compare(t, fmt.Sprint("values ", n), gotValues, wantValues, 1e-6)
			compare(t, fmt.Sprint("m ", n), gotM, wantM, 1e-6)
			compare(t, fmt.Sprint("v ", n), gotV, wantV, 1e-6)

			adamStep.updatePortable(values, grads, m, v)
			if !slices.Equal(gotValues, values) || !slices.Equal(gotM, m) || !slices.Equal(gotV, v) {
				t.Errorf("%d values: other bits than the portable update's", n)
			}
		}
	})
}

func TestAdamLengthsPanic(t *testing.T) {
	three, four := make([]float32, 3), make([]float32, 4)
	panics(t, map[string]func(){
		"values": func() { adamStep.Update(three, four, four, four) },
		"grads":  func() { adamStep.Update(four, three, four, four) },
		"m":      func() { adamStep.Update(four, four, three, four) },
		"v":      func() { adamStep.Update(four, four, four, three) },
	})
}

// TestAdamRoots checks that Adam divides by roots that are rounded as by math.Sqrt: all in
// two binades, which stand for the others, and those at the ends of what is ordinary. A
// root and the float below it are divided by it, which shows an error of one unit.
func TestAdamRoots(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		step := AdamStep{Rate: 1}
		const n = 1 << 12
		values, zeros, m, v := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
		check := func(first uint32) {
			for _, toward := range []float32{math.MaxFloat32, 0} {
				for i := range v {
					v[i], values[i] = math.Float32frombits(first+uint32(i)), 0
					m[i] = float32(math.Sqrt(float64(v[i])))
					if toward == 0 {
						m[i] = math.Nextafter32(m[i], toward)
					}
				}
				step.Update(values, zeros, m, v)
				for i, x := range v {
					if want := 0 - m[i]/float32(math.Sqrt(float64(x))); !same32(values[i], want) {
						t.Fatalf("%g by the root of %g: got %g, want %g", m[i], x, values[i], want)
					}
				}
			}
		}
		for first := math.Float32bits(1); first < math.Float32bits(4); first += n {
			check(first)
		}
		for _, x := range []float32{0x1p-149, 0x1p-126, 0x1p-97, 0x1p-96, 0x1p-50, 0x1p50, 0x1p96} {
			check(math.Float32bits(x) - min(n/2, math.Float32bits(x)))
		}
	})
}

// same32 reports whether two values have the same bits or both are NaN.
func same32(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}

// TestAdamSpecials compares what no training should meet: infinities, NaN, denormal and
// negligible values.
func TestAdamSpecials(t *testing.T) {
	inf := float32(math.Inf(1))
	specials := []float32{0, float32(math.Copysign(0, -1)), inf, -inf, float32(math.NaN()), 1, -1, 0x1p-100, -0x1p-100, 0x1p-101,
		0x1p-149, -0x1p-149, 0x1p-126, math.MaxFloat32, 1e30, 0x1p-96, 0x1p96}
	n := len(specials)
	eachVariant(t, func(t *testing.T) {
		var values, grads, m, v []float32
		for i := range n * n * n {
			values = append(values, 0.5)
			grads, m, v = append(grads, specials[i%n]), append(m, specials[i/n%n]), append(v, specials[i/n/n])
		}
		wantValues, wantM, wantV := slices.Clone(values), slices.Clone(m), slices.Clone(v)
		adamStep.Update(values, grads, m, v)
		adamStep.updatePortable(wantValues, grads, wantM, wantV)
		for i, g := range grads {
			if !same32(values[i], wantValues[i]) || !same32(m[i], wantM[i]) || !same32(v[i], wantV[i]) {
				t.Fatalf("gradient %g, m %g, v %g: got %g, %g, %g, portable %g, %g, %g", g, specials[i/n%n], specials[i/n/n],
					values[i], m[i], v[i], wantValues[i], wantM[i], wantV[i])
			}
		}
	})
}

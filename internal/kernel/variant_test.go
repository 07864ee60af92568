package kernel

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// TestMain fails when INKLING_KERNEL asks for what cannot be had. Naming the
// variable keeps go test from answering with another variant's cached result.
func TestMain(m *testing.M) {
	if variant.Err() != nil {
		os.Stderr.WriteString(variant.Err().Error() + "\n")
		os.Exit(1)
	}
	_ = os.Getenv("INKLING_KERNEL")
	os.Exit(m.Run())
}

// eachVariant runs a test under every variant, or under the one that
// INKLING_KERNEL names; those that this CPU lacks are skipped.
func eachVariant(t *testing.T, run func(t *testing.T)) {
	chosen := variant.Active
	defer func() { variant.Active = chosen }()
	for v := variant.Portable; v <= variant.AVX512; v++ {
		t.Run(v.String(), func(t *testing.T) {
			if v > variant.Best() {
				t.Skip("this CPU lacks it")
			}
			if asked := os.Getenv("INKLING_KERNEL"); asked != "" && asked != v.String() {
				t.Skip("INKLING_KERNEL asks for " + asked)
			}
			variant.Active = v
			run(t)
		})
	}
}

// guard is the number of elements before and after the slices of a test, and
// mark what stands there in destinations.
const (
	guard = 37
	mark  = -54321
)

// random32 draws n values of N(0, 1), a third of them zero as pixels are, between
// NaNs, so that a read outside shows in the result. The slice begins at an
// address that no vector is aligned to.
func random32(random *rand.Rand, n int) []float32 {
	v := make([]float32, n+2*guard)
	for i := range v {
		v[i] = float32(math.NaN())
	}
	v = v[guard : guard+n]
	for i := range v {
		v[i] = 0
		if random.IntN(3) > 0 {
			v[i] = float32(random.NormFloat64())
		}
	}
	return v
}

// destination holds a copy of values between marks.
func destination(values []float32) []float32 {
	v := make([]float32, len(values)+2*guard)
	for i := range v {
		v[i] = mark
	}
	copy(v[guard:], values)
	return v[guard : guard+len(values)]
}

// compare checks that got, made by destination, has the wanted values and that
// nothing around it was written. tolerance is absolute for small and relative
// for large values.
func compare(t *testing.T, name string, got []float32, want []float64, tolerance float64) {
	t.Helper()
	around := got[:len(got)+guard]
	for i := len(got); i < len(around); i++ {
		if around[i] != mark {
			t.Fatalf("%s: wrote %g behind the end, element %d of %d", name, around[i], i, len(got))
		}
	}
	for i, w := range want {
		if !(math.Abs(float64(got[i])-w) <= tolerance*(1+math.Abs(w))) {
			t.Fatalf("%s: element %d of %d: got %g, want %g", name, i, len(got), got[i], w)
		}
	}
}

// float64s converts.
func float64s(v []float32) []float64 {
	w := make([]float64, len(v))
	for i, x := range v {
		w[i] = float64(x)
	}
	return w
}

// panics checks that each function panics with ErrLength.
func panics(t *testing.T, runs map[string]func()) {
	for name, run := range runs {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != ErrLength {
					t.Errorf("panic: got %v, want %v", got, ErrLength)
				}
			}()
			run()
		})
	}
}

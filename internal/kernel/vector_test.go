package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// lengths has every remainder of a vector and some whole ones.
var lengths = []int{0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 1000}

func TestAxpy(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 3))
		for _, n := range lengths {
			a, b, x := random32(random, n), random32(random, n), float32(random.NormFloat64())
			got, want := destination(a), float64s(a)
			for i, v := range b {
				want[i] += float64(x) * float64(v)
			}
			Axpy(got, x, b)
			compare(t, fmt.Sprint("Axpy ", n), got, want, 1e-6)
		}
	})
}

func TestReLU(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 4))
		for _, n := range lengths {
			x, dy := random32(random, n), random32(random, n)
			y, dx := destination(x), destination(dy)
			wantY, wantDX := float64s(x), float64s(dy)
			for i, v := range wantY {
				wantY[i] = max(v, 0)
				if v <= 0 {
					wantDX[i] = 0
				}
			}
			ReLU(y, x)
			compare(t, fmt.Sprint("ReLU ", n), y, wantY, 0)
			ReLUGradient(dx, dy, y)
			compare(t, fmt.Sprint("ReLUGradient ", n), dx, wantDX, 0)
			ReLU(y, y)
			ReLUGradient(dx, dx, y)
			compare(t, fmt.Sprint("ReLU in place ", n), y, wantY, 0)
			compare(t, fmt.Sprint("ReLUGradient in place ", n), dx, wantDX, 0)
		}
		nan := make([]float32, 19)
		for i := range nan {
			nan[i] = float32(math.NaN())
		}
		ReLU(nan, nan)
		for i, v := range nan {
			if v == v {
				t.Errorf("ReLU of NaN, element %d: got %g, want NaN", i, v)
			}
		}
	})
}

func TestRows(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 5))
		for _, n := range []int{0, 1, 2, 9, 128, 300} {
			for _, width := range []int{1, 2, 10, 16, 31, 64, 65} {
				x, row := random32(random, n*width), random32(random, width)
				summed := float64s(row)
				for i, v := range x {
					summed[i%width] += float64(v)
				}
				got := destination(row)
				SumRows(got, x)
				compare(t, fmt.Sprint("SumRows ", n, width), got, summed, 1e-5)
			}
		}
	})
}

func TestVectorLengthsPanic(t *testing.T) {
	three, four := make([]float32, 3), make([]float32, 4)
	panics(t, map[string]func(){
		"Axpy":         func() { Axpy(four, 1, three) },
		"ReLU":         func() { ReLU(four, three) },
		"ReLUGradient": func() { ReLUGradient(four, four, three) },
		"SumRows":      func() { SumRows(three, four) },
		"empty row":    func() { SumRows(nil, nil) },
	})
}

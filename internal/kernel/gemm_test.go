package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// testShapes returns M, K, N: single elements, every remainder of a tile's rows and
// columns, products in several blocks, and the layers of small networks.
func testShapes(random *rand.Rand) [][3]int {
	shapes := [][3]int{
		{1, 1, 1}, {1, 7, 3}, {3, 1, 9}, {128, 64, 32}, {128, 32, 10}, {16, 784, 64}, {676, 9, 16}, {121, 144, 32},
		{50, 300, 130}, {300, 600, 5}, {64, 5, 200}, {0, 3, 3}, {3, 0, 3}, {3, 3, 0},
	}
	for i := range 34 {
		shapes = append(shapes, [3]int{1 + random.IntN(20), 1 + random.IntN(40), 1 + i})
	}
	return shapes
}

// reference64 returns init + A·B in float64, with strides of A and B.
func reference64(init []float64, a, b []float32, m, k, n, aRow, aColumn, bRow, bColumn int) []float64 {
	c := slices.Clone(init)
	for i := range m {
		for p := range k {
			for j := range n {
				c[i*n+j] += float64(a[i*aRow+p*aColumn]) * float64(b[p*bRow+j*bColumn])
			}
		}
	}
	return c
}

func TestGemm(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(7, 7))
		for _, s := range testShapes(random) {
			m, k, n := s[0], s[1], s[2]
			a, b, d := random32(random, m*k), random32(random, k*n), random32(random, m*n)
			c := random32(random, m*n)
			got := destination(c)
			Gemm(got, a, b, m, k, n)
			compare(t, fmt.Sprint("Gemm ", s), got, reference64(float64s(c), a, b, m, k, n, k, 1, n, 1), 1e-4)

			c = random32(random, k*n)
			got = destination(c)
			GemmTA(got, a, d, m, k, n)
			compare(t, fmt.Sprint("GemmTA ", s), got, reference64(float64s(c), a, d, k, m, n, 1, k, n, 1), 1e-4)

			c = random32(random, m*k)
			got = destination(c)
			GemmTB(got, d, b, m, k, n)
			compare(t, fmt.Sprint("GemmTB ", s), got, reference64(float64s(c), d, b, m, n, k, n, 1, 1, n), 1e-4)
		}
	})
}

func TestAffine(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(8, 8))
		for _, s := range testShapes(random) {
			n, in, out := s[0], s[1], s[2]
			x, w, bias := random32(random, n*in), random32(random, in*out), random32(random, out)
			rows := make([]float64, 0, n*out)
			for range n {
				rows = append(rows, float64s(bias)...)
			}
			want := reference64(rows, x, w, n, in, out, in, 1, out, 1)
			got := destination(make([]float32, n*out))
			Affine(got, x, w, bias, n, in, out, false)
			compare(t, fmt.Sprint("Affine ", s), got, want, 1e-4)
			for i, v := range want {
				want[i] = max(v, 0)
			}
			Affine(got, x, w, bias, n, in, out, true)
			compare(t, fmt.Sprint("Affine with relu ", s), got, want, 1e-4)
		}
	})
}

// TestRowsAlone checks that a row's result depends neither on the rows beside it
// nor on who else computes: batches may be cut over goroutines anywhere.
func TestRowsAlone(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(9, 9))
		const m, k, n = 61, 300, 130
		a, b := random32(random, m*k), random32(random, k*n)
		whole, parts := make([]float32, m*n), make([]float32, m*n)
		Gemm(whole, a, b, m, k, n)
		var group sync.WaitGroup
		for i := 0; i < m; i += 10 {
			group.Go(func() {
				rows := min(10, m-i)
				Gemm(parts[i*n:(i+rows)*n], a[i*k:(i+rows)*k], b, rows, k, n)
			})
		}
		group.Wait()
		if variant.Active == variant.Portable {
			t.Skip("the portable kernel takes rows in pairs: cut at even rows")
		}
		if !slices.Equal(whole, parts) {
			t.Error("rows computed apart differ from rows computed together")
		}
	})
}

func TestGemmAllocatesNothing(t *testing.T) {
	eachVariant(t, func(t *testing.T) {
		c, a, b := make([]float32, 64*200), make([]float32, 64*30), make([]float32, 30*200)
		for name, run := range map[string]func(){
			"Gemm":          func() { Gemm(c, a, b, 64, 30, 200) },
			"GemmTB":        func() { GemmTB(a, c, b, 64, 30, 200) },
			"SumRows of 40": func() { SumRows(b[:40], c[:40*64]) },
			"SumRows of 10": func() { SumRows(b[:10], c[:10*64]) },
		} {
			if got := testing.AllocsPerRun(20, run); got >= 1 {
				t.Errorf("%s: got %g allocations, want 0", name, got)
			}
		}
	})
}

func TestGemmLengthsPanic(t *testing.T) {
	panics(t, map[string]func(){
		"Gemm":   func() { Gemm(make([]float32, 3), make([]float32, 4), make([]float32, 4), 2, 2, 2) },
		"GemmTA": func() { GemmTA(make([]float32, 4), make([]float32, 3), make([]float32, 4), 2, 2, 2) },
		"GemmTB": func() { GemmTB(make([]float32, 4), make([]float32, 4), make([]float32, 3), 2, 2, 2) },
		"Affine": func() {
			Affine(make([]float32, 4), make([]float32, 4), make([]float32, 4), make([]float32, 1), 2, 2, 2, true)
		},
	})
}

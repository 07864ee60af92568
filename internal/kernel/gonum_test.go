package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// gonumShapes are M, K, N: single elements, odd lengths, and the notebook's layers.
var gonumShapes = [][3]int{{1, 1, 1}, {1, 7, 3}, {3, 1, 9}, {5, 13, 17}, {2, 8, 16}, {9, 31, 33}, {128, 64, 32}, {16, 784, 64}}

// TestGemmAgainstGonum compares products of matrices with zeros, as drawings have
// them, with gonum's in float64.
func TestGemmAgainstGonum(t *testing.T) { eachVariant(t, gemmAgainstGonum) }

func gemmAgainstGonum(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, s := range gonumShapes {
		m, k, n := s[0], s[1], s[2]
		a, b, d := vector(random, m*k), vector(random, k*n), vector(random, m*n)
		var ab, atd, dbt mat.Dense
		ab.Mul(dense(a, m, k), dense(b, k, n))
		atd.Mul(dense(a, m, k).T(), dense(d, m, n))
		dbt.Mul(dense(d, m, n), dense(b, k, n).T())
		for _, c := range []struct {
			name string
			got  []float32
			run  func(c []float32)
			want mat.Dense
		}{
			{"Gemm", vector(random, m*n), func(c []float32) { Gemm(c, a, b, m, k, n) }, ab},
			{"GemmTA", vector(random, k*n), func(c []float32) { GemmTA(c, a, d, m, k, n) }, atd},
			{"GemmTB", vector(random, m*k), func(c []float32) { GemmTB(c, d, b, m, k, n) }, dbt},
		} {
			before := append([]float32(nil), c.got...)
			c.run(c.got)
			for i, want := range c.want.RawMatrix().Data {
				want += float64(before[i])
				if math.Abs(float64(c.got[i])-want) > 1e-4*(1+math.Abs(want)) {
					t.Fatalf("%s %v: element %d: got %g, want %g", c.name, s, i, c.got[i], want)
				}
			}
		}
	}
}

// vector has n random values, about a third of them zero, as pixels are.
func vector(random *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		if random.IntN(3) > 0 {
			v[i] = float32(random.NormFloat64())
		}
	}
	return v
}

func dense(v []float32, rows, columns int) *mat.Dense {
	d := mat.NewDense(rows, columns, nil)
	for i, x := range v {
		d.Set(i/columns, i%columns, float64(x))
	}
	return d
}

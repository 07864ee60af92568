package kernel

import "github.com/seed-c844a918/inkling/internal/variant"

// Here every exported function finds the variant that is active. The callers
// have checked lengths and sent away empty work.

func gemm(c, a, b []float32, m, k, n int) {
	if variant.Active == variant.Portable {
		gemmPortable(c, a, b, m, k, n)
		return
	}
	view := matrix{&c[0], n, 1}
	product(view, view, matrix{&a[0], k, 1}, matrix{&b[0], n, 1}, m, k, n, negativeInfinity)
}

func gemmTA(c, a, b []float32, m, k, n int) {
	if variant.Active == variant.Portable {
		gemmTAPortable(c, a, b, m, k, n)
		return
	}
	view := matrix{&c[0], n, 1}
	product(view, view, matrix{&a[0], 1, k}, matrix{&b[0], n, 1}, k, m, n, negativeInfinity)
}

func gemmTB(c, a, b []float32, m, k, n int) {
	if variant.Active == variant.Portable {
		gemmTBPortable(c, a, b, m, k, n)
		return
	}
	view := matrix{&c[0], k, 1}
	product(view, view, matrix{&a[0], n, 1}, matrix{&b[0], 1, n}, m, n, k, negativeInfinity)
}

func affine(y, x, w, bias []float32, n, in, out int, floor float32) {
	if variant.Active == variant.Portable || in == 0 {
		affinePortable(y, x, w, bias, n, in, out, floor)
		return
	}
	product(matrix{&y[0], out, 1}, matrix{&bias[0], 0, 1}, matrix{&x[0], in, 1}, matrix{&w[0], out, 1}, n, in, out, floor)
}

// strided computes C = max(floor, init + A·B) with C (m, n), whose rows are cRow
// apart, and b (len(steps), n); element (i, p) of A is a[i*aRow+steps[p]]. init is
// one row, a bias, or nil for C as it is.
func strided(c []float32, cRow int, init, a []float32, aRow int, steps []int32, b []float32, m, n int, floor float32) {
	if variant.Active == variant.Portable {
		stridedFallback(c, cRow, init, a, aRow, steps, b, m, n, floor)
		return
	}
	first, initRow := &c[0], cRow
	if init != nil {
		first, initRow = &init[0], 0
	}
	t := tiles{cRow: 4 * cRow, initRow: 4 * initRow, aRow: 4 * aRow, steps: &steps[0], bStep: 4 * n, k: len(steps), floor: floor}
	t.panels(&c[0], first, &a[0], &b[0], m, n)
}

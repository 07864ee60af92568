// Package kernel holds the few inner loops that decide speed.
//
// Matrices are dense, row-major float32 without gaps: element (i, j) of an
// (M, N) matrix a is a[i*N+j]. The destination comes first. Lengths that do not
// fit the given sizes panic with [ErrLength].
package kernel

// ErrLength is the panic of a slice whose length does not fit the sizes.
const ErrLength = "kernel: slice length does not fit the sizes"

// Gemm adds the product A·B to C: c is (M, N), a is (M, K), b is (K, N).
// Zeros in a cost next to nothing, which is most of a drawing's pixels.
func Gemm(c, a, b []float32, m, k, n int) {
	check(c, a, b, m*n, m*k, k*n)
	for i := range m {
		row := c[i*n : i*n+n]
		for j, x := range a[i*k : i*k+k] {
			if x != 0 {
				Axpy(row, x, b[j*n:j*n+n])
			}
		}
	}
}

// GemmTA adds the product Aᵀ·B to C: c is (K, N), a is (M, K), b is (M, N).
func GemmTA(c, a, b []float32, m, k, n int) {
	check(c, a, b, k*n, m*k, m*n)
	for i := range m {
		row := b[i*n : i*n+n]
		for j, x := range a[i*k : i*k+k] {
			if x != 0 {
				Axpy(c[j*n:j*n+n], x, row)
			}
		}
	}
}

// GemmTB adds the product A·Bᵀ to C: c is (M, K), a is (M, N), b is (K, N).
func GemmTB(c, a, b []float32, m, k, n int) {
	check(c, a, b, m*k, m*n, k*n)
	for i := range m {
		row := a[i*n : i*n+n]
		for j := range k {
			c[i*k+j] += Dot(row, b[j*n:j*n+n])
		}
	}
}

// Axpy adds x*src to dst, element by element; the lengths are equal.
func Axpy(dst []float32, x float32, src []float32) {
	for len(dst) >= 8 && len(src) >= 8 {
		d, s := (*[8]float32)(dst), (*[8]float32)(src)
		d[0] += x * s[0]
		d[1] += x * s[1]
		d[2] += x * s[2]
		d[3] += x * s[3]
		d[4] += x * s[4]
		d[5] += x * s[5]
		d[6] += x * s[6]
		d[7] += x * s[7]
		dst, src = dst[8:], src[8:]
	}
	if len(dst) != len(src) {
		panic(ErrLength)
	}
	for i, s := range src {
		dst[i] += x * s
	}
}

// Dot is the inner product of two slices of equal length, in four partial sums.
func Dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		x, y := (*[4]float32)(a), (*[4]float32)(b)
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		a, b = a[4:], b[4:]
	}
	if len(a) != len(b) {
		panic(ErrLength)
	}
	for i, x := range a {
		s0 += x * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// check panics unless the three slices have the given lengths.
func check(c, a, b []float32, lenC, lenA, lenB int) {
	if len(c) != lenC || len(a) != lenA || len(b) != lenB {
		panic(ErrLength)
	}
}

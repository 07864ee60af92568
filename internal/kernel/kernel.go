// Package kernel holds the few inner loops that decide speed.
//
// Matrices are dense, row-major float32 without gaps: element (i, j) of an
// (M, N) matrix a is a[i*N+j]. The destination comes first. Lengths that do not
// fit the given sizes panic with [ErrLength].
//
// Every function is portable Go, for every CPU and for the browser, and has
// amd64 assembly beside it, chosen once at start (package variant). The portable one is
// the reference of the tests. With the build tag inklingsimd, in the browser,
// convolutions, Dense and pooling forward run in WebAssembly's SIMD where the host
// has it (package simd), with the bits of the portable ones.
package kernel

import "math"

// ErrLength is the panic of a slice whose length does not fit the sizes.
const ErrLength = "kernel: slice length does not fit the sizes"

// negativeInfinity as a floor leaves every value as it is.
var negativeInfinity = float32(math.Inf(-1))

// Gemm adds the product A·B to C: c is (M, N), a is (M, K), b is (K, N).
func Gemm(c, a, b []float32, m, k, n int) {
	check(c, a, b, m*n, m*k, k*n)
	if len(c) > 0 && k > 0 {
		gemm(c, a, b, m, k, n)
	}
}

// GemmTA adds the product Aᵀ·B to C: c is (K, N), a is (M, K), b is (M, N).
func GemmTA(c, a, b []float32, m, k, n int) {
	check(c, a, b, k*n, m*k, m*n)
	if len(c) > 0 && m > 0 {
		gemmTA(c, a, b, m, k, n)
	}
}

// GemmTB adds the product A·Bᵀ to C: c is (M, K), a is (M, N), b is (K, N).
func GemmTB(c, a, b []float32, m, k, n int) {
	check(c, a, b, m*k, m*n, k*n)
	if len(c) > 0 && n > 0 {
		gemmTB(c, a, b, m, k, n)
	}
}

// Affine computes y = x·W + b, or with relu max(x·W + b, 0): x is (N, In), w is
// (In, Out), bias (Out), y (N, Out).
func Affine(y, x, w, bias []float32, n, in, out int, relu bool) {
	check(y, x, w, n*out, n*in, in*out)
	if len(bias) != out {
		panic(ErrLength)
	}
	if len(y) == 0 {
		return
	}
	floor := negativeInfinity
	if relu {
		floor = 0
	}
	affine(y, x, w, bias, n, in, out, floor)
}

// check panics unless the three slices have the given lengths.
func check(c, a, b []float32, lenC, lenA, lenB int) {
	if len(c) != lenC || len(a) != lenA || len(b) != lenB {
		panic(ErrLength)
	}
}

package kernel

import "github.com/seed-c844a918/inkling/internal/variant"

// The assembly works on whole vectors, of 8 or 16 values; the functions that call
// it return how many values it has done, and portable Go does the rest.

//go:noescape
func adamAVX2(values, grads, m, v *float32, n int, s *AdamStep)

//go:noescape
func adamAVX512(values, grads, m, v *float32, n int, s *AdamStep)

//go:noescape
func axpyAVX2(dst, src *float32, n int, x float32)

//go:noescape
func axpyAVX512(dst, src *float32, n int, x float32)

//go:noescape
func reluAVX2(y, x *float32, n int)

//go:noescape
func reluGradientAVX2(dx, dy, y *float32, n int)

//go:noescape
func expAVX2(dst, x *float32, n int, polynomial *[6]float32)

//go:noescape
func prefetchBytes(p *uint8, n int)

// whole returns how many of n values fill vectors of the active variant.
func whole(n int) int {
	switch variant.Active {
	case variant.AVX512:
		return n &^ 15
	case variant.AVX2:
		return n &^ 7
	}
	return 0
}

// whole8 is whole for loops that wait for memory: vectors of 16 would gain nothing.
func whole8(n int) int {
	if variant.Active == variant.Portable {
		return 0
	}
	return n &^ 7
}

func (s AdamStep) vectors(values, grads, m, v []float32) (done int) {
	done = whole(len(grads))
	switch {
	case done == 0:
	case variant.Active == variant.AVX512:
		adamAVX512(&values[0], &grads[0], &m[0], &v[0], done, &s)
	default:
		adamAVX2(&values[0], &grads[0], &m[0], &v[0], done, &s)
	}
	return done
}

func axpyVectors(dst []float32, x float32, src []float32) (done int) {
	done = whole(len(dst))
	switch {
	case done == 0:
	case variant.Active == variant.AVX512:
		axpyAVX512(&dst[0], &src[0], done, x)
	default:
		axpyAVX2(&dst[0], &src[0], done, x)
	}
	return done
}

func reluVectors(y, x []float32) (done int) {
	if done = whole8(len(x)); done > 0 {
		reluAVX2(&y[0], &x[0], done)
	}
	return done
}

func reluGradientVectors(dx, dy, y []float32) (done int) {
	if done = whole8(len(y)); done > 0 {
		reluGradientAVX2(&dx[0], &dy[0], &y[0], done)
	}
	return done
}

func expVectors(dst, x []float32) (done int) {
	if done = whole8(len(x)); done > 0 {
		expAVX2(&dst[0], &x[0], done, &expPolynomial)
	}
	return done
}

func prefetch(p []uint8) {
	if variant.Active != variant.Portable && len(p) > 0 {
		prefetchBytes(&p[0], len(p))
	}
}

// one is the matrix of ones that adds rows.
var one float32 = 1

func sumRows(dst, x []float32, n int) {
	if variant.Active == variant.Portable {
		sumRowsPortable(dst, x)
		return
	}
	var products [128]float32
	if len(dst) <= len(products) && momentsVectors(dst, products[:len(dst)], x, x) {
		return
	}
	view := matrix{&dst[0], len(dst), 1}
	product(view, view, matrix{&one, 0, 0}, matrix{&x[0], len(dst), 1}, 1, n, len(dst), negativeInfinity)
}

//go:build js && inklingsimd

package kernel

import "unsafe"

// simdProduct and simdPool compute in WebAssembly's SIMD what the functions that call
// them say. They return 0 and do nothing where the host has no SIMD. Pointers and sizes
// are not checked. Package simd writes them and says how the host provides them.
//
//go:wasmimport inkling product
func simdProduct(y, bias, x, rows unsafe.Pointer, m int32, steps unsafe.Pointer, k int32, w unsafe.Pointer, n int32, floor float32) int32

//go:wasmimport inkling pool
func simdPool(y, x unsafe.Pointer, height, width, channels, rowX int32) int32

// vectorWidth is the number of float32 in a vector; narrower rows have no SIMD.
const vectorWidth = 4

// forwardVectors does for one picture what Forward does, and reports whether it did. The
// page never asks about several at once.
func (c *Conv2D) forwardVectors(y, x, w, bias []float32, n int, floor float32) bool {
	return n == 1 && productVectors(y, bias, x, c.pixels, c.window, w, floor)
}

// affine has SIMD for one sample, else the sums of stridedPortable.
func affine(y, x, w, bias []float32, n, in, out int, floor float32) {
	for len(consecutive) <= in {
		consecutive = append(consecutive, int32(len(consecutive)))
	}
	if steps := consecutive[:in]; n > 1 || !productVectors(y, bias, x, consecutive[:1], steps, w, floor) {
		stridedFallback(y, out, bias, x, in, steps, w, n, out, floor)
	}
}

// consecutive holds 0, 1, 2 and so on: the steps of a product whose rows have no gaps.
var consecutive []int32

// productVectors computes y = x·w + bias, raised to floor, and reports whether it did: y
// is (len(rows), len(bias)), w is (len(steps), len(bias)), and value (i, p) of x is
// x[rows[i]+steps[p]]. It is not inlined for the bytes.
//
//go:noinline
func productVectors(y, bias, x []float32, rows, steps []int32, w []float32, floor float32) bool {
	m, k, n := int32(len(rows)), int32(len(steps)), int32(len(bias))
	return n >= vectorWidth && k > 0 &&
		simdProduct(pointer(y), pointer(bias), pointer(x), pointer(rows), m, pointer(steps), k, pointer(w), n, floor) != 0
}

// poolVectors computes one picture of y, and reports whether it did.
func (p *Pool) poolVectors(y, x []float32) bool {
	return p.Size == [2]int{2, 2} && p.Strides == p.Size && p.Channels >= vectorWidth &&
		simdPool(pointer(y), pointer(x), int32(p.OutHeight), int32(p.OutWidth), int32(p.Channels), int32(p.Width*p.Channels)) != 0
}

// pointer returns where a slice begins.
func pointer[T any](s []T) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(s)) }

// stridedPortable does what it does elsewhere, with the same sums and 1.7 kB less of wasm,
// brotli: it is for browsers without SIMD and for what SIMD does not do.
func stridedPortable(c []float32, cRow int, a []float32, aRow int, steps []int32, b []float32, m, n int) {
	for i := range m {
		for p, step := range steps {
			if x := a[i*aRow+int(step)]; x != 0 {
				axpyPortable(c[i*cRow:i*cRow+n], x, b[p*n:(p+1)*n])
			}
		}
	}
}

package kernel

// Axpy adds x*src to dst, element by element; the lengths are equal.
func Axpy(dst []float32, x float32, src []float32) {
	if len(dst) != len(src) {
		panic(ErrLength)
	}
	axpyPortable(dst, x, src)
}

// Dot is the inner product of two slices of equal length, in several partial
// sums.
func Dot(a, b []float32) float32 {
	if len(a) != len(b) {
		panic(ErrLength)
	}
	return dotPortable(a, b)
}

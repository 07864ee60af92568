package kernel

// Axpy adds x*src to dst, element by element; the lengths are equal.
func Axpy(dst []float32, x float32, src []float32) {
	if len(dst) != len(src) {
		panic(ErrLength)
	}
	done := axpyVectors(dst, x, src)
	axpyPortable(dst[done:], x, src[done:])
}

// SumRows adds the rows of x (N, len(dst)) to dst: the gradient of a bias.
func SumRows(dst, x []float32) {
	if len(dst) == 0 || len(x)%len(dst) != 0 {
		panic(ErrLength)
	}
	if len(x) > 0 {
		sumRows(dst, x, len(x)/len(dst))
	}
}

// ReLU computes y = max(x, 0); y may be x.
func ReLU(y, x []float32) {
	if len(y) != len(x) {
		panic(ErrLength)
	}
	done := reluVectors(y, x)
	reluPortable(y[done:], x[done:])
}

// ReLUGradient computes dx = dy where y > 0, else 0; dx may be dy.
func ReLUGradient(dx, dy, y []float32) {
	if len(dx) != len(y) || len(dy) != len(y) {
		panic(ErrLength)
	}
	done := reluGradientVectors(dx, dy, y)
	reluGradientPortable(dx[done:], dy[done:], y[done:])
}

// Prefetch asks the CPU to bring these bytes near. Nothing else comes of it; a
// loop that reads images in random order names the one it will soon need.
func Prefetch(p []uint8) { prefetch(p) }

//go:build !amd64 && !(js && inklingsimd)

package kernel

func affine(y, x, w, bias []float32, n, in, out int, floor float32) {
	affinePortable(y, x, w, bias, n, in, out, floor)
}

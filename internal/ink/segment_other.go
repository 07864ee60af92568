//go:build !amd64

package ink

func (c canvas) coverVectors(a, d vec, inverse float64, x0, x1, y0, y1 int) bool { return false }

//go:build !amd64 && !(js && inklingsimd)

package kernel

// Without assembly and package simd's module these compute nothing.

func (c *Conv2D) forwardVectors(y, x, w, bias []float32, n int, floor float32) bool { return false }

func (p *Pool) poolVectors(y, x []float32) bool { return false }

package kernel

import "github.com/seed-c844a918/inkling/internal/variant"

// The loops over pictures work on whole vectors of 4 or 8 channels, or 16 with AVX-512; other
// numbers of channels are left to portable Go.

//go:noescape
func poolXMM(y, x *float32, rows, pixels, channels, rowBytes, skip int)

//go:noescape
func poolAVX2(y, x *float32, rows, pixels, channels, rowBytes, skip int)

//go:noescape
func poolAVX512(y, x *float32, rows, pixels, channels, rowBytes, skip int)

//go:noescape
func poolGradientXMM(dx, dy, x, y *float32, rows, pixels, channels, rowBytes, skip int, floor float32)

//go:noescape
func poolGradientAVX2(dx, dy, x, y *float32, rows, pixels, channels, rowBytes, skip int, floor float32)

//go:noescape
func poolGradientAVX512(dx, dy, x, y *float32, rows, pixels, channels, rowBytes, skip int, floor float32)

//go:noescape
func poolExtremesXMM(y, x, scale *float32, rows, pixels, channels int)

//go:noescape
func poolExtremesAVX2(y, x, scale *float32, rows, pixels, channels int)

//go:noescape
func poolExtremesAVX512(y, x, scale *float32, rows, pixels, channels int)

//go:noescape
func poolMixXMM(dx, dy, x, y, a, b, c *float32, rows, pixels, channels int)

//go:noescape
func poolMixAVX2(dx, dy, x, y, a, b, c *float32, rows, pixels, channels int)

//go:noescape
func poolMixAVX512(dx, dy, x, y, a, b, c *float32, rows, pixels, channels int)

//go:noescape
func momentsXMM(sum, products, x, y *float32, rows, channels int)

//go:noescape
func momentsAVX2(sum, products, x, y *float32, rows, channels int)

//go:noescape
func momentsAVX512(sum, products, x, y *float32, rows, channels int)

//go:noescape
func scaleShiftXMM(y, x, scale, shift *float32, rows, channels int, floor float32)

//go:noescape
func scaleShiftAVX2(y, x, scale, shift *float32, rows, channels int, floor float32)

//go:noescape
func scaleShiftAVX512(y, x, scale, shift *float32, rows, channels int, floor float32)

//go:noescape
func mixXMM(dx, dy, x, a, b, c *float32, rows, channels int)

//go:noescape
func mixAVX2(dx, dy, x, a, b, c *float32, rows, channels int)

//go:noescape
func mixAVX512(dx, dy, x, a, b, c *float32, rows, channels int)

// lanesOf returns how many of this many channels the assembly takes at once: 16, 8, 4, or
// 0 if portable Go takes them. Results do not depend on which of the first three it is.
func lanesOf(channels int) int {
	switch {
	case variant.Active == variant.Portable || channels%4 != 0:
		return 0
	case variant.Active == variant.AVX512 && channels%16 == 0:
		return 16
	case channels%8 == 0:
		return 8
	}
	return 4
}

// widest returns the function that takes lanesOf the channels at once.
func widest[F any](channels int, xmm, avx2, avx512 F) F {
	switch lanesOf(channels) {
	case 16:
		return avx512
	case 8:
		return avx2
	}
	return xmm
}

// halves reports whether the windows are 2x2 and side by side, what the assembly can do.
func (p *Pool) halves() bool {
	return p.Size == [2]int{2, 2} && p.Strides == [2]int{2, 2} && lanesOf(p.Channels) > 0
}

// poolVectors computes one picture of y, and reports whether it did.
func (p *Pool) poolVectors(y, x []float32) bool {
	if !p.halves() {
		return false
	}
	skip := 8 * (p.Width - p.OutWidth) * p.Channels // bytes from the end of a row of windows to the next
	widest(p.Channels, poolXMM, poolAVX2, poolAVX512)(&y[0], &x[0], p.OutHeight, p.OutWidth, p.Channels, 4*p.Width*p.Channels, skip)
	return true
}

func (p *Pool) gradientVectors(dx, dy, x, y []float32, floor float32) bool {
	if !p.halves() {
		return false
	}
	gradient := widest(p.Channels, poolGradientXMM, poolGradientAVX2, poolGradientAVX512)
	skip := 8 * (p.Width - p.OutWidth) * p.Channels
	gradient(&dx[0], &dy[0], &x[0], &y[0], p.OutHeight, p.OutWidth, p.Channels, 4*p.Width*p.Channels, skip, floor)
	return true
}

func (p *Pool) extremesVectors(y, x, scale []float32, n int) bool {
	if !p.halves() || !p.covers() {
		return false
	}
	extremes := widest(p.Channels, poolExtremesXMM, poolExtremesAVX2, poolExtremesAVX512)
	extremes(&y[0], &x[0], &scale[0], n*p.OutHeight, p.OutWidth, p.Channels)
	return true
}

func (p *Pool) mixVectors(dx, dy, x, y, a, b, c []float32, n int) bool {
	if !p.halves() || !p.covers() {
		return false
	}
	mix := widest(p.Channels, poolMixXMM, poolMixAVX2, poolMixAVX512)
	mix(&dx[0], &dy[0], &x[0], &y[0], &a[0], &b[0], &c[0], n*p.OutHeight, p.OutWidth, p.Channels)
	return true
}

func momentsVectors(sum, products, x, y []float32) bool {
	if lanesOf(len(sum)) == 0 {
		return false
	}
	rows := len(x) / len(sum)
	switch lanesOf(len(sum)) { // not widest: products would have to be allocated
	case 16:
		momentsAVX512(&sum[0], &products[0], &x[0], &y[0], rows, len(sum))
	case 8:
		momentsAVX2(&sum[0], &products[0], &x[0], &y[0], rows, len(sum))
	default:
		momentsXMM(&sum[0], &products[0], &x[0], &y[0], rows, len(sum))
	}
	return true
}

func scaleShiftVectors(y, x, scale, shift []float32, floor float32) bool {
	if lanesOf(len(scale)) == 0 {
		return false
	}
	widest(len(scale), scaleShiftXMM, scaleShiftAVX2, scaleShiftAVX512)(&y[0], &x[0], &scale[0], &shift[0], len(x)/len(scale), len(scale), floor)
	return true
}

func mixVectors(dx, dy, x, a, b, c []float32) bool {
	if lanesOf(len(a)) == 0 {
		return false
	}
	widest(len(a), mixXMM, mixAVX2, mixAVX512)(&dx[0], &dy[0], &x[0], &a[0], &b[0], &c[0], len(x)/len(a), len(a))
	return true
}

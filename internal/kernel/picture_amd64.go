package kernel

// The loops over pictures work on whole vectors of 8 channels, or 16 with AVX-512; other
// numbers of channels are left to portable Go.

//go:noescape
func poolAVX2(y, x *float32, pixels, channels, rowBytes int)

//go:noescape
func poolAVX512(y, x *float32, pixels, channels, rowBytes int)

//go:noescape
func poolGradientAVX2(dx, dy, x, y *float32, pixels, channels, rowBytes int, floor float32)

//go:noescape
func poolGradientAVX512(dx, dy, x, y *float32, pixels, channels, rowBytes int, floor float32)

//go:noescape
func momentsAVX2(sum, products, x, y *float32, rows, channels int)

//go:noescape
func momentsAVX512(sum, products, x, y *float32, rows, channels int)

//go:noescape
func scaleShiftAVX2(y, x, scale, shift *float32, rows, channels int, floor float32)

//go:noescape
func scaleShiftAVX512(y, x, scale, shift *float32, rows, channels int, floor float32)

//go:noescape
func mixAVX2(dx, dy, x, a, b, c *float32, rows, channels int)

//go:noescape
func mixAVX512(dx, dy, x, a, b, c *float32, rows, channels int)

// lanesOf returns how many of this many channels the assembly takes at once: 16, 8, or
// 0 if portable Go takes them. Results do not depend on it.
func lanesOf(channels int) int {
	switch {
	case active == portable || channels%8 != 0:
		return 0
	case active == avx512 && channels%16 == 0:
		return 16
	}
	return 8
}

// halves returns lanesOf the channels if the windows are 2x2 and side by side, what the
// assembly can do, else 0.
func (p *Pool) halves() int {
	if p.Size != [2]int{2, 2} || p.Strides != [2]int{2, 2} {
		return 0
	}
	return lanesOf(p.Channels)
}

func (p *Pool) forwardRow(y, x []float32) bool {
	switch p.halves() {
	case 0:
		return false
	case 16:
		poolAVX512(&y[0], &x[0], p.OutWidth, p.Channels, 4*p.Width*p.Channels)
	default:
		poolAVX2(&y[0], &x[0], p.OutWidth, p.Channels, 4*p.Width*p.Channels)
	}
	return true
}

func (p *Pool) gradientRow(dx, dy, x, y []float32, floor float32) bool {
	switch p.halves() {
	case 0:
		return false
	case 16:
		poolGradientAVX512(&dx[0], &dy[0], &x[0], &y[0], p.OutWidth, p.Channels, 4*p.Width*p.Channels, floor)
	default:
		poolGradientAVX2(&dx[0], &dy[0], &x[0], &y[0], p.OutWidth, p.Channels, 4*p.Width*p.Channels, floor)
	}
	return true
}

func momentsVectors(sum, products, x, y []float32) bool {
	switch lanesOf(len(sum)) {
	case 0:
		return false
	case 16:
		momentsAVX512(&sum[0], &products[0], &x[0], &y[0], len(x)/len(sum), len(sum))
	default:
		momentsAVX2(&sum[0], &products[0], &x[0], &y[0], len(x)/len(sum), len(sum))
	}
	return true
}

func scaleShiftVectors(y, x, scale, shift []float32, floor float32) bool {
	switch lanesOf(len(scale)) {
	case 0:
		return false
	case 16:
		scaleShiftAVX512(&y[0], &x[0], &scale[0], &shift[0], len(x)/len(scale), len(scale), floor)
	default:
		scaleShiftAVX2(&y[0], &x[0], &scale[0], &shift[0], len(x)/len(scale), len(scale), floor)
	}
	return true
}

func mixVectors(dx, dy, x, a, b, c []float32) bool {
	switch lanesOf(len(a)) {
	case 0:
		return false
	case 16:
		mixAVX512(&dx[0], &dy[0], &x[0], &a[0], &b[0], &c[0], len(x)/len(a), len(a))
	default:
		mixAVX2(&dx[0], &dy[0], &x[0], &a[0], &b[0], &c[0], len(x)/len(a), len(a))
	}
	return true
}

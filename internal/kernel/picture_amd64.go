package kernel

// The loops over pictures work on whole vectors of 8 channels; other numbers of
// channels are left to portable Go.

//go:noescape
func poolAVX2(y, x *float32, pixels, channels, rowBytes int)

//go:noescape
func poolGradientAVX2(dx, dy, x, y *float32, pixels, channels, rowBytes int)

//go:noescape
func momentsAVX2(sum, products, x, y *float32, rows, channels int)

//go:noescape
func scaleShiftAVX2(y, x, scale, shift *float32, rows, channels int, floor float32)

//go:noescape
func mixAVX2(dx, dy, x, a, b, c *float32, rows, channels int)

// vectors reports whether the assembly takes this many channels.
func vectors(channels int) bool { return active != portable && channels%8 == 0 }

// halves reports whether the windows are 2x2 and side by side, what the assembly
// can do.
func (p *Pool) halves() bool {
	return p.Size == [2]int{2, 2} && p.Strides == [2]int{2, 2} && vectors(p.Channels)
}

func (p *Pool) forwardRow(y, x []float32) bool {
	if !p.halves() {
		return false
	}
	poolAVX2(&y[0], &x[0], p.OutWidth, p.Channels, 4*p.Width*p.Channels)
	return true
}

func (p *Pool) gradientRow(dx, dy, x, y []float32) bool {
	if !p.halves() {
		return false
	}
	poolGradientAVX2(&dx[0], &dy[0], &x[0], &y[0], p.OutWidth, p.Channels, 4*p.Width*p.Channels)
	return true
}

func momentsVectors(sum, products, x, y []float32) bool {
	if !vectors(len(sum)) {
		return false
	}
	momentsAVX2(&sum[0], &products[0], &x[0], &y[0], len(x)/len(sum), len(sum))
	return true
}

func scaleShiftVectors(y, x, scale, shift []float32, floor float32) bool {
	if !vectors(len(scale)) {
		return false
	}
	scaleShiftAVX2(&y[0], &x[0], &scale[0], &shift[0], len(x)/len(scale), len(scale), floor)
	return true
}

func mixVectors(dx, dy, x, a, b, c []float32) bool {
	if !vectors(len(a)) {
		return false
	}
	mixAVX2(&dx[0], &dy[0], &x[0], &a[0], &b[0], &c[0], len(x)/len(a), len(a))
	return true
}

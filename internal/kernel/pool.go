package kernel

// Pool is max pooling "valid" over pictures: x is (N, Height, Width, Channels),
// y (N, OutHeight, OutWidth, Channels), each value the largest of a window.
type Pool struct {
	Height, Width, Channels int
	Size, Strides           [2]int // vertical, horizontal
	OutHeight, OutWidth     int    // (Height-Size[0])/Strides[0] + 1, and so on
}

// NewPool fills in what follows from the sizes. A window that is larger than the
// picture, or sizes below 1, panic with ErrLength.
func NewPool(p Pool) *Pool {
	if min(p.Channels, p.Size[0], p.Size[1], p.Strides[0], p.Strides[1]) < 1 || p.Size[0] > p.Height || p.Size[1] > p.Width {
		panic(ErrLength)
	}
	p.OutHeight, p.OutWidth = (p.Height-p.Size[0])/p.Strides[0]+1, (p.Width-p.Size[1])/p.Strides[1]+1
	return &p
}

// sizes returns the numbers of values of one x and one y, of a row of x and of y.
func (p *Pool) sizes() (x, y, rowX, rowY int) {
	rowX, rowY = p.Width*p.Channels, p.OutWidth*p.Channels
	return p.Height * rowX, p.OutHeight * rowY, rowX, rowY
}

// covers reports whether windows of 2x2 leave out no pixel.
func (p *Pool) covers() bool { return p.Height == 2*p.OutHeight && p.Width == 2*p.OutWidth }

// Forward computes y for n pictures.
func (p *Pool) Forward(y, x []float32, n int) {
	sizeX, sizeY, rowX, rowY := p.sizes()
	check(y, x, nil, n*sizeY, n*sizeX, 0)
	for i := range n {
		if p.poolVectors(y[i*sizeY:], x[i*sizeX:]) {
			continue
		}
		for oy := range p.OutHeight {
			p.forwardRow(y[i*sizeY+oy*rowY:][:rowY], x[i*sizeX+oy*p.Strides[0]*rowX:])
		}
	}
}

// forwardRow computes one row of y from the rows of x that begin at x.
func (p *Pool) forwardRow(y, x []float32) {
	rowX := p.Width * p.Channels
	for ox := range p.OutWidth {
		to := y[ox*p.Channels : (ox+1)*p.Channels]
		copy(to, x[ox*p.Strides[1]*p.Channels:])
		for i := range p.Size[0] {
			for j := range p.Size[1] {
				from := x[i*rowX+(ox*p.Strides[1]+j)*p.Channels:][:len(to)]
				for ch, v := range from {
					to[ch] = max(to[ch], v)
				}
			}
		}
	}
}

// Gradient writes to dx, shaped as x, the gradient of x from dy and y: each
// window's goes to its first largest value. A y that is 0 because a ReLU has
// changed it since Forward may give its window's gradient to nothing. With relu, x is
// what a ReLU wrote, and dx becomes the gradient of what it read: a largest value of 0
// gets none.
func (p *Pool) Gradient(dx, dy, x, y []float32, n int, relu bool) {
	sizeX, sizeY, rowX, rowY := p.sizes()
	check(dx, dy, x, n*sizeX, n*sizeY, n*sizeX)
	check(y, nil, nil, n*sizeY, 0, 0)
	floor := negativeInfinity
	if relu {
		floor = 0
	}
	if !p.halves() || !p.covers() {
		clear(dx) // else every value is written
	}
	for i := range n {
		at, out := i*sizeX, i*sizeY
		if p.gradientVectors(dx[at:], dy[out:], x[at:], y[out:], floor) {
			continue
		}
		for oy := range p.OutHeight {
			at, out := at+oy*p.Strides[0]*rowX, out+oy*rowY
			p.gradientRow(dx[at:], dy[out:][:rowY], x[at:], y[out:][:rowY], floor)
		}
	}
}

// gradientRow adds one row's gradients to dx, of windows whose largest value is
// above floor; dx and x begin at the first row of the windows.
func (p *Pool) gradientRow(dx, dy, x, y []float32, floor float32) {
	for o, g := range dy {
		if y[o] > floor {
			if at := p.first(x, o, y[o]); at >= 0 {
				dx[at] += g
			}
		}
	}
}

// Extremes does what Forward does, but takes the smallest value of a channel whose scale is
// negative: of each window, what a normalization by these scales (Channels) makes the largest.
func (p *Pool) Extremes(y, x, scale []float32, n int) {
	sizeX, sizeY, rowX, rowY := p.sizes()
	check(y, x, scale, n*sizeY, n*sizeX, p.Channels)
	if n == 0 || p.extremesVectors(y, x, scale, n) {
		return
	}
	for row := range n * p.OutHeight {
		from := x[row/p.OutHeight*sizeX+row%p.OutHeight*p.Strides[0]*rowX:]
		for o := range rowY {
			ch := o % p.Channels
			at := (o-ch)*p.Strides[1] + ch
			best := from[at]
			for i := range p.Size[0] * p.Size[1] {
				v := from[at+i/p.Size[1]*rowX+i%p.Size[1]*p.Channels]
				if scale[ch] < 0 && v < best || scale[ch] >= 0 && v > best {
					best = v
				}
			}
			y[row*rowY+o] = best
		}
	}
}

// Mix does to x and the gradient of Extremes' y what the function Mix does: dx = g*a + x*b + c,
// with g = dy where x is the first value y of its window, 0 elsewhere; a, b and c are
// (Channels).
func (p *Pool) Mix(dx, dy, x, y, a, b, c []float32, n int) {
	sizeX, sizeY, rowX, rowY := p.sizes()
	check(dx, dy, x, n*sizeX, n*sizeY, n*sizeX)
	check(y, a, b, n*sizeY, p.Channels, p.Channels)
	check(c, nil, nil, p.Channels, 0, 0)
	if n == 0 || p.mixVectors(dx, dy, x, y, a, b, c, n) {
		return
	}
	ScaleShift(dx, x, b, c, false)
	for row := range n * p.OutHeight {
		from := row/p.OutHeight*sizeX + row%p.OutHeight*p.Strides[0]*rowX
		for o, g := range dy[row*rowY:][:rowY] {
			if at := p.first(x[from:], o, y[row*rowY+o]); at >= 0 {
				dx[from+at] += g * a[o%p.Channels]
			}
		}
	}
}

// first returns the index in x of the first value v in the window of the row's value
// o, -1 if it is not there.
func (p *Pool) first(x []float32, o int, v float32) int {
	ox, ch := o/p.Channels, o%p.Channels
	for i := range p.Size[0] {
		for j := range p.Size[1] {
			at := (i*p.Width+ox*p.Strides[1]+j)*p.Channels + ch
			if x[at] == v {
				return at
			}
		}
	}
	return -1
}

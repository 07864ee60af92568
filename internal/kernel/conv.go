package kernel

// Conv2D is a convolution "valid" over pictures without a copy of their windows.
//
//	x   (N, Height, Width, Channels)
//	w   (KernelHeight, KernelWidth, Channels, Filters)
//	y   (N, OutHeight, OutWidth, Filters)
//
// A row of y is one matrix product: its pixels' windows are rows of x that begin
// Strides[1]*Channels apart, and a window is KernelHeight pieces of x, which a
// list of steps tells. Where rows are short, one pixel of all pictures makes a
// better product. The gradients are products of the same kind. A Conv2D is read
// only after [NewConv2D] and may be used by many goroutines.
type Conv2D struct {
	Height, Width, Channels   int
	KernelHeight, KernelWidth int
	Filters                   int
	Strides                   [2]int // vertical, horizontal
	OutHeight, OutWidth       int    // (Height-KernelHeight)/Strides[0] + 1, and so on

	window []int32 // of a window's values in x, from its first: KernelHeight*KernelWidth*Channels
	pixels []int32 // of all windows' first values in x: OutHeight*OutWidth
	column []int32 // of the values of KernelHeight pixels of dy below each other
}

// NewConv2D fills in what follows from the sizes. A kernel that is larger than
// the picture, or sizes below 1, panic with ErrLength.
func NewConv2D(c Conv2D) *Conv2D {
	if min(c.Channels, c.Filters, c.KernelHeight, c.KernelWidth, c.Strides[0], c.Strides[1]) < 1 ||
		c.KernelHeight > c.Height || c.KernelWidth > c.Width {
		panic(ErrLength)
	}
	c.OutHeight, c.OutWidth = (c.Height-c.KernelHeight)/c.Strides[0]+1, (c.Width-c.KernelWidth)/c.Strides[1]+1
	c.window = make([]int32, 0, c.KernelHeight*c.KernelWidth*c.Channels)
	c.column = make([]int32, 0, c.KernelHeight*c.Filters)
	c.pixels = make([]int32, 0, c.OutHeight*c.OutWidth)
	for ky := range c.KernelHeight {
		for i := range c.KernelWidth * c.Channels {
			c.window = append(c.window, int32(ky*c.Width*c.Channels+i))
		}
		for f := range c.Filters {
			c.column = append(c.column, int32(ky*c.OutWidth*c.Filters+f))
		}
	}
	for oy := range c.OutHeight {
		for ox := range c.OutWidth {
			c.pixels = append(c.pixels, int32((oy*c.Strides[0]*c.Width+ox*c.Strides[1])*c.Channels))
		}
	}
	return &c
}

// sizes returns the numbers of values of one x, of w and of one y.
func (c *Conv2D) sizes() (x, w, y int) {
	return c.Height * c.Width * c.Channels, len(c.window) * c.Filters, len(c.pixels) * c.Filters
}

// Forward computes y = x * w + bias, with relu max(x * w + bias, 0), for n
// pictures.
func (c *Conv2D) Forward(y, x, w, bias []float32, n int, relu bool) {
	sizeX, sizeW, sizeY := c.sizes()
	check(y, x, w, n*sizeY, n*sizeX, sizeW)
	if len(bias) != c.Filters {
		panic(ErrLength)
	}
	floor := negativeInfinity
	if relu {
		floor = 0
	}
	if c.forwardVectors(y, x, w, bias, n, floor) {
		return
	}
	if c.acrossPictures(n) {
		for p, at := range c.pixels {
			strided(y[p*c.Filters:], sizeY, bias, x[at:], sizeX, c.window, w, n, c.Filters, floor)
		}
		return
	}
	row := c.OutWidth * c.Filters
	for i := range n {
		for oy := range c.OutHeight {
			strided(y[i*sizeY+oy*row:], c.Filters, bias, x[i*sizeX+oy*c.Strides[0]*c.Width*c.Channels:],
				c.Strides[1]*c.Channels, c.window, w, c.OutWidth, c.Filters, floor)
		}
	}
}

// acrossPictures reports whether one pixel of n pictures makes a larger product than a row,
// which has fewer pixels than the assembly of AVX2 takes at once.
func (c *Conv2D) acrossPictures(n int) bool { return c.OutWidth < 6 && n > c.OutWidth }

// WeightGradient adds to dw, shaped as w, the gradient of w from dy, shaped as y.
func (c *Conv2D) WeightGradient(dw, dy, x []float32, n int) {
	sizeX, sizeW, sizeY := c.sizes()
	check(dw, dy, x, sizeW, n*sizeY, n*sizeX)
	if c.weightGradientVectors(dw, dy, x, n) {
		return
	}
	piece := c.KernelWidth * c.Channels
	for i := range n {
		for ky := range c.KernelHeight {
			strided(dw[ky*piece*c.Filters:], c.Filters, nil, x[i*sizeX+ky*c.Width*c.Channels:], 1, c.pixels,
				dy[i*sizeY:(i+1)*sizeY], piece, c.Filters, negativeInfinity)
		}
	}
}

// Transpose writes w as InputGradient reads it:
// (KernelWidth, KernelHeight upside down, Filters, Channels).
func (c *Conv2D) Transpose(wt, w []float32) {
	_, sizeW, _ := c.sizes()
	check(wt, w, nil, sizeW, sizeW, 0)
	block := c.Channels * c.Filters
	for ky := range c.KernelHeight {
		for kx := range c.KernelWidth {
			from := w[(ky*c.KernelWidth+kx)*block:][:block]
			to := wt[(kx*c.KernelHeight+c.KernelHeight-1-ky)*block:][:block]
			for i := range c.Channels {
				for f, v := range from[i*c.Filters : (i+1)*c.Filters] {
					to[f*c.Channels+i] = v
				}
			}
		}
	}
}

// InputGradient writes the gradient of x to dx, from dy, shaped as y, and w as
// Transpose writes it.
func (c *Conv2D) InputGradient(dx, dy, wt []float32, n int) {
	sizeX, sizeW, sizeY := c.sizes()
	check(dx, dy, wt, n*sizeX, n*sizeY, sizeW)
	clear(dx)
	for y := range c.Height {
		if c.acrossPictures(n) {
			c.inputRow(dx, dy, wt, y, n)
			continue
		}
		for i := range n {
			c.inputRow(dx[i*sizeX:(i+1)*sizeX], dy[i*sizeY:(i+1)*sizeY], wt, y, 1)
		}
	}
}

// inputRow adds to row y of n pictures' dx what the windows over it got: of each
// column of the kernel, all rows that reach it at once, or, since only every
// Strides[0]-th one does, one by one. It takes the row's pixels together, or of
// each the pictures if they are several.
func (c *Conv2D) inputRow(dx, dy, wt []float32, y, n int) {
	sizeX, _, sizeY := c.sizes()
	together := c.KernelHeight
	if c.Strides[0] > 1 {
		together = 1
	}
	block, next := c.Channels*c.Filters, c.Strides[1]*c.Channels
	for ky := c.KernelHeight - 1; ky >= 0; {
		oy, rest := (y-ky)/c.Strides[0], (y-ky)%c.Strides[0]
		if y < ky || rest != 0 || oy >= c.OutHeight {
			ky--
			continue
		}
		rows := min(together, ky+1, c.OutHeight-oy)
		steps := c.column[:rows*c.Filters]
		for kx := range c.KernelWidth {
			weights := wt[(kx*c.KernelHeight+c.KernelHeight-1-ky)*block:][:rows*block]
			to, from := dx[(y*c.Width+kx)*c.Channels:], dy[oy*c.OutWidth*c.Filters:]
			if n == 1 {
				strided(to, next, nil, from, c.Filters, steps, weights, c.OutWidth, c.Channels, negativeInfinity)
				continue
			}
			for ox := range c.OutWidth {
				strided(to[ox*next:], sizeX, nil, from[ox*c.Filters:], sizeY, steps, weights, n, c.Channels, negativeInfinity)
			}
		}
		ky -= rows
	}
}

// stridedFallback does what strided does in portable Go.
func stridedFallback(c []float32, cRow int, init, a []float32, aRow int, steps []int32, b []float32, m, n int, floor float32) {
	if init != nil {
		for i := range m {
			copy(c[i*cRow:i*cRow+n], init)
		}
	}
	stridedPortable(c, cRow, a, aRow, steps, b, m, n)
	if floor == 0 {
		for i := range m {
			row := c[i*cRow : i*cRow+n]
			reluPortable(row, row)
		}
	}
}

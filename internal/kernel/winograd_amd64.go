package kernel

// Winograd is a convolution of 3x3 at stride 1 by Winograd's minimal filtering
// F(2x2, 3x3) (Lavin & Gray 2016): 16 products for four pixels of y where the definition
// has 36.
//
//	y = Aᵀ (G w Gᵀ ⊙ Bᵀ x B) A      of each tile, 4x4 pixels of x and 2x2 of y
//
// A transformed value of all tiles is a plane: (tiles, Channels) of x, (Channels, Filters)
// of w, (tiles, Filters) of y. So each of the 16 products is one of matrices, and so are
// both gradients. A and B hold 0, 1 and -1, G halves as well: the error is about that of
// the sum as defined, in another order. Weights is called before the passes that use
// them; those may then run on many goroutines, each with a room of its own.
type Winograd struct {
	conv        *Conv2D
	rows, wide  int       // tiles of a picture, vertical and horizontal
	u, ut       []float32 // 16 planes of w: (Channels, Filters), (Filters, Channels)
	transposed  []float32 // w as (3, 3, Filters, Channels)
	byC, byF    []int32   // 0, 1, ... up to Channels, Filters
	zeros       []float32 // a row of C
	xRow, yRow  int       // values in a row of an even picture of x, of y
	evenX       int       // values of an even picture: 2*rows + 2 by 2*wide + 2 pixels
	evenY       int       // 2*rows by 2*wide pixels
	alreadyEven bool      // whether pictures are even as they are
	some        int       // pictures at a time, whose planes are about as large as those of w
}

// leastChannels is how many channels of x repay the transformations.
const leastChannels = 16

// NewWinograd returns what computes c, nil where the direct way is no slower.
func NewWinograd(c *Conv2D) *Winograd {
	if active == portable || c.KernelHeight != 3 || c.KernelWidth != 3 || c.Strides != [2]int{1, 1} ||
		c.Channels < leastChannels || c.Channels%4 != 0 || c.Filters%4 != 0 {
		return nil
	}
	w := &Winograd{conv: c, rows: (c.OutHeight + 1) / 2, wide: (c.OutWidth + 1) / 2}
	w.xRow, w.yRow = (2*w.wide+2)*c.Channels, 2*w.wide*c.Filters
	w.evenX, w.evenY = (2*w.rows+2)*w.xRow, 2*w.rows*w.yRow
	w.alreadyEven = c.OutHeight%2 == 0 && c.OutWidth%2 == 0
	w.some = max(c.Channels*c.Filters/(w.rows*w.wide*(c.Channels+c.Filters)), 1)
	w.byC, w.byF = counting(c.Channels, 1), counting(c.Filters, 1)
	w.zeros = make([]float32, max(c.Channels, c.Filters))
	return w
}

// plane returns how far planes of n values lie apart: not by a power of two, at which
// they would compete for the same places of the first cache.
func plane(n int) int { return n + 16 }

// counting returns 0, step, 2*step, ...
func counting(n, step int) []int32 {
	v := make([]int32, n)
	for i := range v {
		v[i] = int32(i * step)
	}
	return v
}

// Room is one goroutine's place for what the transformations write.
type Room struct {
	v, m, du []float32 // planes
	x, y     []float32 // an even picture
	steps    []int32   // from tile to tile of v
}

// tiles returns how many there are in n pictures and makes room for them.
func (r *Room) tiles(w *Winograd, n int) int {
	c, tiles := w.conv, n*w.rows*w.wide
	if len(r.steps) < tiles {
		r.steps = counting(tiles, c.Channels)
		r.v, r.m = make([]float32, 16*plane(tiles*c.Channels)), make([]float32, 16*plane(tiles*c.Filters))
		r.x, r.y = make([]float32, w.evenX), make([]float32, w.evenY)
	}
	return tiles
}

// Weights takes the weights, shaped as Conv2D's w.
func (w *Winograd) Weights(weights []float32) {
	c := w.conv
	block := c.Channels * c.Filters
	check(weights, nil, nil, 9*block, 0, 0)
	if w.u == nil {
		w.u, w.ut, w.transposed = make([]float32, 16*plane(block)), make([]float32, 16*plane(block)), make([]float32, 9*block)
	}
	for tap := range 9 {
		from, to := weights[tap*block:][:block], w.transposed[tap*block:][:block]
		for i := range c.Channels {
			for f, v := range from[i*c.Filters : (i+1)*c.Filters] {
				to[f*c.Channels+i] = v
			}
		}
	}
	winogradWeights(w.u, weights, block)
	winogradWeights(w.ut, w.transposed, block)
}

// Forward does what Conv2D.Forward does, with the weights that Weights took.
func (w *Winograd) Forward(r *Room, y, x, bias []float32, n int, relu bool) {
	c := w.conv
	sizeX, _, sizeY := c.sizes()
	check(y, x, bias, n*sizeY, n*sizeX, c.Filters)
	if n > w.some {
		w.Forward(r, y[:w.some*sizeY], x[:w.some*sizeX], bias, w.some, relu)
		w.Forward(r, y[w.some*sizeY:], x[w.some*sizeX:], bias, n-w.some, relu)
		return
	}
	floor := negativeInfinity
	if relu {
		floor = 0
	}
	tiles := r.tiles(w, n)
	w.input(r, x, n, tiles)
	w.products(r.m, plane(tiles*c.Filters), r.v, plane(tiles*c.Channels), c.Channels, w.byC, w.u, tiles, c.Filters)
	for i := range n {
		to := r.y
		if w.alreadyEven {
			to = y[i*sizeY:]
		}
		for row := range w.rows {
			at := (i*w.rows + row) * w.wide * c.Filters
			winogradOutput(to[2*row*w.yRow:], r.m[at:], bias, w.wide, c.Filters, w.yRow, plane(tiles*c.Filters), floor)
		}
		if !w.alreadyEven {
			copyRows(y[i*sizeY:], c.OutWidth*c.Filters, r.y, w.yRow, c.OutHeight, c.OutWidth*c.Filters)
		}
	}
}

// Backward does what Conv2D.WeightGradient does and, unless dx is nil,
// Conv2D.InputGradient.
func (w *Winograd) Backward(r *Room, dw, dx, dy, x []float32, n int) {
	c := w.conv
	sizeX, sizeW, sizeY := c.sizes()
	check(dw, dy, x, sizeW, n*sizeY, n*sizeX)
	tiles, block := r.tiles(w, n), c.Channels*c.Filters
	w.input(r, x, n, tiles)
	w.outputGradient(r, dy, n, tiles)
	if r.du == nil {
		r.du = make([]float32, 16*plane(block))
	}
	w.products(r.du, plane(block), r.v, plane(tiles*c.Channels), 1, r.steps[:tiles], r.m, c.Channels, c.Filters)
	winogradWeightGradient(dw, r.du, block)
	if dx == nil {
		return
	}
	check(dx, nil, nil, n*sizeX, 0, 0)
	w.products(r.v, plane(tiles*c.Channels), r.m, plane(tiles*c.Filters), c.Filters, w.byF, w.ut, tiles, c.Channels)
	for i := range n {
		to := r.x
		if w.alreadyEven {
			to = dx[i*sizeX : (i+1)*sizeX]
		}
		clear(to)
		for row := range w.rows {
			at := (i*w.rows + row) * w.wide * c.Channels
			winogradSpread(to[2*row*w.xRow:], r.v[at:], w.wide, c.Channels, w.xRow, plane(tiles*c.Channels))
		}
		if !w.alreadyEven {
			copyRows(dx[i*sizeX:], c.Width*c.Channels, r.x, w.xRow, c.Height, c.Width*c.Channels)
		}
	}
}

// input writes Bᵀ x B of n pictures to r.v.
func (w *Winograd) input(r *Room, x []float32, n, tiles int) {
	c := w.conv
	size := c.Height * c.Width * c.Channels
	if !w.alreadyEven {
		clear(r.x)
	}
	for i := range n {
		from := x[i*size:]
		if !w.alreadyEven {
			copyRows(r.x, w.xRow, from, c.Width*c.Channels, c.Height, c.Width*c.Channels)
			from = r.x
		}
		for row := range w.rows {
			at := (i*w.rows + row) * w.wide * c.Channels
			winogradInput(r.v[at:], from[2*row*w.xRow:], w.wide, c.Channels, w.xRow, plane(tiles*c.Channels))
		}
	}
}

// outputGradient writes A dy Aᵀ of n pictures to r.m.
func (w *Winograd) outputGradient(r *Room, dy []float32, n, tiles int) {
	c := w.conv
	size := c.OutHeight * c.OutWidth * c.Filters
	if !w.alreadyEven {
		clear(r.y)
	}
	for i := range n {
		from := dy[i*size:]
		if !w.alreadyEven {
			copyRows(r.y, w.yRow, from, c.OutWidth*c.Filters, c.OutHeight, c.OutWidth*c.Filters)
			from = r.y
		}
		for row := range w.rows {
			at := (i*w.rows + row) * w.wide * c.Filters
			winogradGradient(r.m[at:], from[2*row*w.yRow:], w.wide, c.Filters, w.yRow, plane(tiles*c.Filters))
		}
	}
}

// products computes the 16 planes C = A·B with C (m, n) and B (len(steps), n), whose
// planes follow one another as u's do; element (i, p) of A is a[i*aRow+steps[p]].
func (w *Winograd) products(c []float32, cPlane int, a []float32, aPlane, aRow int, steps []int32, b []float32, m, n int) {
	bPlane := plane(len(steps) * n)
	for k := range 16 {
		stridedVectors(&c[k*cPlane], &w.zeros[0], n, 0, &a[k*aPlane], aRow, steps, &b[k*bPlane], m, n, negativeInfinity)
	}
}

// copyRows copies rows of size values between pictures whose rows lie apart by toRow and
// fromRow values.
func copyRows(to []float32, toRow int, from []float32, fromRow, rows, size int) {
	for i := range rows {
		copy(to[i*toRow:][:size], from[i*fromRow:])
	}
}

package kernel

import "github.com/seed-c844a918/inkling/internal/variant"

// Winograd is a convolution of 3x3 at stride 1 by Winograd's minimal filtering
// F(4x4, 3x3) or F(2x2, 3x3) (Lavin & Gray 2016): 36 products for 16 pixels of y, or 16 for
// four, where the definition has 144 and 36.
//
//	y = Aᵀ (G w Gᵀ ⊙ Bᵀ x B) A      of each tile, 6x6 pixels of x and 4x4 of y, or 4x4 and 2x2
//
// A transformed value of all tiles is a plane: (tiles, Channels) of x, (Channels, Filters)
// of w, (tiles, Filters) of y. So each of the products is one of matrices, and so are both
// gradients. By F(2x2, 3x3) the error is about that of the sum as defined, in another order;
// by F(4x4, 3x3) two to four times as large. Weights is called before the passes that use them; those,
// of one picture at least, may then run on many goroutines, each with a room of its own.
type Winograd struct {
	conv       *Conv2D
	tile       int            // pixels of y on a side: 2 or 4
	points     int            // pixels of x on a side, values of a transformation: tile + 2
	planes     int            // points * points
	first      transformation // what those of F(2, 3) are counted from: input2 or input4
	rows, wide int            // tiles of a picture, vertical and horizontal
	x, y       pixels
	u, ut      []float32 // planes of w: (Channels, Filters), (Filters, Channels)
	transposed []float32 // w as (3, 3, Filters, Channels)
	taps       []float32 // (points, 3, Channels, Filters)
	byC, byF   []int32   // 0, 1, ... up to Channels, Filters
	zeros      []float32 // a row of C
	some       int       // pictures at a time: one, or as many as have planes like those of w, or 24 tiles
}

// pixels is how tiles lie on a picture.
type pixels struct {
	height, width, channels int
	side                    int // of a tile; the next one begins Winograd.tile further on
	row                     int // values of a row as long as the tiles reach
}

// leastChannels is how many channels of x repay the transformations, there and back.
const leastChannels = 8

// NewWinograd returns what computes c, nil where the direct way trains no slower.
func NewWinograd(c *Conv2D) *Winograd {
	if variant.Active == variant.Portable || c.KernelHeight != 3 || c.KernelWidth != 3 || c.Strides != [2]int{1, 1} ||
		c.Channels < leastChannels || c.Channels%4 != 0 || c.Filters%4 != 0 {
		return nil
	}
	products := func(tile int) int {
		return (tile + 2) * (tile + 2) * ((c.OutHeight + tile - 1) / tile) * ((c.OutWidth + tile - 1) / tile)
	}
	w := &Winograd{conv: c, tile: 2, first: input2}
	if products(4) < products(2) {
		w.tile, w.first = 4, input4
	}
	if products(w.tile) > 6*c.OutHeight*c.OutWidth { // of 9 as defined
		return nil
	}
	w.points, w.planes = w.tile+2, (w.tile+2)*(w.tile+2)
	w.rows, w.wide = (c.OutHeight+w.tile-1)/w.tile, (c.OutWidth+w.tile-1)/w.tile
	w.x = pixels{c.Height, c.Width, c.Channels, w.points, (w.tile*w.wide + 2) * c.Channels}
	w.y = pixels{c.OutHeight, c.OutWidth, c.Filters, w.tile, w.tile * w.wide * c.Filters}
	w.some = max(c.Channels*c.Filters/(w.rows*w.wide*(c.Channels+c.Filters)), (24+w.rows*w.wide-1)/(w.rows*w.wide))
	w.byC, w.byF = counting(c.Channels, 1), counting(c.Filters, 1)
	w.zeros = make([]float32, max(c.Channels, c.Filters))
	return w
}

// plane returns how far planes of n values lie apart: by an odd number of the first cache's
// lines, as they would compete for a few places if it were a power of two.
func plane(n int) int { return ((n+15)/16 | 1) * 16 }

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
	v, m, du     []float32 // planes
	x, dx, y, dy []float32 // a row of tiles that is transformed in one direction: points rows
	edge         []float32 // a row of tiles that reaches over the picture's edge
	taps         []float32 // as Winograd's
	steps        []int32   // from tile to tile of v
}

// tiles returns how many there are in n pictures and makes room for them.
func (r *Room) tiles(w *Winograd, n int) int {
	c, tiles := w.conv, n*w.rows*w.wide
	if len(r.steps) < tiles {
		r.steps = counting(tiles, c.Channels)
		r.v, r.m = make([]float32, w.planes*plane(tiles*c.Channels)), make([]float32, w.planes*plane(tiles*c.Filters))
		r.x, r.dx = make([]float32, w.points*w.x.row), make([]float32, w.points*w.x.row)
		r.y, r.dy = make([]float32, w.points*w.y.row), make([]float32, w.points*w.y.row)
		r.edge = make([]float32, w.points*max(w.x.row, w.y.row))
	}
	return tiles
}

// Weights takes the weights, shaped as Conv2D's w.
func (w *Winograd) Weights(weights []float32) {
	c := w.conv
	block := c.Channels * c.Filters
	check(weights, nil, nil, 9*block, 0, 0)
	if w.u == nil {
		w.u, w.ut = make([]float32, w.planes*plane(block)), make([]float32, w.planes*plane(block))
		w.transposed, w.taps = make([]float32, 9*block), make([]float32, 3*w.points*block)
	}
	for tap := range 9 {
		from, to := weights[tap*block:][:block], w.transposed[tap*block:][:block]
		for i := range c.Channels {
			for f, v := range from[i*c.Filters : (i+1)*c.Filters] {
				to[f*c.Channels+i] = v
			}
		}
	}
	for _, way := range []struct{ u, weights []float32 }{{w.u, weights}, {w.ut, w.transposed}} {
		pass{toStep: 3 * block, fromStep: 3 * block, size: 3 * block}.run(w.first+taps2, w.taps, way.weights, block)
		pass{
			toStep: plane(block), fromStep: block, size: block,
			rows: w.points, toRow: w.points * plane(block), fromRow: 3 * block,
		}.run(w.first+taps2, way.u, w.taps, block)
	}
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
	finish := pass{bias: &bias[0], floor: negativeInfinity}
	if relu {
		finish.floor = 0
	}
	tiles := r.tiles(w, n)
	w.toPlanes(r, input2, r.v, r.x, x, &w.x, n)
	w.products(r.m, plane(tiles*c.Filters), r.v, plane(tiles*c.Channels), c.Channels, w.byC, w.u, tiles, c.Filters)
	w.fromPlanes(r, output2, biased2, finish, y, r.y, r.m, &w.y, n)
}

// Backward does what Conv2D.WeightGradient does and, unless dx is nil,
// Conv2D.InputGradient.
func (w *Winograd) Backward(r *Room, dw, dx, dy, x []float32, n int) {
	c := w.conv
	sizeX, sizeW, sizeY := c.sizes()
	check(dw, dy, x, sizeW, n*sizeY, n*sizeX)
	tiles, block := r.tiles(w, n), c.Channels*c.Filters
	w.toPlanes(r, input2, r.v, r.x, x, &w.x, n)
	w.toPlanes(r, gradient2, r.m, r.dy, dy, &w.y, n)
	if r.du == nil {
		r.du, r.taps = make([]float32, w.planes*plane(block)), make([]float32, 3*w.points*block)
	}
	w.products(r.du, plane(block), r.v, plane(tiles*c.Channels), 1, r.steps[:tiles], r.m, c.Channels, c.Filters)
	pass{
		toStep: block, fromStep: plane(block), size: block,
		rows: w.points, toRow: 3 * block, fromRow: w.points * plane(block),
	}.run(w.first+tapSums2, r.taps, r.du, block)
	pass{toStep: 3 * block, fromStep: 3 * block, size: 3 * block}.run(w.first+addTapSums2, dw, r.taps, block)
	if dx == nil {
		return
	}
	check(dx, nil, nil, n*sizeX, 0, 0)
	clear(dx)
	w.products(r.v, plane(tiles*c.Channels), r.m, plane(tiles*c.Filters), c.Filters, w.byF, w.ut, tiles, c.Channels)
	w.fromPlanes(r, spread2, spread2, pass{}, dx, r.dx, r.v, &w.x, n)
}

// toPlanes transforms n pictures, first down the columns of each row of tiles, into rows of
// pixels, whose last ones, that the picture lacks, stay 0.
func (w *Winograd) toPlanes(r *Room, what transformation, planes, rows, pictures []float32, p *pixels, n int) {
	line, distance := p.width*p.channels, plane(n*w.rows*w.wide*p.channels)
	for i := range n * w.rows {
		pass{toStep: p.row, fromStep: line, size: line}.run(w.first+what, rows, r.reach(w, pictures, i, p), p.channels)
		pass{
			toStep: distance, fromStep: p.channels, size: p.channels, tiles: w.wide, toTile: p.channels, fromTile: w.tile * p.channels,
			rows: w.points, toRow: w.points * distance, fromRow: p.row,
		}.run(w.first+what, planes[i*w.wide*p.channels:], rows, p.channels)
	}
}

// fromPlanes transforms planes into n pictures, first along the rows and last, with what else
// finish says, down the columns.
func (w *Winograd) fromPlanes(r *Room, what, last transformation, finish pass, pictures, rows, planes []float32, p *pixels, n int) {
	line, distance := p.width*p.channels, plane(n*w.rows*w.wide*p.channels)
	finish.toStep, finish.fromStep, finish.size = line, p.row, p.channels
	finish.tiles, finish.toTile, finish.fromTile = p.width, p.channels, p.channels
	for i := range n * w.rows {
		if what == spread2 {
			clear(rows)
		}
		pass{
			toStep: p.channels, fromStep: distance, size: p.channels, tiles: w.wide, toTile: w.tile * p.channels, fromTile: p.channels,
			rows: w.points, toRow: p.row, fromRow: w.points * distance,
		}.run(w.first+what, rows, planes[i*w.wide*p.channels:], p.channels)
		to := r.reach(w, pictures, i, p)
		finish.run(w.first+last, to, rows, p.channels)
		if own := w.rowOf(pictures, i, p); len(own) < len(to) {
			copy(own, to)
		}
	}
}

// rowOf returns the pixels of row i of tiles: fewer than of others where the tiles reach over
// their picture's edge.
func (w *Winograd) rowOf(pictures []float32, i int, p *pixels) []float32 {
	line, top := p.width*p.channels, i%w.rows*w.tile
	return pictures[(i/w.rows*p.height+top)*line:][:min(p.side, p.height-top)*line]
}

// reach returns the pixels of row i of tiles, where some are missing a copy with zeros for them.
func (r *Room) reach(w *Winograd, pictures []float32, i int, p *pixels) []float32 {
	own, size := w.rowOf(pictures, i, p), p.side*p.width*p.channels
	if len(own) == size {
		return own
	}
	clear(r.edge[copy(r.edge, own):size])
	return r.edge[:size]
}

// products computes the planes C = A·B with C (m, n) and B (len(steps), n), whose
// planes follow one another as u's do; element (i, p) of A is a[i*aRow+steps[p]].
func (w *Winograd) products(c []float32, cPlane int, a []float32, aPlane, aRow int, steps []int32, b []float32, m, n int) {
	all := tiles{cRow: 4 * n, aRow: 4 * aRow, steps: &steps[0], bStep: 4 * n, k: len(steps), floor: negativeInfinity}
	all.planes, all.aPlane, all.bPlane, all.cPlane = w.planes, 4*aPlane, 4*plane(len(steps)*n), 4*cPlane
	all.panels(&c[0], &w.zeros[0], &a[0], &b[0], m, n)
}

package kernel

import (
	"unsafe"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// tiles is what the assembly computes in one call: all rows of one panel of
// columns, C = max(floor, init + A·B), tile by tile with a tile's sums in
// registers from the first step of k to the last. Each sum adds its products in
// the order of k, wherever it lies in a tile, so that a result depends neither
// on how rows and columns are cut nor on the width of the registers. Distances
// are in bytes.
type tiles struct {
	c, init, a, b unsafe.Pointer // first elements
	cRow, initRow int            // from row to row; initRow 0 repeats one row, a bias
	aRow          int            // from row to row of C
	steps         *int32         // each step's distance from a in elements, k of them
	bStep         int            // from step to step of k; columns are neighbours
	m, k          int            // rows, steps (at least 1)
	columns       int            // 1..32 (AVX-512), 1..16 (AVX2)
	floor         float32        // -Inf leaves the sums as they are, 0 makes them ReLU's
	height        int            // of a tile, 1..12 (AVX-512); AVX2 has 6

	planes                            int // products like this one, 0 counts as 1
	initPlane, aPlane, bPlane, cPlane int // from one to the next
	band                              int // not 0: three bands of three rows of A, from one to the next (AVX-512)

	left, done, after int // what the assembly counts: rows, what it has moved in a, planes
}

//go:noescape
func gemmAVX512(t *tiles)

//go:noescape
func gemmAVX2(t *tiles)

// Sizes of the blocks, in elements: a packed panel of B stays in the first cache
// beside a tile's rows of A; the group of panels that is packed at once, row by
// row, and the block of A that it meets stay in the second.
const (
	blockK      = 272
	blockA      = 1 << 15
	maxHeight   = 12  // rows of a tile, AVX-512
	widePanel   = 32  // columns of a panel, AVX-512
	narrowPanel = 16  // and AVX2
	panelGroup  = 128 // columns that are packed at once
	packRows    = 48  // as many rows of C repay the packing of B
	packWidth   = 128 // as many columns of B lie too far apart to be read in place
)

// matrix is a strided view: element (i, j) is at p + 4*(i*row + j*column).
type matrix struct {
	p           *float32
	row, column int
}

func (a matrix) at(i, j int) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(a.p), 4*(i*a.row+j*a.column))
}

// panelColumns returns how many columns the active assembly takes at once.
func panelColumns() int {
	if variant.Active == variant.AVX2 {
		return narrowPanel
	}
	return widePanel
}

// product computes C = max(floor, init + A·B) with C (m, n), A (m, k), B (k, n);
// columns of C and of init are neighbours. init may be C itself.
func product(c, init, a, b matrix, m, k, n int, floor float32) {
	panel := panelColumns()
	var pack *packed
	if b.column != 1 || m >= packRows && n >= packWidth {
		pack = packedPool.Get().(*packed)
		defer packedPool.Put(pack)
	}
	stepsK := split(k, blockK)
	stepsM := split(m, max(blockA/stepsK, packRows))
	var steps [blockK]int32
	for i := range stepsK {
		steps[i] = int32(i * a.column)
	}
	t := tiles{cRow: 4 * c.row, aRow: 4 * a.row, steps: &steps[0], floor: negativeInfinity}
	for k0 := 0; k0 < k; k0 += stepsK {
		t.k = min(stepsK, k-k0)
		if k0 > 0 {
			init = c
		}
		if k0+t.k == k {
			t.floor = floor
		}
		t.initRow = 4 * init.row
		for group := 0; group < n; group += panelGroup {
			columns := min(panelGroup, n-group)
			if pack != nil {
				pack.fill(b, k0, group, t.k, columns, panel)
			}
			for m0 := 0; m0 < m; m0 += stepsM {
				for n0 := group; n0 < group+columns; n0 += panel {
					t.b, t.bStep = b.at(k0, n0), 4*b.row
					if pack != nil {
						t.b, t.bStep = unsafe.Pointer(&pack[(n0-group)*t.k]), 4*panel
					}
					t.c, t.init = c.at(m0, n0), init.at(m0, n0)
					t.run(a.at(m0, k0), min(stepsM, m-m0), min(panel, n-n0))
				}
			}
		}
	}
}

// forwardVectors does what Forward does, and reports whether it did: of each picture a row
// is a plane, or of each row of all pictures a pixel.
func (c *Conv2D) forwardVectors(y, x, w, bias []float32, n int, floor float32) bool {
	if variant.Active == variant.Portable {
		return false
	}
	sizeX, _, sizeY := c.sizes()
	row, down, right := c.OutWidth*c.Filters, c.Strides[0]*c.Width*c.Channels, c.Strides[1]*c.Channels
	t := tiles{cRow: 4 * c.Filters, aRow: 4 * right, steps: &c.window[0], bStep: 4 * c.Filters, k: len(c.window), floor: floor}
	if !c.acrossPictures(n) {
		t.planes, t.aPlane, t.cPlane = c.OutHeight, 4*down, 4*row
		for i := range n {
			t.panels(&y[i*sizeY], &bias[0], &x[i*sizeX], &w[0], c.OutWidth, c.Filters)
		}
		return true
	}
	t.cRow, t.aRow, t.planes, t.aPlane, t.cPlane = 4*sizeY, 4*sizeX, c.OutWidth, 4*right, 4*c.Filters
	for oy := range c.OutHeight {
		t.panels(&y[oy*row], &bias[0], &x[oy*down], &w[0], n, c.Filters)
	}
	return true
}

// weightGradientVectors does what WeightGradient does, and reports whether it did: each row
// of the kernel is a plane, or a band where it has three values.
func (c *Conv2D) weightGradientVectors(dw, dy, x []float32, n int) bool {
	if variant.Active == variant.Portable {
		return false
	}
	sizeX, _, sizeY := c.sizes()
	piece, below := c.KernelWidth*c.Channels, c.Width*c.Channels
	t := tiles{
		cRow: 4 * c.Filters, initRow: 4 * c.Filters, aRow: 4, steps: &c.pixels[0], bStep: 4 * c.Filters, k: len(c.pixels),
		floor: negativeInfinity,
	}
	rows := piece
	if variant.Active == variant.AVX512 && piece == 3 && c.KernelHeight == 3 {
		rows, t.band = 9, 4*below
	} else {
		t.planes, t.aPlane, t.cPlane, t.initPlane = c.KernelHeight, 4*below, 4*piece*c.Filters, 4*piece*c.Filters
	}
	for i := range n {
		t.panels(&dw[0], &dw[0], &x[i*sizeX], &dy[i*sizeY], rows, c.Filters)
	}
	return true
}

// panels lets the assembly compute m rows of n columns.
func (t *tiles) panels(c, init, a, b *float32, m, n int) {
	panel := panelColumns()
	for n0 := 0; n0 < n; n0 += panel {
		t.c, t.init, t.b = unsafe.Add(unsafe.Pointer(c), 4*n0), unsafe.Add(unsafe.Pointer(init), 4*n0), unsafe.Add(unsafe.Pointer(b), 4*n0)
		t.run(unsafe.Pointer(a), m, min(panel, n-n0))
	}
}

// run lets the assembly compute m rows of a panel.
func (t *tiles) run(a unsafe.Pointer, m, columns int) {
	t.a, t.m, t.columns, t.height = a, m, columns, split(m, maxHeight)
	t.left, t.done, t.after = m, 0, t.planes
	if variant.Active == variant.AVX512 {
		gemmAVX512(t)
	} else {
		gemmAVX2(t)
	}
}

// split cuts length into equal steps of at most limit and returns their length.
func split(length, limit int) int {
	parts := (length + limit - 1) / limit
	return (length + parts - 1) / parts
}

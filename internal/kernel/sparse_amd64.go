package kernel

import (
	"sync"
	"unsafe"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// sums is some rows of a product with a sparse matrix: row i of y is max(floor,
// init + the sum of scale[value[j]] * row index[j] of x) over the lists i, the
// products added in their order. Forward sums rows of the weights over an image's
// pixels, Gradient rows of dy over the images that have a pixel. Distances are in
// bytes, but slot in elements.
type sums struct {
	y, init, x          unsafe.Pointer // y and init may be the same
	yRow, initRow, xRow int            // from row to row; initRow 0 repeats one row, a bias
	index               *uint16
	value               *uint8
	count               *int32 // lengths of the lists
	slot                int    // from list to list
	scale               *[256]float32
	rows, columns       int     // of y
	done                int     // the assembly's place, 0 at first
	floor               float32 // -Inf leaves the sums as they are, 0 makes them ReLU's
}

// compaction lists the nonzero bytes of each row of n bytes: their indices, the
// bytes themselves, and how many. n is a multiple of 32. Up to slack elements
// behind each list are written as well.
type compaction struct {
	index    *uint16
	value    *uint8
	length   *int32
	slot     int // from list to list, in elements
	bytes    *uint8
	bytesRow int
	rows, n  int
}

//go:noescape
func sumAVX512(s *sums)

//go:noescape
func sumAVX2(s *sums)

//go:noescape
func compactAVX512(c *compaction)

//go:noescape
func compactAVX2(c *compaction, places *[256]uint64)

//go:noescape
func transposeBytesAVX2(dst, src *uint8, dstRow, srcRow int)

func (s *sums) run() {
	if variant.Active == variant.AVX512 {
		sumAVX512(s)
	} else {
		sumAVX2(s)
	}
}

func (c *compaction) run() {
	if variant.Active == variant.AVX512 {
		compactAVX512(c)
	} else {
		compactAVX2(c, &places)
	}
}

// places holds for each byte m, byte by byte from the lowest, the places of the
// bits set in m.
var places = func() (table [256]uint64) {
	for m := range table {
		at := 0
		for bit := range 8 {
			if m>>bit&1 != 0 {
				table[m] |= uint64(bit) << at
				at += 8
			}
		}
	}
	return table
}()

// compact lists the nonzero bytes of image i.
func (s *Sparse) compact(i int) {
	if variant.Active == variant.Portable {
		s.compactPortable(i)
		return
	}
	c := compaction{
		index: &s.index[i*s.slot()], value: &s.value[i*s.slot()], length: &s.count[i],
		bytes: &s.pixels[i*s.stride], rows: 1, n: s.stride,
	}
	c.run()
}

func (s *Sparse) forward(y, w, bias []float32, from, to int, floor float32) {
	if variant.Active == variant.Portable || from >= to {
		s.forwardPortable(y, w, bias, from, to, floor)
		return
	}
	out, at := len(bias), from*s.slot()
	t := sums{
		y: unsafe.Pointer(&y[from*out]), yRow: 4 * out, init: unsafe.Pointer(&bias[0]),
		x: unsafe.Pointer(&w[0]), xRow: 4 * out,
		index: &s.index[at], value: &s.value[at], count: &s.count[from], slot: s.slot(),
		scale: s.scale, rows: to - from, columns: out, floor: floor,
	}
	t.run()
}

// pixelBlock is how many pixels gradient transposes at a time.
const pixelBlock = 32

// columns is room for a block of pixels of all images, and its lists.
type columns struct {
	pixels []uint8  // (pixelBlock, N rounded up to 32)
	index  []uint16 // (pixelBlock, the same + slack)
	value  []uint8
	count  [pixelBlock]int32
}

// columnsPool serves concurrent callers.
var columnsPool = sync.Pool{New: func() any { return new(columns) }}

// gradient transposes a block of pixels of all images and lists for each pixel
// the images where it is not zero.
func (s *Sparse) gradient(dw, dy []float32, out, from, to int) {
	if variant.Active == variant.Portable {
		s.gradientPortable(dw, dy, out, from, to)
		return
	}
	b := columnsPool.Get().(*columns)
	defer columnsPool.Put(b)
	stride := (s.n + 31) &^ 31
	b.grow(stride)
	c := compaction{
		length: &b.count[0], index: &b.index[0], value: &b.value[0], slot: stride + slack, bytesRow: stride, n: stride,
	}
	t := sums{
		yRow: 4 * out, initRow: 4 * out, x: unsafe.Pointer(&dy[0]), xRow: 4 * out,
		index: c.index, value: c.value, count: c.length, slot: c.slot,
		scale: s.scale, columns: out, floor: negativeInfinity,
	}
	for from < to {
		first := from &^ (pixelBlock - 1)
		end := min(first+pixelBlock, to)
		b.transpose(s, first, stride)
		c.bytes, c.rows = &b.pixels[(from-first)*stride], end-from
		c.run()
		t.y, t.rows, t.done = unsafe.Pointer(&dw[from*out]), end-from, 0
		t.init = t.y
		t.run()
		from = end
	}
}

// grow makes room for this many images.
func (b *columns) grow(stride int) {
	if len(b.pixels) < pixelBlock*stride {
		lists := pixelBlock * (stride + slack)
		b.pixels, b.index, b.value = make([]uint8, pixelBlock*stride), make([]uint16, lists), make([]uint8, lists)
	}
}

// transpose copies a block of pixels of all images. Of the images that round
// their number up to 8 the pixels are zero, of the others up to 32 they are
// cleared.
func (b *columns) transpose(s *Sparse, p, stride int) {
	i := 0
	for ; i < s.n; i += 8 {
		transposeBytesAVX2(&b.pixels[i], &s.pixels[i*s.stride+p], stride, s.stride)
	}
	if i < stride {
		for q := range pixelBlock {
			clear(b.pixels[q*stride+i : (q+1)*stride])
		}
	}
}

package kernel

import (
	"sync"
	"unsafe"
)

// packed is some panels of B, one behind the other, k rows of `panel` elements
// each.
type packed [blockK * panelGroup]float32

// packedPool serves concurrent callers.
var packedPool = sync.Pool{New: func() any { return new(packed) }}

//go:noescape
func transposeAVX2(dst, src unsafe.Pointer, dstRow, srcRow, blocks int)

//go:noescape
func packAVX2(dst, src unsafe.Pointer, srcRow, k, columns, panelBytes int)

// fill copies the panels of B that begin at (k0, n0): k rows of some columns, row
// by row, since a row's elements are neighbours. What is left of the last panel
// stays as it was.
func (p *packed) fill(b matrix, k0, n0, k, columns, panel int) {
	if b.column != 1 {
		for j := 0; j < columns; j += panel {
			transpose(p[j*k:], b, k0, n0+j, k, min(panel, columns-j), panel)
		}
		return
	}
	whole := columns &^ (panel - 1)
	if whole > 0 {
		packAVX2(unsafe.Pointer(p), b.at(k0, n0), 4*b.row, k, whole, 4*panel)
	}
	if whole < columns {
		for i := range k {
			copy(p[whole*k+i*panel:], unsafe.Slice((*float32)(b.at(k0+i, n0+whole)), columns-whole))
		}
	}
}

// transpose copies one panel of a matrix whose column's elements are neighbours.
func transpose(to []float32, b matrix, k0, n0, k, columns, panel int) {
	j := 0
	for ; j+8 <= columns && k >= 8; j += 8 {
		transposeAVX2(unsafe.Pointer(&to[j]), b.at(k0, n0+j), 4*panel, 4*b.column, k/8)
		if k%8 != 0 { // the last eight, some of them once more
			transposeAVX2(unsafe.Pointer(&to[(k-8)*panel+j]), b.at(k0+k-8, n0+j), 4*panel, 4*b.column, 1)
		}
	}
	for ; j < columns; j++ {
		for i := range k {
			to[i*panel+j] = *(*float32)(b.at(k0+i, n0+j))
		}
	}
}

package kernel

import (
	"sync"
	"unsafe"
)

// packed is a panel of B, k rows of `panel` elements.
type packed [blockK * widePanel]float32

// packedPool serves concurrent callers.
var packedPool = sync.Pool{New: func() any { return new(packed) }}

//go:noescape
func transposeAVX2(dst, src unsafe.Pointer, dstRow, srcRow, blocks int)

// fill copies the panel of B that begins at (k0, n0), k rows of some columns.
// What is left of each row stays as it was.
func (p *packed) fill(b matrix, k0, n0, k, columns, panel int) {
	switch {
	case b.column != 1:
		p.transpose(b, k0, n0, k, columns, panel)
	case columns == widePanel:
		for i := range k {
			*(*[widePanel]float32)(p[i*widePanel:]) = *(*[widePanel]float32)(b.at(k0+i, n0))
		}
	case columns == narrowPanel && panel == narrowPanel:
		for i := range k {
			*(*[narrowPanel]float32)(p[i*narrowPanel:]) = *(*[narrowPanel]float32)(b.at(k0+i, n0))
		}
	default:
		for i := range k {
			copy(p[i*panel:], unsafe.Slice((*float32)(b.at(k0+i, n0)), columns))
		}
	}
}

// transpose is fill for a matrix whose column's elements are neighbours.
func (p *packed) transpose(b matrix, k0, n0, k, columns, panel int) {
	j := 0
	for ; j+8 <= columns && k >= 8; j += 8 {
		transposeAVX2(unsafe.Pointer(&p[j]), b.at(k0, n0+j), 4*panel, 4*b.column, k/8)
		for i := k &^ 7; i < k; i++ {
			for q := j; q < j+8; q++ {
				p[i*panel+q] = *(*float32)(b.at(k0+i, n0+q))
			}
		}
	}
	for ; j < columns; j++ {
		for i := range k {
			p[i*panel+j] = *(*float32)(b.at(k0+i, n0+j))
		}
	}
}

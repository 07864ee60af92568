package kernel

import "unsafe"

// pass is one of Winograd's transformations, of some values that lie fromStep apart to some
// that lie toStep apart, for vectors of neighbours, tile by tile and row by row. The assembly
// moves from and to and counts rows down. Distances and size are in bytes.
type pass struct {
	to, from         *float32
	toStep, fromStep int
	size             int // of the neighbours
	tiles            int // at least 1, like rows
	toTile, fromTile int
	rows             int
	toRow, fromRow   int
	bias             *float32 // of biased: as many values as neighbours
	floor            float32  // of biased
	what             transformation
}

// transformation is what a pass computes, of F(2, 3) or F(4, 3).
type transformation uint8

const (
	input2      transformation = iota // v = Bᵀ x
	output2                           // y = Aᵀ m
	biased2                           // y = max(Aᵀ m + bias, floor)
	gradient2                         // m = A dy
	spread2                           // dx += B v
	taps2                             // u = G w
	tapSums2                          // w = Gᵀ u
	addTapSums2                       // w += Gᵀ u

	input4 // in the order of F(2, 3)'s
	output4
	biased4
	gradient4
	spread4
	taps4
	tapSums4
	addTapSums4
)

//go:noescape
func winogradXMM(p *pass)

//go:noescape
func winogradAVX2(p *pass)

//go:noescape
func winogradAVX512(p *pass)

// run does p, of neighbours that are a multiple of this many channels. Distances and size are
// in values here; no tiles and no rows are one.
func (p pass) run(what transformation, to, from []float32, channels int) {
	p.what, p.to, p.from = what, unsafe.SliceData(to), unsafe.SliceData(from)
	for _, distance := range []*int{&p.toStep, &p.fromStep, &p.size, &p.toTile, &p.fromTile, &p.toRow, &p.fromRow} {
		*distance *= 4
	}
	p.tiles, p.rows = max(p.tiles, 1), max(p.rows, 1)
	switch lanesOf(channels) { // not widest: p would have to be allocated
	case 16:
		winogradAVX512(&p)
	case 8:
		winogradAVX2(&p)
	default:
		winogradXMM(&p)
	}
}

package strokes

import (
	"encoding/binary"
	"hash/maphash"
	"math"
)

// Twins counts the drawings that equal, point by point, one before them in the list: with
// another label, or with the same.
func Twins(ds []Drawing) (torn, again int) {
	seed := maphash.MakeSeed()
	label := make(map[uint64]int, len(ds))
	var points []byte
	for _, d := range ds {
		points = points[:0]
		for _, stroke := range d.Strokes {
			points = binary.LittleEndian.AppendUint32(points, uint32(len(stroke)))
			for _, p := range stroke {
				points = binary.LittleEndian.AppendUint32(points, math.Float32bits(p.X))
				points = binary.LittleEndian.AppendUint32(points, math.Float32bits(p.Y))
			}
		}
		key := maphash.Bytes(seed, points)
		switch first, known := label[key]; {
		case !known:
			label[key] = d.Label
		case first != d.Label:
			torn++
		default:
			again++
		}
	}
	return torn, again
}

package ink

import "github.com/seed-c844a918/inkling/internal/variant"

// cover is the pixels of a canvas that a segment may cover, and the segment.
type cover struct {
	pix                  *uint8  // the first pixel
	width, rows, columns int     // of the canvas; of the pixels, columns a multiple of 4
	x, y                 float64 // the first pixel's centre; y is changed
	ax, ay, dx, dy       float64 // the segment begins at a and goes by d
	inverse, reach       float64 // 1/|d|², 0 for a dot; half the pen and half a pixel
}

//go:noescape
func coverAVX2(s *cover)

// vectors says whether this CPU has them, and INKLING_KERNEL does not ask for portable Go.
var vectors = variant.Name() != "portable"

// coverVectors does what coverPortable does, and reports whether it did. It may look at
// pixels to the left and right as well, which are too far away for any ink.
func (c canvas) coverVectors(a, d vec, inverse float64, x0, x1, y0, y1 int) bool {
	columns := (x1 - x0 + 3) &^ 3
	from := min(x0, c.width-columns)
	if !vectors || from < 0 {
		return false
	}
	coverAVX2(&cover{
		pix: &c.pix[y0*c.width+from], width: c.width, rows: y1 - y0, columns: columns,
		x: float64(from) + 0.5, y: float64(y0) + 0.5,
		ax: a.x, ay: a.y, dx: d.x, dy: d.y, inverse: inverse, reach: c.radius + 0.5,
	})
	return true
}

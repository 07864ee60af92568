// Package skeleton finds the lines that a broad pen drew: it thins ink to lines one
// pixel wide, reads them as a graph of ends and junctions, and walks this along the
// straightest ways.
package skeleton

import "math"

// Point is a position in pixels inside the empty border: the centre of the first
// pixel is (0.5, 0.5).
type Point struct{ X, Y float64 }

func (a Point) sub(b Point) Point   { return Point{a.X - b.X, a.Y - b.Y} }
func (a Point) dot(b Point) float64 { return a.X*b.X + a.Y*b.Y }
func (a Point) to(b Point) float64  { return math.Hypot(a.X-b.X, a.Y-b.Y) }

// Lines returns the lines of the ink in a mask, rows of width pixels, 1 for ink, with
// an empty pixel all around; a dot is a line of one point. distance is each pixel's
// distance from what is no ink. Neighbouring points are about 3 pixels apart. The mask
// is thinned.
func Lines(ink []uint8, width int, distance []float32) [][]Point {
	const (
		rounds = 6 // of smoothing, at one pixel's distance
		step   = 3 // pixels between a line's points
	)
	m := mask{width, ink}
	m.thin()
	g := m.graph(distance)
	g.prune()
	g.merge()
	lines := g.walk()
	for i, line := range lines {
		line = spaced(line, 1)
		smooth(line, rounds)
		lines[i] = spaced(line, step)
	}
	return lines
}

// mask marks ink, row by row, with an empty pixel all around so that every pixel's
// eight neighbours exist.
type mask struct {
	width int
	v     []uint8 // 1 is ink
}

// Around returns the offsets of a pixel's neighbours in rows of w pixels, clockwise
// from the north.
func Around(w int) [8]int { return [8]int{-w, 1 - w, 1, w + 1, w, w - 1, -1, -w - 1} }

// centre returns where the middle of a pixel is.
func (m mask) centre(at int) Point {
	return Point{float64(at%m.width) - 0.5, float64(at/m.width) - 0.5}
}

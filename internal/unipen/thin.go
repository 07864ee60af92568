package unipen

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// tolerance is how far a thinned stroke may be from the points left out, a share
// of the drawing's square.
const tolerance = 0.008

// thinned returns strokes, y up, in 0..1 of their own square, y down: the longer side
// of their box is 1, the shorter in the middle. Points that hardly matter are left
// out (Douglas & Peucker 1973).
func thinned(strokes []ink.Stroke) []ink.Stroke {
	low, high := [2]float32{math.MaxFloat32, math.MaxFloat32}, [2]float32{-math.MaxFloat32, -math.MaxFloat32}
	for _, stroke := range strokes {
		for _, p := range stroke {
			low, high = [2]float32{min(low[0], p.X), min(low[1], p.Y)}, [2]float32{max(high[0], p.X), max(high[1], p.Y)}
		}
	}
	long := max(high[0]-low[0], high[1]-low[1])
	if long == 0 {
		long = 1
	}
	middle := [2]float32{(low[0] + high[0]) / 2, (low[1] + high[1]) / 2}
	out := make([]ink.Stroke, len(strokes))
	for i, stroke := range strokes {
		placed := make(ink.Stroke, len(stroke))
		for j, p := range stroke {
			placed[j] = ink.Point{X: inside(0.5 + (p.X-middle[0])/long), Y: inside(0.5 - (p.Y-middle[1])/long)}
		}
		out[i] = simplify(placed)
	}
	return out
}

// inside keeps what rounding brings out of the square.
func inside(v float32) float32 { return min(max(v, 0), 1) }

// simplify leaves out the points of a stroke that are within tolerance of the
// line through what is left.
func simplify(stroke ink.Stroke) ink.Stroke {
	if len(stroke) < 3 {
		return stroke
	}
	keep := make([]bool, len(stroke))
	keep[0], keep[len(stroke)-1] = true, true
	waiting := [][2]int{{0, len(stroke) - 1}}
	for len(waiting) > 0 {
		from, to := waiting[len(waiting)-1][0], waiting[len(waiting)-1][1]
		waiting = waiting[:len(waiting)-1]
		at, farthest := 0, tolerance
		for i := from + 1; i < to; i++ {
			if d := distance(stroke[i], stroke[from], stroke[to]); d > farthest {
				at, farthest = i, d
			}
		}
		if at > 0 {
			keep[at] = true
			waiting = append(waiting, [2]int{from, at}, [2]int{at, to})
		}
	}
	kept := ink.Stroke{}
	for i, p := range stroke {
		if keep[i] {
			kept = append(kept, p)
		}
	}
	return kept
}

// distance returns how far p is from the line from a to b, ends included.
func distance(p, a, b ink.Point) float64 {
	px, py := float64(p.X)-float64(a.X), float64(p.Y)-float64(a.Y)
	dx, dy := float64(b.X)-float64(a.X), float64(b.Y)-float64(a.Y)
	t := 0.0
	if length2 := dx*dx + dy*dy; length2 > 0 {
		t = min(max((px*dx+py*dy)/length2, 0), 1)
	}
	return math.Hypot(px-t*dx, py-t*dy)
}

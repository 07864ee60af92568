package strokes

import (
	"math"
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// How large people draw: the longer side of the drawing's box, as a part of the
// pad's side.
const smallestOnPad, largestOnPad = 0.35, 0.90

// Place puts a drawing on the pad, the square 0..1, where somebody might have
// drawn it: the longer side of its box becomes 0.35 to 0.90 of the pad and the
// box lies anywhere inside, both uniformly at random. A drawing without extent
// (a dot) only gets a place. The result is a function of the drawing, seed and
// index alone; points must be finite.
func Place(d Drawing, seed uint64, index int) []ink.Stroke {
	random := rand.New(rand.NewPCG(seed, uint64(index)))
	long := smallestOnPad + (largestOnPad-smallestOnPad)*random.Float64()
	box := BoxOf(d.Strokes)
	scale := long / max(box.Width(), box.Height())
	if math.IsInf(scale, 0) {
		scale = 0
	}
	left := (1 - scale*box.Width()) * random.Float64()
	top := (1 - scale*box.Height()) * random.Float64()
	return Map(d.Strokes, func(x, y float64) (float64, float64) {
		return min(left+scale*(x-box.X0), 1), min(top+scale*(y-box.Y0), 1)
	})
}

// Squared scales strokes into the square 0..1: the longer side of their box
// fills it, the shorter one lies in the middle; a dot, too.
func Squared(strokes []ink.Stroke) []ink.Stroke {
	box := BoxOf(strokes)
	scale := 1 / max(box.Width(), box.Height())
	if math.IsInf(scale, 0) {
		scale = 0
	}
	left, top := (1-scale*box.Width())/2, (1-scale*box.Height())/2
	return Map(strokes, func(x, y float64) (float64, float64) {
		return left + scale*(x-box.X0), top + scale*(y-box.Y0)
	})
}

// Map returns the strokes with every point moved by to.
func Map(strokes []ink.Stroke, to func(x, y float64) (float64, float64)) []ink.Stroke {
	moved := make([]ink.Stroke, len(strokes))
	for i, stroke := range strokes {
		moved[i] = make(ink.Stroke, len(stroke))
		for j, p := range stroke {
			x, y := to(float64(p.X), float64(p.Y))
			moved[i][j] = ink.Point{X: float32(x), Y: float32(y)}
		}
	}
	return moved
}

// Box is the smallest upright rectangle around points.
type Box struct{ X0, Y0, X1, Y1 float64 }

func (b Box) Width() float64  { return b.X1 - b.X0 }
func (b Box) Height() float64 { return b.Y1 - b.Y0 }

// BoxOf returns the box of all points; without any, the origin.
func BoxOf(strokes []ink.Stroke) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, stroke := range strokes {
		for _, p := range stroke {
			x, y := float64(p.X), float64(p.Y)
			b = Box{min(b.X0, x), min(b.Y0, y), max(b.X1, x), max(b.Y1, y)}
		}
	}
	if b.X0 > b.X1 {
		return Box{}
	}
	return b
}

package dataset

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
	box := boxOf(d.Strokes)
	scale := long / max(box.width(), box.height())
	if math.IsInf(scale, 0) {
		scale = 0
	}
	left := (1 - scale*box.width()) * random.Float64()
	top := (1 - scale*box.height()) * random.Float64()
	return mapped(d.Strokes, func(x, y float64) (float64, float64) {
		return min(left+scale*(x-box.x0), 1), min(top+scale*(y-box.y0), 1)
	})
}

// squared scales strokes into the square 0..1: the longer side of their box
// fills it, the shorter one lies in the middle; a dot, too.
func squared(strokes []ink.Stroke) []ink.Stroke {
	box := boxOf(strokes)
	scale := 1 / max(box.width(), box.height())
	if math.IsInf(scale, 0) {
		scale = 0
	}
	left, top := (1-scale*box.width())/2, (1-scale*box.height())/2
	return mapped(strokes, func(x, y float64) (float64, float64) {
		return left + scale*(x-box.x0), top + scale*(y-box.y0)
	})
}

// mapped is the strokes with every point moved by to.
func mapped(strokes []ink.Stroke, to func(x, y float64) (float64, float64)) []ink.Stroke {
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

// box is the smallest upright rectangle around points.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) width() float64  { return b.x1 - b.x0 }
func (b box) height() float64 { return b.y1 - b.y0 }

// boxOf is the box of all points; without any, the origin.
func boxOf(strokes []ink.Stroke) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, stroke := range strokes {
		for _, p := range stroke {
			x, y := float64(p.X), float64(p.Y)
			b = box{min(b.x0, x), min(b.y0, y), max(b.x1, x), max(b.y1, y)}
		}
	}
	if b.x0 > b.x1 {
		return box{}
	}
	return b
}

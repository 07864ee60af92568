package ink

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/ink/skeleton"
)

// workSide is the long side, in pixels, at which pictures are worked on; small ones
// at workScale times theirs, which says all that is in them.
const workSide, workScale = 200, 4

// Trace finds the strokes that drew a picture, in its pixels; nil is nothing
// drawn. [Draw] then draws them again with its own pen, so that neither how
// thick nor how large nor where they were drawn plays a part.
//
// Ink may be darker or lighter than the paper or of another colour; the paper
// may be unevenly lit, noisy or transparent. The way: the picture over its
// backdrop, at working size; the paper, a smooth surface, taken away; ink
// strength along the direction in which the strongest pixels differ from
// paper; a threshold; specks and frames dropped; thinning; the skeleton's
// lines without spurs. What was found is then looked at once more from near.
//
// Trace never panics: rows that RGBA does not hold in full are passed over. It
// reads at most ten by ten pixels for each pixel at working size.
func Trace(p Picture) []Stroke {
	p, ok := p.whole()
	if !ok {
		return nil
	}
	backdrop, ok := p.backdrop()
	if !ok {
		return nil
	}
	e := eye{Picture: p, backdrop: backdrop}
	c, ink, ok := e.look(view{0, 0, p.Width, p.Height})
	if !ok {
		return nil
	}
	if near, small := c.closer(ink.parts(1, true)); small {
		if nearer, nearInk, ok := e.look(near); ok {
			c, ink = nearer, nearInk
		}
	}
	return c.strokes(ink)
}

// eye looks at a picture; how it is lit is judged at the first look, at all of it.
type eye struct {
	Picture
	backdrop [3]float32
	lighting lighting
	judged   bool
}

// look finds the ink in a view; false if there is none. Where the drawing hangs
// together with a frame, it looks once more, inside of that.
func (e *eye) look(w view) (c colours, m mask, ok bool) {
	for range 2 {
		c = e.evenly(w)
		s := c.strengths(c.flatten())
		s.blur()
		edge, ok := s.edge()
		if !ok {
			return c, mask{}, false
		}
		m = s.over(edge)
		lines, framed := m.frame()
		ok = m.clean()
		if _, still := m.frame(); !ok || !framed || !still {
			return c, m, ok
		}
		w = c.inside(lines)
	}
	return c, m, true
}

// evenly returns a view at working size, without hard shadows.
func (e *eye) evenly(w view) colours {
	long := min(workSide, max(workScale*max(w.width, w.height), workSide/2))
	width, height := w.fitted(long, long)
	c := e.sample(w, width, height, cubicTap, e.backdrop)
	thickest := inkThickest * float64(max(e.Width, e.Height)) * float64(c.width) / float64(w.width)
	reach := int(thickest / 2)
	if !e.judged && min(e.Width, e.Height) >= shadowSide {
		e.lighting = c.lighting(reach)
	}
	e.judged = true
	if e.lighting.hard {
		c.evenLight(reach, e.lighting.lightInk)
	}
	return c
}

// inside returns the view without these numbers of pixels, at working size, at its top,
// bottom, left and right.
func (c colours) inside(lines [4]int) view {
	low := c.point(vec{float64(lines[2]), float64(lines[0])})
	high := c.point(vec{float64(c.width - lines[3]), float64(c.height - lines[1])})
	return c.view.part(low, high)
}

// part returns the view of the pixels from low to high as far as w shows them, at
// least one.
func (w view) part(low, high Point) view {
	x0 := min(max(int(low.X), w.x), w.x+w.width-1)
	y0 := min(max(int(low.Y), w.y), w.y+w.height-1)
	x1 := min(max(int(math.Ceil(float64(high.X))), x0+1), w.x+w.width)
	y1 := min(max(int(math.Ceil(float64(high.Y))), y0+1), w.y+w.height)
	return view{x0, y0, x1 - x0, y1 - y0}
}

// closer returns the view that shows just the drawing and a margin; false if that
// would show little more than the view at hand.
func (c colours) closer(parts []part) (view, bool) {
	const (
		margin = 0.15 // of the drawing's long side
		enough = 0.8  // of the view's long side
	)
	box := parts[0]
	for _, p := range parts {
		box.minX, box.maxX = min(box.minX, p.minX), max(box.maxX, p.maxX)
		box.minY, box.maxY = min(box.minY, p.minY), max(box.maxY, p.maxY)
	}
	add := margin * float64(box.long())
	low := c.point(vec{float64(box.minX-1) - add, float64(box.minY-1) - add})
	high := c.point(vec{float64(box.maxX) + add, float64(box.maxY) + add})
	near := c.view.part(low, high)
	long := float64(max(near.width, near.height))
	return near, long < enough*float64(max(c.view.width, c.view.height))
}

// strokes returns the lines of the ink.
func (c colours) strokes(ink mask) []Stroke {
	var out []Stroke
	for _, line := range skeleton.Lines(ink.v, ink.width, ink.distances()) {
		var s Stroke
		for _, p := range line {
			s = append(s, c.point(vec{p.X, p.Y}))
		}
		out = append(out, s)
	}
	return out
}

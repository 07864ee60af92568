package ink

import "math"

// ErrLength is the panic of a dst whose length is not width*height.
const ErrLength = "ink: length of dst is not width*height"

// bounds is the box around points, in their unit.
type bounds struct{ minX, minY, maxX, maxY float64 }

// boundsOf returns the box of all finite points; false if there is none.
func boundsOf(strokes []Stroke) (bounds, bool) {
	b := bounds{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, stroke := range strokes {
		for _, p := range stroke {
			if !p.finite() {
				continue
			}
			x, y := float64(p.X), float64(p.Y)
			b.minX, b.maxX = min(b.minX, x), max(b.maxX, x)
			b.minY, b.maxY = min(b.minY, y), max(b.maxY, y)
		}
	}
	return b, b.minX <= b.maxX
}

// scaleTo returns the factor that makes the box's longer side this long; a box
// without extent (a dot) keeps its size.
func (b bounds) scaleTo(side float64) float64 {
	long := max(b.maxX-b.minX, b.maxY-b.minY)
	if long == 0 {
		return 1
	}
	return side / long
}

// finite reports whether neither coordinate is infinite or NaN.
func (p Point) finite() bool {
	return p.X-p.X == 0 && p.Y-p.Y == 0
}

// place maps points to pixels: scale first, then move.
type place struct{ scale, dx, dy float64 }

func (t place) apply(p Point) vec {
	return vec{t.scale*float64(p.X) + t.dx, t.scale*float64(p.Y) + t.dy}
}

// vec is a position in pixels; the centre of the first pixel is (0.5, 0.5).
type vec struct{ x, y float64 }

// canvas is an image that is drawn on with a round pen.
type canvas struct {
	pix           []uint8
	width, height int
	radius        float64 // of the pen, in pixels
}

// stepMin is the distance in pixels below which a further point of a stroke
// adds nothing that eight bits could show, so that a slow hand costs no time.
const stepMin = 0.2

// draw adds every stroke's line to the canvas.
func (c canvas) draw(strokes []Stroke, t place) {
	var room [64]stop
	line := track(room[:0])
	for _, stroke := range strokes {
		line = t.track(line[:0], stroke)
		for i := range line {
			c.segment(line[max(i-1, 0)].vec, line[i].vec)
		}
	}
}

// track is the way of the pen along a stroke, in pixels.
type track []stop

// stop is a place on it, and how far along the way it is.
type stop struct {
	vec
	far float64
}

// track appends the places of a stroke's points, without those that add nothing.
func (t place) track(line track, stroke Stroke) track {
	for i, p := range stroke {
		if !p.finite() {
			continue
		}
		to := stop{vec: t.apply(p)}
		if n := len(line); n > 0 {
			last := line[n-1]
			dx, dy := to.x-last.x, to.y-last.y
			if i < len(stroke)-1 && math.Abs(dx)+math.Abs(dy) < stepMin {
				continue
			}
			to.far = last.far + math.Sqrt(dx*dx+dy*dy)
		}
		line = append(line, to)
	}
	return line
}

// segment draws the pen's way from a to b: a pixel is as dark as the pen's
// edge, taken as straight, covers it, and the darker of old and new stays.
func (c canvas) segment(a, b vec) {
	reach := c.radius + 0.5
	x0, x1 := span(a.x, b.x, reach, c.width)
	y0, y1 := span(a.y, b.y, reach, c.height)
	if x0 >= x1 || y0 >= y1 {
		return
	}
	d, inverse := vec{b.x - a.x, b.y - a.y}, 0.0
	if length2 := d.x*d.x + d.y*d.y; length2 > 0 {
		inverse = 1 / length2
	}
	if !c.coverVectors(a, d, inverse, x0, x1, y0, y1) {
		c.coverPortable(a, d, inverse, x0, x1, y0, y1)
	}
}

// coverPortable draws the way from a by d in the pixels x0 <= x < x1, y0 <= y < y1; inverse
// is 1/|d|², or 0 for a dot.
func (c canvas) coverPortable(a, d vec, inverse float64, x0, x1, y0, y1 int) {
	reach := c.radius + 0.5
	for y := y0; y < y1; y++ {
		py := float64(y) + 0.5 - a.y
		for x := x0; x < x1; x++ {
			px := float64(x) + 0.5 - a.x
			along := min(max((px*d.x+py*d.y)*inverse, 0), 1)
			ex, ey := px-along*d.x, py-along*d.y
			d2 := ex*ex + ey*ey
			if d2 >= reach*reach {
				continue
			}
			ink := uint8(255*min(reach-math.Sqrt(d2), 1) + 0.5)
			if at := y*c.width + x; ink > c.pix[at] {
				c.pix[at] = ink
			}
		}
	}
}

// span returns the range of pixels [from, to) within reach of the interval a..b and
// within the side.
func span(a, b, reach float64, side int) (from, to int) {
	if a > b {
		a, b = b, a
	}
	low, high := max(a-reach, 0), min(b+reach, float64(side))
	if low >= high {
		return 0, 0
	}
	return int(low), int(math.Ceil(high))
}

// centreMass moves t so that the ink's centre of mass, as drawn at t, comes to
// the centre of the canvas, as far as the box with the pen stays inside.
func (c canvas) centreMass(t place, box bounds) place {
	var mass, mx, my float64
	for i, ink := range c.pix {
		mass += float64(ink)
		mx += float64(ink) * (float64(i%c.width) + 0.5)
		my += float64(ink) * (float64(i/c.width) + 0.5)
	}
	if mass == 0 {
		return t
	}
	room := func(side int, extent float64) float64 {
		return max(0, float64(side)/2-t.scale*extent/2-c.radius)
	}
	roomX, roomY := room(c.width, box.maxX-box.minX), room(c.height, box.maxY-box.minY)
	t.dx += min(max(float64(c.width)/2-mx/mass, -roomX), roomX)
	t.dy += min(max(float64(c.height)/2-my/mass, -roomY), roomY)
	return t
}

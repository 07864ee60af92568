package ink

import "math"

// Form is what a network takes: the recipe of its images and their size.
type Form struct {
	Recipe        Recipe
	Width, Height int // pixels
}

// Size returns the number of bytes of an image: Width*Height pixels, row by row, each
// of as many as the recipe has channels.
func (f Form) Size() int { return f.Width * f.Height * f.Recipe.Channels() }

// Step is one of the steps that strokes take to be an image, in this order.
type Step int

// The steps.
const (
	Boxed   Step = iota // redrawn with the pen, the box of the points in the middle of the image
	Centred             // the ink's centre of mass in the middle instead
	Written             // by recipe writing: each pixel says how the pen went
)

// Draw makes the network's input from strokes, by recipe drawing or writing, and reports
// whether anything was drawn; see the function [Draw]. dst has Size bytes.
func (f Form) Draw(dst []uint8, strokes []Stroke) bool { return f.DrawTo(dst, strokes, Pen, Written) }

// DrawTo does what Draw does, with a pen of another width, a fraction 0..20/28 of the
// image's shorter side, and up to a step: Centred is for strokes of which nobody knows which
// way and when they were drawn, those of Trace.
func (f Form) DrawTo(dst []uint8, strokes []Stroke, pen float64, last Step) bool {
	if len(dst) != f.Size() {
		panic(ErrLength)
	}
	clear(dst)
	box, ok := boundsOf(strokes)
	if !ok {
		return false
	}
	short := float64(min(f.Width, f.Height))
	pen *= short
	ink := dst[:f.Width*f.Height]
	says := last == Written && len(ink) < len(dst)
	if says {
		ink = make([]uint8, len(ink))
	}
	c := canvas{ink, f.Width, f.Height, pen / 2}
	scale := box.scaleTo(Box*short - pen)
	middle := place{
		scale: scale,
		dx:    float64(f.Width)/2 - scale*(box.minX+box.maxX)/2,
		dy:    float64(f.Height)/2 - scale*(box.minY+box.maxY)/2,
	}
	c.draw(strokes, middle)
	if last > Boxed {
		middle = c.centreMass(middle, box)
		clear(ink)
		if says {
			c.write(dst, strokes, middle)
			return true
		}
		c.draw(strokes, middle)
	}
	f.OfInk(dst, ink)
	return true
}

// OfInk makes the network's input from an image of ink, a byte a pixel, of which nobody
// knows how it was drawn: a pixel of recipe writing says neither which way nor when. ink
// may be the beginning of dst.
func (f Form) OfInk(dst, ink []uint8) {
	channels := f.Recipe.Channels()
	if len(dst) != f.Size() || len(ink)*channels != len(dst) {
		panic(ErrLength)
	}
	for i := len(dst) - 1; i >= 0; i-- { // from the end: nothing is written over before it is read
		v := ink[i/channels]
		if i%channels > 0 {
			v /= 2
		}
		dst[i] = v
	}
}

// Ink returns the ink of an image, a byte a pixel: the image itself if it holds nothing
// else.
func (f Form) Ink(image []uint8) []uint8 {
	channels := f.Recipe.Channels()
	if channels == 1 {
		return image
	}
	ink := make([]uint8, len(image)/channels)
	for i := range ink {
		ink[i] = image[channels*i]
	}
	return ink
}

// aim is how far, in pixels, one looks back and ahead along a stroke to see which way it
// goes: coordinates of tablets are whole numbers, and hands tremble.
const aim = 1.0

// write draws every stroke's line as draw does, in c.pix, and makes dst of it, the image of
// recipe writing: a pixel says how the pen went that left its ink.
func (c canvas) write(dst []uint8, strokes []Stroke, t place) {
	clear(dst)
	lines, total, before := make([]track, len(strokes)), 0.0, 0.0
	for i, stroke := range strokes {
		lines[i] = t.track(nil, stroke)
		total += lines[i].length()
	}
	total = max(total, 1)
	for _, line := range lines {
		for i := range line {
			c.segment(line[max(i-1, 0)].vec, line[i].vec)
			c.note(dst, line, i, before, total)
		}
		before += line.length()
	}
}

// length returns that of the whole way.
func (l track) length() float64 {
	if len(l) == 0 {
		return 0
	}
	return l[len(l)-1].far
}

// place returns where the pen is when it has gone this far; i is a place near there, not
// the first.
func (l track) place(far float64, i int) vec {
	for i > 1 && l[i-1].far > far {
		i--
	}
	for i < len(l)-1 && l[i].far < far {
		i++
	}
	a, b := l[i-1], l[i]
	part := min(max((far-a.far)/max(b.far-a.far, 1e-9), 0), 1)
	return vec{a.x + part*(b.x-a.x), a.y + part*(b.y-a.y)}
}

// heading returns which way the pen goes when it has gone this far, of length 1, or 0
// where it goes nowhere; i is a place near there.
func (l track) heading(far float64, i int) vec {
	if len(l) < 2 {
		return vec{}
	}
	i = max(i, 1)
	from, to := l.place(far-aim, i), l.place(far+aim, i)
	d := vec{to.x - from.x, to.y - from.y}
	length := max(math.Sqrt(d.x*d.x+d.y*d.y), 1e-9)
	return vec{d.x / length, d.y / length}
}

// note writes to dst, beside their ink, how the pen went that made pixels darker on its
// way to place i of a line: which way, and when, as a share of the length of all
// strokes, of which before lie before this line.
func (c canvas) note(dst []uint8, line track, i int, before, total float64) {
	a, b := line[max(i-1, 0)], line[i]
	x0, x1 := span(a.x, b.x, c.radius+0.5, c.width)
	y0, y1 := span(a.y, b.y, c.radius+0.5, c.height)
	d := vec{b.x - a.x, b.y - a.y}
	square := max(d.x*d.x+d.y*d.y, 1e-9)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			at := y*c.width + x
			ink, pixel := c.pix[at], dst[writingChannels*at:][:writingChannels]
			if ink == pixel[0] {
				continue
			}
			along := ((float64(x)+0.5-a.x)*d.x + (float64(y)+0.5-a.y)*d.y) / square
			far := a.far + min(max(along, 0), 1)*(b.far-a.far)
			way := line.heading(far, i)
			pixel[0] = ink
			for k, part := range [...]float64{(1 + way.x) / 2, (1 + way.y) / 2, (before + far) / total} {
				pixel[1+k] = uint8(float64(ink)*min(part, 1) + 0.5)
			}
		}
	}
}

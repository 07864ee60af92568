package ink

import "math"

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

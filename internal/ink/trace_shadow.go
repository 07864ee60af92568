package ink

import (
	"math"
	"slices"
)

// Of hard shadows: how thick, at most, ink is taken to be, as a share of the
// picture's longer side; how far paper leaves the smooth surface where it lies
// in a shadow, as a share of its brightness and of 0..255 at least, and the least
// share of pixels where it does; and the shorter side of the smallest pictures that
// are looked at for one: smaller ones were drawn or cut out, and their ink is thick.
// On black paper every share of the brightness is less than what scaling and JPEG add.
const (
	inkThickest  = 0.3
	shadowDeep   = 0.12
	shadowLevels = 8
	shadowLeast  = 0.02
	shadowSide   = 64
)

// lighting says whether a picture has hard shadows, and, where it does, whether ink
// is lighter than paper.
type lighting struct{ hard, lightInk bool }

// lighting finds hard shadows: paper that no smooth surface fits, whichever of dark
// and light is ink. Ink is what is more like strokes: paper between strokes is broad.
func (c colours) lighting(reach int) lighting {
	grey := c.channel(luma)
	dark := grey.papered(reach, false)
	if dark.uneven() < shadowLeast {
		return lighting{}
	}
	light := grey.papered(reach, true)
	if light.uneven() < shadowLeast {
		return lighting{}
	}
	return lighting{true, grey.apart(light).slender() > grey.apart(dark).slender()}
}

// evenLight takes hard shadows away: every pixel is divided by the brightness of the
// paper around it. This is the picture's morphological closing (its opening, where
// ink is light): what is narrower than twice the reach, with paper on both sides, is
// filled in, but the edge of something wide stays where it is (Serra 1982).
func (c colours) evenLight(reach int, lightInk bool) {
	for k := range 3 {
		channel := c.channel(func(v [3]float32) float32 { return v[k] })
		paper := channel.papered(reach, lightInk)
		level := max(paper.middle(), 1) // never black, which would take all ink away
		for i, v := range c.v {
			under := max(paper.v[i], 1)
			if !lightInk {
				under = max(under, v[k])
			}
			c.v[i][k] *= level / under
		}
	}
}

// channel returns the value of of for every pixel, a little blurred, against noise.
func (c colours) channel(of func([3]float32) float32) plane {
	p := plane{c.width, c.height, make([]float32, len(c.v))}
	for i, v := range c.v {
		p.v[i] = of(v)
	}
	p.blur()
	return p
}

// uneven returns the share of the pixels, away from the border, where paper leaves the
// smooth surface that fits it best.
func (p plane) uneven() float64 {
	grey := colours{p.width, p.height, make([][3]float32, len(p.v)), view{}}
	for i, v := range p.v {
		grey.v[i][0] = v
	}
	grey.flatten()
	border := grey.paperRing()
	off, all := 0, 0
	for y := border; y < p.height-border; y++ {
		for x := border; x < p.width-border; x++ {
			i := y*p.width + x
			d := grey.v[i][0]
			if max(d, -d) > max(shadowDeep*(p.v[i]-d), shadowLevels) {
				off++
			}
			all++
		}
	}
	return float64(off) / float64(max(all, 1))
}

// apart returns how far the plane lies from paper.
func (p plane) apart(paper plane) strengths {
	out := strengths{plane{p.width, p.height, make([]float32, len(p.v))}}
	for i, v := range p.v {
		d := v - paper.v[i]
		out.v[i] = max(d, -d)
	}
	return out
}

// slender returns how much longer than thick the ink is, about: each part's area by the
// square of its half width, the mean by area. 0 if there is no ink.
func (s strengths) slender() float32 {
	edge, ok := s.edge()
	if !ok {
		return 0
	}
	m := s.over(edge)
	distance := m.distances()
	var sum, total float32
	for _, p := range m.parts(1, true) {
		for _, at := range p.pixels {
			p.thick = max(p.thick, distance[at])
		}
		area := float32(len(p.pixels))
		sum += area * area / (p.thick * p.thick)
		total += area
	}
	return sum / total
}

// papered returns the plane closed by a square of this reach from its middle; or
// opened, if ink is light. The square may lie half outside: beyond the border is
// neither ink nor paper.
func (p plane) papered(reach int, lightInk bool) plane {
	sign := float32(1)
	if lightInk {
		sign = -1
	}
	wide := plane{p.width + 2*reach, p.height + 2*reach, nil}
	wide.v = slices.Repeat([]float32{float32(math.Inf(-1))}, wide.width*wide.height)
	for i, v := range p.v {
		wide.v[(i/p.width+reach)*wide.width+i%p.width+reach] = sign * v
	}
	wide.dilate(reach)
	for i := range wide.v {
		wide.v[i] = -wide.v[i]
	}
	wide.dilate(reach)
	out := plane{p.width, p.height, make([]float32, len(p.v))}
	for i := range out.v {
		out.v[i] = -sign * wide.v[(i/p.width+reach)*wide.width+i%p.width+reach]
	}
	return out
}

// dilate replaces every value by the largest in the square around it.
func (p plane) dilate(reach int) {
	line, queue := make([]float32, max(p.width, p.height)), make([]int, max(p.width, p.height))
	for y := range p.height {
		dilateLine(p.v[y*p.width:(y+1)*p.width], 1, reach, line, queue)
	}
	for x := range p.width {
		dilateLine(p.v[x:], p.width, reach, line, queue)
	}
}

// dilateLine replaces every stride-th value by the largest of those at most reach
// places away. The queue holds the places whose values can still be the largest,
// in falling order (Lemire 2006).
func dilateLine(v []float32, stride, reach int, line []float32, queue []int) {
	n := 0
	for i := 0; i < len(v); i += stride {
		line[n] = v[i]
		n++
	}
	first, last := 0, 0
	for i := range n + reach {
		if i < n {
			for last > first && line[queue[last-1]] <= line[i] {
				last--
			}
			queue[last] = i
			last++
		}
		if at := i - reach; at >= 0 {
			if queue[first] < at-reach {
				first++
			}
			v[at*stride] = line[queue[first]]
		}
	}
}

// middle returns the median.
func (p plane) middle() float32 {
	return nth(slices.Clone(p.v), len(p.v)/2)
}

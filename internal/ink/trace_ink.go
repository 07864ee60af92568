package ink

import "math"

// field is one number per pixel of a photo, row by row.
type field struct {
	w, h int
	v    []float32
}

// strength is how much ink each pixel holds: 0 paper, about 1 ink. ok is false
// where nothing stands out from the paper.
func (p photo) strength() (f field, threshold float32, ok bool) {
	p.subtractPaper()
	direction := p.inkDirection()
	f = field{p.w, p.h, make([]float32, len(p.px))}
	for i, c := range p.px {
		f.v[i] = c.dot(direction)
	}
	noise := f.noise()
	threshold, level := f.otsu(3 * noise)
	if level < minContrast || level < 5*noise {
		return f, 0, false
	}
	for i := range f.v {
		f.v[i] /= level
	}
	return f, threshold / level, true
}

// minContrast is the least distance in RGB between ink and paper, 0..441.
const minContrast = 8

// subtractPaper leaves the photo's difference to its background.
func (p photo) subtractPaper() {
	paper := p.paper()
	for i, c := range p.px {
		basis := p.basis(i%p.w, i/p.w)
		p.px[i] = c.plus(-1, paper.at(&basis))
	}
}

// strongShare is the share of pixels whose difference to the paper tells the
// ink's colour; the thinnest digits cover more.
const strongShare = 0.005

// inkDirection is the unit vector in RGB from paper to ink: the principal axis
// of the strongest differences, towards the side that has more of them.
func (p photo) inkDirection() rgb {
	half := p.strongest() / 2
	axis := rgb{1, 1, 1}
	for range 8 {
		var sum rgb
		for _, c := range p.px {
			if along := c.dot(axis); c.dot(c) >= half*half {
				sum = sum.plus(along/1000, c)
			}
		}
		length := sum.length()
		if length == 0 {
			break
		}
		axis = rgb{}.plus(1/length, sum)
	}
	var side float32
	for _, c := range p.px {
		if c.dot(c) >= half*half {
			side += c.dot(axis) / 1000
		}
	}
	if side < 0 {
		return rgb{}.plus(-1, axis)
	}
	return axis
}

// strongest is the length that strongShare of all differences reach.
func (p photo) strongest() float32 {
	var histogram [512]int
	for _, c := range p.px {
		histogram[min(int(c.length()), len(histogram)-1)]++
	}
	left := int(strongShare * float64(len(p.px)))
	for i := len(histogram) - 1; i > 0; i-- {
		left -= histogram[i]
		if left < 0 {
			return float32(i)
		}
	}
	return 0
}

// noise is the standard deviation of the paper: pixels below zero are paper
// and nothing else, and half of it.
func (f field) noise() float32 {
	var below []float32
	for _, v := range f.v {
		if v < 0 {
			below = append(below, -v)
		}
	}
	return 1.4826 * median(below)
}

const bins = 256

// otsu is the threshold between paper and ink that parts the values above
// floor into the two classes with the greatest variance between them (Otsu
// 1979), and the ink's mean.
func (f field) otsu(floor float32) (threshold, level float32) {
	top := float32(0)
	for _, v := range f.v {
		top = max(top, v)
	}
	if top <= floor {
		return 0, 0
	}
	var count, sum [bins]float64
	var all, total float64
	scale := bins / (top - floor) * 0.999
	for _, v := range f.v {
		if v > floor {
			bin := int((v - floor) * scale)
			count[bin]++
			sum[bin] += float64(v)
			all++
			total += float64(v)
		}
	}
	best, below, belowSum := -1.0, 0.0, 0.0
	for i := range bins - 1 {
		below += count[i]
		belowSum += sum[i]
		if below == 0 || below == all {
			continue
		}
		gap := belowSum/below - (total-belowSum)/(all-below)
		if between := below * (all - below) * gap * gap; between > best {
			best = between
			threshold = floor + float32(i+1)/scale
			level = float32((total - belowSum) / (all - below))
		}
	}
	if best < 0 {
		return floor, float32(total / all)
	}
	return threshold, level
}

// mask says which pixels are ink. It has a border of one empty pixel on each
// side, so that every pixel inside has eight neighbours.
type mask struct {
	w, h int // with the border
	on   []uint8
}

func newMask(w, h int) mask { return mask{w + 2, h + 2, make([]uint8, (w+2)*(h+2))} }

// neighbours are the offsets to the eight pixels around one: north, then
// clockwise.
func (m mask) neighbours() [8]int {
	return [8]int{-m.w, -m.w + 1, 1, m.w + 1, m.w, m.w - 1, -1, -m.w - 1}
}

// above is the pixels stronger than the threshold.
func (f field) above(threshold float32) mask {
	m := newMask(f.w, f.h)
	for y := range f.h {
		for x := range f.w {
			if f.v[y*f.w+x] > threshold {
				m.on[(y+1)*m.w+x+1] = 1
			}
		}
	}
	return m
}

// part is the pixels of one connected piece of a mask.
type part []int32

// parts are the pieces of the mask, connected over eight neighbours.
func (m mask) parts() []part {
	seen := make([]bool, len(m.on))
	around := m.neighbours()
	var all []part
	for start, on := range m.on {
		if on == 0 || seen[start] {
			continue
		}
		seen[start] = true
		p := part{int32(start)}
		for i := 0; i < len(p); i++ {
			for _, offset := range around {
				if at := int(p[i]) + offset; m.on[at] != 0 && !seen[at] {
					seen[at] = true
					p = append(p, int32(at))
				}
			}
		}
		all = append(all, p)
	}
	return all
}

// speckShare is the area, relative to the largest part, below which a part is
// dust and not ink.
const speckShare = 0.04

// dust removes small parts.
func (m mask) dust() {
	parts := m.parts()
	largest := 0
	for _, p := range parts {
		largest = max(largest, len(p))
	}
	for _, p := range parts {
		if float64(len(p)) < speckShare*float64(largest) {
			m.remove(p)
		}
	}
}

func (m mask) remove(p part) {
	for _, at := range p {
		m.on[at] = 0
	}
}

// distances is, for each pixel, its distance to the nearest one without ink,
// in pixels: 1 at the edge (chamfer distance 3-4, Borgefors 1986).
func (m mask) distances() []float32 {
	d := make([]float32, len(m.on))
	for i, on := range m.on {
		if on != 0 {
			d[i] = math.MaxFloat32
		}
	}
	around := m.neighbours()
	relax := func(i int, offsets ...int) {
		if d[i] == 0 {
			return
		}
		for _, k := range offsets {
			step := float32(1)
			if k%2 == 1 {
				step = 4.0 / 3
			}
			d[i] = min(d[i], d[i+around[k]]+step)
		}
	}
	for i := range d {
		relax(i, 6, 7, 0, 1)
	}
	for i := len(d) - 1; i >= 0; i-- {
		relax(i, 2, 3, 4, 5)
	}
	return d
}

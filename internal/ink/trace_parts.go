package ink

import "github.com/seed-c844a918/inkling/internal/ink/skeleton"

// mask marks ink at working size, row by row, with an empty pixel all around
// so that every pixel's eight neighbours exist: width and height count it.
type mask struct {
	width, height int
	v             []uint8 // 1 is ink
}

// newMask returns an empty mask around width x height pixels.
func newMask(width, height int) mask {
	return mask{width + 2, height + 2, make([]uint8, (width+2)*(height+2))}
}

// over marks the pixels whose strength exceeds the edge.
func (s strengths) over(edge float32) mask {
	m := newMask(s.width, s.height)
	for y := range s.height {
		for x := range s.width {
			if s.v[y*s.width+x] > edge {
				m.v[(y+1)*m.width+x+1] = 1
			}
		}
	}
	return m
}

// part is one connected region: its pixels' indices and its box.
type part struct {
	pixels                 []int32
	minX, minY, maxX, maxY int
	thick                  float32 // the largest distance of a pixel from paper
}

func (p *part) long() int { return max(p.maxX-p.minX, p.maxY-p.minY) + 1 }

// parts returns the regions of pixels with this value, joined at their sides and,
// if asked for, at their corners.
func (m mask) parts(value uint8, diagonal bool) []part {
	step := 2
	if diagonal {
		step = 1
	}
	seen := make([]bool, len(m.v))
	var all []part
	for i, v := range m.v {
		if v == value && !seen[i] {
			all = append(all, m.flood(int32(i), step, seen))
		}
	}
	return all
}

// flood gathers the region of at, over every step-th neighbour.
func (m mask) flood(at int32, step int, seen []bool) part {
	p := part{pixels: []int32{at}, minX: m.width, minY: m.height}
	around, value := skeleton.Around(m.width), m.v[at]
	seen[at] = true
	for i := 0; i < len(p.pixels); i++ {
		here := int(p.pixels[i])
		x, y := here%m.width, here/m.width
		p.minX, p.maxX = min(p.minX, x), max(p.maxX, x)
		p.minY, p.maxY = min(p.minY, y), max(p.maxY, y)
		for k := 0; k < 8; k += step {
			to := here + around[k]
			if to < 0 || to >= len(m.v) || seen[to] || m.v[to] != value {
				continue
			}
			seen[to] = true
			p.pixels = append(p.pixels, int32(to))
		}
	}
	return p
}

// distances returns each ink pixel's distance from paper, in pixels, about: a
// chamfer in two passes (Borgefors 1986), 1 for a pixel at the edge.
func (m mask) distances() []float32 {
	const diagonal = 1.3507 // with 0.9619 straight, the error is least
	const straight = 0.9619
	d := make([]float32, len(m.v))
	n := skeleton.Around(m.width)
	nearest := func(i, a, b, c, e int) float32 {
		return min(d[i+n[a]]+straight, d[i+n[b]]+straight, d[i+n[c]]+diagonal, d[i+n[e]]+diagonal)
	}
	for i := range d {
		if m.v[i] != 0 {
			d[i] = nearest(i, 0, 6, 7, 1)
		}
	}
	for i := len(d) - 1; i >= 0; i-- {
		if m.v[i] != 0 {
			d[i] = min(d[i], nearest(i, 4, 2, 3, 5))
		}
	}
	return d
}

// Of parts: how large, beside the largest, a second piece of a drawing is; and
// a dot, which must be nearly as thick.
const (
	pieceLeast = 0.05
	dotLeast   = 0.012
	dotThick   = 0.7
)

// clean fills pinholes and erases specks and what belongs to the picture's
// border; false if nothing is left.
func (m mask) clean() bool {
	m.fillPinholes()
	all := m.parts(1, true)
	distance := m.distances()
	for i := range all {
		p := &all[i]
		for _, at := range p.pixels {
			p.thick = max(p.thick, distance[at])
		}
	}
	all = m.withoutBorder(m.withoutCorners(m.withoutShade(all)))
	if len(all) == 0 {
		return false
	}
	main := &all[0]
	for i := range all {
		if len(all[i].pixels) > len(main.pixels) {
			main = &all[i]
		}
	}
	for i := range all {
		p := &all[i]
		share := float32(len(p.pixels)) / float32(len(main.pixels))
		if share < dotLeast || share < pieceLeast && p.thick < dotThick*main.thick {
			m.set(p, 0)
		}
	}
	return true
}

// set gives the pixels of a part this value.
func (m mask) set(p *part, value uint8) {
	for _, at := range p.pixels {
		m.v[at] = value
	}
}

// pinhole is the area, in pixels at working size, up to which a hole in ink is
// noise and not a loop's inside.
const pinhole = 6

func (m mask) fillPinholes() {
	holes := m.parts(0, false)
	for i := range holes {
		if len(holes[i].pixels) <= pinhole {
			m.set(&holes[i], 1)
		}
	}
}

package ink

// frame returns how many pixels lie, on each side (top, bottom, left, right), within
// straight lines along the picture's border; false unless three sides have
// such a line. The drawing may touch them.
func (m mask) frame() (lines [4]int, ok bool) {
	width, height := m.width-2, m.height-2
	depth := 1 + min(width, height)/12
	first := m.width + 1 // the first pixel inside
	lines = [4]int{
		m.frameLines(first, m.width, 1, width, depth),
		m.frameLines(first+(height-1)*m.width, -m.width, 1, width, depth),
		m.frameLines(first, 1, m.width, height, depth),
		m.frameLines(first+width-1, -1, m.width, height, depth),
	}
	sides := 0
	for _, line := range lines {
		if line > 0 {
			sides++
		}
	}
	return lines, sides >= 3
}

// frameLines returns how many lines from the border on reach beyond the frame: the
// last of depth lines that is mostly ink, and the blurred one after it; 0 if
// there is none. The lines begin at start and lie inward apart; their pixels
// lie along apart.
func (m mask) frameLines(start, inward, along, length, depth int) int {
	last := 0
	for line := range depth {
		ink := 0
		for i := range length {
			ink += int(m.v[start+line*inward+i*along])
		}
		if 5*ink > 4*length {
			last = line + 2
		}
	}
	return last
}

// withoutBorder leaves out, and erases, the parts that belong to the picture's
// border rather than to the drawing: frames, ruled lines from side to side and
// table tops; unless what else is there is too small beside them.
func (m mask) withoutBorder(all []part) []part {
	const least = 0.03 // of the largest border part
	var inner, border []part
	innerMost, borderMost := 0, 0
	for _, p := range all {
		if m.isBorder(&p) {
			border = append(border, p)
			borderMost = max(borderMost, len(p.pixels))
		} else {
			inner = append(inner, p)
			innerMost = max(innerMost, len(p.pixels))
		}
	}
	if float64(innerMost) <= least*float64(borderMost) {
		return all
	}
	for i := range border {
		m.set(&border[i], 0)
	}
	return inner
}

// withoutShade leaves out, and erases, the parts that come in from the border
// and are thicker than any pen: shadows, a table's corner.
func (m mask) withoutShade(all []part) []part {
	thickest := 0.15 * float32(max(m.width, m.height)-2)
	var pens []part
	for _, p := range all {
		inside := p.minX > 1 && p.minY > 1 && p.maxX < m.width-2 && p.maxY < m.height-2
		if inside || p.thick <= thickest {
			pens = append(pens, p)
		} else {
			m.set(&p, 0)
		}
	}
	return pens
}

// withoutCorners leaves out, and erases, the parts that come in over a corner of
// the picture: a pen's end, a finger, a coin; unless nothing of some size lies
// clear of the border. They need not touch it: at the border itself, what is dark
// may have been taken for a shadow.
func (m mask) withoutCorners(all []part) []part {
	const (
		near  = 0.06 // of the longer side: how near to the border they come
		clear = 0.02
		least = 0.1 // of the largest part in a corner
	)
	long := float64(max(m.width, m.height))
	var rest, corners []part
	clearMost, cornerMost := 0, 0
	for _, p := range all {
		gap := float64(min(p.minX, p.minY, m.width-1-p.maxX, m.height-1-p.maxY) - 1)
		if gap <= near*long && m.inCorner(&p) {
			corners = append(corners, p)
			cornerMost = max(cornerMost, len(p.pixels))
			continue
		}
		if gap >= clear*long {
			clearMost = max(clearMost, len(p.pixels))
		}
		rest = append(rest, p)
	}
	if float64(clearMost) <= least*float64(cornerMost) {
		return all
	}
	for i := range corners {
		m.set(&corners[i], 0)
	}
	return rest
}

// inCorner reports whether a part lies within a corner of the picture.
func (m mask) inCorner(p *part) bool {
	const reach = 0.3 // of the side
	wide, high := int(reach*float64(m.width)), int(reach*float64(m.height))
	acrossX := p.maxX < wide || p.minX >= m.width-wide
	acrossY := p.maxY < high || p.minY >= m.height-high
	return acrossX && acrossY
}

// isBorder reports whether a part is a ruled line, runs along the picture's
// edge for half a side, or is a frame: as large as the picture and nowhere but
// near its edge.
func (m mask) isBorder(p *part) bool {
	const (
		most   = 0.85 // of a side: as large as the picture
		narrow = 0.08 // of a side: a line's height, a frame's distance
	)
	width, height := float64(m.width-2), float64(m.height-2)
	wide, high := float64(p.maxX-p.minX+1)/width, float64(p.maxY-p.minY+1)/height
	if wide > most && high < narrow || high > most && wide < narrow {
		return true
	}
	margin := int(narrow * min(width, height))
	touching, near := 0, 0
	for _, at := range p.pixels {
		x, y := int(at)%m.width, int(at)/m.width
		edge := min(x, y, m.width-1-x, m.height-1-y) - 1
		if edge == 0 {
			touching++
		}
		if edge <= margin {
			near++
		}
	}
	if float64(touching) > min(width, height)/2 {
		return true
	}
	return wide > most && high > most && float64(near) > 0.9*float64(len(p.pixels))
}

package skeleton

// thin reduces ink to lines one pixel wide that keep its pieces, loops and
// ends, by Guo and Hall (1989), algorithm A1; then corners of stairs go, so
// that a pixel with two neighbours is inside a line and one with three is a
// junction.
func (m mask) thin() {
	ink := m.pixels()
	for {
		left := m.peel(ink, 0)
		left = m.peel(left, 1)
		if len(left) == len(ink) {
			break
		}
		ink = left
	}
	for _, at := range ink {
		n := m.neighbours(int(at))
		if crossings8(&n) == 1 && total(&n) >= 2 {
			m.v[at] = 0
		}
	}
}

// pixels returns the indices of all ink.
func (m mask) pixels() []int32 {
	var at []int32
	for i, v := range m.v {
		if v != 0 {
			at = append(at, int32(i))
		}
	}
	return at
}

// neighbours returns the values around a pixel, clockwise from the north.
func (m mask) neighbours(at int) (n [8]uint8) {
	for i, offset := range Around(m.width) {
		n[i] = m.v[at+offset]
	}
	return n
}

func total(n *[8]uint8) (sum int) {
	for _, v := range n {
		sum += int(v)
	}
	return sum
}

// crossings8 counts the pieces that the neighbours would fall into without the
// pixel itself, of those that touch it (Hilditch 1969; Guo and Hall's C).
func crossings8(n *[8]uint8) (count int) {
	for i := 0; i < 8; i += 2 {
		if n[i] == 0 && n[i+1]|n[(i+2)%8] != 0 {
			count++
		}
	}
	return count
}

// peel removes the pixels that one half step of the thinning may, all at once,
// and returns those left.
func (m mask) peel(ink []int32, half int) []int32 {
	var left, gone []int32
	for _, at := range ink {
		n := m.neighbours(int(at))
		if removable(&n, half) {
			gone = append(gone, at)
		} else {
			left = append(left, at)
		}
	}
	for _, at := range gone {
		m.v[at] = 0
	}
	return left
}

// removable reports the condition of Guo and Hall: one piece around, no end of a
// line, and on the side that this half step peels.
func removable(n *[8]uint8, half int) bool {
	if crossings8(n) != 1 {
		return false
	}
	one := (n[7] | n[0]) + (n[1] | n[2]) + (n[3] | n[4]) + (n[5] | n[6])
	two := (n[0] | n[1]) + (n[2] | n[3]) + (n[4] | n[5]) + (n[6] | n[7])
	if least := min(one, two); least < 2 || least > 3 {
		return false
	}
	if half == 0 {
		return (n[0]|n[1]|(1^n[3]))&n[2] == 0
	}
	return (n[4]|n[5]|(1^n[7]))&n[6] == 0
}

package ink

// thinning tells, for each of the two half steps of an iteration and each
// pattern of eight neighbours (bit k is neighbour k), whether a pixel of the
// edge goes (Guo & Hall 1989, their first algorithm).
var thinning = func() (table [2][256]bool) {
	for pattern := range 256 {
		n := func(k int) bool { return pattern>>(k&7)&1 != 0 }
		c, n1, n2 := 0, 0, 0
		for k := 0; k < 8; k += 2 {
			if !n(k) && (n(k+1) || n(k+2)) {
				c++
			}
			if n(k+7) || n(k) {
				n1++
			}
			if n(k) || n(k+1) {
				n2++
			}
		}
		if least := min(n1, n2); c != 1 || least < 2 || least > 3 {
			continue
		}
		table[0][pattern] = !((n(4) || n(5) || !n(7)) && n(6))
		table[1][pattern] = !((n(0) || n(1) || !n(3)) && n(2))
	}
	return table
}()

// pattern is the neighbours of a pixel as bits.
func (m mask) pattern(at int, around *[8]int) int {
	bits := 0
	for k, offset := range around {
		bits |= int(m.on[at+offset]) << k
	}
	return bits
}

// thin reduces the mask to lines one pixel wide, in place.
func (m mask) thin() {
	around := m.neighbours()
	var live, gone []int
	for at, on := range m.on {
		if on != 0 {
			live = append(live, at)
		}
	}
	for changed := true; changed; {
		changed = false
		for half := range thinning {
			gone = gone[:0]
			for _, at := range live {
				if m.on[at] != 0 && thinning[half][m.pattern(at, &around)] {
					gone = append(gone, at)
				}
			}
			for _, at := range gone {
				m.on[at] = 0
			}
			changed = changed || len(gone) > 0
		}
		kept := live[:0]
		for _, at := range live {
			if m.on[at] != 0 {
				kept = append(kept, at)
			}
		}
		live = kept
	}
	m.straighten()
}

// straighten removes the pixels of a thinned mask that connect nothing: the
// corners of stairs.
func (m mask) straighten() {
	around := m.neighbours()
	for at, on := range m.on {
		if on != 0 && needless[m.pattern(at, &around)] {
			m.on[at] = 0
		}
	}
}

// needless tells for each pattern whether its pixels hang together without
// the one in the middle, and are more than one.
var needless = func() (table [256]bool) {
	for pattern := range 256 {
		n := func(k int) bool { return pattern>>(k&7)&1 != 0 }
		count, groups := 0, 0
		for k := range 8 {
			if n(k) {
				count++
			}
			// Groups of neighbours around the ring; a side pixel joins the two
			// corners next to it.
			if k%2 == 0 && !n(k) && (n(k+1) || n(k+2)) {
				groups++
			}
		}
		table[pattern] = count >= 2 && groups == 1 && pattern != 255
	}
	return table
}()

package skeleton

import "math"

// walker turns a graph into lines. Its half edges are 2*e, edge e as seen from
// its node a, and 2*e+1, as seen from b.
type walker struct {
	*graph
	partner []int // the half edge that a stroke goes on with at the node, or -1
	used    []bool
}

// strokes walks the graph along the straightest ways through its junctions.
// Lone pixels, and lines not longer than they are broad, become dots.
func (g *graph) walk() [][]Point {
	w := walker{g, make([]int, 2*len(g.edges)), make([]bool, len(g.edges))}
	at := make([][]int, len(g.nodes))
	for i, e := range g.edges {
		w.partner[2*i], w.partner[2*i+1] = -1, -1
		at[e.a] = append(at[e.a], 2*i)
		at[e.b] = append(at[e.b], 2*i+1)
	}
	w.trim()
	for i := range at {
		w.pair(&g.nodes[i], at[i])
	}
	return append(w.dots(), w.lines()...)
}

// dots returns the nodes without any edge.
func (w *walker) dots() (out [][]Point) {
	for _, n := range w.nodes {
		if n.degree == 0 && n.radius >= 0 {
			out = append(out, []Point{n.at})
		}
	}
	return out
}

// lines walks from every loose end first, then around what is left: loops.
func (w *walker) lines() (out [][]Point) {
	for half, partner := range w.partner {
		if partner < 0 && !w.used[half/2] {
			out = append(out, w.walk(half))
		}
	}
	for e := range w.edges {
		if !w.used[e] {
			line := w.walk(2 * e)
			out = append(out, append(line, line[0]))
		}
	}
	return out
}

// walk follows half edges from their node until a loose end or one already
// walked.
func (w *walker) walk(half int) []Point {
	var line []Point
	if w.partner[half] < 0 || len(w.edges[half/2].line) == 0 {
		line = append(line, w.node(half).at)
	}
	for !w.used[half/2] {
		e := w.edges[half/2]
		w.used[half/2] = true
		line = append(line, oriented(e.line, half%2 == 1)...)
		far := half ^ 1
		if w.partner[far] < 0 {
			return append(line, w.node(far).at)
		}
		half = w.partner[far]
	}
	return line
}

func (w *walker) node(half int) *node {
	e := w.edges[half/2]
	if half%2 == 1 {
		return &w.nodes[e.b]
	}
	return &w.nodes[e.a]
}

// oriented returns the line, a copy of it turned round if asked for.
func oriented(line []Point, backward bool) []Point {
	if !backward {
		return line
	}
	out := make([]Point, len(line))
	for i, v := range line {
		out[len(line)-1-i] = v
	}
	return out
}

// junctionTrim is the share of a junction's half width within which thinning
// bends lines away from where the pen went.
const junctionTrim = 0.9

// trim cuts from every line what lies within the junctions at its ends, so
// that straight joins replace it.
func (w *walker) trim() {
	for i := range w.edges {
		e := &w.edges[i]
		from, to := 0, len(e.line)
		if n := w.nodes[e.a]; n.degree >= 3 {
			for from < to && e.line[from].to(n.at) < junctionTrim*n.radius {
				from++
			}
		}
		if n := w.nodes[e.b]; n.degree >= 3 {
			for from < to && e.line[to-1].to(n.at) < junctionTrim*n.radius {
				to--
			}
		}
		e.line = e.line[from:to]
	}
}

// pairLeast is how straight a way through a junction must be, at least, for one
// stroke to take it: the cosine between the two lines as they leave the node.
const pairLeast = -0.5

// pair joins the half edges at a node, the straightest pair first. Where only
// two meet, they are one stroke.
func (w *walker) pair(n *node, halves []int) {
	if len(halves) == 2 {
		w.join(halves[0], halves[1])
		return
	}
	ways := make([]Point, len(halves))
	for i, half := range halves {
		ways[i] = w.direction(n, half)
	}
	for {
		best, a, b := pairLeast, -1, -1
		for i := range halves {
			for k := range i {
				if w.partner[halves[i]] < 0 && w.partner[halves[k]] < 0 && ways[i].dot(ways[k]) < best {
					best, a, b = ways[i].dot(ways[k]), halves[i], halves[k]
				}
			}
		}
		if a < 0 {
			return
		}
		w.join(a, b)
	}
}

func (w *walker) join(a, b int) { w.partner[a], w.partner[b] = b, a }

// direction returns the unit vector in which a half edge leaves its node, seen two
// half widths away.
func (w *walker) direction(n *node, half int) Point {
	line := oriented(w.edges[half/2].line, half%2 == 1)
	to := w.node(half ^ 1).at
	for _, v := range line {
		to = v
		if v.to(n.at) > 2*n.radius {
			break
		}
	}
	d := to.sub(n.at)
	length := math.Hypot(d.X, d.Y)
	if length == 0 {
		return Point{}
	}
	return Point{d.X / length, d.Y / length}
}

// spaced puts points at equal distances, about step, along a line; its ends
// stay. A line without length becomes one point.
func spaced(line []Point, step float64) []Point {
	length := 0.0
	for i := 1; i < len(line); i++ {
		length += line[i].to(line[i-1])
	}
	pieces := int(math.Ceil(length / step))
	if pieces == 0 {
		return line[:1]
	}
	out := make([]Point, 0, pieces+1)
	gap, walked := length/float64(pieces), 0.0
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		d := a.to(b)
		for d > 0 && float64(len(out))*gap <= walked+d && len(out) < pieces {
			f := (float64(len(out))*gap - walked) / d
			out = append(out, Point{a.X + f*(b.X-a.X), a.Y + f*(b.Y-a.Y)})
		}
		walked += d
	}
	return append(out, line[len(line)-1])
}

// smooth takes the stairs out of a line by repeated weights 1 2 1; ends stay,
// unless it is closed.
func smooth(line []Point, rounds int) {
	n := len(line)
	if n < 3 {
		return
	}
	closed := line[0] == line[n-1]
	for range rounds {
		before, first := line[0], line[1]
		if closed {
			line[0] = weighted(line[n-2], line[0], first)
		}
		for i := 1; i < n-1; i++ {
			here := line[i]
			line[i] = weighted(before, here, line[i+1])
			before = here
		}
		if closed {
			line[n-1] = line[0]
		}
	}
}

func weighted(a, b, c Point) Point {
	return Point{(a.X + 2*b.X + c.X) / 4, (a.Y + 2*b.Y + c.Y) / 4}
}

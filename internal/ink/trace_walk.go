package ink

import "math"

// graph is a thinned mask as lines between nodes: ends and junctions.
type graph struct {
	mask  mask
	node  []int32 // by pixel: node number, or -1 on a line and off the ink
	nodes []node
	edges []edge
}

// node is an end (one pixel, one line), a junction (a cluster of pixels) or a
// dot (no line).
type node struct {
	x, y  float64 // centre of its pixels
	lines int     // line ends that meet here
	at    int32   // one of its pixels
}

// edge is the line from one node to another, or to itself; a closed curve
// without a junction has from and to -1.
type edge struct {
	from, to int32
	pixels   []int32 // between the nodes
}

// walk makes the graph of a thinned mask.
func walk(m mask) *graph {
	g := &graph{mask: m, node: make([]int32, len(m.on))}
	g.findNodes()
	seen := make([]bool, len(m.on))
	around := m.neighbours()
	for at := range m.on {
		if g.node[at] < 0 {
			continue
		}
		for _, offset := range around {
			next := at + offset
			if m.on[next] == 0 || g.node[next] == g.node[at] || seen[next] && g.node[next] < 0 {
				continue
			}
			if g.node[next] >= 0 && next < at {
				continue
			}
			g.follow(at, next, seen)
		}
	}
	for at, on := range m.on {
		if on != 0 && g.node[at] < 0 && !seen[at] {
			g.loop(at, seen)
		}
	}
	return g
}

// findNodes numbers the pixels that have not exactly two neighbours; those of
// a junction that touch share a number.
func (g *graph) findNodes() {
	around := g.mask.neighbours()
	crossings := mask{g.mask.w, g.mask.h, make([]uint8, len(g.mask.on))}
	for at, on := range g.mask.on {
		g.node[at] = -1
		if on == 0 {
			continue
		}
		switch count := ones[g.mask.pattern(at, &around)]; {
		case count > 2:
			crossings.on[at] = 1
		case count < 2:
			g.addNode(part{int32(at)})
		}
	}
	for _, p := range crossings.parts() {
		g.addNode(p)
	}
}

// ones counts the bits of a pattern.
var ones = func() (table [256]int) {
	for i := range table {
		table[i] = table[i/2] + i%2
	}
	return table
}()

func (g *graph) addNode(p part) {
	var n node
	for _, at := range p {
		g.node[at] = int32(len(g.nodes))
		n.x += float64(int(at)%g.mask.w) / float64(len(p))
		n.y += float64(int(at)/g.mask.w) / float64(len(p))
	}
	n.at = p[0]
	g.nodes = append(g.nodes, n)
}

// follow adds the line that leaves node pixel start by way of at.
func (g *graph) follow(start, at int, seen []bool) {
	e := edge{from: g.node[start], to: -1}
	for last := start; g.node[at] < 0; {
		seen[at] = true
		e.pixels = append(e.pixels, int32(at))
		next := g.onward(last, at)
		if next < 0 {
			return
		}
		last, at = at, next
	}
	e.to = g.node[at]
	g.nodes[e.from].lines++
	g.nodes[e.to].lines++
	g.edges = append(g.edges, e)
}

// onward is the pixel after at, coming from last; -1 if there is none.
func (g *graph) onward(last, at int) int {
	for _, offset := range g.mask.neighbours() {
		if next := at + offset; g.mask.on[next] != 0 && next != last {
			return next
		}
	}
	return -1
}

// loop adds the closed curve through a pixel.
func (g *graph) loop(start int, seen []bool) {
	e := edge{from: -1, to: -1}
	for last, at := -1, start; at >= 0 && !seen[at]; {
		seen[at] = true
		e.pixels = append(e.pixels, int32(at))
		last, at = at, g.onward(last, at)
	}
	g.edges = append(g.edges, e)
}

// spurShare is how far, in radii of the ink at the junction, a line must reach
// out of the junction's disc to be more than a bump of the ink's edge.
const spurShare = 0.8

// prune removes spurs until there are none: lines that end freely and hardly
// leave the disc of ink around the junction they come from. One a junction and
// round, the shortest, so that a forked end keeps one prong.
func prune(m mask, distance []float32) *graph {
	for {
		g := walk(m)
		spurs := g.spurs(distance)
		if len(spurs) == 0 {
			return g
		}
		for _, e := range spurs {
			g.cut(e)
		}
		m.straighten()
	}
}

// spurs are the lines to be cut off, at most one for each junction.
func (g *graph) spurs(distance []float32) map[int32]edge {
	shortest := map[int32]float64{}
	spurs := map[int32]edge{}
	for _, e := range g.edges {
		if e.from < 0 || e.from == e.to {
			continue
		}
		end, junction := e.from, e.to
		if g.nodes[end].lines != 1 {
			end, junction = junction, end
		}
		if g.nodes[end].lines != 1 || g.nodes[junction].lines < 3 {
			continue
		}
		a, b := g.nodes[end], g.nodes[junction]
		radius := float64(distance[b.at])
		reach := math.Hypot(a.x-b.x, a.y-b.y) + float64(distance[a.at]) - radius
		if old, ok := shortest[junction]; reach < spurShare*radius && (!ok || reach < old) {
			shortest[junction], spurs[junction] = reach, e
		}
	}
	return spurs
}

// cut takes a spur's pixels and its free end off the mask.
func (g *graph) cut(e edge) {
	for _, at := range e.pixels {
		g.mask.on[at] = 0
	}
	for _, n := range [...]int32{e.from, e.to} {
		if g.nodes[n].lines == 1 {
			g.mask.on[g.nodes[n].at] = 0
		}
	}
}

// strokes are the graph's lines and dots in pixels of the mask without its
// border; the centre of the first pixel is (0.5, 0.5).
func (g *graph) strokes(smooth int) []Stroke {
	var strokes []Stroke
	for _, n := range g.nodes {
		if n.lines == 0 {
			strokes = append(strokes, Stroke{n.point()})
		}
	}
	for _, e := range g.edges {
		s := g.line(e)
		s.smooth(smooth, e.from < 0)
		strokes = append(strokes, s)
	}
	return strokes
}

func (n node) point() Point { return Point{float32(n.x - 0.5), float32(n.y - 0.5)} }

// line is an edge's points, a closed curve's first one again at the end.
func (g *graph) line(e edge) Stroke {
	s := make(Stroke, 0, len(e.pixels)+2)
	if e.from >= 0 {
		s = append(s, g.nodes[e.from].point())
	}
	for _, at := range e.pixels {
		x, y := int(at)%g.mask.w, int(at)/g.mask.w
		s = append(s, Point{float32(x) - 0.5, float32(y) - 0.5})
	}
	if e.to >= 0 {
		return append(s, g.nodes[e.to].point())
	}
	return append(s, s[0])
}

// smooth averages each point with its neighbours, weights 1 2 1, a number of
// times; the ends stay, unless the stroke is closed.
func (s Stroke) smooth(times int, closed bool) {
	for range times {
		last := s[0]
		if closed {
			last = s[max(len(s)-2, 0)]
		}
		first := 1
		if closed {
			first = 0
		}
		for i := first; i < len(s)-1; i++ {
			p, next := s[i], s[i+1]
			s[i] = Point{(last.X + 2*p.X + next.X) / 4, (last.Y + 2*p.Y + next.Y) / 4}
			last = p
		}
		if closed {
			s[len(s)-1] = s[0]
		}
	}
}

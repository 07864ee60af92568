package skeleton

// graph is a skeleton: nodes where lines end or meet, and the lines between.
// Positions are Points.
type graph struct {
	nodes []node
	edges []edge
}

// node is an end (degree 1), a junction (3 or more), a lone pixel (0) or a
// point that a line merely passes (2); radius is the ink's half width there.
type node struct {
	at     Point
	radius float64
	degree int
}

// edge is a line from node a to node b; the nodes' own positions are not in it.
type edge struct {
	a, b int
	line []Point
}

// tracer builds a graph from a thinned mask.
type tracer struct {
	mask
	distance []float32 // of each pixel from paper, before thinning
	nodeOf   []int32   // node's index + 1; 0 inside a line and on paper
	seen     []bool    // pixels inside lines that an edge already has
	graph    graph
}

// graph reads the lines of a thinned mask; every ink pixel is in one node or
// one edge.
func (m mask) graph(distance []float32) *graph {
	t := tracer{m, distance, make([]int32, len(m.v)), make([]bool, len(m.v)), graph{}}
	pixels := m.pixels()
	for _, at := range pixels {
		if t.nodeOf[at] == 0 && t.degree(int(at)) != 2 {
			t.addNode(int(at))
		}
	}
	for _, at := range pixels {
		if t.nodeOf[at] != 0 {
			t.addEdges(int(at))
		}
	}
	for _, at := range pixels {
		if t.nodeOf[at] == 0 && !t.seen[at] {
			t.graph.nodes = append(t.graph.nodes, node{at: m.centre(int(at)), radius: float64(distance[at])})
			t.nodeOf[at] = int32(len(t.graph.nodes))
			t.addEdges(int(at))
		}
	}
	t.graph.count()
	return &t.graph
}

func (t *tracer) degree(at int) int {
	n := t.neighbours(at)
	return total(&n)
}

// addNode makes a node of an end, or of all junction pixels that touch.
func (t *tracer) addNode(at int) {
	t.graph.nodes = append(t.graph.nodes, node{})
	id := int32(len(t.graph.nodes))
	t.nodeOf[at] = id
	cluster := []int{at}
	var sum Point
	n := &t.graph.nodes[id-1]
	for i := 0; i < len(cluster); i++ {
		here := cluster[i]
		c := t.centre(here)
		sum.X, sum.Y = sum.X+c.X, sum.Y+c.Y
		n.radius = max(n.radius, float64(t.distance[here]))
		if t.degree(here) < 3 {
			continue
		}
		for _, offset := range Around(t.width) {
			to := here + offset
			if t.v[to] != 0 && t.nodeOf[to] == 0 && t.degree(to) >= 3 {
				t.nodeOf[to] = id
				cluster = append(cluster, to)
			}
		}
	}
	n.at = Point{sum.X / float64(len(cluster)), sum.Y / float64(len(cluster))}
}

// addEdges follows the lines that leave a node's pixel.
func (t *tracer) addEdges(at int) {
	own := t.nodeOf[at]
	for _, offset := range Around(t.width) {
		to := at + offset
		switch {
		case t.v[to] == 0 || t.seen[to]:
		case t.nodeOf[to] == 0:
			t.follow(at, to)
		case t.nodeOf[to] > own:
			t.graph.edges = append(t.graph.edges, edge{a: int(own) - 1, b: int(t.nodeOf[to]) - 1})
		}
	}
}

// follow walks from a node's pixel into a line until the next node.
func (t *tracer) follow(from, at int) {
	e := edge{a: int(t.nodeOf[from]) - 1}
	before := from
	for t.nodeOf[at] == 0 {
		t.seen[at] = true
		e.line = append(e.line, t.centre(at))
		next := t.next(at, before)
		if next < 0 {
			return
		}
		before, at = at, next
	}
	e.b = int(t.nodeOf[at]) - 1
	t.graph.edges = append(t.graph.edges, e)
}

// next returns the other neighbour of a pixel inside a line; -1 if there is none.
func (t *tracer) next(at, before int) int {
	for _, offset := range Around(t.width) {
		if to := at + offset; t.v[to] != 0 && to != before {
			return to
		}
	}
	return -1
}

// count counts every node's edges; a loop counts twice.
func (g *graph) count() {
	for i := range g.nodes {
		g.nodes[i].degree = 0
	}
	for _, e := range g.edges {
		g.nodes[e.a].degree++
		g.nodes[e.b].degree++
	}
}

// Of the graph: a spur must stick out by this share of the ink's half width, to
// be a stroke; two junctions nearer than this share of their half widths
// are one, where strokes cross.
const (
	spurLeast    = 0.6
	junctionNear = 0.65
	spurRounds   = 3
)

// prune removes the spurs that thinning leaves at corners, broad ends and rough
// edges. A line's end is thought round: what counts is how far its last circle
// sticks out of the junction's.
func (g *graph) prune() {
	for range spurRounds {
		spurs := make([]bool, len(g.edges))
		left := make([]int, len(g.nodes))
		longest := make([]int, len(g.nodes)) // edge's index + 1
		for i, e := range g.edges {
			spurs[i] = g.isSpur(e)
			for _, n := range [2]int{e.a, e.b} {
				if !spurs[i] {
					left[n]++
				} else if at := longest[n]; at == 0 || len(e.line) > len(g.edges[at-1].line) {
					longest[n] = i + 1
				}
			}
		}
		for i, n := range g.nodes {
			if n.degree >= 3 && left[i] == 0 {
				spurs[longest[i]-1] = false
			}
		}
		if !g.remove(spurs) {
			return
		}
	}
}

func (g *graph) isSpur(e edge) bool {
	end, junction := &g.nodes[e.a], &g.nodes[e.b]
	if end.degree != 1 {
		end, junction = junction, end
	}
	if end.degree != 1 || junction.degree < 3 {
		return false
	}
	return end.at.to(junction.at)+end.radius-junction.radius < spurLeast*junction.radius
}

// remove drops the marked edges and, with them, the nodes that only they had;
// false if none is marked.
func (g *graph) remove(marked []bool) bool {
	kept := g.edges[:0]
	for i, e := range g.edges {
		if !marked[i] {
			kept = append(kept, e)
			continue
		}
		for _, n := range [2]int{e.a, e.b} {
			if g.nodes[n].degree == 1 {
				g.nodes[n].radius = -1
			}
		}
	}
	some := len(kept) < len(g.edges)
	g.edges = kept
	g.count()
	return some
}

// merge makes one junction of two that a short edge joins.
func (g *graph) merge() {
	for i := 0; i < len(g.edges); i++ {
		e := g.edges[i]
		a, b := &g.nodes[e.a], &g.nodes[e.b]
		near := junctionNear * (a.radius + b.radius)
		if e.a == e.b || a.degree < 3 || b.degree < 3 || a.at.to(b.at) > near || float64(len(e.line)) > 1.5*near {
			continue
		}
		a.at = Point{(a.at.X + b.at.X) / 2, (a.at.Y + b.at.Y) / 2}
		a.radius = max(a.radius, b.radius)
		b.radius = -1
		g.edges = append(g.edges[:i], g.edges[i+1:]...)
		for k := range g.edges {
			if g.edges[k].a == e.b {
				g.edges[k].a = e.a
			}
			if g.edges[k].b == e.b {
				g.edges[k].b = e.a
			}
		}
		g.count()
		i = -1
	}
}

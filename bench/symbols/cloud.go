package main

import (
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// cloudSize is how many points a drawing becomes, as in both papers.
const cloudSize = 32

// cloud is a drawing as the $-family of recognizers has it: points in no order, centred
// on their mean, the longer side of their box 1.
type cloud [cloudSize]ink.Point

// newCloud returns the points of a drawing at equal distances along its strokes (Vatavu
// et al. 2012, figure 6: resample, scale, translate to the origin).
func newCloud(drawn []ink.Stroke) (c cloud) {
	resample(&c, drawn)
	box := strokes.BoxOf([]ink.Stroke{c[:]})
	long := float32(max(box.Width(), box.Height()))
	if long == 0 {
		long = 1
	}
	var x, y float32
	for _, p := range c {
		x, y = x+p.X/cloudSize, y+p.Y/cloudSize
	}
	for i := range c {
		c[i] = ink.Point{X: (c[i].X - x) / long, Y: (c[i].Y - y) / long}
	}
	return c
}

// resample fills c with points at equal distances along the strokes, the way from one
// stroke to the next not counted.
func resample(c *cloud, drawn []ink.Stroke) {
	total := 0.0
	for _, s := range drawn {
		for i := 1; i < len(s); i++ {
			total += away(s[i-1], s[i])
		}
	}
	step := total / (cloudSize - 1)
	at, walked := 0, 0.0
	var last ink.Point
	for _, s := range drawn {
		for i, p := range s {
			last = p
			if at == 0 {
				c[0], at = p, 1
			}
			if i == 0 || step == 0 {
				continue
			}
			from, length := s[i-1], away(s[i-1], p)
			for at < cloudSize && walked+length >= step {
				t := float32(max(step-walked, 0) / length)
				from = ink.Point{X: from.X + t*(p.X-from.X), Y: from.Y + t*(p.Y-from.Y)}
				c[at] = from
				at, walked, length = at+1, 0, away(from, p)
			}
			walked += length
		}
	}
	for ; at < cloudSize; at++ { // rounding, or a dot
		c[at] = last
	}
}

// away returns the distance of two points.
func away(a, b ink.Point) float64 { return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) }

// square returns the squared distance of two points.
func square(a, b ink.Point) float64 {
	x, y := float64(a.X-b.X), float64(a.Y-b.Y)
	return x*x + y*y
}

// clouds makes the clouds of drawings once, since draws share them.
type clouds map[*ink.Point]*cloud

// of returns the cloud of a drawing.
func (known clouds) of(d strokes.Drawing) *cloud {
	key := &d.Strokes[0][0]
	if known[key] == nil {
		c := newCloud(d.Strokes)
		known[key] = &c
	}
	return known[key]
}

// pDollar is $P (Vatavu, Anthony & Wobbrock 2012): the template of least distance,
// points matched greedily from several starts in both directions.
type pDollar struct {
	clouds    clouds
	templates []*cloud
	labels    []int
}

func (r *pDollar) learn(t task) {
	for _, d := range t.examples {
		r.templates, r.labels = append(r.templates, r.clouds.of(d)), append(r.labels, d.Label)
	}
}

func (r *pDollar) answer(d strokes.Drawing) (label int, score float64) {
	c, least := r.clouds.of(d), math.Inf(1)
	for i, template := range r.templates {
		if away := greedyMatch(c, template, least); away < least {
			least, label = away, r.labels[i]
		}
	}
	return label, -least
}

// starts is between two points that the matching begins with: n^(1/2), rounded down.
const starts = 5

// greedyMatch returns the distance of two clouds ($P's GREEDY-CLOUD-MATCH with epsilon
// 1/2) if it is less than the least so far, else any that is not. The squared distances
// of all points are computed once for all starts, and a start whose lower bound is too
// large is left out: that is what makes it quick, and changes no answer.
func greedyMatch(a, b *cloud, least float64) float64 {
	var there, back apart
	for i, p := range a {
		for j, q := range b {
			d := square(p, q)
			there[i][j], back[j][i] = d, d
		}
	}
	thereBounds, backBounds := there.bounds(), back.bounds()
	for k, start := 0, 0; start < cloudSize; k, start = k+1, start+starts {
		if thereBounds[k] < least {
			least = min(least, there.greedy(start, least))
		}
		if backBounds[k] < least {
			least = min(least, back.greedy(start, least))
		}
	}
	return least
}

// apart holds the squared distances of two clouds' points, a row for each of the first.
type apart [cloudSize][cloudSize]float64

// greedy matches each point of the first cloud, from start on, with the nearest of the
// second that is free; earlier matches weigh more. It ends when the sum reaches the least
// so far.
func (d *apart) greedy(start int, least float64) (sum float64) {
	var free [cloudSize]int
	for j := range free {
		free[j] = j
	}
	for k := range cloudSize {
		row, left := &d[(start+k)%cloudSize], free[:cloudSize-k]
		nearest, best := row[left[0]], 0
		for at, j := range left[1:] {
			if row[j] < nearest {
				nearest, best = row[j], at+1
			}
		}
		left[best] = left[len(left)-1]
		if sum += (1 - float64(k)/cloudSize) * math.Sqrt(nearest); sum >= least {
			return sum
		}
	}
	return sum
}

// bounds returns for each start a distance that greedy does not go below: each point
// matched with the nearest, taken or not, less what sums in another order may differ by.
func (d *apart) bounds() (bounds [cloudSize/starts + 1]float64) {
	const rounding = 1e-9
	var nearest [cloudSize]float64
	for i := range d {
		nearest[i] = math.Sqrt(slices.Min(d[i][:]))
	}
	for at := range bounds {
		for k := range cloudSize {
			bounds[at] += (1 - float64(k)/cloudSize) * nearest[(at*starts+k)%cloudSize]
		}
		bounds[at] *= 1 - rounding
	}
	return bounds
}

// grid is the side of $Q's lookup table.
const grid = 64

// qCloud is a cloud with, for each cell of a grid over it, its nearest point.
type qCloud struct {
	cloud
	nearest [grid][grid]uint8 // [y][x]
}

// cellOf returns the place on the grid, which reaches from -1 to 1, of a coordinate.
func cellOf(v float32) int { return min(max(int((v+1)/2*(grid-1)+0.5), 0), grid-1) }

// newQCloud fills the table.
func newQCloud(drawn []ink.Stroke) *qCloud {
	q := &qCloud{cloud: newCloud(drawn)}
	for y := range grid {
		for x := range grid {
			cell := ink.Point{X: 2*float32(x)/(grid-1) - 1, Y: 2*float32(y)/(grid-1) - 1}
			least := math.Inf(1)
			for i, p := range q.cloud {
				if d := square(cell, p); d < least {
					least, q.nearest[y][x] = d, uint8(i)
				}
			}
		}
	}
	return q
}

// qDollar is $Q (Vatavu, Anthony & Wobbrock 2018): $P with squared distances, lower
// bounds from lookup tables and early ends.
type qDollar struct {
	clouds    qClouds
	templates []*qCloud
	labels    []int
}

// qClouds makes the clouds of drawings once, as clouds does.
type qClouds map[*ink.Point]*qCloud

// of returns the cloud of a drawing.
func (known qClouds) of(d strokes.Drawing) *qCloud {
	key := &d.Strokes[0][0]
	if known[key] == nil {
		known[key] = newQCloud(d.Strokes)
	}
	return known[key]
}

func (r *qDollar) learn(t task) {
	for _, d := range t.examples {
		r.templates, r.labels = append(r.templates, r.clouds.of(d)), append(r.labels, d.Label)
	}
}

func (r *qDollar) answer(d strokes.Drawing) (label int, score float64) {
	c, least := r.clouds.of(d), math.Inf(1)
	for i, template := range r.templates {
		if away := c.match(template, least); away < least {
			least, label = away, r.labels[i]
		}
	}
	return label, -least
}

// match returns the distance of two clouds if it is less than the least so far, else
// any that is not ($Q's CLOUD-MATCH).
func (q *qCloud) match(other *qCloud, least float64) float64 {
	there, back := q.bounds(other), other.bounds(q)
	for k, start := 0, 0; start < cloudSize; k, start = k+1, start+starts {
		if there[k] < least {
			least = min(least, matchedFrom(&q.cloud, &other.cloud, start, least))
		}
		if back[k] < least {
			least = min(least, matchedFrom(&other.cloud, &q.cloud, start, least))
		}
	}
	return least
}

// matchedFrom returns what apart.greedy does, with squared distances and whole weights;
// it ends when the sum reaches the least so far.
func matchedFrom(a, b *cloud, start int, least float64) (sum float64) {
	var free [cloudSize]int
	for j := range free {
		free[j] = j
	}
	for k := range cloudSize {
		left := free[:cloudSize-k]
		nearest, best := math.Inf(1), 0
		for at, j := range left {
			if d := square(a[(start+k)%cloudSize], b[j]); d < nearest {
				nearest, best = d, at
			}
		}
		left[best] = left[len(left)-1]
		if sum += float64(cloudSize-k) * nearest; sum >= least {
			return sum
		}
	}
	return sum
}

// bounds returns for each start a distance that matchedFrom does not go below: each
// point matched with the nearest, taken or not ($Q's COMPUTE-LOWER-BOUND).
func (q *qCloud) bounds(other *qCloud) (bounds [cloudSize/starts + 1]float64) {
	var sums [cloudSize]float64 // of the distances up to a point
	sum := 0.0
	for i, p := range q.cloud {
		d := square(p, other.cloud[other.nearest[cellOf(p.Y)][cellOf(p.X)]])
		sum += d
		sums[i] = sum
		bounds[0] += float64(cloudSize-i) * d
	}
	for k, start := 1, starts; start < cloudSize; k, start = k+1, start+starts {
		bounds[k] = bounds[0] + float64(start)*sum - cloudSize*sums[start-1]
	}
	return bounds
}

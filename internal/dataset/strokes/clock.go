package strokes

import (
	"math"
	"slices"
)

// clock finds out whether the first of three numbers is a time or a count, which those that
// only read x and y would take for x. Strokes that all go to the right look alike, of x, y and
// a pressure or a time; what tells them apart is
//
//   - that a time never lies below 0, and goes in even steps, as devices send points
//   - that a time that begins again in each stroke begins with the same number, and x does not
//   - that x and y are of one unit: where the third number stays within 0..1 and the second
//     goes or lies further, the third is a pressure, and the first no time
//   - that the third number falls within strokes, as y does, or begins each with another one;
//     a time behind x and y does neither
type clock struct {
	last, third float64 // of the point before, -Inf before a drawing's first
	points      int
	back, falls bool // the first number has not grown somewhere in a drawing; the third has become less
	below       bool // a first number lies below 0

	own               int        // points of the stroke being read
	ownBack, ownStill bool       // its first number has become less; has not grown
	ownFall           bool       // its third number has become less
	strokes           int        // of three points or more
	steady, strict    int        // those whose first number never becomes less; always grows
	fallen            int        // those whose third does
	steps             []float64  // of the first number, from point to point within strokes
	least, most       [3]float64 // of each number
	begins            [3]float64 // the numbers that the first stroke begins with
	moved             [3]bool    // whether another stroke begins with others
}

// What a file must hold at least to be judged.
const (
	clockPoints  = 30 // where the first number grows throughout each drawing
	clockStrokes = 3  // likewise
	clockEven    = 12 // points, where it goes in even steps
	clockMany    = 20 // strokes, where it only never becomes less within nearly all
	clockSame    = 10 // strokes, where each begins with the same one as well
	clockGrows   = 5  // strokes, where it always grows within them as well
)

// Of strokes that follow each other in the sets unipen, pen and omniglot, 90,000 in all, few look
// as if they began with a time, by x and y alone, whatever the third number is: of clockMany one in
// 4,490; of clockSame none, of clockGrows one; of those of clockEven points in even steps one, and
// of two that begin with the same number none.

// Steps are even if evenShare of them lie within evenSlack of their median; mostSteps are looked at.
const (
	evenShare = 0.8
	evenSlack = 0.25
	mostSteps = 1 << 14
)

// unitSpan is what coordinates span, or reach, at least that are not within 0..1, as a pressure is.
const unitSpan = 4

// next begins another drawing, whose time begins again.
func (c *clock) next() { c.last, c.third = math.Inf(-1), math.Inf(-1) }

// begin begins a stroke.
func (c *clock) begin() { c.own, c.ownBack, c.ownStill, c.ownFall = 0, false, false, false }

// see takes the first three numbers of a point.
func (c *clock) see(first, second, third float64) {
	for i, v := range [3]float64{first, second, third} {
		switch {
		case c.points == 0:
			c.begins[i], c.least[i], c.most[i] = v, v, v
		case c.own == 0:
			c.moved[i] = c.moved[i] || v != c.begins[i]
		}
		c.least[i], c.most[i] = min(c.least[i], v), max(c.most[i], v)
	}
	c.below = c.below || first < 0
	c.back = c.back || first <= c.last
	c.falls = c.falls || third < c.third
	if c.own > 0 {
		c.ownBack = c.ownBack || first < c.last
		c.ownStill = c.ownStill || first <= c.last
		c.ownFall = c.ownFall || third < c.third
		if len(c.steps) < mostSteps {
			c.steps = append(c.steps, first-c.last)
		}
	}
	c.last, c.third = first, third
	c.points++
	c.own++
}

// end counts a stroke that has been read.
func (c *clock) end() {
	if c.own < 3 {
		return
	}
	c.strokes++
	for _, one := range []struct {
		is    bool
		count *int
	}{{!c.ownBack, &c.steady}, {!c.ownStill, &c.strict}, {c.ownFall, &c.fallen}} {
		if one.is {
			*one.count++
		}
	}
}

// even reports whether the first number goes in even steps.
func (c *clock) even() bool {
	if c.points < clockEven || len(c.steps) == 0 {
		return false
	}
	steps := slices.Sorted(slices.Values(c.steps))
	median, near := steps[len(steps)/2], 0
	for _, step := range steps {
		if math.Abs(step-median) <= evenSlack*median {
			near++
		}
	}
	return float64(near) >= evenShare*float64(len(steps))
}

// presses reports whether the third number is a pressure of 0..1 beside coordinates that are not.
func (c *clock) presses() bool {
	return c.least[2] >= 0 && c.most[2] <= 1 && max(c.most[1], c.most[1]-c.least[1]) > unitSpan
}

// first reports whether the first numbers are times or counts, in a file of this many
// strokes: they only grow, or nearly no stroke has one that becomes less, while the third
// does in a quarter at least.
func (c *clock) first(strokes int) bool {
	if c.below || c.presses() {
		return false
	}
	even := c.even()
	grows := (even || c.points >= clockPoints && strokes >= clockStrokes) && !c.back
	if grows && c.falls && (c.fallen > 0 || c.moved[2]) {
		return true
	}
	same := c.steady == c.strokes && !c.moved[0] && c.moved[1]
	few := same && c.strict == c.strokes && (c.strokes >= clockGrows || even && c.strokes > 1)
	enough := few || same && c.strokes >= clockSame || c.strokes >= clockMany
	return enough && 20*c.steady >= 19*c.strokes && 4*c.fallen >= c.strokes
}

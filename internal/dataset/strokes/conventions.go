package strokes

import (
	"math"
	"slices"
	"strings"
)

// Stroke JSON has as many conventions as programs that write it. What is here tells those
// apart that would be read as something else.

// far is how far from 0 a drawing may lie in the numbers of its file: float32 is coarse beyond.
const far = 1 << 16

// origin is where a drawing's coordinates are counted from: 0, or its first point where that
// lies far from 0, as in the units of a map.
type origin struct {
	at    [2]float64
	known [2]bool
}

// from returns a coordinate of an axis, 0 or 1.
func (o *origin) from(axis int, v float64) float32 {
	if !o.known[axis] {
		o.known[axis] = true
		if math.Abs(v) >= far {
			o.at[axis] = v
		}
	}
	return float32(v - o.at[axis])
}

// penFlags says of a stroke's points whether the pen is down, as files have it that hold
// several strokes in one list.
type penFlags struct {
	points, changes int    // points that say it, and those that say something else than the one before
	early, late     bool   // whether the second point and the last one do
	last            string // what the last one says
	byName, other   bool   // by name, not by the third number; a third number was neither 0 nor 1
}

// penNames are names of such flags, in small letters, without what stands between words.
var penNames = []string{"pen", "pendown", "penup", "down", "up", "isdown", "isup", "penstate", "penlift", "penlifted"}

// isPen reports whether a key of a point says if the pen is down.
func isPen(key string) bool {
	return slices.Contains(penNames, strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(key)))
}

// number takes the third number of a point, which may be a flag, a time or a pressure.
func (p *penFlags) number(v float64) {
	switch v {
	case 0:
		p.see("0")
	case 1:
		p.see("1")
	default:
		p.other = true
	}
}

// named takes a flag's JSON.
func (p *penFlags) named(value string) {
	p.byName = true
	p.see(strings.TrimSpace(value))
}

func (p *penFlags) see(flag string) {
	p.points++
	p.late = p.points > 1 && flag != p.last
	if p.late {
		p.changes++
		p.early = p.early || p.points == 2
	}
	p.last = flag
}

// lifted reports whether the pen goes up within the stroke and down again. Up at the first or
// the last point means the ends of a stroke. A third number that is 0 or 1 may also be a time
// in seconds or a pressure, which go up or down once.
func (p *penFlags) lifted() bool {
	inner := p.changes
	if p.late {
		inner--
	}
	if p.byName {
		if p.early && p.points > 2 {
			inner--
		}
		return inner > 0
	}
	return !p.other && inner > 1
}

// clock finds out whether the first of three numbers is a time or a count, which those that
// only read x and y would take for x.
type clock struct {
	last, third float64 // of the point before, -Inf before a drawing's first
	points      int
	back, falls bool // the first number has not grown somewhere in a drawing; the third has become less

	own              int  // points of the stroke being read
	ownBack, ownFall bool // its first number has become less; its third
	strokes          int  // of three points or more
	steady, fallen   int  // those whose first number never becomes less, and those whose third does

	begins [2]float64 // the first two numbers of the first stroke
	moved  [2]bool    // whether another stroke begins with others
}

// clockPoints and clockStrokes are the least of a file that is judged: a few strokes may well
// go to the right alone. Where the first number begins again with each stroke or stands
// still, clockSteady of three points are the least. As many that follow each other and all
// go to the right are one in 4,490 in the sets unipen, pen and omniglot. Where each stroke
// begins with the same number as well, clockSame are: none of 89,808 ten there do.
const (
	clockPoints  = 30
	clockStrokes = 3
	clockSteady  = 20
	clockSame    = 10
)

// next begins another drawing, whose time begins again.
func (c *clock) next() { c.last, c.third = math.Inf(-1), math.Inf(-1) }

// begin begins a stroke.
func (c *clock) begin() { c.own, c.ownBack, c.ownFall = 0, false, false }

// see takes the first three numbers of a point.
func (c *clock) see(first, second, third float64) {
	for i, v := range [2]float64{first, second} {
		switch {
		case c.points == 0:
			c.begins[i] = v
		case c.own == 0:
			c.moved[i] = c.moved[i] || v != c.begins[i]
		}
	}
	c.back = c.back || first <= c.last
	c.falls = c.falls || third < c.third
	if c.own > 0 {
		c.ownBack = c.ownBack || first < c.last
		c.ownFall = c.ownFall || third < c.third
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
	if !c.ownBack {
		c.steady++
	}
	if c.ownFall {
		c.fallen++
	}
}

// first reports whether the first numbers are times or counts, in a file of this many
// strokes: they only grow, or nearly no stroke has one that becomes less, while the third
// does in a quarter at least.
func (c *clock) first(strokes int) bool {
	grows := c.points >= clockPoints && strokes >= clockStrokes && !c.back && c.falls
	same := c.strokes >= clockSame && c.steady == c.strokes && c.moved == [2]bool{false, true}
	return grows || (same || c.strokes >= clockSteady) && 20*c.steady >= 19*c.strokes && 4*c.fallen >= c.strokes
}

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

// UpwardNote returns the sentence that says of drawings that their y seems to count upwards: it
// never lies above 0, and x never below, as pixels of a screen whose y was negated have it. It
// returns "" of all others.
func UpwardNote(ds []Drawing) string {
	below := false
	for _, d := range ds {
		for _, stroke := range d.Strokes {
			for _, p := range stroke {
				if p.X < 0 || p.Y > 0 {
					return ""
				}
				below = below || p.Y < 0
			}
		}
	}
	if !below {
		return ""
	}
	return "no y lies above 0, as where y counts upwards: here it counts downwards, and the drawings stand upside down (-y turns them)"
}

// Package background makes drawings that show none of a model's digits, from
// people's own characters and by chance: characters turned so that they are no
// digit any more ([Turned]), two characters in one place ([Merged]), closed lines
// that are no ring ([Outline]). A network that has learned to refuse those and
// people's letters and signs refuses better what it has never seen. [LookAlikes]
// are the characters that it cannot be asked to refuse.
//
// Strokes are in 0..1 of the drawing's own square, y down; results may reach out
// of it, since recipe drawing is blind to place and size. All chance comes from the
// arguments.
package background

import (
	"math"
	"math/rand/v2"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// turn is one way to turn a drawing.
type turn uint8

// The turns: to the right by quarters, and left and right changed.
const (
	mirror turn = iota
	quarter
	half
	threeQuarters
)

// turns are the ways to turn each character that leave no digit, not even a badly
// drawn one. Left out is, for example, M by a quarter to the left (3), N by a
// quarter (2), h by a half (4), P from behind (9).
var turns = map[string][]turn{
	"A": {quarter, half, threeQuarters}, "E": {quarter}, "F": {quarter, half, threeQuarters, mirror},
	"K": {mirror, quarter, half, threeQuarters}, "M": {quarter}, "N": {mirror}, "R": {mirror, quarter, half, threeQuarters},
	"T": {quarter, half, threeQuarters}, "W": {threeQuarters}, "X": {quarter}, "Y": {quarter, half, threeQuarters},
	"B": {quarter, threeQuarters}, "D": {quarter}, "G": {quarter, threeQuarters}, "Q": {quarter, threeQuarters},
	"a": {quarter, half, threeQuarters, mirror}, "b": {quarter, threeQuarters}, "d": {quarter, threeQuarters},
	"e": {quarter, threeQuarters}, "f": {quarter, half, threeQuarters, mirror}, "g": {quarter, threeQuarters},
	"h": {quarter, threeQuarters, mirror}, "j": {quarter, threeQuarters}, "k": {mirror, quarter, half, threeQuarters},
	"m": {quarter, threeQuarters}, "n": {quarter, threeQuarters}, "p": {quarter, threeQuarters}, "q": {quarter, threeQuarters},
	"r": {quarter, threeQuarters}, "t": {quarter, half, threeQuarters}, "u": {quarter, threeQuarters}, "w": {quarter}, "x": {quarter},
	"y": {quarter, threeQuarters, mirror},
	"$": {quarter, threeQuarters}, "%": {quarter, threeQuarters, mirror}, "&": {quarter, half, threeQuarters, mirror}, "#": {quarter},
	"@": {quarter, half, threeQuarters, mirror}, "?": {quarter, threeQuarters}, "<": {quarter, threeQuarters},
	"2": {quarter, threeQuarters}, "3": {quarter, threeQuarters}, "4": {quarter, threeQuarters}, "5": {quarter, threeQuarters, mirror},
	"6": {quarter, threeQuarters}, "7": {quarter}, "9": {quarter, threeQuarters},
}

// Turned returns a character's strokes turned in one of the ways that leave no
// digit, the i-th of them in turn; false if this character has none.
func Turned(label string, character []ink.Stroke, i int) ([]ink.Stroke, bool) {
	ways := turns[label]
	if len(ways) == 0 {
		return nil, false
	}
	way := ways[i%len(ways)]
	return strokes.Map(character, func(x, y float64) (float64, float64) {
		x, y = x-0.5, y-0.5
		switch way {
		case mirror:
			x = -x
		case quarter:
			x, y = -y, x
		case half:
			x, y = -x, -y
		case threeQuarters:
			x, y = y, -x
		}
		return x + 0.5, y + 0.5
	}), true
}

// thinCharacters are too slight to make something else of a digit that they are
// merged with.
const thinCharacters = "Ilij1rtfJ"

// Mergeable reports whether a letter or digit is wide enough for Merged; signs are
// not.
func Mergeable(label string) bool {
	return len(label) == 1 && !strings.Contains(thinCharacters, label) &&
		strings.ContainsAny(strings.ToLower(label), "0123456789abcdefghijklmnopqrstuvwxyz")
}

// How two characters lie, in parts of a character's square.
const (
	overFrom, overTo     = 0.25, 0.60 // their middles, one over the other
	besideFrom, besideTo = 0.80, 1.10 // side by side
	besideShare          = 1.0 / 3
	besideRise           = 0.10 // standard deviation
	smallest, largest    = 0.60, 1.20
)

// Merged returns two characters as one drawing, one over the other or side by
// side, the second of another size.
func Merged(a, b []ink.Stroke, random *rand.Rand) []ink.Stroke {
	sin, cos := math.Sincos(2 * math.Pi * random.Float64())
	far := between(random, overFrom, overTo)
	dx, dy := far*cos, far*sin
	if random.Float64() < besideShare {
		dx, dy = between(random, besideFrom, besideTo), besideRise*random.NormFloat64()
	}
	scale := between(random, smallest, largest)
	second := strokes.Map(b, func(x, y float64) (float64, float64) {
		return scale*(x-0.5) + 0.5 + dx, scale*(y-0.5) + 0.5 + dy
	})
	return append(strokes.Map(a, func(x, y float64) (float64, float64) { return x, y }), second...)
}

// Outline returns a closed line that is far from a ring: with three to five lobes,
// or with five to nine corners at uneven distances from the middle. Some come near
// to a star, a triangle or a square, so that the figure for shapes never trained
// on says less where outlines were.
func Outline(random *rand.Rand) []ink.Stroke {
	start, aspect := 2*math.Pi*random.Float64(), between(random, 0.8, 1.4)
	at := func(radius, angle float64) ink.Point {
		sin, cos := math.Sincos(angle)
		return ink.Point{X: float32(0.5 + 0.5*aspect*radius*cos), Y: float32(0.5 + 0.5*radius*sin)}
	}
	if random.IntN(2) == 0 {
		return []ink.Stroke{lobed(random, start, at)}
	}
	corners := 5 + random.IntN(5)
	var stroke ink.Stroke
	for i := range corners {
		angle := start + 2*math.Pi*(float64(i)+0.175*random.NormFloat64())/float64(corners)
		stroke = append(stroke, at(between(random, 0.3, 1), angle))
	}
	return []ink.Stroke{append(stroke, stroke[0])}
}

// lobed returns a smooth outline that ends about where it began.
func lobed(random *rand.Rand, start float64, at func(radius, angle float64) ink.Point) ink.Stroke {
	const points = 32
	waves := [3]struct{ times, size, phase float64 }{
		{float64(3 + random.IntN(3)), between(random, 0.18, 0.36), 2 * math.Pi * random.Float64()},
		{2, between(random, 0, 0.2), 2 * math.Pi * random.Float64()},
	}
	waves[2] = struct{ times, size, phase float64 }{waves[0].times + 1, between(random, 0, 0.1), 2 * math.Pi * random.Float64()}
	around := 1 + 0.06*random.NormFloat64()
	var stroke ink.Stroke
	for i := range points + 1 {
		angle, radius := start+2*math.Pi*around*float64(i)/points, 1.0
		for _, w := range waves {
			radius += w.size * math.Cos(w.times*angle+w.phase)
		}
		stroke = append(stroke, at(radius, angle))
	}
	return stroke
}

// between returns a uniform number in from..to.
func between(random *rand.Rand, from, to float64) float64 {
	return from + (to-from)*random.Float64()
}

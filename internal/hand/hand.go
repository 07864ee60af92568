// Package hand models variation in handwriting: random smooth maps that bend, slant
// and stretch a drawing. The digits that inkling draws itself and the augmentation of
// strokes share it.
package hand

import (
	"math"
	"math/rand/v2"
)

// Style is how much hands differ: standard deviations, but for Middle and
// SlantMean. Zero is no difference. Lengths are parts of the drawing's height,
// which is about 1.
type Style struct {
	Middle    [2]float64 // what the drawing is stretched and turned around
	Wave      float64    // how far each of three long waves pushes points about
	Stretch   float64    // natural logarithm of width over height
	Bow       float64    // of a straight line as long as the drawing is high
	SlantMean float64    // tangent of the slant of all hands, positive to the right
	Slant     float64    // the same tangent, each hand's own
	Turn      float64    // radians
}

// Bend is one hand: a smooth map of the plane onto itself.
type Bend struct {
	waves      [3]wave
	middle     [2]float64
	wide       float64
	bowX, bowY float64
	shear      float64
	sin, cos   float64
}

// wave pushes a point by (dx, dy) times the sine of its phase.
type wave struct{ sin, cos, length, phase, dx, dy float64 }

// Bend draws a hand at random; it is a function of the style and of what random
// gives.
func (s Style) Bend(random *rand.Rand) Bend {
	b := Bend{middle: s.Middle}
	for i := range b.waves {
		w := &b.waves[i]
		w.sin, w.cos = math.Sincos(random.Float64() * 2 * math.Pi)
		w.length = 0.6 + 0.9*random.Float64()
		w.phase = random.Float64() * 2 * math.Pi
		w.dx, w.dy = Normal(random, s.Wave), Normal(random, s.Wave)
	}
	b.wide = math.Exp(Normal(random, s.Stretch))
	b.bowX, b.bowY = Normal(random, s.Bow), Normal(random, s.Bow)
	b.shear = s.SlantMean + Normal(random, s.Slant)
	b.sin, b.cos = math.Sincos(Normal(random, s.Turn))
	return b
}

// At returns where the hand puts the point (x, y): pushed about in the waves, then
// stretched, bowed, slanted and turned around the middle, which comes to (0, 0).
func (b *Bend) At(x, y float64) (float64, float64) {
	for i := range b.waves {
		w := &b.waves[i]
		size := math.Sin(w.phase + 2*math.Pi*(x*w.cos+y*w.sin)/w.length)
		x, y = x+w.dx*size, y+w.dy*size
	}
	x, y = b.wide*(x-b.middle[0]), y-b.middle[1]
	x, y = x+4*b.bowX*y*y, y+4*b.bowY*x*x
	x -= b.shear * y
	return b.cos*x - b.sin*y, b.sin*x + b.cos*y
}

// Normal returns a normal variate with this standard deviation, cut off at 2.5 of
// them, so that nothing is beyond reading.
func Normal(random *rand.Rand, deviation float64) float64 {
	for {
		if v := random.NormFloat64(); math.Abs(v) <= 2.5 {
			return v * deviation
		}
	}
}

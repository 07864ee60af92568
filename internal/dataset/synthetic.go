package dataset

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// The set "synthetic": as many images as train in a second or two, 28x28 like
// MNIST's. Its seeds are fixed, so that everybody has the same images.
const (
	syntheticTrain, syntheticTest         = 6000, 1000
	syntheticTrainSeed, syntheticTestSeed = 1, 2
	syntheticSide                         = 28
)

// SyntheticPair is the set that needs no download: 6,000 digits to train on and
// 1,000 others to test, drawn by Synthetic with different seeds, 28x28.
func SyntheticPair() Pair {
	set := func(n int, seed uint64) *Set {
		ds := Synthetic(n, seed)
		own := func(i int) []ink.Stroke { return ds[i].Strokes }
		set, err := Rasterize("synthetic", DigitNames(), ds, own, syntheticSide, syntheticSide)
		if err != nil {
			panic(err) // the drawings are this package's own
		}
		return set
	}
	return Pair{set(syntheticTrain, syntheticTrainSeed), set(syntheticTest, syntheticTestSeed)}
}

// Synthetic draws n digits the way people write them: a skeleton of the digit,
// bent, slanted, stretched, turned and shaken at random, each in its own square
// 0..1. Every run of ten drawings has each digit once, in random order. Drawing i
// is a function of seed and i alone.
func Synthetic(n int, seed uint64) []Drawing {
	ds := make([]Drawing, n)
	inParts(n, func(i int) error {
		label := labelOf(i, seed)
		hand := newHand(seed, i)
		ds[i] = Drawing{Label: label, Strokes: hand.write(label)}
		return nil
	})
	return ds
}

// labelOf is place i%10 of the shuffle that belongs to run i/10.
func labelOf(i int, seed uint64) int {
	run := rand.New(rand.NewPCG(^seed, uint64(i/10)))
	return run.Perm(10)[i%10]
}

// hand writes one digit; all its chance comes from random.
type hand struct{ random *rand.Rand }

func newHand(seed uint64, index int) hand {
	return hand{rand.New(rand.NewPCG(seed, uint64(index)))}
}

// normal is a normal variate with this standard deviation, cut off at 2.5 of
// them, so that no digit is beyond reading.
func (h hand) normal(deviation float64) float64 {
	for {
		if v := h.random.NormFloat64(); math.Abs(v) <= 2.5 {
			return v * deviation
		}
	}
}

// How much hands differ. Lengths are parts of the digit's height.
const (
	pointJitter = 0.023 // each control point
	partShift   = 0.025 // a stroke against the others
	partScale   = 0.05  // its size
	endChange   = 0.04  // of a stroke's length, at either end
	warpSize    = 0.022 // of each wave
	stretch     = 0.17  // natural logarithm of width over height
	slantMean   = 0.10  // tangent, to the right
	slant       = 0.20
	turn        = 0.09  // radians
	bow         = 0.055 // of a straight line as high as the digit
	tremor      = 0.004
)

// write draws one digit in its own square 0..1.
func (h hand) write(label int) []ink.Stroke {
	var lines [][]xy
	rounding := h.random.IntN(5)
	for _, points := range h.choose(skeletons[label]).strokes {
		line := resampled(curve(h.jittered(points)), lineSteps)
		lines = append(lines, smoothed(h.ended(line), rounding))
	}
	h.warp(lines)
	h.lean(lines)
	strokes := make([]ink.Stroke, len(lines))
	for i, line := range lines {
		strokes[i] = h.trembling(line)
	}
	return squared(strokes)
}

// choose takes one skeleton, the heavier the likelier.
func (h hand) choose(from []skeleton) skeleton {
	total := 0.0
	for _, s := range from {
		total += s.weight
	}
	at := h.random.Float64() * total
	for _, s := range from {
		if at -= s.weight; at < 0 {
			return s
		}
	}
	return from[len(from)-1]
}

// jittered moves and scales a stroke and moves each of its points, corners as
// one, and brings them to the unit of the digit's height.
func (h hand) jittered(points []xy) []xy {
	dx, dy := h.normal(partShift), h.normal(partShift)
	sx, sy := 1+h.normal(partScale), 1+h.normal(partScale)
	middle := points[len(points)/2]
	moved := make([]xy, len(points))
	for i, p := range points {
		if i > 0 && p == points[i-1] {
			moved[i] = moved[i-1]
			continue
		}
		moved[i] = xy{
			(middle[0]+sx*(p[0]-middle[0]))/100 + dx + h.normal(pointJitter),
			(middle[1]+sy*(p[1]-middle[1]))/100 + dy + h.normal(pointJitter),
		}
	}
	return moved
}

// ended lets a line begin and end a little early or late: points are cut off or
// the line goes on the way it went.
func (h hand) ended(line []xy) []xy {
	for range 2 {
		change := int(math.Round(h.normal(endChange) * lineSteps))
		switch last := len(line) - 1; {
		case change < 0:
			line = line[:last+1+change]
		default:
			step := xy{line[last][0] - line[last-2][0], line[last][1] - line[last-2][1]}
			for range change / 2 {
				p := line[len(line)-1]
				line = append(line, xy{p[0] + step[0]/2, p[1] + step[1]/2})
			}
		}
		slices.Reverse(line)
	}
	return line
}

// warp pushes the plane about in a few long waves.
func (h hand) warp(lines [][]xy) {
	for range 3 {
		angle := h.random.Float64() * 2 * math.Pi
		sin, cos := math.Sincos(angle)
		length := 0.6 + 0.9*h.random.Float64()
		phase := h.random.Float64() * 2 * math.Pi
		dx, dy := h.normal(warpSize), h.normal(warpSize)
		each(lines, func(p xy) xy {
			wave := math.Sin(phase + 2*math.Pi*(p[0]*cos+p[1]*sin)/length)
			return xy{p[0] + dx*wave, p[1] + dy*wave}
		})
	}
}

// lean stretches, bows, slants and turns the digit around its middle.
func (h hand) lean(lines [][]xy) {
	wide := math.Exp(h.normal(stretch))
	bowX, bowY := h.normal(bow), h.normal(bow)
	shear := slantMean + h.normal(slant)
	sin, cos := math.Sincos(h.normal(turn))
	each(lines, func(p xy) xy {
		x, y := wide*(p[0]-0.33), p[1]-0.5
		x, y = x+4*bowX*y*y, y+4*bowY*x*x
		x -= shear * y
		return xy{cos*x - sin*y, sin*x + cos*y}
	})
}

// trembling turns a line into a stroke, each point a little beside it.
func (h hand) trembling(line []xy) ink.Stroke {
	stroke := make(ink.Stroke, len(line))
	for i, p := range line {
		stroke[i] = ink.Point{X: float32(p[0] + h.normal(tremor)), Y: float32(p[1] + h.normal(tremor))}
	}
	return stroke
}

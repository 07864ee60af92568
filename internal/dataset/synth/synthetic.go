// Package synth draws digits the way people write them, and what is no digit, so that
// a network can learn to say so. One kind of non-digits, [HeldOutKind], is for
// measuring only: no network is trained on it.
package synth

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/hand"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/parallel"
)

// The digits that inkling draws itself: enough to train on in a second or two. The
// seeds are fixed, so that everybody has the same drawings.
const (
	TrainDigits, TestDigits       = 6000, 1000
	trainDigitSeed, testDigitSeed = 1, 2
)

// DigitParts returns TrainDigits digits to train on and TestDigits others to test,
// drawn by Digits with different seeds.
func DigitParts() (train, test []strokes.Drawing) {
	return Digits(TrainDigits, trainDigitSeed), Digits(TestDigits, testDigitSeed)
}

// Digits draws n digits the way people write them: a skeleton of the digit,
// bent, slanted, stretched, turned and shaken at random, each in its own square
// 0..1. Every run of ten drawings has each digit once, in random order. Drawing i
// is a function of seed and i alone.
func Digits(n int, seed uint64) []strokes.Drawing {
	ds := make([]strokes.Drawing, n)
	parallel.For(n, func(i int) error {
		label := labelOf(i, seed)
		ds[i] = strokes.Drawing{Label: label, Strokes: newWriter(seed, i).write(skeletons[label])}
		return nil
	})
	return ds
}

// labelOf returns place i%10 of the shuffle that belongs to run i/10.
func labelOf(i int, seed uint64) int {
	run := rand.New(rand.NewPCG(^seed, uint64(i/10)))
	return run.Perm(10)[i%10]
}

// writer draws skeletons by one hand; all its chance comes from random.
type writer struct{ random *rand.Rand }

func newWriter(seed uint64, index int) writer {
	return writer{rand.New(rand.NewPCG(seed, uint64(index)))}
}

// normal returns hand.Normal.
func (w writer) normal(deviation float64) float64 { return hand.Normal(w.random, deviation) }

// How much hands differ. Lengths are parts of the digit's height.
const (
	pointJitter = 0.023 // each control point
	partShift   = 0.025 // a stroke against the others
	partScale   = 0.05  // its size
	endChange   = 0.04  // of a stroke's length, at either end
	tremor      = 0.004
)

// style is how much hands bend and lean what they write.
var style = hand.Style{
	Middle: [2]float64{0.33, 0.5}, Wave: 0.022, Stretch: 0.17, Bow: 0.055,
	SlantMean: 0.10, Slant: 0.20, Turn: 0.09,
}

// write draws one of these skeletons in its own square 0..1.
func (w writer) write(from []skeleton) []ink.Stroke {
	var lines [][]xy
	rounding := w.random.IntN(5)
	for _, points := range w.choose(from).strokes {
		line := resampled(curve(w.jittered(points)), max(lineSteps, 3*len(points)))
		lines = append(lines, smoothed(w.ended(line), rounding))
	}
	bend := style.Bend(w.random)
	written := make([]ink.Stroke, len(lines))
	for i, line := range lines {
		written[i] = w.trembling(line, &bend)
	}
	return strokes.Squared(written)
}

// choose takes one skeleton, the heavier the likelier.
func (w writer) choose(from []skeleton) skeleton {
	total := 0.0
	for _, s := range from {
		total += s.weight
	}
	at := w.random.Float64() * total
	for _, s := range from {
		if at -= s.weight; at < 0 {
			return s
		}
	}
	return from[len(from)-1]
}

// jittered moves and scales a stroke and moves each of its points, corners as
// one, and brings them to the unit of the digit's height.
func (w writer) jittered(points []xy) []xy {
	dx, dy := w.normal(partShift), w.normal(partShift)
	sx, sy := 1+w.normal(partScale), 1+w.normal(partScale)
	middle := points[len(points)/2]
	moved := make([]xy, len(points))
	for i, p := range points {
		if i > 0 && p == points[i-1] {
			moved[i] = moved[i-1]
			continue
		}
		moved[i] = xy{
			(middle[0]+sx*(p[0]-middle[0]))/100 + dx + w.normal(pointJitter),
			(middle[1]+sy*(p[1]-middle[1]))/100 + dy + w.normal(pointJitter),
		}
	}
	return moved
}

// ended lets a line begin and end a little early or late: points are cut off or
// the line goes on the way it went.
func (w writer) ended(line []xy) []xy {
	steps := float64(len(line) - 1)
	for range 2 {
		change := int(math.Round(w.normal(endChange) * steps))
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

// trembling turns a line into a stroke, bent, each point a little beside it.
func (w writer) trembling(line []xy, bend *hand.Bend) ink.Stroke {
	stroke := make(ink.Stroke, len(line))
	for i, p := range line {
		x, y := bend.At(p[0], p[1])
		stroke[i] = ink.Point{X: float32(x + w.normal(tremor)), Y: float32(y + w.normal(tremor))}
	}
	return stroke
}

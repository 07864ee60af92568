package synth

import (
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/parallel"
)

// HeldOutKind is the kind of non-digits that no network is trained on, so that
// its figure speaks for drawings that nobody thought of.
const HeldOutKind = "shape"

// The seeds of the non-digits to train on and of those to measure on, fixed
// before any network had seen one.
const (
	NonDigitTrainSeed, NonDigitTestSeed = 3, 4
)

// nonDigitKinds are all kinds, in the order of reports.
var nonDigitKinds = []string{"scribble", "letter", "two-digits", HeldOutKind}

// NonDigitKinds returns the kinds of drawings that are not digits: scribble (tangles,
// hatching, coils, dashes), letter (letters that look like no digit), two-digits (side
// by side) and shape (triangles, stars, hearts; no circle and no bar, which are digits).
func NonDigitKinds() []string { return slices.Clone(nonDigitKinds) }

// TrainedNonDigitKinds returns NonDigitKinds without HeldOutKind.
func TrainedNonDigitKinds() []string {
	return slices.DeleteFunc(NonDigitKinds(), func(kind string) bool { return kind == HeldOutKind })
}

// NonDigits draws n drawings of one kind the way Digits draws digits, each in
// its own square 0..1, label -1. Drawing i is a function of kind, seed and i
// alone. It panics on an unknown kind.
func NonDigits(kind string, n int, seed uint64) []strokes.Drawing {
	number := slices.Index(nonDigitKinds, kind)
	if number < 0 {
		panic(errKind)
	}
	ds := make([]strokes.Drawing, n)
	parallel.For(n, func(i int) error {
		w := newWriter(seed, (number+1)<<32|i) // no random numbers of Digits's
		ds[i] = strokes.Drawing{Label: -1, Strokes: w.nonDigit(kind)}
		return nil
	})
	return ds
}

const errKind = "synth: no such kind of non-digits"

// nonDigit draws one.
func (w writer) nonDigit(kind string) []ink.Stroke {
	switch kind {
	case "scribble":
		return w.write([]skeleton{w.scribble()})
	case "two-digits":
		return w.twoDigits()
	}
	return w.write(figures[kind])
}

// NonDigitParts returns 1,000 drawings of each kind, to look at and to measure on,
// drawn by NonDigits with NonDigitTrainSeed, and others with NonDigitTestSeed.
// Their labels are places in NonDigitKinds.
func NonDigitParts() (train, test []strokes.Drawing) {
	each := func(seed uint64) []strokes.Drawing {
		var all []strokes.Drawing
		for label, kind := range nonDigitKinds {
			for _, d := range NonDigits(kind, NonDigitsEach, seed) {
				all = append(all, strokes.Drawing{Label: label, Strokes: d.Strokes})
			}
		}
		return all
	}
	return each(NonDigitTrainSeed), each(NonDigitTestSeed)
}

// NonDigitsEach is how many of each kind NonDigitParts holds.
const NonDigitsEach = 1000

// trainedEach is how many drawings of each kind TrainedNonDigits holds.
const trainedEach = 3000

// TrainedNonDigits returns 3,000 drawings of each kind that networks are trained to
// refuse, drawn by NonDigits with NonDigitTrainSeed.
func TrainedNonDigits() []strokes.Drawing {
	var all []strokes.Drawing
	for _, kind := range TrainedNonDigitKinds() {
		all = append(all, NonDigits(kind, trainedEach, NonDigitTrainSeed)...)
	}
	return all
}

// scribble makes up a skeleton that says nothing, about 100 high.
func (w writer) scribble() skeleton {
	switch w.random.IntN(4) {
	case 0:
		return skeleton{"tangle", 1, w.tangle()}
	case 1:
		return skeleton{"hatching", 1, [][]xy{w.turned(w.hatching())}}
	case 2:
		return skeleton{"coil", 1, [][]xy{w.turned(w.coil())}}
	}
	return skeleton{"dashes", 1, w.dashes()}
}

// uniform returns a number in from..to, each as likely.
func (w writer) uniform(from, to float64) float64 { return from + (to-from)*w.random.Float64() }

// tangle returns the way of a pen that goes from place to place, in one stroke or two, so often
// that no digit has as many bends.
func (w writer) tangle() [][]xy {
	strokes := make([][]xy, 1+w.random.IntN(2))
	wide := w.uniform(70, 150)
	for i := range strokes {
		for range (13 + w.random.IntN(8)) / len(strokes) {
			strokes[i] = append(strokes[i], xy{33 + wide*w.uniform(-0.5, 0.5), w.uniform(0, 100)})
		}
	}
	return strokes
}

// hatching goes up and down, a little to the right each time, with corners or
// rounded.
func (w writer) hatching() []xy {
	n := 7 + w.random.IntN(4)
	advance := w.uniform(11, 18)
	sharp := w.random.IntN(2) == 0
	var points []xy
	for i := range n {
		p := xy{33 + advance*(float64(i)-float64(n)/2), 50 + float64(i%2*2-1)*w.uniform(35, 50)}
		switch {
		case sharp:
			points = append(points, p)
		case i > 0:
			points = append(points, between(points[len(points)-1], p, 0.5))
		}
		points = append(points, p)
	}
	return points
}

// coil returns a row of loops.
func (w writer) coil() []xy {
	loops := 4 + w.random.IntN(2)
	wide, high, advance := w.uniform(14, 30), w.uniform(34, 50), w.uniform(20, 28)
	var points []xy
	for i := range loops*6 + 1 {
		turns := float64(i) / 6
		sin, cos := math.Sincos(2 * math.Pi * turns)
		points = append(points, xy{33 + advance*(turns-float64(loops)/2) + wide*cos, 50 + high*sin})
	}
	return points
}

// dashes returns short strokes here and there.
func (w writer) dashes() [][]xy {
	strokes := make([][]xy, 6+w.random.IntN(5))
	for i := range strokes {
		sin, cos := math.Sincos(w.uniform(0, math.Pi))
		half := w.uniform(5, 20)
		x, y := w.uniform(-15, 81), w.uniform(0, 100)
		strokes[i] = []xy{{x - half*cos, y - half*sin}, {x + half*cos, y + half*sin}}
	}
	return strokes
}

// turned turns points around the middle of the drawing, any way.
func (w writer) turned(points []xy) []xy {
	sin, cos := math.Sincos(w.uniform(-math.Pi, math.Pi))
	for i, p := range points {
		x, y := p[0]-33, p[1]-50
		points[i] = xy{33 + cos*x - sin*y, 50 + sin*x + cos*y}
	}
	return points
}

// How two digits stand side by side, in parts of their height.
const (
	gapLeast, gapMost = -0.04, 0.35 // between their boxes
	gapBesideOne      = 0.15        // at least, so that a 1 and its neighbour do not become another digit
	digitScale        = 0.12        // at most, larger or smaller
	digitRise         = 0.10        // at most, up or down
)

// twoDigits draws two digits side by side.
func (w writer) twoDigits() []ink.Stroke {
	left, right := w.random.IntN(10), w.random.IntN(10)
	gap := w.uniform(gapLeast, gapMost)
	if left == 1 || right == 1 {
		gap = max(gap, gapBesideOne)
	}
	first := w.write(skeletons[left])
	edge := strokes.BoxOf(first).X1 + gap
	second := w.write(skeletons[right])
	box := strokes.BoxOf(second)
	scale, rise := 1+w.uniform(-digitScale, digitScale), w.uniform(-digitRise, digitRise)
	second = strokes.Map(second, func(x, y float64) (float64, float64) {
		return edge + scale*(x-box.X0), 0.5 + rise + scale*(y-0.5)
	})
	return strokes.Squared(append(first, second...))
}

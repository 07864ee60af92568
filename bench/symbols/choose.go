package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

// question is a drawing as fewshot's formula has it, before any tuning.
type question struct {
	shots   int
	label   int       // -1: none of the symbols
	cosines []float64 // of each class, times r(n)
	near    []float64 // of each class's mean to the others
	nearest float64   // of the drawing to the others
	spread  float64   // sqrt(rho) less the usual one's
}

// questions asks one task's tests and unknown, without any tuning.
func (r *own) questions(t task, shots int) []question {
	set := r.set(t)
	plain := fewshot.Tuning{Alike: fewshot.Usual.Alike, Share: 1, Temperature: 1}
	bare := must(set.Tuned(plain))
	plain.Depth, plain.Rise = 1, 1
	bias := prototypes(must(set.Tuned(plain))).Params()[2].Value
	layer, classes := prototypes(bare), len(bare.Labels)
	cosines := make([]float32, classes+1)
	ask := func(d strokes.Drawing, label int) question {
		q := question{shots: shots, label: label, spread: float64(bias[classes])}
		layer.Forward(cosines, r.encoder.of(d).mean, nn.Span{N: 1})
		for k, y := range cosines {
			if k == classes {
				q.nearest = float64(y)
				break
			}
			q.cosines, q.near = append(q.cosines, float64(y)), append(q.near, -float64(bias[k]))
		}
		return q
	}
	place := make([]int, t.classes)
	for i, name := range bare.Labels {
		place[[]rune(name)[0]-'A'] = i
	}
	var all []question
	for _, d := range t.tests {
		all = append(all, ask(d, place[d.Label]))
	}
	for _, d := range t.unknown {
		all = append(all, ask(d, -1))
	}
	return all
}

// prototypes returns the layer of a set's model that compares features.
func prototypes(m *model.Model) *similarity.Prototypes {
	return m.Network.Layers[len(m.Network.Layers)-2].(*similarity.Prototypes)
}

// must returns a value that tasks of this command always have.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// answer returns the class of a question and its confidence by a tuning.
func (q *question) answer(t fewshot.Tuning) (label int, confidence float64) {
	none := float64(t.Level) + float64(t.Steady)*(1-1/float64(q.shots)) + float64(t.Rise)*q.spread + float64(t.Share)*q.nearest
	none /= float64(t.Temperature)
	best, sum := math.Inf(-1), 0.0
	for k, c := range q.cosines {
		y := (c - float64(t.Depth)*q.near[k]) / float64(t.Temperature)
		if y > best {
			best, label = y, k
		}
		sum += math.Exp(y - none)
	}
	return label, math.Exp(best-none) / (1 + sum)
}

// pass is the share of known symbols that the threshold lets pass.
const pass = 0.93

// reached is what a tuning gives for one number of examples.
type reached struct{ right, passed, refused float64 }

// choice is a tuning, with the threshold that lets pass of all known drawings, and how
// good it is.
type choice struct {
	fewshot.Tuning
	value   float64
	reached []reached // of shotsOf
}

// judged returns the choice of a tuning by the questions of each of shotsOf.
func judged(asked [][]question, t fewshot.Tuning) choice {
	var known []float64
	confidences, labels := make([][]float64, len(asked)), make([][]int, len(asked))
	for i, list := range asked {
		for k := range list {
			label, confidence := list[k].answer(t)
			confidences[i], labels[i] = append(confidences[i], confidence), append(labels[i], label)
			if list[k].label >= 0 {
				known = append(known, confidence)
			}
		}
	}
	slices.Sort(known)
	t.Threshold = float32(known[int((1-pass)*float64(len(known)))])
	c := choice{Tuning: t}
	for i, list := range asked {
		r := reach(list, labels[i], confidences[i], float64(t.Threshold))
		c.reached = append(c.reached, r)
		c.value += r.refused + 4*r.right - 3*math.Abs(r.passed-pass)
	}
	return c
}

// reach returns what answers with a threshold give.
func reach(list []question, labels []int, confidences []float64, threshold float64) (r reached) {
	var known, unknown float64
	for k, q := range list {
		sure := confidences[k] >= threshold
		switch {
		case q.label < 0:
			unknown++
			r.refused += one(!sure)
		default:
			known++
			r.passed += one(sure)
			r.right += one(labels[k] == q.label)
		}
	}
	return reached{r.right / known, r.passed / known, r.refused / unknown}
}

// one returns 1 for true and 0 for false.
func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (c *choice) print(w io.Writer) {
	fmt.Fprintf(w, "%#v\n", c.Tuning)
	for i, shots := range shotsOf {
		r := c.reached[i]
		fmt.Fprintf(w, "  %d examples: right %.1f %%, passed %.1f %%, refused %.1f %%\n", shots, 100*r.right, 100*r.passed, 100*r.refused)
	}
}

// turns are the angles that choose tries, in radians.
var turns = []float32{0.2, 0}

// choose looks for the tuning that refuses most and reads best, with each turn, and
// prints it and what it gives.
func (o *options) choose(w io.Writer, e *fewshot.Encoder, omniglot dataset.Drawn) {
	for _, turn := range turns {
		e.Model().Turn = turn
		encoder := newEncoded(e)
		var asked [][]question
		for _, shots := range shotsOf {
			var list []question
			for draw := range o.draws {
				t := strangers(omniglot, shots, rand.New(rand.NewPCG(uint64(draw), 0)))
				list = append(list, (&own{encoder: encoder}).questions(t, shots)...)
			}
			asked = append(asked, list)
		}
		usual := fewshot.Usual
		usual.Turn = turn
		c := chosen(asked, usual)
		c.print(w)
	}
}

// The numbers of the search.
const (
	tries               = 240
	firstStep, lastStep = 0.3, 0.03  // of normal steps, shrinking from try to try
	coldest, warmest    = 0.03, 0.12 // temperatures
	leastThreshold      = 0.15       // a lower one would not be called sure
)

// chosen searches at random from a tuning; each try changes about half of the numbers.
// Rise stays, since strangers' examples are all about as much alike.
func chosen(asked [][]question, from fewshot.Tuning) choice {
	random := rand.New(rand.NewPCG(1, 1))
	best := judged(asked, from)
	for i := range tries {
		step := firstStep * math.Pow(lastStep/firstStep, float64(i)/tries)
		by := func(scale float64) float32 {
			return float32(float64(random.IntN(2)) * scale * step * random.NormFloat64())
		}
		t := best.Tuning
		t.Depth = max(t.Depth+by(1), 0)
		t.Share = max(t.Share+by(1), 0)
		t.Steady = max(t.Steady+by(0.5), 0)
		t.Level += by(0.5)
		t.Temperature = min(max(t.Temperature*float32(math.Exp(float64(by(1)))), coldest), warmest)
		for _, v := range []*float32{&t.Depth, &t.Share, &t.Steady, &t.Level, &t.Temperature} {
			*v = float32(math.Round(float64(*v)*100) / 100)
		}
		if c := judged(asked, t); c.value > best.value && c.Threshold > leastThreshold {
			best = c
		}
	}
	return best
}

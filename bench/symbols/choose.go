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
	biased := must(set.Tuned(plain))
	bias := biased.Network.Layers[len(biased.Network.Layers)-2].(*similarity.Prototypes).Params()[2].Value
	x, classes := make([]float32, bare.Network.Input.Size()), len(bare.Labels)
	ask := func(d strokes.Drawing, label int) question {
		nn.Pixels(x, r.encoder.of(d).image)
		q := question{shots: shots, label: label, spread: float64(bias[classes])}
		for k, y := range bare.Network.Logits(x, 1, false) {
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

// reached is what a tuning gives for one number of examples.
type reached struct{ right, passed, refused float64 }

// reach returns that of questions, by the tuning's threshold.
func reach(list []question, t fewshot.Tuning) (r reached) {
	var known, unknown float64
	for i := range list {
		label, confidence := list[i].answer(t)
		sure := confidence >= float64(t.Threshold)
		switch {
		case list[i].label < 0:
			unknown++
			if !sure {
				r.refused++
			}
		default:
			known++
			if sure {
				r.passed++
			}
			if label == list[i].label {
				r.right++
			}
		}
	}
	return reached{r.right / known, r.passed / known, r.refused / unknown}
}

// pass is the share of known symbols that the threshold lets pass.
const pass = 0.94

// withThreshold returns the tuning with the threshold that lets pass of the known.
func withThreshold(list []question, t fewshot.Tuning) fewshot.Tuning {
	var known []float64
	for i := range list {
		if list[i].label >= 0 {
			_, confidence := list[i].answer(t)
			known = append(known, confidence)
		}
	}
	slices.Sort(known)
	t.Threshold = float32(known[int((1-pass)*float64(len(known)))])
	return t
}

// choose looks for the tuning that refuses most and reads best, and prints it.
func (o *options) choose(w io.Writer, e *encoded, omniglot dataset.Drawn) {
	var all []question
	for _, shots := range shotsOf {
		for draw := range o.draws {
			t := strangers(omniglot, shots, rand.New(rand.NewPCG(uint64(draw), 0)))
			all = append(all, (&own{encoder: e}).questions(t, shots)...)
		}
	}
	byShots := map[int][]question{}
	for _, q := range all {
		byShots[q.shots] = append(byShots[q.shots], q)
	}
	value := func(t fewshot.Tuning) (sum float64) {
		for _, shots := range shotsOf {
			r := reach(byShots[shots], t)
			sum += r.refused + 4*r.right - 3*math.Abs(r.passed-pass)
		}
		return sum
	}
	random := rand.New(rand.NewPCG(1, 1))
	best := withThreshold(all, fewshot.Usual)
	most := value(best)
	const tries = 300
	for i := range tries {
		step := float32(0.3)
		if i > tries/2 {
			step = 0.08
		}
		t := best
		t.Depth = max(t.Depth+step*float32(random.NormFloat64()), 0)
		t.Share = max(t.Share+step*float32(random.NormFloat64()), 0)
		t.Steady = max(t.Steady+step/3*float32(random.NormFloat64()), 0)
		t.Level += step / 2 * float32(random.NormFloat64())
		t.Temperature = min(max(t.Temperature*float32(math.Exp(float64(step)*random.NormFloat64())), 0.03), 0.08)
		t = withThreshold(all, t)
		if v := value(t); v > most && t.Threshold > 0.15 {
			best, most = t, v
		}
	}
	fmt.Fprintf(w, "%+v\n", best)
	for _, shots := range shotsOf {
		fmt.Fprintf(w, "%d examples: %+v\n", shots, reach(byShots[shots], best))
	}
}

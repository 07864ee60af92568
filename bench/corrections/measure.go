package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/seed-c844a918/inkling/internal/fewshot"
)

// Drawings of others are asked about in this many draws of each writer.
const drawsOfOthers = 5

// held is what is measured on: features are less the mean of nearby drawings.
type held struct {
	nearby *fewshot.Nearby
	mine   []seen // of UNIPEN's writers
	mnist  []seen // none for letters
}

// hold reads what is measured on.
func (o *options) hold(s *subject) (*held, error) {
	nearby, err := s.nearby()
	if err != nil {
		return nil, err
	}
	h := &held{nearby: nearby}
	for _, set := range s.asked() {
		some, err := s.drawings(set, o.writers)
		if err != nil {
			return nil, err
		}
		h.mine = append(h.mine, some...)
	}
	if s.name == "digits" {
		if h.mnist, err = s.reader.mnist(!o.tune); err != nil {
			return nil, err
		}
	}
	for _, all := range [][]seen{h.mine, h.mnist} {
		for i := range all {
			centre(all[i].feature, nearby.Mean)
		}
	}
	return h, nil
}

// writer is one with two misread drawings or more.
type writer struct {
	number    int
	mine      []int // places in held.mine
	misread   []int
	falls     []float64 // of the errors on the drawings that are not put right, one a draw, 0..1
	before    float64   // errors on those, all draws
	mended    float64
	spoilt    float64
	others    []float64 // share of others' drawings lost, one a draw
	digits    []float64 // share of MNIST's
	untouched float64   // drawings put right whose answer stays
}

// writersOf returns those with two misread drawings or more, by number.
func (h *held) writersOf() []*writer {
	byNumber := map[int]*writer{}
	for i := range h.mine {
		d := &h.mine[i]
		w := byNumber[d.writer]
		if w == nil {
			w = &writer{number: d.writer}
			byNumber[d.writer] = w
		}
		w.mine = append(w.mine, i)
		if d.answer() != d.label {
			w.misread = append(w.misread, i)
		}
	}
	var all []*writer
	for _, w := range byNumber {
		if len(w.misread) >= 2 {
			all = append(all, w)
		}
	}
	slices.SortFunc(all, func(a, b *writer) int { return a.number - b.number })
	return all
}

// measure puts half of each writer's misread drawings right, and asks about the writer's
// others in every draw, about all others in the first few if others says so.
func (h *held) measure(s *subject, rule fewshot.Rule, draws int, others bool) ([]*writer, error) {
	writers := h.writersOf()
	for _, w := range writers {
		for draw := range draws {
			random := rand.New(rand.NewPCG(uint64(w.number), uint64(draw)))
			c, err := fewshot.NewCorrection(s.model, h.nearby, rule)
			if err != nil {
				return nil, err
			}
			order := random.Perm(len(w.misread))
			right := map[int]bool{}
			for _, k := range order[:len(order)/2] {
				d := &h.mine[w.misread[k]]
				c.AddFeature(d.feature, d.logits, d.label)
				right[w.misread[k]] = true
			}
			h.ask(w, c, right)
			if others && draw < drawsOfOthers {
				w.others = append(w.others, lost(c, h.mine, w.number))
				if h.mnist != nil {
					w.digits = append(w.digits, lost(c, h.mnist, w.number))
				}
			}
		}
	}
	return writers, nil
}

// ask asks about the writer's drawings that were not put right.
func (h *held) ask(w *writer, c *fewshot.Correction, right map[int]bool) {
	var before, after float64
	for _, i := range w.mine {
		d := &h.mine[i]
		now := corrected(c, d)
		switch was := d.answer() == d.label; {
		case right[i]:
			if now != d.label {
				w.untouched++
			}
			continue
		case !was && now == d.label:
			w.mended++
		case was && now != d.label:
			w.spoilt++
		}
		before += wrong(d.answer() != d.label)
		after += wrong(now != d.label)
	}
	w.before += before
	w.falls = append(w.falls, 1-after/before)
}

func wrong(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// corrected returns the answer to a drawing.
func corrected(c *fewshot.Correction, d *seen) int {
	logits := slices.Clone(d.logits)
	c.Correct(logits, d.feature)
	return answerOf(logits)
}

// lost returns which share of the drawings by others than a writer is read right no
// longer, less those read right now.
func lost(c *fewshot.Correction, all []seen, writer int) float64 {
	var sum, count float64
	for i := range all {
		if d := &all[i]; d.writer != writer {
			sum += wrong(corrected(c, d) != d.label) - wrong(d.answer() != d.label)
			count++
		}
	}
	return sum / count
}

// print measures the usual rule.
func (o *options) print(s *subject) error {
	h, err := o.hold(s)
	if err != nil {
		return err
	}
	writers, err := h.measure(s, fewshot.UsualRule, o.draws, true)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d drawings of UNIPEN's writers %s, %d writers with two misread or more, %d draws\n",
		s.name, len(h.mine), o.writers, len(writers), o.draws)
	if len(writers) == 0 {
		return nil
	}
	sum := total(writers, float64(o.draws))
	fmt.Printf("  errors on the writer's others: %s in all, %.1f %% in the mean of writers; of %.1f a draw %.1f mended, %.1f more made\n",
		sum.percent(), 100*sum.mean, sum.before, sum.mended, sum.spoilt)
	fmt.Printf("  of those put right %.1f a draw stay as they were\n", sum.untouched)
	fmt.Printf("  points lost by other writers: %.3f in the mean, %.3f at most\n", 100*stat.Mean(sum.others, nil), 100*slices.Max(sum.others))
	if sum.digits != nil {
		fmt.Printf("  points lost on MNIST's test set: %.3f in the mean, %.3f at most\n",
			100*stat.Mean(sum.digits, nil), 100*slices.Max(sum.digits))
	}
	return nil
}

// summed is what all writers come to, per draw.
type summed struct {
	before, mended, spoilt, untouched float64
	mean                              float64 // of the writers' mean falls
	others, digits                    []float64
}

// percent says by how much all errors fall.
func (s *summed) percent() string { return fmt.Sprintf("fall by %.1f %%", 100*s.fall()) }

func (s *summed) fall() float64 { return (s.mended - s.spoilt) / s.before }

func total(writers []*writer, draws float64) (s summed) {
	for _, w := range writers {
		s.before += w.before / draws
		s.mended += w.mended / draws
		s.spoilt += w.spoilt / draws
		s.untouched += w.untouched / draws
		s.mean += stat.Mean(w.falls, nil) / float64(len(writers))
		s.others, s.digits = append(s.others, w.others...), append(s.digits, w.digits...)
	}
	return s
}

// choose prints what each rule of a grid comes to, the best last.
func (o *options) choose(s *subject) error {
	h, err := o.hold(s)
	if err != nil {
		return err
	}
	type choice struct {
		rule fewshot.Rule
		sum  summed
	}
	var all []choice
	for _, strength := range []float32{20, 40, 80, 160} {
		for _, distance := range []float32{-0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2} {
			for _, margin := range []float32{0.5, 1, 2} {
				rule := fewshot.Rule{Strength: strength, Distance: distance, Margin: margin}
				writers, err := h.measure(s, rule, o.draws, false)
				if err != nil {
					return err
				}
				all = append(all, choice{rule, total(writers, float64(o.draws))})
			}
		}
	}
	slices.SortFunc(all, func(a, b choice) int { return int(1e6 * (a.sum.fall() - b.sum.fall())) })
	for _, c := range all {
		fmt.Printf("%s %+v: %s, mean %.1f %%, %.1f mended, %.1f more made, %.1f stay\n",
			s.name, c.rule, c.sum.percent(), 100*c.sum.mean, c.sum.mended, c.sum.spoilt, c.sum.untouched)
	}
	return nil
}

package main

import (
	"cmp"
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

// course is what comes before the drawings that are asked about.
type course struct {
	says string
	all  bool // half of a writer's drawings come first, and nothing of the others is known before; false: half of the misread ones
	// With all: whether those read right are left standing, and whether every other misread one
	// is, too, in the place of being put right.
	stand, careless bool
}

// courses are measured, the first two chosen by.
var courses = []course{
	{says: "half of the misread drawings put right, all others read again"},
	{says: "half of all drawings first, the misread ones put right and the rest left standing; then the others", all: true, stand: true},
	{says: "the same without what was left standing", all: true},
	{says: "the same, but every other misread drawing left standing, too", all: true, stand: true, careless: true},
}

// measure has each writer put drawings right, and asks about the writer's
// others in every draw, about all others in the first few.
func (h *held) measure(s *subject, rule fewshot.Rule, how course, draws int) ([]*writer, error) {
	writers := h.writersOf()
	for _, w := range writers {
		for draw := range draws {
			random := rand.New(rand.NewPCG(uint64(w.number), uint64(draw)))
			c, err := fewshot.NewCorrection(s.model, h.nearby, rule)
			if err != nil {
				return nil, err
			}
			h.ask(w, c, h.begin(w, c, how, random))
			if draw < drawsOfOthers {
				w.others = append(w.others, lost(c, h.mine, w.number))
				if h.mnist != nil {
					w.digits = append(w.digits, lost(c, h.mnist, w.number))
				}
			}
		}
	}
	return writers, nil
}

// begin has a writer draw what comes first, and returns which drawings that were: true for those
// put right.
func (h *held) begin(w *writer, c *fewshot.Correction, how course, random *rand.Rand) map[int]bool {
	from := w.misread
	if how.all {
		from = w.mine
	}
	first, misread := map[int]bool{}, 0
	for _, k := range random.Perm(len(from))[:len(from)/2] {
		d := &h.mine[from[k]]
		first[from[k]] = false
		if d.answer() != d.label {
			misread++
			if !how.careless || misread%2 == 1 {
				c.AddFeature(d.feature, d.logits, d.label)
				first[from[k]] = true
				continue
			}
		}
		if how.stand {
			c.StandFeature(d.feature, d.answer())
		}
	}
	return first
}

// ask has the correction answer the writer's drawings but the first ones, and counts how many of
// those that were put right stay misread.
func (h *held) ask(w *writer, c *fewshot.Correction, first map[int]bool) {
	var before, after float64
	for _, i := range w.mine {
		d := &h.mine[i]
		now := corrected(c, d)
		right, isFirst := first[i]
		switch was := d.answer() == d.label; {
		case isFirst:
			if right && now != d.label {
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
	if before > 0 {
		w.falls = append(w.falls, 1-after/before)
	}
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
	for i, how := range courses {
		writers, err := h.measure(s, fewshot.UsualRule, how, o.draws)
		if err != nil {
			return err
		}
		if i == 0 {
			fmt.Printf("%s: %d drawings of UNIPEN's writers %s, %d writers with two misread or more, %d draws\n",
				s.name, len(h.mine), o.writers, len(writers), o.draws)
		}
		if len(writers) == 0 {
			return nil
		}
		fmt.Printf("  %s\n", how.says)
		total(writers, float64(o.draws)).print()
	}
	return nil
}

// print prints what all writers come to.
func (s *summed) print() {
	fmt.Printf("    errors on the others: %s in all, %.1f %% in the mean of writers; of %.1f a draw %.1f mended, %.1f more made\n",
		s.percent(), 100*s.mean, s.before, s.mended, s.spoilt)
	fmt.Printf("    of those put right %.1f a draw stay as they were\n", s.untouched)
	fmt.Printf("    points lost by other writers: %.3f in the mean, %.3f at most\n",
		100*stat.Mean(s.others, nil), 100*slices.Max(s.others))
	if s.digits != nil {
		fmt.Printf("    points lost on MNIST's test set: %.3f in the mean, %.3f at most\n",
			100*stat.Mean(s.digits, nil), 100*slices.Max(s.digits))
	}
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

func total(writers []*writer, draws float64) *summed {
	s := &summed{}
	for _, w := range writers {
		s.before += w.before / draws
		s.mended += w.mended / draws
		s.spoilt += w.spoilt / draws
		s.untouched += w.untouched / draws
		if len(w.falls) > 0 {
			s.mean += stat.Mean(w.falls, nil) / float64(len(writers))
		}
		s.others, s.digits = append(s.others, w.others...), append(s.digits, w.digits...)
	}
	return s
}

// mostLost is how many points others may lose in the mean.
const mostLost = 0.1

// choose prints what each rule of a grid comes to, the best last: the mean of four figures, in
// all and in the mean of writers, of the first two courses. Rules by which others lose too much come first.
func (o *options) choose(s *subject) error {
	h, err := o.hold(s)
	if err != nil {
		return err
	}
	type choice struct {
		rule fewshot.Rule
		sums [2]*summed // by course
		mean float64
		lost float64 // points, by other writers or on MNIST, in the worse course
	}
	var all []choice
	for _, rule := range grid() {
		c := choice{rule: rule}
		for how := range c.sums {
			writers, err := h.measure(s, rule, courses[how], o.draws)
			if err != nil {
				return err
			}
			c.sums[how] = total(writers, float64(o.draws))
			c.mean += (c.sums[how].fall() + c.sums[how].mean) / 4
			c.lost = max(c.lost, 100*stat.Mean(c.sums[how].others, nil))
			if h.mnist != nil {
				c.lost = max(c.lost, 100*stat.Mean(c.sums[how].digits, nil))
			}
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b choice) int {
		if a.lost > mostLost || b.lost > mostLost {
			return -cmp.Compare(a.lost, b.lost)
		}
		return cmp.Compare(a.mean, b.mean)
	})
	for _, c := range all {
		fmt.Printf("%s %+v: %.1f %%, others lose %.3f points", s.name, c.rule, 100*c.mean, c.lost)
		for _, sum := range c.sums {
			fmt.Printf("; %s, mean %.1f %%, %.1f mended, %.1f more made, %.1f stay",
				sum.percent(), 100*sum.mean, sum.mended, sum.spoilt, sum.untouched)
		}
		fmt.Println()
	}
	return nil
}

// grid returns the rules to choose from: Strength, Margin and Apart were chosen before, from 20 to 160,
// 0.5 to 2 and 0.05 to 0.1.
func grid() (rules []fewshot.Rule) {
	for _, distance := range []float32{0.05, 0.1, 0.15, 0.2} {
		for _, known := range []float32{0, 0.05, 0.1} {
			if known <= distance {
				rules = append(rules, fewshot.Rule{Strength: 80, Distance: distance, Known: known, Apart: 0.05, Margin: 2})
			}
		}
	}
	return rules
}

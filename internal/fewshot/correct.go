package fewshot

import (
	"errors"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Correction is a model with a layer of answers that somebody has put right. The network
// stays as it is: the logit of a class c gets votes of the drawings x_i that somebody
// says are c,
//
//	z'[c] = z[c] + max over i of min(gap_i + Margin, Strength * max(0, cos(x, x_i) - near(x))),
//	near(x) = max(max over o of cos(x, o) + Distance, max over p of cos(x, p) + Apart),
//
// a cache of few examples (Zhang et al. 2022, Tip-Adapter) that a reject rule of nearest
// neighbours guards: o is what other people draw for the class that the network answers
// (Nearby), p what this person has put right to it or left standing as it (Stand). So a drawing is read otherwise
// only where it is nearer to the one put right than to anything that its first answer stands for. Where
// drawings were left standing as that answer, others say less of it: Known is in the place of Distance. gap_i is
// what c lacked at x_i to be the answer: no vote is larger than its example needed.
//
// Cosines are those of features before the last Dense less the mean of Nearby. An example
// whose own answer stays, since others draw just so, changes nothing else either.
type Correction struct {
	model  *model.Model
	nearby *Nearby
	rule   Rule
	own    []corrected
	stood  []standing // the last MaxStanding, the oldest first

	pixels  []float32
	feature []float32 // of the drawing asked about
	logits  []float32
	votes   []float32
}

// Rule is the numbers of a correction's formula.
type Rule struct {
	Strength float32 // of a vote, in logits for each unit of cosine
	Distance float32 // by which an example must be nearer than others' drawings
	Known    float32 // the same where this person has left drawings standing as the first answer
	Apart    float32 // by which it must be nearer than this person's own drawings of the first answer
	Margin   float32 // of an answer put right above the answer it had, in logits
}

// UsualRule was chosen on UNIPEN's writers 14-16 by go run ./bench/corrections -choose
// (docs/own-symbols.md).
var UsualRule = Rule{Strength: 80, Distance: 0.15, Known: 0.05, Apart: 0.05, Margin: 2}

// MaxCorrections is how many drawings a correction takes.
const MaxCorrections = 500

// MaxStanding is how many drawings left standing a correction remembers.
const MaxStanding = 500

// standing is a drawing whose answer was left as it was.
type standing struct {
	class   int
	feature []float32
}

// corrected is one drawing that was put right.
type corrected struct {
	class   int
	feature []float32
	logits  []float32 // of the network alone
	gap     float32
}

var (
	errNearby  = errors.New("fewshot: the file of nearby drawings is damaged")
	errOfOther = errors.New("fewshot: the file of nearby drawings belongs to another model")
	errHead    = errors.New("fewshot: the model does not end in a dense layer and a softmax: its answers cannot be put right")
	errLabel   = errors.New("fewshot: the model has no such class")
	errPlenty  = errors.New("fewshot: " + strconv.Itoa(MaxCorrections) + " drawings have been put right, no more are taken")
)

// NewCorrection returns a model without any answers put right.
func NewCorrection(m *model.Model, nearby *Nearby, rule Rule) (*Correction, error) {
	size := featuresOf(m)
	if size == 0 {
		return nil, errHead
	}
	if len(nearby.Mean) != size {
		return nil, errOfOther
	}
	classes := m.Network.Classes()
	return &Correction{
		model: m, nearby: nearby, rule: rule, pixels: make([]float32, m.Network.Input.Size()),
		feature: make([]float32, size), logits: make([]float32, classes), votes: make([]float32, classes),
	}, nil
}

// Add takes the image of a drawing, as the model takes it, for a class.
func (c *Correction) Add(image []uint8, class int) error {
	switch {
	case class < 0 || class >= len(c.model.Labels):
		return errLabel
	case len(c.own) == MaxCorrections:
		return errPlenty
	}
	c.see(image)
	c.AddFeature(c.feature, c.logits, class)
	return nil
}

// AddFeature takes a drawing whose feature (see HeadFeature) and logits are known. Drawings
// left standing that would keep it from being read so are forgotten: somebody has thought
// better of them.
func (c *Correction) AddFeature(feature, logits []float32, class int) {
	own := corrected{class: class, feature: slices.Clone(feature), logits: slices.Clone(logits)}
	top := metrics.ArgMax(logits)
	own.gap = logits[top] - logits[class]
	c.own = append(c.own, own)
	if top != class {
		enough := 1 - c.rule.Apart - own.gap/c.rule.Strength
		c.stood = slices.DeleteFunc(c.stood, func(s standing) bool { return s.class == top && dot(s.feature, feature) > enough })
	}
}

// Stand takes the image of a drawing that was answered with a class and not put right: what
// is as near to it stays with that class. It changes no answer by itself. The oldest of more
// than MaxStanding is forgotten.
func (c *Correction) Stand(image []uint8, class int) error {
	if class < 0 || class >= len(c.model.Labels) {
		return errLabel
	}
	c.see(image)
	c.StandFeature(c.feature, class)
	return nil
}

// StandFeature does what Stand does with a drawing whose feature (see HeadFeature) is known.
func (c *Correction) StandFeature(feature []float32, class int) {
	if len(c.stood) == MaxStanding {
		c.stood = slices.Delete(c.stood, 0, 1)
	}
	c.stood = append(c.stood, standing{class, slices.Clone(feature)})
}

// Len returns how many drawings have been put right.
func (c *Correction) Len() int { return len(c.own) }

// Predict answers an image as Model.Predict does, with the votes. Probabilities is valid
// until the next call.
func (c *Correction) Predict(image []uint8) model.Answer {
	c.see(image)
	c.Correct(c.logits, c.feature)
	return c.answer(c.logits)
}

// Own returns what a drawing that was put right is taken for, by the network alone and with
// all corrections. Probabilities is valid until the next call.
func (c *Correction) Own(at int) (before, after model.Answer) {
	own := &c.own[at]
	before = c.answer(own.logits)
	before.Probabilities = nil
	copy(c.logits, own.logits)
	c.Correct(c.logits, own.feature)
	return before, c.answer(c.logits)
}

// Correct adds the votes for a drawing to its logits.
func (c *Correction) Correct(logits, feature []float32) {
	if len(c.own) == 0 {
		return
	}
	clear(c.votes)
	top := metrics.ArgMax(logits)
	near := c.near(feature, min(top, len(c.model.Labels))) // all that stands for none of them is one class
	for i := range c.own {
		own := &c.own[i]
		if own.class == top {
			continue // The answer is this class already.
		}
		vote := c.rule.Strength * (dot(feature, own.feature) - near)
		c.votes[own.class] = max(c.votes[own.class], min(vote, own.gap+c.rule.Margin))
	}
	for class, vote := range c.votes {
		logits[class] += vote
	}
}

// near returns the cosine that an example must have to vote against a class: see Correction.
func (c *Correction) near(feature []float32, class int) float32 {
	others, mine, distance := float32(-1), float32(-1), c.rule.Distance
	for i, f := range c.nearby.Features {
		if c.nearby.Classes[i] == class {
			others = max(others, dot(feature, f))
		}
	}
	for i := range c.own {
		if c.own[i].class == class {
			mine = max(mine, dot(feature, c.own[i].feature))
		}
	}
	for i := range c.stood {
		if c.stood[i].class == class {
			mine, distance = max(mine, dot(feature, c.stood[i].feature)), c.rule.Known
		}
	}
	return max(others+distance, mine+c.rule.Apart)
}

// see asks the network about an image and keeps logits and feature.
func (c *Correction) see(image []uint8) {
	nn.Pixels(c.pixels, image)
	copy(c.logits, c.model.Network.Predict(c.pixels, 1))
	HeadFeature(c.feature, c.model, c.nearby.Mean)
}

// HeadFeature writes to dst (D) what the network made of the last image before its last Dense,
// less mean, of length 1.
func HeadFeature(dst []float32, m *model.Model, mean []float32) {
	copy(dst, m.Network.Output(lastDense(m)-1, 0))
	for i, v := range mean {
		dst[i] -= v
	}
	unit(dst)
}

// answer makes logits an answer.
func (c *Correction) answer(logits []float32) model.Answer {
	nn.SoftmaxRow(c.votes, logits, c.model.Temperature)
	probabilities := c.votes[:len(c.model.Labels)]
	label := metrics.ArgMax(probabilities)
	confidence := probabilities[label]
	return model.Answer{Label: label, Confidence: confidence, Sure: confidence >= c.model.Threshold, Probabilities: probabilities}
}

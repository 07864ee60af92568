package fit

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

// Shots is how many images of a class lie side by side in an epoch of [Prototypes]: in
// turn, one is asked about and the others make the class's prototype.
const Shots = 4

// Prototypes is the loss of prototypical networks (Snell et al. 2017, eq. 2): the
// crossentropy of logits -Scale/2 * |feature - prototype|^2 over the classes of a batch,
// whose prototypes are the means of their features, without that of the image asked
// about. The network ends in the features, as a rule of length 1.
//
// An epoch takes the images of each class in groups of [Shots]; what is left of a class
// waits for another epoch.
type Prototypes struct {
	Scale float32 // above 0
}

// episode is a batch as prototypes see it.
type episode struct {
	features []float32 // (N, dim)
	dim      int
	class    []int // of each image, its place among the classes of the batch
	count    []int // of each class
	sums     []float32
}

// newEpisode sums the features of each class.
func newEpisode(features []float32, labels []uint16, dim int) *episode {
	e := &episode{features: features, dim: dim, class: make([]int, len(labels))}
	place := map[uint16]int{}
	for i, label := range labels {
		at, known := place[label]
		if !known {
			at = len(place)
			place[label] = at
			e.count = append(e.count, 0)
			e.sums = append(e.sums, make([]float32, dim)...)
		}
		e.class[i] = at
		e.count[at]++
		kernel.Axpy(e.sums[at*dim:(at+1)*dim], 1, e.feature(i))
	}
	return e
}

// feature returns those of image i.
func (e *episode) feature(i int) []float32 { return e.features[i*e.dim : (i+1)*e.dim] }

// prototype writes that of class k as image i sees it: of its own class without
// itself. It returns the share that each image of the class has in it.
func (e *episode) prototype(dst []float32, i, k int) (share float32) {
	copy(dst, e.sums[k*e.dim:(k+1)*e.dim])
	n := e.count[k]
	if e.class[i] == k {
		kernel.Axpy(dst, -1, e.feature(i))
		n--
	}
	share = 1 / float32(n)
	for j := range dst {
		dst[j] *= share
	}
	return share
}

func (p *Prototypes) train(dfeatures, features []float32, labels []uint16, dim int) (loss float64, correct int) {
	e := newEpisode(features, labels, dim)
	clear(dfeatures)
	classes := len(e.count)
	prototypes, shares, logits := make([]float32, classes*dim), make([]float32, classes), make([]float32, classes)
	dsums, own := make([]float32, classes*dim), make([]float32, dim)
	for i := range labels {
		label := e.class[i]
		if e.count[label] < 2 {
			continue // nothing to compare with
		}
		for k := range classes {
			prototype := prototypes[k*dim : (k+1)*dim]
			shares[k] = e.prototype(prototype, i, k)
			logits[k] = -p.Scale / 2 * distance(e.feature(i), prototype)
		}
		one, right := softmaxLoss(logits, label)
		loss += one
		if right {
			correct++
		}
		if dfeatures == nil {
			continue
		}
		// logits now hold softmax - target, whose sum is 0.
		df := dfeatures[i*dim : (i+1)*dim]
		for k, g := range logits {
			prototype := prototypes[k*dim : (k+1)*dim]
			g *= p.Scale / float32(len(labels))
			kernel.Axpy(df, g, prototype)
			for j, v := range e.feature(i) {
				own[j] = g * shares[k] * (v - prototype[j])
			}
			kernel.Axpy(dsums[k*dim:(k+1)*dim], 1, own)
			if k == label {
				kernel.Axpy(df, -1, own) // it is not part of what it is compared with
			}
		}
	}
	if dfeatures != nil {
		for i, k := range e.class {
			kernel.Axpy(dfeatures[i*dim:(i+1)*dim], 1, dsums[k*dim:(k+1)*dim])
		}
	}
	return loss, correct
}

// distance returns the squared distance of two points.
func distance(a, b []float32) (sum float32) {
	for i, v := range a {
		sum += (v - b[i]) * (v - b[i])
	}
	return sum
}

// softmaxLoss returns the crossentropy of logits and whether the label's is the
// largest, and turns the logits into softmax - target.
func softmaxLoss(logits []float32, label int) (loss float64, right bool) {
	right = isLargest(logits, label)
	largest, own := slices.Max(logits), float64(logits[label])
	var sum float64
	for _, v := range logits {
		sum += math.Exp(float64(v - largest))
	}
	logSum := math.Log(sum) + float64(largest)
	for k, v := range logits {
		logits[k] = float32(math.Exp(float64(v) - logSum))
	}
	logits[label]--
	return logSum - own, right
}

func (p *Prototypes) measure(features []float32, labels []uint16, dim int) (loss float64, correct int) {
	return p.train(nil, features, labels, dim)
}

func (*Prototypes) settle() {}

// order puts groups of [Shots] images of one class in random order.
func (*Prototypes) order(part Part, random *rand.Rand) []int {
	byClass := make([][]int, len(part.Set.Classes))
	for _, i := range shuffled(part.Index, random) {
		label := part.Set.Labels[i]
		byClass[label] = append(byClass[label], i)
	}
	var groups [][]int
	for _, index := range byClass {
		for len(index) >= Shots {
			groups, index = append(groups, index[:Shots]), index[Shots:]
		}
	}
	random.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	return slices.Concat(groups...)
}

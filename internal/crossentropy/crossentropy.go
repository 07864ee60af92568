// Package crossentropy holds the loss of classifiers and its gradient.
package crossentropy

import (
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/metrics"
)

// ErrLength is the panic of a slice that does not hold N*Classes values.
const ErrLength = "crossentropy: slice does not hold a value for each sample and class"

// SparseCategorical returns the loss of a batch of logits (N, Classes)
// against labels (N), Keras's SparseCategoricalCrossentropy from logits. With a
// smoothing 0 < s < 1 the target is (1-s) * one-hot + s/Classes (Szegedy et al.
// 2016, section 7, as Keras's label_smoothing).
//
// It writes the gradient of the mean loss to dlogits, (softmax - target)/N,
// unless that is nil, and returns the sum of the losses and the number of samples
// whose largest logit is the label's.
func SparseCategorical(dlogits, logits []float32, labels []uint16, classes int, smoothing float32) (loss float64, correct int) {
	return PartOfBatch(dlogits, logits, labels, classes, smoothing, len(labels))
}

// PartOfBatch does what SparseCategorical does for some samples of a batch of this many,
// over which the mean goes.
func PartOfBatch(dlogits, logits []float32, labels []uint16, classes int, smoothing float32, batch int) (loss float64, correct int) {
	n := len(labels)
	if len(logits) != n*classes || dlogits != nil && len(dlogits) != n*classes {
		panic(ErrLength)
	}
	p := dlogits
	if p == nil {
		p = make([]float32, n*classes)
	}
	for i := range n {
		row, shifted := logits[i*classes:(i+1)*classes], p[i*classes:(i+1)*classes]
		largest := slices.Max(row)
		for j, v := range row {
			shifted[j] = v - largest
		}
	}
	kernel.Exp(p, p)
	for i, label := range labels {
		row, p := logits[i*classes:(i+1)*classes], p[i*classes:(i+1)*classes]
		best := metrics.ArgMax(row)
		logSum := math.Log(float64(normalise(p))) + float64(row[best])
		loss += crossentropy(row, int(label), logSum, smoothing)
		if best == int(label) {
			correct++
		}
		if dlogits != nil {
			differentiate(p, int(label), smoothing, 1/float32(batch))
		}
	}
	return loss, correct
}

// crossentropy returns the loss of one sample, logSum being the logarithm of the sum
// of its logits' exponentials.
func crossentropy(logits []float32, label int, logSum float64, smoothing float32) float64 {
	loss := logSum - float64(logits[label])
	if smoothing == 0 {
		return loss
	}
	var mean float64
	for _, v := range logits {
		mean += (logSum - float64(v)) / float64(len(logits))
	}
	return (1-float64(smoothing))*loss + float64(smoothing)*mean
}

// differentiate turns probabilities into the loss's gradient with respect to the
// logits, times scale.
func differentiate(p []float32, label int, smoothing, scale float32) {
	p[label] -= 1 - smoothing
	rest := smoothing / float32(len(p))
	for j := range p {
		p[j] = (p[j] - rest) * scale
	}
}

// normalise divides values by their sum and returns it.
func normalise(values []float32) float32 {
	var sum float32
	for _, v := range values {
		sum += v
	}
	scale := 1 / sum
	for i := range values {
		values[i] *= scale
	}
	return sum
}

package nn

import "github.com/seed-c844a918/inkling/internal/metrics"

// SparseCategoricalCrossentropy is the loss of a batch of logits (N, Classes)
// against labels (N), Keras's loss of the same name from logits. The target of a
// sample is (1-smoothing)*one-hot + smoothing/classes, 0 <= smoothing < 1
// (Szegedy et al. 2016, section 7). It writes the gradient of the mean loss to
// dlogits, (softmax - target)/N, unless that is nil, and returns the sum of
// -target·log p and the number of samples whose largest logit is the label's.
func SparseCategoricalCrossentropy(dlogits, logits []float32, labels []uint8, classes int, smoothing float32) (loss float64, correct int) {
	n := len(labels)
	if len(logits) != n*classes || dlogits != nil && len(dlogits) != n*classes {
		panic(ErrLength)
	}
	scratch := make([]float32, classes)
	for i, label := range labels {
		row, p := logits[i*classes:(i+1)*classes], scratch
		if dlogits != nil {
			p = dlogits[i*classes : (i+1)*classes]
		}
		loss += SoftmaxRow(p, row, 1) - float64(row[label])
		if smoothing != 0 {
			loss += float64(smoothing) * (float64(row[label]) - mean(row))
		}
		if metrics.ArgMax(row) == int(label) {
			correct++
		}
		if dlogits != nil {
			p[label] -= 1 - smoothing
			for j := range p {
				p[j] = (p[j] - smoothing/float32(classes)) / float32(n)
			}
		}
	}
	return loss, correct
}

// mean is the mean of the logits of one sample.
func mean(row []float32) float64 {
	sum := 0.0
	for _, v := range row {
		sum += float64(v)
	}
	return sum / float64(len(row))
}

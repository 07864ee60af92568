package nn

import "github.com/seed-c844a918/inkling/internal/metrics"

// SparseCategoricalCrossentropy is the loss of a batch of logits (N, Classes)
// against labels (N), Keras's loss of the same name from logits. It writes the
// gradient of the mean loss to dlogits, (softmax - one-hot)/N, unless that is
// nil, and returns the sum of -log p(label) and the number of samples whose
// largest logit is the label's.
func SparseCategoricalCrossentropy(dlogits, logits []float32, labels []uint8, classes int) (loss float64, correct int) {
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
		if metrics.ArgMax(row) == int(label) {
			correct++
		}
		if dlogits != nil {
			p[label]--
			for j := range p {
				p[j] /= float32(n)
			}
		}
	}
	return loss, correct
}

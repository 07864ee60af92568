package fit

import (
	"math"
	"slices"

	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Distillation lets a network learn the answers of others beside the labels
// (Hinton, Vinyals and Dean 2015). The loss that is minimised is
//
//	(1-Share) * loss(labels) + Share * T^2 * crossentropy(teachers, network)
//
// where both sides of the crossentropy are softmax(logits/T) and the teachers'
// is their mean. What is reported stays the loss against the labels.
type Distillation struct {
	Teachers    []*nn.Sequential // of the network's input and classes; what they have more are parts of the last one
	Share       float32          // 0..1
	Temperature float32          // T, above 0

	target, softened []float32 // (N, Classes)
	united           []float32 // a teacher's logits, likewise
}

// teachers may be called on nil, which has none.
func (d *Distillation) teachers() []*nn.Sequential {
	if d == nil {
		return nil
	}
	return d.Teachers
}

// mix turns the gradient of the labels' mean loss, with respect to the logits
// (N, Classes) of a batch, into that of the whole.
func (d *Distillation) mix(dlogits, logits []float32, b *batch) {
	n := len(b.labels)
	d.target = append(d.target[:0], dlogits...)
	clear(d.target)
	for _, t := range d.Teachers {
		d.soften(d.unite(b.logits(t, false), n, len(logits)/n), n)
		kernel.Axpy(d.target, 1/float32(len(d.Teachers)), d.softened)
	}
	d.soften(logits, n)
	scale := d.Share * d.Temperature / float32(n)
	for i := range dlogits {
		dlogits[i] = (1-d.Share)*dlogits[i] + scale*(d.softened[i]-d.target[i])
	}
}

// unite returns a teacher's logits (N, at least classes) with the last class and all behind it
// as one: the logarithm of the sum of their exponentials.
func (d *Distillation) unite(logits []float32, n, classes int) []float32 {
	if len(logits) == n*classes {
		return logits
	}
	d.united = d.united[:0]
	for row := range slices.Chunk(logits, len(logits)/n) {
		parts := row[classes-1:]
		largest, sum := slices.Max(parts), 0.0
		for _, v := range parts {
			sum += math.Exp(float64(v - largest))
		}
		d.united = append(append(d.united, row[:classes-1]...), largest+float32(math.Log(sum)))
	}
	return d.united
}

// soften sets softened to softmax(logits/T), sample by sample.
func (d *Distillation) soften(logits []float32, n int) {
	d.softened = append(d.softened[:0], logits...)
	for row := range slices.Chunk(d.softened, len(logits)/n) {
		largest := slices.Max(row)
		for j, v := range row {
			row[j] = (v - largest) / d.Temperature
		}
	}
	kernel.Exp(d.softened, d.softened)
	for row := range slices.Chunk(d.softened, len(logits)/n) {
		var sum float32
		for _, v := range row {
			sum += v
		}
		for j := range row {
			row[j] /= sum
		}
	}
}

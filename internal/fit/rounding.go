package fit

import (
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/quantize"
)

// Rounding trains kernels for a file that holds few bits of them: in the last epochs,
// the network computes with rounded weights, in training and in validation, and the
// gradient with respect to them changes the weights that are not rounded (the
// straight-through estimator: Bengio, Léonard and Courville 2013, section 2.3). The scales
// follow the weights at each step, so that there is nothing else to keep.
type Rounding struct {
	Epochs int             // how many of the last epochs, at least 1
	Bits   []quantize.Bits // of the network's kernels, in order; those behind stay as they are

	exact []float32 // the network's values while they are rounded
}

// begin rounds the kernels; exact keeps them.
func (r *Rounding) begin(network *nn.Sequential) {
	r.exact = append(r.exact[:0], network.Values()...)
	bits := r.Bits
	for _, p := range network.Params() {
		if p.Name == "kernel" && len(bits) > 0 {
			quantize.Round(p.Value, p.Shape[len(p.Shape)-1], bits[0])
			bits = bits[1:]
		}
	}
}

// end puts the kernels back.
func (r *Rounding) end(network *nn.Sequential) {
	at := 0
	for _, p := range network.Params() {
		size := p.Shape.Size()
		if p.Name == "kernel" {
			copy(p.Value, r.exact[at:at+size])
		}
		at += size
	}
}

// rounds reports whether the running epoch trains with rounded weights.
func (l *loop) rounds() bool { return l.Rounding != nil && l.at.Epoch > l.Epochs-l.Rounding.Epochs }

// beginRounding rounds the weights if the running epoch trains so.
func (l *loop) beginRounding() {
	if l.rounds() {
		l.Rounding.begin(l.network)
	}
}

// endRounding undoes it.
func (l *loop) endRounding() {
	if l.rounds() {
		l.Rounding.end(l.network)
	}
}

// noteRounding notes how the epoch that has just ended was trained: earlier ones that were
// trained otherwise are no match for it.
func (l *loop) noteRounding() {
	switch {
	case !l.rounds():
		l.at.Rounded = 0
	case l.at.Rounded == 0:
		l.at.Rounded = l.at.Epoch
	}
}

// roundedAt reports whether an epoch was trained with rounded weights.
func (l *loop) roundedAt(epoch int) bool {
	return l.Rounding != nil && l.at.Rounded > 0 && epoch >= l.at.Rounded
}

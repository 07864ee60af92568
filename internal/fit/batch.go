package fit

import (
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// sparseShare is the share of nonzero pixels below which a first Dense layer is
// computed over those alone. MNIST has 0.19, Fashion-MNIST 0.50.
const sparseShare = 0.6

// sparseSample is how many images tell the share.
const sparseSample = 1000

// prefetched is how many images ahead gather asks for: they lie in random places
// of a set that is larger than the caches.
const prefetched = 8

// batch is room for the images of one step, as the network takes them best:
// lists of the nonzero pixels, or all as floats (N, H*W), 0..1.
type batch struct {
	sparse *kernel.Sparse // nil: x is used
	x      []float32
	labels []uint8
}

// newBatch is a batch for images of a set.
func newBatch(network *nn.Sequential, set *dataset.Set) *batch {
	if network.TakesSparse() && nonzero(set) < sparseShare {
		return &batch{sparse: kernel.NewSparse(set.Width*set.Height, &nn.Scale)}
	}
	return &batch{}
}

// nonzero is the share of pixels with ink in the first images of a set, 0..1.
func nonzero(set *dataset.Set) float64 {
	pixels := set.Pixels[:min(set.Len(), sparseSample)*set.Width*set.Height]
	count := 0
	for _, p := range pixels {
		if p != 0 {
			count++
		}
	}
	return float64(count) / float64(max(len(pixels), 1))
}

// gather fills the batch with the given images and returns their labels.
func (b *batch) gather(set *dataset.Set, index []int) []uint8 {
	b.labels = b.labels[:0]
	for _, at := range index {
		b.labels = append(b.labels, set.Labels[at])
	}
	if b.sparse == nil {
		b.gatherFloats(set, index)
		return b.labels
	}
	b.sparse.Reset(len(index))
	for i, at := range index {
		if ahead := i + prefetched; ahead < len(index) {
			kernel.Prefetch(set.Image(index[ahead]))
		}
		b.sparse.Set(i, set.Image(at))
	}
	return b.labels
}

// gatherFloats fills x.
func (b *batch) gatherFloats(set *dataset.Set, index []int) {
	size := set.Width * set.Height
	if cap(b.x) < len(index)*size {
		b.x = make([]float32, len(index)*size)
	}
	b.x = b.x[:len(index)*size]
	for i, at := range index {
		nn.Pixels(b.x[i*size:(i+1)*size], set.Image(at))
	}
}

// logits asks the network about the batch.
func (b *batch) logits(network *nn.Sequential, training bool) []float32 {
	if b.sparse != nil {
		return network.SparseLogits(b.sparse, len(b.labels), training)
	}
	return network.Logits(b.x, len(b.labels), training)
}

// backward sets the network's gradients for the batch that logits has seen.
func (b *batch) backward(network *nn.Sequential, dlogits []float32) {
	if b.sparse != nil {
		network.SparseBackward(dlogits, b.sparse, len(b.labels))
		return
	}
	network.Backward(dlogits, b.x, len(b.labels))
}

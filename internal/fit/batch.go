package fit

import (
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/parallel"
)

// sparseShare is the share of nonzero pixels below which a first Dense layer is
// computed over those alone. MNIST has 0.19, Fashion-MNIST 0.50.
const sparseShare = 0.6

// sparseSample is how many images tell the share.
const sparseSample = 1000

// prefetched is how many images ahead gather asks for: they lie in random places
// of a set that is larger than the caches.
const prefetched = 8

// batch is room for the images of one step, as the networks take them best: lists
// of the nonzero pixels, or all as floats (N, H*W), 0..1, or both.
type batch struct {
	sparse *kernel.Sparse // nil: no network takes it
	dense  bool           // whether a network takes x
	x      []float32
	labels []uint16
	image  []uint8 // one that is augmented
	late   []int   // the images of set that x is still to hold: the pass that asks first writes them
	set    *dataset.Set
}

// nonzero returns the share of pixels with ink in the first images of a set, 0..1.
func nonzero(set *dataset.Set) float64 {
	pixels := set.Pixels[:min(set.Len(), sparseSample)*set.Form().Size()]
	count := 0
	for _, p := range pixels {
		if p != 0 {
			count++
		}
	}
	return float64(count) / float64(max(len(pixels), 1))
}

// gatherPart is how many images a core gathers at once.
const gatherPart = 16

// gather fills the batch with the given images, as see writes them, or as they
// are if it is nil.
func (b *batch) gather(set *dataset.Set, index []int, see func(dst []uint8, image int)) {
	size := set.Form().Size()
	b.reset(len(index), size)
	b.late, b.set = nil, set
	for i, at := range index {
		b.labels[i] = set.Labels[at]
	}
	if see != nil {
		for i, at := range index {
			see(b.image, at)
			if b.sparse != nil {
				b.sparse.Set(i, b.image)
			}
			if b.dense {
				nn.Pixels(b.x[i*size:(i+1)*size], b.image)
			}
		}
		return
	}
	if b.dense {
		b.late = index
	}
	if b.sparse != nil {
		b.list(index)
	}
}

// list makes the lists of the images as they are.
func (b *batch) list(index []int) {
	parallel.Ranges(len(index), gatherPart, func(from, to int) {
		for i := from; i < to; i++ {
			if ahead := i + prefetched; ahead < len(index) {
				kernel.Prefetch(b.set.Image(index[ahead]))
			}
			b.sparse.Set(i, b.set.Image(index[i]))
		}
	})
}

// write writes the first of the images to x, as many as it has room for.
func (b *batch) write(x []float32, images []int) {
	size := b.set.Form().Size()
	for i := range len(x) / size {
		if ahead := i + prefetched; ahead < len(images) {
			kernel.Prefetch(b.set.Image(images[ahead]))
		}
		nn.Pixels(x[i*size:(i+1)*size], b.set.Image(images[i]))
	}
}

// await lets a pass through a network that takes x write it where it is still to be written.
func (b *batch) await(network *nn.Sequential) {
	if late := b.late; late != nil {
		network.Await(func(x []float32, at int) { b.write(x, late[at:]) })
		b.late = nil
	}
}

// reset makes room for n images of size pixels.
func (b *batch) reset(n, size int) {
	if cap(b.labels) < n {
		b.labels = make([]uint16, n)
		b.image = make([]uint8, size)
		if b.dense {
			b.x = make([]float32, n*size)
		}
	}
	b.labels = b.labels[:n]
	if b.sparse != nil {
		b.sparse.Reset(n)
	}
	if b.dense {
		b.x = b.x[:n*size]
	}
}

// isSparseFor reports whether a network is given the lists of nonzero pixels. A
// batch for several networks may hold both forms.
func (b *batch) isSparseFor(network *nn.Sequential) bool {
	return b.sparse != nil && network.TakesSparse()
}

// logits asks one of the networks about the batch.
func (b *batch) logits(network *nn.Sequential, training bool) []float32 {
	if b.isSparseFor(network) {
		return network.SparseLogits(b.sparse, len(b.labels), training)
	}
	b.await(network)
	return network.Logits(b.x, len(b.labels), training)
}

// train asks the network, which takes all pixels, sets its gradients, and returns what the
// loss says of the batch: see nn.Sequential.Train.
func (b *batch) train(network *nn.Sequential, dlogits []float32, c *Crossentropy) (logits []float32, loss float64, correct int) {
	var lane [nn.Lanes]struct {
		loss    float64
		correct int
		_       [48]byte // a line of the cache for each
	}
	b.await(network)
	logits = network.Train(b.x, dlogits, len(b.labels), func(dlogits, logits []float32, s nn.Span) {
		loss, correct := c.trainPart(dlogits, logits, b.labels[s.At:s.At+s.N], network.Classes(), len(b.labels))
		lane[s.Lane].loss += loss
		lane[s.Lane].correct += correct
	})
	for i := range lane {
		loss, correct = loss+lane[i].loss, correct+lane[i].correct
	}
	return logits, loss, correct
}

// backward sets the network's gradients for the batch that logits has seen.
func (b *batch) backward(network *nn.Sequential, dlogits []float32) {
	if b.isSparseFor(network) {
		network.SparseBackward(dlogits, b.sparse, len(b.labels))
		return
	}
	network.Backward(dlogits, b.x, len(b.labels))
}

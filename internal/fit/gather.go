package fit

import (
	"iter"
	"runtime"
	"sync"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// lookAhead is how many batches a worker gathers before they are wanted.
const lookAhead = 2

// gatherer makes the batches of a set, with workers ahead of who takes them. The
// batches do not depend on the number of workers.
type gatherer struct {
	set    *dataset.Set
	sparse bool     // batches are lists of nonzero pixels
	room   []*batch // one, or lookAhead for each worker
}

// newGatherer is for batches of a set for a network; augmented says that their
// images take time to make.
func newGatherer(network *nn.Sequential, set *dataset.Set, augmented bool) *gatherer {
	g := &gatherer{set: set, sparse: network.TakesSparse() && nonzero(set) < sparseShare}
	batches := 1
	if cores := runtime.GOMAXPROCS(0); augmented && cores > 1 {
		batches = cores * lookAhead
	}
	for range batches {
		g.room = append(g.room, g.newBatch())
	}
	return g
}

// newBatch is an empty batch.
func (g *gatherer) newBatch() *batch {
	if g.sparse {
		return &batch{sparse: kernel.NewSparse(g.set.Width*g.set.Height, &nn.Scale)}
	}
	return &batch{}
}

// batches are the images of order in batches of size, the last perhaps smaller,
// as see writes them, or as they are if it is nil. A batch is valid until the
// next is asked for.
func (g *gatherer) batches(order []int, size int, see func(dst []uint8, image int)) iter.Seq[*batch] {
	return func(yield func(*batch) bool) {
		if len(g.room) > 1 {
			g.ahead(order, size, see, yield)
			return
		}
		for at := 0; at < len(order); at += size {
			g.room[0].gather(g.set, order[at:min(at+size, len(order))], see)
			if !yield(g.room[0]) {
				return
			}
		}
	}
}

// ahead is batches by workers: of W workers, number w makes the batches w, w+W,
// w+2W and so on, in its own room.
func (g *gatherer) ahead(order []int, size int, see func(dst []uint8, image int), yield func(*batch) bool) {
	workers := make([]worker, len(g.room)/lookAhead)
	stop := make(chan struct{})
	var running sync.WaitGroup
	defer running.Wait()
	defer close(stop)
	for w := range workers {
		workers[w] = newWorker(g.room[w*lookAhead : (w+1)*lookAhead])
		running.Go(func() {
			for at := w * size; at < len(order); at += len(workers) * size {
				select {
				case b := <-workers[w].empty:
					b.gather(g.set, order[at:min(at+size, len(order))], see)
					workers[w].full <- b
				case <-stop:
					return
				}
			}
		})
	}
	for i := 0; i*size < len(order); i++ {
		w := workers[i%len(workers)]
		b := <-w.full
		if !yield(b) {
			return
		}
		w.empty <- b
	}
}

// worker holds the batches of one worker; neither channel ever blocks a sender.
type worker struct{ empty, full chan *batch }

func newWorker(room []*batch) worker {
	w := worker{make(chan *batch, len(room)), make(chan *batch, len(room))}
	for _, b := range room {
		w.empty <- b
	}
	return w
}

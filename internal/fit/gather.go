package fit

import (
	"iter"
	"runtime"
	"sync"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// lookAhead is how many batches a worker gathers in advance.
const lookAhead = 2

// gatherer makes the batches of a set, by workers that run ahead. The batches do not
// depend on the number of workers.
type gatherer struct {
	set    *dataset.Set
	sparse bool     // batches have lists of nonzero pixels
	dense  bool     // batches have all pixels
	room   []*batch // one, or lookAhead for each worker
}

// newGatherer returns a gatherer of batches for some networks; augmented says that
// their images take time to make.
func newGatherer(set *dataset.Set, augmented bool, networks ...*nn.Sequential) *gatherer {
	g := &gatherer{set: set}
	inky := nonzero(set) >= sparseShare
	for _, network := range networks {
		sparse := network.TakesSparse() && !inky
		g.sparse, g.dense = g.sparse || sparse, g.dense || !sparse
	}
	batches := 1
	if cores := runtime.GOMAXPROCS(0); augmented && cores > 1 {
		batches = cores * lookAhead
	}
	for range batches {
		g.room = append(g.room, g.newBatch())
	}
	return g
}

// newBatch returns an empty batch.
func (g *gatherer) newBatch() *batch {
	b := &batch{dense: g.dense}
	if g.sparse {
		b.sparse = kernel.NewSparse(g.set.Form().Size(), &nn.Scale)
	}
	return b
}

// batches returns the images of order in batches of size, the last perhaps smaller,
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

// ahead yields the batches that workers make ahead. Batch i has its place in room
// i modulo the number of rooms, so that they come in order.
func (g *gatherer) ahead(order []int, size int, see func(dst []uint8, image int), yield func(*batch) bool) {
	rooms, batches := len(g.room), (len(order)+size-1)/size
	wanted := make(chan int, rooms)
	ready := make([]chan struct{}, rooms)
	for r := range ready {
		ready[r] = make(chan struct{}, 1)
	}
	var workers sync.WaitGroup
	defer workers.Wait()
	defer close(wanted)
	for range rooms / lookAhead {
		workers.Go(func() {
			for i := range wanted {
				g.room[i%rooms].gather(g.set, order[i*size:min((i+1)*size, len(order))], see)
				ready[i%rooms] <- struct{}{}
			}
		})
	}
	for i := range min(rooms, batches) {
		wanted <- i
	}
	for i := range batches {
		<-ready[i%rooms]
		if !yield(g.room[i%rooms]) {
			return
		}
		if next := i + rooms; next < batches {
			wanted <- next
		}
	}
}

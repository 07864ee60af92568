// Package fit trains a Sequential: the loop over epochs and batches, with
// Keras's words for what it measures.
package fit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// Part is some images of a set, in the order of Index.
type Part struct {
	Set   *dataset.Set
	Index []int
}

// All is the part that holds every image of a set.
func All(set *dataset.Set) Part {
	index := make([]int, set.Len())
	for i := range index {
		index[i] = i
	}
	return Part{set, index}
}

// Options say how to train.
type Options struct {
	Epochs    int             // at least 1
	Batch     int             // samples a step, at least 1; the last of an epoch may hold fewer
	Seed      uint64          // of the order of the images and of dropout
	Best      bool            // keep the weights of the highest val_accuracy, the earlier on a tie, not the last epoch's
	Optimizer optim.Optimizer // changes the weights
	OnStep    func(Step)      // called after each step; may be nil
	OnEpoch   func(Epoch)     // called after each epoch; may be nil
}

// Step is where an epoch stands.
type Step struct {
	Epoch, Step, Steps int     // counted from 1
	Loss, Accuracy     float64 // means over the epoch so far
}

// Epoch is one line of the history. Loss and Accuracy are means over the steps,
// while the weights changed, as Keras reports them; those of validation are
// measured after the epoch, and NaN without a validation part.
type Epoch struct {
	Epoch                int // counted from 1
	Loss, Accuracy       float64
	ValLoss, ValAccuracy float64
	Seconds              float64 // of the epoch, validation included
}

// History is what Run measured.
type History struct {
	Epochs      []Epoch
	Kept        int  // the epoch whose weights the network now has
	Interrupted bool // the context ended Run before the last epoch
}

// ErrNothingToKeep says that Run was interrupted before there was anything.
var ErrNothingToKeep = errors.New("fit: interrupted before the end of the first epoch: there is no model to keep")

// Run trains the network in place. If the context ends, it stops after the step
// and leaves the network with the weights of the last finished epoch; before the
// end of the first one it returns ErrNothingToKeep. A loss that is not a number
// is an error that names the step.
func Run(ctx context.Context, network *nn.Sequential, train, validation Part, o Options) (History, error) {
	l := &loop{network: network, train: train, Options: o, batch: newBatch(network, train.Set)}
	var history History
	kept, best := []float32(nil), math.Inf(-1)
	for epoch := 1; epoch <= o.Epochs; epoch++ {
		start := time.Now()
		loss, accuracy, err := l.epoch(ctx, epoch)
		if ctx.Err() != nil {
			history.Interrupted = true
			break
		}
		if err != nil {
			return history, err
		}
		e := Epoch{Epoch: epoch, Loss: loss, Accuracy: accuracy, ValLoss: math.NaN(), ValAccuracy: math.NaN()}
		if len(validation.Index) > 0 {
			e.ValLoss, e.ValAccuracy = Evaluate(network, validation)
		}
		e.Seconds = time.Since(start).Seconds()
		history.Epochs = append(history.Epochs, e)
		if !o.Best || !(e.ValAccuracy <= best) {
			kept, best, history.Kept = append(kept[:0], network.Values()...), e.ValAccuracy, epoch
		}
		if o.OnEpoch != nil {
			o.OnEpoch(e)
		}
	}
	if kept == nil {
		return history, ErrNothingToKeep
	}
	copy(network.Values(), kept)
	return history, nil
}

// loop is what the steps share.
type loop struct {
	Options
	network *nn.Sequential
	train   Part
	step    uint64 // steps taken in all epochs
	batch   *batch
	dlogits []float32
}

// epoch runs all steps of one epoch and returns the means of loss and accuracy.
func (l *loop) epoch(ctx context.Context, epoch int) (loss, accuracy float64, err error) {
	order := append([]int(nil), l.train.Index...)
	random := rand.New(rand.NewPCG(l.Seed, uint64(epoch)))
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	steps := (len(order) + l.Batch - 1) / l.Batch
	seen, correct := 0, 0
	for step := 1; step <= steps; step++ {
		if err := ctx.Err(); err != nil {
			return 0, 0, err
		}
		index := order[seen:min(seen+l.Batch, len(order))]
		batchLoss, batchCorrect := l.one(index)
		if math.IsNaN(batchLoss) || math.IsInf(batchLoss, 0) {
			return 0, 0, fmt.Errorf("fit: epoch %d, step %d: loss is %v: try a lower learning rate", epoch, step, batchLoss)
		}
		seen += len(index)
		loss += batchLoss
		correct += batchCorrect
		if l.OnStep != nil {
			l.OnStep(Step{epoch, step, steps, loss / float64(seen), float64(correct) / float64(seen)})
		}
	}
	return loss / float64(seen), float64(correct) / float64(seen), nil
}

// one takes one step and returns the batch's summed loss and right answers,
// before the step.
func (l *loop) one(index []int) (loss float64, correct int) {
	n, classes := len(index), l.network.Classes()
	labels := l.batch.gather(l.train.Set, index)
	l.network.Seed(l.Seed, l.step)
	l.step++
	logits := l.batch.logits(l.network, true)
	if cap(l.dlogits) < n*classes {
		l.dlogits = make([]float32, n*classes)
	}
	dlogits := l.dlogits[:n*classes]
	loss, correct = nn.SparseCategoricalCrossentropy(dlogits, logits, labels, classes, 0)
	l.batch.backward(l.network, dlogits)
	l.Optimizer.Step(l.network.Values(), l.network.Grads())
	return loss, correct
}

// evaluateBatch is the number of images that Evaluate passes at once.
const evaluateBatch = 256

// Evaluate is the mean loss and the accuracy (0..1) over a part; NaN if it is
// empty.
func Evaluate(network *nn.Sequential, part Part) (loss, accuracy float64) {
	if len(part.Index) == 0 {
		return math.NaN(), math.NaN()
	}
	b := newBatch(network, part.Set)
	correct := 0
	for at := 0; at < len(part.Index); at += evaluateBatch {
		labels := b.gather(part.Set, part.Index[at:min(at+evaluateBatch, len(part.Index))])
		logits := b.logits(network, false)
		batchLoss, batchCorrect := nn.SparseCategoricalCrossentropy(nil, logits, labels, network.Classes(), 0)
		loss += batchLoss
		correct += batchCorrect
	}
	n := float64(len(part.Index))
	return loss / n, float64(correct) / n
}

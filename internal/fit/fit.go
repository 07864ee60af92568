// Package fit trains a Sequential: the loop over epochs and batches, with
// Keras's words for what it measures, and the state in which it can be
// interrupted and resumed.
package fit

import (
	"context"
	"errors"
	"time"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
	"github.com/seed-c844a918/inkling/internal/parallel"
)

// Part is some images of a set, in the order of Index.
type Part struct {
	Set   *dataset.Set
	Index []int
}

// All returns the part with every image of a set.
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
	Schedule  optim.Schedule  // of its learning rate over the steps of all epochs; nil: constant
	Loss      Loss            // what is minimised; nil: Crossentropy
	TopK      int             // whose accuracy to measure as well; 0: none

	Stopping     *EarlyStopping   // when to end, and which weights to keep; nil: neither, and Best says
	Plateau      *ReduceOnPlateau // when to lower the learning rate; nil: never
	Distillation *Distillation    // the teachers whose answers the network also learns; nil: none
	Rounding     *Rounding        // for a file of few bits: which epochs train for it, and how; nil: none

	// Augment writes the training image as it is to be seen in an epoch (from 1) to
	// dst, which has the size of the set's images. It must depend on nothing but its arguments and
	// may be called concurrently; nil: the set's own image.
	Augment func(dst []uint8, image, epoch int)

	Resume          *State        // where an earlier run stopped; nil: the beginning
	Checkpoint      func(State)   // called between steps, when interrupted, and at the end; the state is valid during the call; may be nil
	CheckpointEvery time.Duration // of training between two calls of Checkpoint; 0: each step

	OnStep  func(Step)  // called after each step; may be nil
	OnEpoch func(Epoch) // called after each epoch; may be nil

	// OnPlateau is called after an epoch that lowers the learning rate, with the
	// share of it that is left; may be nil.
	OnPlateau func(epoch int, scale float32)
}

// Step is where an epoch stands.
type Step struct {
	Epoch, Step, Steps int     // counted from 1
	Loss, Accuracy     float64 // means over the epoch so far
}

// History is what Run measured, in all runs that led to this one.
type History struct {
	Epochs      []Epoch
	TopK        int     // of Options
	Kept        int     // the epoch whose weights the network now has
	Seconds     float64 // of training
	Interrupted bool    // the context ended Run before the last epoch
	Stopped     bool    // early stopping ended it
}

// ErrNothingToKeep says that Run was interrupted before there was anything.
var ErrNothingToKeep = errors.New("fit: interrupted before the end of the first epoch: there is no model to keep")

// Run trains the network in place. If the context ends, it stops after the step
// and leaves the network with the weights of the last finished epoch; before the
// end of the first one it returns ErrNothingToKeep. A loss that is not a number
// is a *LossError, and a state to resume that does not fit the network, the images
// or the options is an error.
func Run(ctx context.Context, network *nn.Sequential, train, validation Part, o Options) (History, error) {
	network.Parallel = parallel.Run
	for _, teacher := range o.Distillation.teachers() {
		teacher.Parallel = parallel.Run
		teacher.Hasten()
	}
	l, err := newLoop(network, train, validation, o)
	for err == nil && l.at.Epoch <= o.Epochs && !l.at.Stopped {
		err = l.epoch(ctx)
	}
	interrupted := err != nil && errors.Is(err, ctx.Err())
	if err != nil && !interrupted {
		return History{}, err
	}
	l.checkpoint()
	history := History{l.at.History, o.TopK, l.at.Kept, l.seconds(), interrupted, l.at.Stopped}
	if l.at.Kept == 0 {
		return history, ErrNothingToKeep
	}
	copy(network.Values(), l.at.KeptValues)
	if l.roundedAt(l.at.Kept) {
		l.Rounding.begin(network)
	}
	return history, nil
}

// Evaluate measures a network on a part, by the crossentropy if loss is nil.
func Evaluate(network *nn.Sequential, part Part, loss Loss, topK int) Measures {
	network.Parallel = parallel.Run
	m, _ := newEvaluator(network, part, Options{Loss: loss, TopK: topK}).run(context.Background())
	return m
}

// Outputs returns what a network makes of the images of a part, without a softmax:
// (N, Classes), in the order of Index.
func Outputs(network *nn.Sequential, part Part) []float32 {
	network.Parallel = parallel.Run
	all := make([]float32, 0, len(part.Index)*network.Classes())
	if len(part.Index) == 0 {
		return all
	}
	for b := range newGatherer(part.Set, false, network).batches(part.Index, evaluateBatch, nil) {
		all = append(all, b.logits(network, false)...)
	}
	return all
}

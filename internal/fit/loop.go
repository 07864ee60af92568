package fit

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// loop is a run of training: what the steps share.
type loop struct {
	Options
	network    *nn.Sequential
	train      Part
	validation *evaluator
	gatherer   *gatherer
	images     int // an epoch
	steps      int // an epoch
	dlogits    []float32
	scale      float32 // what Plateau has left of the learning rate

	at     State     // Values and Optimizer are filled in by state
	before float64   // seconds of training in earlier runs
	start  time.Time // of this run
	saved  time.Time // when Checkpoint was last called
}

// newLoop stands at the beginning, or where Resume says.
func newLoop(network *nn.Sequential, train, validation Part, o Options) (*loop, error) {
	if o.Loss == nil {
		o.Loss = &Crossentropy{}
	}
	l := &loop{
		Options: o, network: network, train: train,
		validation: newEvaluator(network, validation, o),
		gatherer:   newGatherer(train.Set, o.Augment != nil, append([]*nn.Sequential{network}, o.Distillation.teachers()...)...),
		at:         State{Epoch: 1},
		scale:      1,
		start:      time.Now(),
	}
	l.images = len(l.order(1))
	l.steps = (l.images + o.Batch - 1) / o.Batch
	l.Loss.settle()
	if l.Schedule == nil {
		l.Schedule = optim.Constant()
	}
	if o.Resume != nil {
		if err := l.resume(*o.Resume); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// epoch takes the epoch's remaining steps, measures the validation part and goes
// on to the next epoch.
func (l *loop) epoch(ctx context.Context) error {
	if err := l.run(ctx); err != nil {
		return err
	}
	l.beginRounding()
	val, err := l.validation.run(ctx)
	l.endRounding()
	if err != nil {
		return err
	}
	reached := l.at.Sums.measures(l.at.Loss, l.at.Correct, l.images)
	e := newEpoch(l.at.Epoch, l.seconds()-spent(l.at.History), reached, val)
	l.at.History = append(l.at.History, e)
	l.keep(e)
	l.at.Epoch, l.at.Step, l.at.Loss, l.at.Correct, l.at.Sums = l.at.Epoch+1, 0, 0, 0, Sums{}
	if l.OnEpoch != nil {
		l.OnEpoch(e)
	}
	l.judgePlateau()
	l.checkpointIfDue()
	return nil
}

// keep keeps the weights of the epoch that has just ended if they are those that
// Run is to leave, and says whether to stop.
func (l *loop) keep(e Epoch) {
	best, kept := e.Epoch, l.at.Kept-1
	l.noteRounding()
	switch {
	case l.Stopping != nil:
		best, l.at.Stopped = l.Stopping.judge(l.at.History[max(l.at.Rounded-1, 0):])
	case l.Best && kept >= 0 && l.at.Kept >= l.at.Rounded && e.ValAccuracy <= l.at.History[kept].ValAccuracy:
		best = l.at.Kept
	}
	if best == e.Epoch {
		l.at.Kept, l.at.KeptValues = e.Epoch, append(l.at.KeptValues[:0], l.network.Values()...)
	}
}

// judgePlateau sets the learning rate's share for the next epoch, if there is
// to be one.
func (l *loop) judgePlateau() {
	if l.Plateau == nil || l.at.Stopped || l.at.Epoch > l.Epochs {
		return
	}
	scale := l.Plateau.scale(l.at.History)
	if scale != l.scale && l.OnPlateau != nil {
		l.OnPlateau(len(l.at.History), scale)
	}
	l.scale = scale
}

// run takes the remaining steps of the running epoch.
func (l *loop) run(ctx context.Context) error {
	epoch := l.at.Epoch
	var see func(dst []uint8, image int)
	if l.Augment != nil {
		see = func(dst []uint8, image int) { l.Augment(dst, image, epoch) }
	}
	order, seen := l.order(epoch), min(l.at.Step*l.Batch, l.images)
	for b := range l.gatherer.batches(order[seen:], l.Batch, see) {
		if err := ctx.Err(); err != nil {
			return err
		}
		loss, correct := l.step(b)
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			return &LossError{epoch, l.at.Step + 1, loss, order[seen : seen+len(b.labels)]}
		}
		seen += len(b.labels)
		l.at.Step, l.at.Loss, l.at.Correct = l.at.Step+1, l.at.Loss+loss, l.at.Correct+correct
		if l.OnStep != nil {
			l.OnStep(Step{epoch, l.at.Step, l.steps, l.at.Loss / float64(seen), float64(l.at.Correct) / float64(seen)})
		}
		l.checkpointIfDue()
	}
	return nil
}

// order returns the order of the training images in an epoch, a function of seed
// and epoch.
func (l *loop) order(epoch int) []int {
	return l.Loss.order(l.train, rand.New(rand.NewPCG(l.Seed, uint64(epoch))))
}

// step takes one step and returns the batch's summed loss and right answers before
// the step; it adds the batch's metrics to the epoch's.
func (l *loop) step(b *batch) (loss float64, correct int) {
	n, classes := len(b.labels), l.network.Classes()
	step := (l.at.Epoch-1)*l.steps + l.at.Step
	l.network.Seed(l.Seed, uint64(step))
	l.beginRounding()
	if cap(l.dlogits) < n*classes {
		l.dlogits = make([]float32, n*classes)
	}
	logits, loss, correct := l.gradients(b, l.dlogits[:n*classes])
	l.at.Sums.add(logits, b.labels, classes, l.TopK)
	l.endRounding()
	l.Optimizer.Step(l.network.Values(), l.network.Grads(), l.Schedule(step, l.Epochs*l.steps)*l.scale)
	l.Loss.settle()
	return loss, correct
}

// gradients sets the network's for a batch and returns the batch's logits, its summed loss
// and its right answers.
func (l *loop) gradients(b *batch, dlogits []float32) (logits []float32, loss float64, correct int) {
	classes := l.network.Classes()
	if c, ok := l.Loss.(*Crossentropy); ok && l.Distillation == nil && !b.isSparseFor(l.network) {
		return b.train(l.network, dlogits, c)
	}
	logits = b.logits(l.network, true)
	loss, correct = l.Loss.train(dlogits, logits, b.labels, classes)
	if l.Distillation != nil {
		l.Distillation.mix(dlogits, logits, b)
	}
	b.backward(l.network, dlogits)
	return logits, loss, correct
}

// evaluator measures a network on a part.
type evaluator struct {
	network  *nn.Sequential
	order    []int // of the images
	loss     Loss
	topK     int
	gatherer *gatherer // nil: there are no images
}

// evaluateBatch is the number of images that an evaluator passes at once.
const evaluateBatch = 256

// newEvaluator measures by the loss and with the k of the options. It takes the images as
// they lie in memory, which is quicker than in a random order.
func newEvaluator(network *nn.Sequential, part Part, o Options) *evaluator {
	e := &evaluator{network: network, order: slices.Sorted(slices.Values(part.Index)), loss: o.Loss, topK: o.TopK}
	switch loss := o.Loss.(type) {
	case nil:
		e.loss = &Crossentropy{}
	case *Prototypes:
		if len(part.Index) > 0 {
			e.order = loss.order(part, rand.New(rand.NewPCG(0, 0)))
		}
	}
	if len(e.order) > 0 {
		e.gatherer = newGatherer(part.Set, false, network)
	}
	return e
}

// run measures, or returns the context's error if that ends before.
func (e *evaluator) run(ctx context.Context) (Measures, error) {
	if len(e.order) == 0 {
		none := unknownSums()
		return none.measures(math.NaN(), 0, 0), nil
	}
	loss, correct, sums := 0.0, 0, Sums{}
	for b := range e.gatherer.batches(e.order, evaluateBatch, nil) {
		if err := ctx.Err(); err != nil {
			return Measures{}, err
		}
		logits := b.logits(e.network, false)
		batchLoss, batchCorrect := e.loss.measure(logits, b.labels, e.network.Classes())
		loss += batchLoss
		correct += batchCorrect
		sums.add(logits, b.labels, e.network.Classes(), e.topK)
	}
	return sums.measures(loss, correct, len(e.order)), nil
}

package fit

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// convolutions returns a network for bars that Train takes through in pieces.
func convolutions(t *testing.T) *nn.Sequential {
	t.Helper()
	n, err := nn.NewSequential(nn.Shape{8, 8, 1}, &nn.Conv2D{Filters: 16, Size: [2]int{3, 3}}, &nn.ReLU{}, &nn.MaxPool2D{Size: [2]int{2, 2}},
		&nn.Conv2D{Filters: 8, Size: [2]int{3, 3}}, &nn.ReLU{}, &nn.Flatten{}, &nn.Dropout{Rate: 0.2}, &nn.Dense{Units: 4}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	n.Initialize(1)
	return n
}

// TestTrainInParts compares a batch whose loss is taken part by part, and whose images are written
// by the lanes, with the whole one at once.
func TestTrainInParts(t *testing.T) {
	set := bars(37, false)
	for name, loss := range map[string]*Crossentropy{"plain": {}, "smoothed, weighted": {Smoothing: 0.1, ClassWeights: []float32{2, 1, 1, 0.5}}} {
		n := convolutions(t)
		g := newGatherer(set, false, n)
		for b := range g.batches(All(set).Index, 37, nil) {
			dlogits := make([]float32, 37*4)
			n.Seed(1, 1)
			gotLogits, gotLoss, gotCorrect := b.train(n, dlogits, loss)
			gotLogits, grads := slices.Clone(gotLogits), slices.Clone(n.Grads())
			n.Seed(1, 1)
			logits := b.logits(n, true)
			wantLoss, wantCorrect := loss.train(dlogits, logits, b.labels, 4)
			b.backward(n, dlogits)
			if math.Abs(gotLoss-wantLoss) > 1e-4 || gotCorrect != wantCorrect {
				t.Errorf("%s: got loss %g, %d right, want %g, %d", name, gotLoss, gotCorrect, wantLoss, wantCorrect)
			}
			for i, got := range append(gotLogits, grads...) {
				if want := append(slices.Clone(logits), n.Grads()...)[i]; math.Abs(float64(got-want)) > 1e-5 {
					t.Errorf("%s: logit or gradient %d: got %g, want %g", name, i, got, want)
				}
			}
		}
	}
}

func TestPiecesAreTheSameOnAnyNumberOfCores(t *testing.T) {
	set := bars(100, false)
	weights := func(cores int) []float32 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		n := convolutions(t)
		history := run(t, n, All(set), All(set), Options{Epochs: 2, Batch: 32})
		return append(slices.Clone(n.Values()), float32(history.Epochs[1].Loss), float32(history.Epochs[1].ValLoss))
	}
	if want := weights(1); !slices.Equal(weights(2), want) || !slices.Equal(weights(5), want) {
		t.Error("got other weights or losses than on one core")
	}
}

package fit

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// bars returns n images of 8x8 with one bar of ink in one of four places, the label,
// under noise; with random labels there is nothing to learn but the noise.
func bars(n int, randomLabels bool) *dataset.Set {
	random := rand.New(rand.NewPCG(4, uint64(n)))
	set := &dataset.Set{Name: "bars", Width: 8, Height: 8, Classes: []string{"top", "bottom", "left", "right"}}
	for range n {
		label := random.IntN(4)
		for y := range 8 {
			for x := range 8 {
				inked := []bool{y < 2, y >= 6, x < 2, x >= 6}[label]
				pixel := random.IntN(100)
				if inked {
					pixel += 155
				}
				set.Pixels = append(set.Pixels, uint8(pixel))
			}
		}
		if randomLabels {
			label = random.IntN(4)
		}
		set.Labels = append(set.Labels, uint16(label))
	}
	return set
}

// network returns a small network for bars.
func network(t *testing.T, hidden ...nn.Layer) *nn.Sequential {
	t.Helper()
	if hidden == nil {
		hidden = []nn.Layer{&nn.Dense{Units: 32}, &nn.ReLU{}}
	}
	layers := slices.Concat([]nn.Layer{&nn.Flatten{}}, hidden, []nn.Layer{&nn.Dense{Units: 4}, &nn.Softmax{}})
	n, err := nn.NewSequential(nn.Shape{8, 8, 1}, layers...)
	if err != nil {
		t.Fatal(err)
	}
	n.Initialize(1)
	return n
}

// run trains with Adam at 0.01 unless the options say otherwise.
func run(t *testing.T, n *nn.Sequential, train, validation Part, o Options) History {
	t.Helper()
	if o.Optimizer == nil {
		adam := optim.NewAdam()
		adam.LearningRate = 0.01
		o.Optimizer = adam
	}
	history, err := Run(context.Background(), n, train, validation, o)
	if err != nil {
		t.Fatal(err)
	}
	return history
}

func TestLearnsByHeart(t *testing.T) {
	n := network(t)
	train := All(bars(64, true))
	history := run(t, n, train, Part{}, Options{Epochs: 150, Batch: 16})
	if last := history.Epochs[149]; last.Loss > 0.01 || last.Accuracy != 1 {
		t.Errorf("64 images: got loss %.4f, accuracy %.3f, want below 0.01 and 1", last.Loss, last.Accuracy)
	}
	if m := Evaluate(n, train, nil, 0); m.Loss > 0.01 || m.TopK != 0 {
		t.Errorf("evaluated: got %+v, want a loss below 0.01 and no top k", m)
	}
	if !math.IsNaN(history.Epochs[0].ValLoss) {
		t.Errorf("val_loss without validation: got %v, want NaN", history.Epochs[0].ValLoss)
	}
}

func TestGeneralises(t *testing.T) {
	set := bars(600, false)
	train, validation := dataset.Split(set.Len(), 0.3, 777)
	history := run(t, network(t), Part{set, train}, Part{set, validation}, Options{Epochs: 10, Batch: 32})
	if got := history.Epochs[9].ValAccuracy; got < 0.98 {
		t.Errorf("val_accuracy: got %.3f, want at least 0.98", got)
	}
}

// The first answer alone is the accuracy, all answers are always right, and those
// between lie between.
func TestTopK(t *testing.T) {
	set := bars(200, true)
	index, held := dataset.Split(set.Len(), 0.3, 1)
	last := func(k int) (e Epoch, m Measures) {
		n := network(t)
		history := run(t, n, Part{set, index}, Part{set, held}, Options{Epochs: 2, Batch: 32, TopK: k})
		if history.TopK != k {
			t.Errorf("history: got top %d, want %d", history.TopK, k)
		}
		return history.Epochs[1], Evaluate(n, Part{set, held}, nil, k)
	}
	if e, m := last(1); e.TopK != e.Accuracy || e.ValTopK != e.ValAccuracy || m.TopK != m.Accuracy {
		t.Errorf("top 1: got %+v and %+v, want the accuracies", e, m)
	}
	if e, m := last(2); !(e.TopK > e.Accuracy && e.TopK < 1 && e.ValTopK > e.ValAccuracy && e.ValTopK < 1) || m.TopK != e.ValTopK {
		t.Errorf("top 2: got %+v and %+v, want more than the accuracies and less than 1", e, m)
	}
	if e, m := last(4); e.TopK != 1 || e.ValTopK != 1 || m.TopK != 1 {
		t.Errorf("top 4 of 4 classes: got %+v and %+v, want 1", e, m)
	}
	if e, _ := last(0); e.TopK != 0 || e.ValTopK != 0 {
		t.Errorf("without a k: got %+v, want 0", e)
	}
}

func TestShuffledLabelsDoNotGeneralise(t *testing.T) {
	set := bars(600, true)
	train, validation := dataset.Split(set.Len(), 0.3, 777)
	history := run(t, network(t), Part{set, train}, Part{set, validation}, Options{Epochs: 10, Batch: 32})
	if got := history.Epochs[9].ValAccuracy; got > 0.4 {
		t.Errorf("val_accuracy: got %.3f, want about 0.25", got)
	}
}

func TestSameSeedSameWeights(t *testing.T) {
	weights := func(seed uint64) []float32 {
		n := network(t, &nn.Dense{Units: 16}, &nn.ReLU{}, &nn.Dropout{Rate: 0.3})
		run(t, n, All(bars(100, false)), Part{}, Options{Epochs: 2, Batch: 32, Seed: seed})
		return n.Values()
	}
	if !slices.Equal(weights(3), weights(3)) {
		t.Error("seed 3 twice: got different weights")
	}
	if slices.Equal(weights(3), weights(4)) {
		t.Error("seeds 3 and 4: got the same weights")
	}
}

func TestBestKeepsTheEarliestOfTheBest(t *testing.T) {
	set := bars(300, false)
	train, validation := dataset.Split(set.Len(), 0.3, 1)
	n := network(t)
	history := run(t, n, Part{set, train}, Part{set, validation}, Options{Epochs: 12, Batch: 8, Best: true})
	best, want := -1.0, 0
	for _, e := range history.Epochs {
		if e.ValAccuracy > best {
			best, want = e.ValAccuracy, e.Epoch
		}
	}
	if history.Kept != want {
		t.Errorf("kept epoch: got %d, want %d", history.Kept, want)
	}
	if got := Evaluate(n, Part{set, validation}, nil, 0).Accuracy; got != best {
		t.Errorf("val_accuracy of the weights kept: got %v, want %v", got, best)
	}
}

func TestInterrupted(t *testing.T) {
	for _, c := range []struct {
		name        string
		epoch, step int // when the context ends
		kept        int
	}{
		{"in the first epoch", 1, 2, 0},
		{"in the third", 3, 1, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			var kept []float32
			n := network(t)
			history, err := Run(ctx, n, All(bars(100, false)), Part{}, Options{
				Epochs: 5, Batch: 32, Optimizer: optim.NewAdam(),
				OnStep: func(s Step) {
					if s.Epoch == c.epoch && s.Step == c.step {
						cancel()
					}
				},
				OnEpoch: func(Epoch) { kept = slices.Clone(n.Values()) },
			})
			if c.kept == 0 {
				if !errors.Is(err, ErrNothingToKeep) {
					t.Errorf("error: got %v, want %v", err, ErrNothingToKeep)
				}
				return
			}
			if err != nil || !history.Interrupted || history.Kept != c.kept || len(history.Epochs) != c.kept {
				t.Errorf("got %+v, %v, want interrupted after epoch %d", history, err, c.kept)
			}
			if !slices.Equal(n.Values(), kept) {
				t.Error("weights: got others than those of the last finished epoch")
			}
		})
	}
}

func TestLossThatIsNotANumber(t *testing.T) {
	sgd := optim.NewSGD()
	sgd.LearningRate = 1e30
	_, err := Run(context.Background(), network(t), All(bars(100, false)), Part{}, Options{Epochs: 3, Batch: 32, Optimizer: sgd})
	if err == nil || !strings.Contains(err.Error(), "fit: epoch 1, step ") {
		t.Errorf("error: got %v, want one that names the step", err)
	}
}

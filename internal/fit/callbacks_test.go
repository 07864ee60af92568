package fit

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/crossentropy"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// losses returns a history of these validation losses; accuracies are 1 less them.
func losses(values ...float64) []Epoch {
	history := make([]Epoch, len(values))
	for i, v := range values {
		history[i] = Epoch{Epoch: i + 1, ValLoss: v, ValAccuracy: 1 - v}
	}
	return history
}

func TestEarlyStopping(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name     string
		patience int
		delta    float64
		history  []Epoch
		best     int
		stop     bool
	}{
		{"first epoch", 1, 0, losses(0.5), 1, false},
		{"falling", 2, 0, losses(0.5, 0.4, 0.3), 3, false},
		{"waiting", 2, 0, losses(0.5, 0.4, 0.45), 2, false},
		{"over", 2, 0, losses(0.5, 0.4, 0.45, 0.41), 2, true},
		{"an equal is no improvement", 2, 0, losses(0.5, 0.4, 0.4, 0.4), 2, true},
		{"recovered", 2, 0, losses(0.5, 0.4, 0.45, 0.3, 0.35), 4, false},
		{"too little", 2, 0.05, losses(0.5, 0.46, 0.455), 1, true},
		{"enough", 2, 0.05, losses(0.5, 0.46, 0.44), 3, false},
		{"no number", 3, 0, losses(nan, nan), 1, false},
		{"no number yet", 3, 0, losses(nan, 0.5), 2, false},
	} {
		for _, monitor := range []Monitor{ValLoss, ValAccuracy} {
			t.Run(c.name+" "+string(monitor), func(t *testing.T) {
				s := EarlyStopping{monitor, c.patience, c.delta}
				if best, stop := s.judge(c.history); best != c.best || stop != c.stop {
					t.Errorf("got epoch %d, stop %v, want %d, %v", best, stop, c.best, c.stop)
				}
			})
		}
	}
}

func TestPlateau(t *testing.T) {
	for _, c := range []struct {
		name    string
		history []Epoch
		want    float32
	}{
		{"beginning", nil, 1},
		{"falling", losses(0.5, 0.4, 0.3), 1},
		{"flat", losses(0.5, 0.5, 0.5), 0.5},
		{"flat by less than 1e-4", losses(0.5, 0.49995, 0.49992), 0.5},
		{"waits again", losses(0.5, 0.5, 0.5, 0.5), 0.5},
		{"twice", losses(0.5, 0.5, 0.5, 0.5, 0.5), 0.25},
		{"an improvement between", losses(0.5, 0.5, 0.4, 0.4), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := ReduceOnPlateau{ValLoss, 0.5, 2}
			if got := r.scale(c.history); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// Whether or not the patience ends a run, the network has the weights of the
// epoch with the lowest validation loss.
func TestStoppingRestoresTheBest(t *testing.T) {
	set := bars(120, true) // only noise to learn: the validation loss rises soon
	index, held := dataset.Split(set.Len(), 0.4, 1)
	for _, c := range []struct {
		name     string
		patience int
		stopped  bool
	}{{"fires", 3, true}, {"does not fire", 50, false}} {
		t.Run(c.name, func(t *testing.T) {
			n := network(t)
			history := run(t, n, Part{set, index}, Part{set, held}, Options{Epochs: 20, Batch: 8, Stopping: &EarlyStopping{Monitor: ValLoss, Patience: c.patience}})
			want := LowestValLoss(history.Epochs)
			if history.Stopped != c.stopped || history.Kept != want || c.stopped && len(history.Epochs) != want+c.patience {
				t.Errorf("got stopped %v after %d epochs, epoch %d kept, want %v and %d", history.Stopped, len(history.Epochs), history.Kept, c.stopped, want)
			}
			if loss := Evaluate(n, Part{set, held}, nil, 0).Loss; loss != history.Epochs[want-1].ValLoss {
				t.Errorf("val_loss of the weights kept: got %v, want %v", loss, history.Epochs[want-1].ValLoss)
			}
		})
	}
}

// The gradient of the weighted loss is that of the loss, row by row times the
// weight.
func TestClassWeights(t *testing.T) {
	l := Crossentropy{ClassWeights: []float32{1, 2, 0, 0.5}}
	logits, labels := []float32{0.5, -1, 2, 0.1, 0, 1, 0, 3, 1, 1, 2, 0}, []uint16{1, 3, 2}
	got, want := make([]float32, len(logits)), make([]float32, len(logits))
	loss, correct := l.train(got, logits, labels, 4)
	_, wantCorrect := crossentropy.SparseCategorical(want, logits, labels, 4, 0)
	wantLoss := 0.0
	for i, label := range labels {
		one, _ := crossentropy.SparseCategorical(nil, logits[4*i:4*i+4], labels[i:i+1], 4, 0)
		wantLoss += float64(l.ClassWeights[label]) * one
		for j := 4 * i; j < 4*i+4; j++ {
			want[j] *= l.ClassWeights[label]
		}
	}
	if math.Abs(loss-wantLoss) > 1e-6 || correct != wantCorrect {
		t.Errorf("got loss %v, %d right, want %v, %d", loss, correct, wantLoss, wantCorrect)
	}
	for i := range got {
		if math.Abs(float64(got[i]-want[i])) > 1e-6 {
			t.Errorf("gradient %d: got %v, want %v", i, got[i], want[i])
		}
	}
}

func TestLossErrorNamesTheImages(t *testing.T) {
	sgd := optim.NewSGD()
	sgd.LearningRate = 1e30
	_, err := Run(context.Background(), network(t), All(bars(100, false)), Part{}, Options{Epochs: 3, Batch: 32, Seed: 7, Optimizer: sgd})
	var wrong *LossError
	if !errors.As(err, &wrong) || len(wrong.Images) != 32 && len(wrong.Images) != 4 {
		t.Fatalf("got %v, want a LossError with a batch of images", err)
	}
	l := loop{Options: Options{Seed: 7, Loss: &Crossentropy{}}, train: All(bars(100, false))}
	order := l.order(wrong.Epoch)
	if from := (wrong.Step - 1) * 32; !slices.Equal(wrong.Images, order[from:from+len(wrong.Images)]) {
		t.Errorf("images: got %v, want those of step %d", wrong.Images, wrong.Step)
	}
	if want := " and 24 more"; len(wrong.Images) == 32 && !strings.Contains(err.Error(), want) {
		t.Errorf("message: got %q, want %q in it", err, want)
	}
}

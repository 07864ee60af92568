package fit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
	"github.com/seed-c844a918/inkling/internal/quantize"
)

// noisy augments: each image of each epoch gets noise of its own.
func noisy(set *dataset.Set) func(dst []uint8, image, epoch int) {
	return func(dst []uint8, image, epoch int) {
		copy(dst, set.Image(image))
		dst[(image*7+epoch*13)%len(dst)] = uint8(image + epoch)
	}
}

// resumable are runs whose checkpoint has parts that others lack: beside optimizers (every
// kind is resumed by TestStateGoesOn of internal/optim) what is kept, stops, weighs
// classes or follows a schedule. What gives State a new field belongs here. Each call
// makes new ones.
var resumable = map[string]func(set *dataset.Set) Options{
	"adam":     func(*dataset.Set) Options { return Options{Optimizer: optim.NewAdam()} },
	"best":     func(*dataset.Set) Options { return Options{Optimizer: optim.NewAdam(), Best: true} },
	"momentum": func(*dataset.Set) Options { return Options{Optimizer: &optim.SGD{LearningRate: 0.1, Momentum: 0.9}} },
	"nadam":    func(*dataset.Set) Options { return Options{Optimizer: optim.NewNadam()} },
	"best, rounding": func(*dataset.Set) Options {
		return Options{Optimizer: optim.NewAdam(), Best: true, Rounding: &Rounding{Epochs: 2, Bits: []quantize.Bits{4, 4, 8}}}
	},
	"rmsprop, class weights": func(*dataset.Set) Options {
		return Options{Optimizer: optim.NewRMSprop(), Loss: &Crossentropy{ClassWeights: []float32{2, 1, 1, 0.5}}}
	},
	"adagrad, plateau": func(*dataset.Set) Options {
		return Options{Optimizer: optim.NewAdagrad(), Plateau: &ReduceOnPlateau{ValAccuracy, 0.5, 1}}
	},
	"adadelta, stopping": func(*dataset.Set) Options {
		return Options{Optimizer: optim.NewAdadelta(), Stopping: &EarlyStopping{ValLoss, 2, 1}}
	},
	"adamw, cosine, smoothing, augmented": func(set *dataset.Set) Options {
		return Options{Optimizer: optim.NewAdamW(), Schedule: optim.Cosine(0.2), Loss: &Crossentropy{Smoothing: 0.1}, Augment: noisy(set)}
	},
}

// outcome is what must be the same however a run went.
type outcome struct {
	values []float32
	epochs string
	kept   int
}

// train runs three epochs of ten steps; from is where to resume, nil for the
// beginning.
func train(t *testing.T, ctx context.Context, o Options, from *State) (outcome, error) {
	t.Helper()
	set := bars(200, false)
	index, validation := dataset.Split(set.Len(), 0.2, 777)
	n := network(t, &nn.Dense{Units: 16}, &nn.ReLU{}, &nn.Dropout{Rate: 0.2})
	o.Epochs, o.Batch, o.Seed, o.Resume = 3, 16, 5, from
	history, err := Run(ctx, n, Part{set, index}, Part{set, validation}, o)
	for i := range history.Epochs {
		history.Epochs[i].Seconds = 0
	}
	return outcome{n.Values(), fmt.Sprint(history.Epochs), history.Kept}, err
}

// same reports what differs.
func same(t *testing.T, what string, got, want outcome) {
	t.Helper()
	if !slices.Equal(got.values, want.values) || got.epochs != want.epochs || got.kept != want.kept {
		t.Errorf("%s: got epoch %d of %s, want epoch %d of %s, and the same weights", what, got.kept, got.epochs, want.kept, want.epochs)
	}
}

// TestResume resumes from the file of every state that a run passes.
func TestResume(t *testing.T) {
	for name, options := range resumable {
		t.Run(name, func(t *testing.T) {
			var files [][]byte
			o := options(bars(200, false))
			o.Checkpoint = func(s State) { files = append(files, encode(t, &Checkpoint{State: s})) }
			want, err := train(t, context.Background(), o, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(files) != 34 {
				t.Fatalf("checkpoints: got %d, want one after each of 30 steps and 3 epochs, and one at the end", len(files))
			}
			for i, file := range files {
				c, err := DecodeCheckpoint(file)
				if err != nil {
					t.Fatal(err)
				}
				got, err := train(t, context.Background(), options(bars(200, false)), &c.State)
				if err != nil {
					t.Fatal(err)
				}
				same(t, fmt.Sprintf("from checkpoint %d", i), got, want)
			}
		})
	}
}

// TestInterruptedAndResumed ends the context in several places, of a run that
// keeps only the state of the interruption.
func TestInterruptedAndResumed(t *testing.T) {
	want, err := train(t, context.Background(), Options{Optimizer: optim.NewAdam()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var state *State
	for _, place := range []Step{{Epoch: 1, Step: 1}, {Epoch: 1, Step: 10}, {Epoch: 2, Step: 4}, {Epoch: 2, Step: 5}} {
		ctx, cancel := context.WithCancel(context.Background())
		var next State
		o := Options{
			Optimizer:       optim.NewAdam(),
			CheckpointEvery: math.MaxInt64,
			Checkpoint: func(s State) {
				c, err := DecodeCheckpoint(encode(t, &Checkpoint{State: s}))
				if err != nil {
					t.Fatal(err)
				}
				next = c.State
			},
			OnStep: func(s Step) {
				if s.Epoch == place.Epoch && s.Step == place.Step {
					cancel()
				}
			},
		}
		if _, err := train(t, ctx, o, state); (place.Epoch == 1) != errors.Is(err, ErrNothingToKeep) {
			t.Errorf("interrupted in epoch %d: got the error %v", place.Epoch, err)
		}
		if next.Epoch != place.Epoch || next.Step != place.Step {
			t.Fatalf("state: got epoch %d, step %d, want %d, %d", next.Epoch, next.Step, place.Epoch, place.Step)
		}
		state = &next
	}
	got, err := train(t, context.Background(), Options{Optimizer: optim.NewAdam()}, state)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "interrupted four times", got, want)
}

func TestSameOnAnyNumberOfCores(t *testing.T) {
	for name, options := range resumable {
		t.Run(name, func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
			on := func(cores int) outcome {
				runtime.GOMAXPROCS(cores)
				got, err := train(t, context.Background(), options(bars(200, false)), nil)
				if err != nil {
					t.Fatal(err)
				}
				return got
			}
			want := on(1)
			for _, cores := range []int{2, 3} {
				same(t, fmt.Sprintf("%d cores", cores), on(cores), want)
			}
		})
	}
}

// TestResumeRefused gives Run states that are not its own.
func TestResumeRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*State)
		want   string
	}{
		{"weights", func(s *State) { s.Values = s.Values[1:] }, "weights, want the network's"},
		{"kept weights", func(s *State) { s.KeptValues = nil }, "got 0 kept weights"},
		{"optimizer's lengths", func(s *State) { s.Optimizer.Vectors[1].Values = nil }, "got 0 values of v"},
		{"optimizer's kind", func(s *State) { s.Optimizer.Vectors[0].Name = "velocity" }, "got vectors velocity, v, want m, v"},
		{"epoch", func(s *State) { s.Epoch = 2 }, "got epoch 2 after 3 finished ones"},
		{"epochs", func(s *State) { s.Epoch, s.History = 5, append(s.History, Epoch{}) }, "got epoch 5 after 4 finished ones, of 3"},
		{"kept epoch", func(s *State) { s.Kept = 4 }, "epoch 4 kept after 3"},
		{"step", func(s *State) { s.Step = 11 }, "in 11 steps of 10"},
		{"correct", func(s *State) { s.Correct = 1 }, "got 1 right answers in 0 steps"},
		{"in top", func(s *State) { s.Sums.TopK = -1 }, "got a top_k_categorical_accuracy of -1 images in 0 steps"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var state State
			o := Options{Optimizer: optim.NewAdam(), CheckpointEvery: math.MaxInt64, Checkpoint: func(s State) { state = s }}
			if _, err := train(t, context.Background(), o, nil); err != nil {
				t.Fatal(err)
			}
			c.change(&state)
			_, err := train(t, context.Background(), Options{Optimizer: optim.NewAdam()}, &state)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "fit: resume: ") {
				t.Errorf("error: got %v, want one with %q", err, c.want)
			}
		})
	}
}

// TestSmoothing compares the loss with cross-entropies against one-hot targets:
// the smoothed target is a mean of those.
func TestSmoothing(t *testing.T) {
	const smoothing, classes = 0.3, 4
	logits, label := []float32{0.5, -1, 2, 0.1}, uint16(1)
	plain := func(label uint16) float64 {
		loss, _ := nn.SparseCategoricalCrossentropy(nil, logits, []uint16{label}, classes, 0)
		return loss
	}
	want := (1 - smoothing) * plain(label)
	for class := range classes {
		want += smoothing / classes * plain(uint16(class))
	}
	dlogits := make([]float32, classes)
	got, _ := nn.SparseCategoricalCrossentropy(dlogits, logits, []uint16{label}, classes, smoothing)
	if math.Abs(got-want) > 1e-6 {
		t.Errorf("loss: got %v, want %v", got, want)
	}
	var sum float32
	for _, d := range dlogits {
		sum += d
	}
	p := math.Exp(-plain(label))
	if want := p - (1 - smoothing) - smoothing/classes; math.Abs(float64(dlogits[label])-want) > 1e-6 || math.Abs(float64(sum)) > 1e-6 {
		t.Errorf("gradient: got %v of the label and the sum %v, want %v and 0", dlogits[label], sum, want)
	}
}

// TestResumeConvolutions wants moving statistics to come back too, and the
// same on one core and on two.
func TestResumeConvolutions(t *testing.T) {
	set := bars(100, false)
	train := func(cores int, o Options) []float32 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		n, err := nn.NewSequential(nn.Shape{8, 8, 1}, &nn.Conv2D{Filters: 4, Size: [2]int{3, 3}}, &nn.BatchNormalization{}, &nn.ReLU{},
			&nn.Flatten{}, &nn.Dense{Units: 4}, &nn.Softmax{})
		if err != nil {
			t.Fatal(err)
		}
		n.Initialize(1)
		o.Epochs, o.Batch, o.Optimizer = 2, 32, optim.NewAdam()
		if _, err := Run(context.Background(), n, All(set), All(set), o); err != nil {
			t.Fatal(err)
		}
		return n.Values()
	}
	var states []State
	want := train(1, Options{Checkpoint: func(s State) {
		c, err := DecodeCheckpoint(encode(t, &Checkpoint{State: s}))
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, c.State)
	}})
	for i := range states {
		if got := train(2, Options{Resume: &states[i]}); !slices.Equal(got, want) {
			t.Errorf("from state %d on two cores: got other weights", i)
		}
	}
}

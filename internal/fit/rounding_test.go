package fit

import (
	"math"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/quantize"
)

// kernels returns a network's kernels.
func kernels(n *nn.Sequential) (list []*nn.Param) {
	for _, p := range n.Params() {
		if p.Name == "kernel" {
			list = append(list, p)
		}
	}
	return list
}

// held reports whether 4 bits hold a kernel.
func held(p *nn.Param) bool { return quantize.Held(p.Value, p.Shape[len(p.Shape)-1], 4) != nil }

// TestRounding trains the last two epochs of four with the first kernel of 4 bits, and
// wants the network that was measured, also where it is folded.
func TestRounding(t *testing.T) {
	set := bars(600, false)
	index, validation := dataset.Split(set.Len(), 0.3, 777)
	n := network(t, &nn.Dense{Units: 32}, &nn.BatchNormalization{Momentum: 0.8}, &nn.ReLU{})
	var exact []float32
	o := Options{
		Epochs: 4, Batch: 32, Rounding: &Rounding{Epochs: 2, Bits: []quantize.Bits{4}},
		OnEpoch: func(Epoch) { exact = slices.Clone(kernels(n)[0].Value) },
		Checkpoint: func(State) {
			if held(kernels(n)[0]) {
				t.Error("between steps: got weights of 4 bits, want those that are trained")
			}
		},
	}
	history := run(t, n, Part{set, index}, Part{set, validation}, o)
	first, last := kernels(n)[0], kernels(n)[1]
	if !held(first) || held(last) {
		t.Errorf("4 bits hold the kernels: got %v, %v, want the first alone", held(first), held(last))
	}
	if got := history.Epochs[3].ValAccuracy; got < 0.98 {
		t.Errorf("val_accuracy: got %.3f, want at least 0.98", got)
	}
	changed := 0
	for i, v := range first.Value {
		if v != exact[i] {
			changed++
		}
	}
	if changed < len(exact)/2 {
		t.Errorf("got %d weights that were rounded of %d, want most", changed, len(exact))
	}
	want := history.Epochs[3].ValLoss
	for name, as := range map[string]*nn.Sequential{"as trained": n, "folded": n.Fold()} {
		if got := Evaluate(as, Part{set, validation}, nil, 0).Loss; math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: got a loss of %.7f, want val_loss %.7f", name, got, want)
		}
	}
	folded := n.Fold()
	before := Evaluate(folded, Part{set, validation}, nil, 0).Loss
	p := kernels(folded)[0]
	quantize.Round(p.Value, 32, 4)
	if after := Evaluate(folded, Part{set, validation}, nil, 0).Loss; !held(p) || math.Abs(after-before) > 1e-4 {
		t.Errorf("rounded again behind a normalization: got a loss of %.6f, want %.6f", after, before)
	}
}

// An epoch of exact weights is no match for one of rounded weights, however good it was.
func TestRoundingKeepsRounded(t *testing.T) {
	set := bars(200, true) // nothing to learn: the best epoch is any
	index, validation := dataset.Split(set.Len(), 0.3, 777)
	for name, o := range map[string]Options{
		"best":     {Best: true},
		"stopping": {Stopping: &EarlyStopping{Monitor: ValLoss, Patience: 9}},
	} {
		for seed := range uint64(5) {
			o.Epochs, o.Batch, o.Seed, o.Rounding = 8, 16, seed, &Rounding{Epochs: 2, Bits: []quantize.Bits{4, 8}}
			n := network(t)
			if history := run(t, n, Part{set, index}, Part{set, validation}, o); history.Kept < 7 || !held(kernels(n)[0]) {
				t.Errorf("%s, seed %d: got the weights of epoch %d, want those of 7 or 8, of 4 bits", name, seed, history.Kept)
			}
		}
	}
}

package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// pictures returns a network of every layer for pictures of 12x11.
func pictures(t *testing.T) *Sequential {
	return build(t, Shape{12, 11, 1},
		&Conv2D{Filters: 8, Size: [2]int{3, 3}, Padding: windows.Same}, &BatchNormalization{}, &ReLU{}, &MaxPool2D{Size: [2]int{2, 2}},
		&Conv2D{Filters: 5, Size: [2]int{2, 2}}, &MaxPool2D{Size: [2]int{2, 2}}, &BatchNormalization{}, &ReLU{},
		&Flatten{}, &Dropout{Rate: 0.25}, &Dense{Units: 6}, &BatchNormalization{}, &ReLU{}, &Dense{Units: 3}, &Softmax{})
}

// TestSomeSamplesAtATime checks that it plays no part how many samples go through
// the layers together.
func TestSomeSamplesAtATime(t *testing.T) {
	const n = 37
	x, dlogits := normal(n*132), normal(n*3)
	var logits, grads []float32
	for _, samples := range []int{1 << 20, 1, 3} {
		network := pictures(t)
		for i, stage := range network.run.stages {
			network.run.stages[i].samples = min(stage.samples, samples)
		}
		network.Seed(1, 1)
		gotLogits := slices.Clone(network.Logits(x, n, true))
		network.Backward(dlogits, x, n)
		if logits == nil {
			logits, grads = gotLogits, slices.Clone(network.Grads())
		}
		for i, got := range gotLogits {
			if math.Abs(float64(got-logits[i])) > 1e-5 {
				t.Errorf("%d samples: logit %d: got %g, want %g", samples, i, got, logits[i])
			}
		}
		for i, got := range network.Grads() {
			if math.Abs(float64(got-grads[i])) > 1e-4*max(1, math.Abs(float64(grads[i]))) {
				t.Errorf("%d samples: gradient %d: got %g, want %g", samples, i, got, grads[i])
			}
		}
	}
}

// normal draws n values of N(0, 1).
func normal(n int) []float32 {
	random := rand.New(rand.NewPCG(5, 5))
	values := make([]float32, n)
	for i := range values {
		values[i] = float32(random.NormFloat64())
	}
	return values
}

// TestLanes checks that a step makes the same bytes on any number of cores.
func TestLanes(t *testing.T) {
	const n = 37
	x, dlogits := normal(n*132), normal(n*3)
	step := func(parallel func(n int, run func(i int))) (logits, grads, values []float32) {
		network := pictures(t)
		network.Parallel = parallel
		network.Seed(1, 1)
		logits = slices.Clone(network.Logits(x, n, true))
		network.Backward(dlogits, x, n)
		return logits, network.Grads(), network.Values()
	}
	logits, grads, values := step(nil)
	gotLogits, gotGrads, gotValues := step(backwards)
	if !slices.Equal(gotLogits, logits) || !slices.Equal(gotGrads, grads) || !slices.Equal(gotValues, values) {
		t.Error("on several goroutines: got other values than on one")
	}
}

// plain returns a network of pictures without batch normalization, which Train takes through
// in pieces.
func plain(t *testing.T) *Sequential {
	return build(t, Shape{12, 11, 1},
		&Conv2D{Filters: 16, Size: [2]int{3, 3}, Padding: windows.Same}, &ReLU{}, &MaxPool2D{Size: [2]int{2, 2}},
		&Conv2D{Filters: 8, Size: [2]int{3, 3}}, &Activation{Curve: activation.Curve{Function: activation.Tanh}}, &Dropout{Rate: 0.25}, &Flatten{}, &Dense{Units: 6}, &ReLU{}, &Dense{Units: 3}, &Softmax{})
}

// TestTrain compares Train, on one goroutine and on several, with Logits and Backward. Its
// input is written when a lane comes to it.
func TestTrain(t *testing.T) {
	const n = 37
	images, target := normal(n*132), normal(n*3)
	toTarget := func(dlogits, logits []float32, at int) {
		for i, v := range logits {
			dlogits[i] = v - target[at*3+i]
		}
	}
	for name, network := range map[string]func(*testing.T) *Sequential{"pieces": plain, "stages": pictures, "logits of pictures": func(t *testing.T) *Sequential {
		return build(t, Shape{12, 11, 1}, &Conv2D{Filters: 3, Size: [2]int{12, 11}}, &ReLU{}, &Flatten{})
	}} {
		want := network(t)
		want.Seed(1, 1)
		wantLogits, dlogits := slices.Clone(want.Logits(images, n, true)), make([]float32, n*3)
		toTarget(dlogits, wantLogits, 0)
		want.Backward(dlogits, images, n)
		var first []float32
		for _, parallel := range []func(n int, run func(i int)){nil, backwards} {
			got := network(t)
			got.Parallel = parallel
			for range 2 { // the second time in used buffers
				for i, stage := range got.run.stages {
					got.run.stages[i].samples = min(stage.samples, 2)
				}
				got.Seed(1, 1)
				copy(got.Values(), want.Values())
				x := make([]float32, n*132)
				got.Await(func(to []float32, at int) { copy(to, images[at*132:]) })
				gotLogits := got.Train(x, make([]float32, n*3), n, func(dlogits, logits []float32, s Span) {
					toTarget(dlogits, logits, s.At)
				})
				for i, v := range append(slices.Clone(gotLogits), got.Grads()...) {
					want := float64(append(slices.Clone(wantLogits), want.Grads()...)[i])
					if math.Abs(float64(v)-want) > 1e-4*max(1, math.Abs(want)) {
						t.Errorf("%s: logit or gradient %d: got %g, want %g", name, i, v, want)
					}
				}
				if first == nil {
					first = slices.Clone(got.Grads())
				}
				if !slices.Equal(got.Grads(), first) {
					t.Errorf("%s: on several goroutines or the second time: got other gradients", name)
				}
				got.Logits(images, n, false)
			}
		}
	}
}

// TestHasten compares hastened passes with others, and checks that they still do not depend on
// the batch around a sample.
func TestHasten(t *testing.T) {
	const n = 9
	x := normal(n * 132)
	for _, network := range []*Sequential{plain(t), pictures(t)} {
		want := slices.Clone(network.Logits(x, n, false))
		network.Hasten()
		hasty := slices.Clone(network.Logits(x, n, false))
		for i, got := range hasty {
			if math.Abs(float64(got-want[i])) > 1e-5 {
				t.Errorf("logit %d: got %g, want %g", i, got, want[i])
			}
		}
		if got := network.Logits(x[132:264], 1, false); !slices.Equal(got, hasty[3:6]) {
			t.Errorf("one sample alone: got %v, want %v", got, hasty[3:6])
		}
	}
}

// backwards runs lanes on goroutines, the last first.
func backwards(n int, run func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { run(n - 1 - i) })
	}
	group.Wait()
}

// TestPredictsSampleBySample checks that a sample's logits do not depend on the
// batch around it.
func TestPredictsSampleBySample(t *testing.T) {
	network := pictures(t)
	const n = 9
	x := normal(n * 132)
	want := slices.Clone(network.Logits(x, n, false))
	for i := range n {
		near(t, "logits", network.Logits(x[i*132:(i+1)*132], 1, false), want[i*3:(i+1)*3])
	}
	if got := network.Output(len(network.Layers)-2, 0); len(got) != 3 {
		t.Errorf("output of the last dense layer: got %d values, want 3", len(got))
	}
}

// TestBatchNormalization compares a training pass and the moving averages with
// their definition.
func TestBatchNormalization(t *testing.T) {
	norm := &BatchNormalization{Momentum: 0.9, Epsilon: 0.01}
	network := build(t, Shape{2, 2, 2}, norm)
	copy(network.Values(), []float32{2, -1, 0.5, 0.25})
	const n = 5
	x := normal(n * 8)
	got := network.Logits(x, n, true)
	for ch := range 2 {
		var mean, variance float64
		for i := ch; i < len(x); i += 2 {
			mean += float64(x[i]) / (n * 4)
		}
		for i := ch; i < len(x); i += 2 {
			variance += (float64(x[i]) - mean) * (float64(x[i]) - mean) / (n * 4)
		}
		gamma, beta := []float64{2, -1}[ch], []float64{0.5, 0.25}[ch]
		for i := ch; i < len(x); i += 2 {
			want := gamma*(float64(x[i])-mean)/math.Sqrt(variance+0.01) + beta
			if math.Abs(float64(got[i])-want) > 1e-5 {
				t.Errorf("y %d: got %.6f, want %.6f", i, got[i], want)
			}
		}
		near(t, "moving mean", network.Values()[4+ch:5+ch], []float32{float32(0.1 * mean)})
		near(t, "moving variance", network.Values()[6+ch:7+ch], []float32{float32(0.9 + 0.1*variance)})
	}
}

// TestPoolingBeforeNormalization compares a training step in which pooling goes before the
// normalization with one in which it does not, windows that leave out pixels and negative
// gammas included.
func TestPoolingBeforeNormalization(t *testing.T) {
	for name, input := range map[string]Shape{"all pixels in windows": {12, 12, 1}, "some left out": {11, 12, 1}} {
		t.Run(name, func(t *testing.T) {
			const n = 19
			x, dlogits := normal(n*input.Size()), normal(n*3)
			step := func(join bool) *Sequential {
				network := build(t, input,
					&Conv2D{Filters: 16, Size: [2]int{3, 3}, Padding: windows.Same}, &BatchNormalization{}, &ReLU{}, &MaxPool2D{Size: [2]int{2, 2}},
					&Conv2D{Filters: 8, Size: [2]int{2, 2}}, &BatchNormalization{}, &ReLU{}, &MaxPool2D{Size: [2]int{2, 2}},
					&Flatten{}, &Dense{Units: 3}, &Softmax{})
				for i, layer := range network.Layers {
					norm, ok := layer.(*BatchNormalization)
					if !ok {
						continue
					}
					norm.gamma.Value[1], norm.beta.Value[1] = -0.7, 0.4
					if !join {
						pool := network.Layers[i+2].(*MaxPool2D)
						norm.pool, pool.norm = nil, nil
						network.run.pooled[i], network.run.pooled[i+1] = i, i+1
					}
				}
				network.Logits(x, n, true)
				network.Backward(dlogits, x, n)
				return network
			}
			want, got := step(false), step(true)
			if got.Layers[1].(*BatchNormalization).pool == nil {
				t.Error("pooling stays behind the normalization")
			}
			near(t, "logits", got.Output(9, 0), want.Output(9, 0))
			near(t, "moving statistics", got.Values(), want.Values())
			for i, g := range got.Grads() {
				if w := want.Grads()[i]; math.Abs(float64(g-w)) > 1e-4*max(1, math.Abs(float64(w))) {
					t.Errorf("gradient %d: got %g, want %g", i, g, w)
				}
			}
		})
	}
}

// TestFold compares a network with what Fold makes of it, negative gammas before
// and behind pooling included.
func TestFold(t *testing.T) {
	for _, c := range []struct {
		name   string
		gamma  float32 // of one channel behind pooling
		layers int     // left
	}{
		{"all folded", 0.7, 11},
		{"a negative gamma behind pooling stays", -0.7, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			network := pictures(t)
			for _, p := range network.Params() {
				for i := range p.Value {
					p.Value[i] += 0.3 * float32(math.Sin(float64(7*i+len(p.Name))))
				}
			}
			network.Layers[1].(*BatchNormalization).gamma.Value[3] = -1.5
			network.Layers[6].(*BatchNormalization).gamma.Value[2] = c.gamma
			x := normal(4 * 132)
			want := slices.Clone(network.Logits(x, 4, false))
			folded := network.Fold()
			if got := len(folded.Layers); got != c.layers {
				t.Errorf("layers: got %d, want %d", got, c.layers)
			}
			for i, got := range folded.Logits(x, 4, false) {
				if math.Abs(float64(got-want[i])) > 1e-5 {
					t.Errorf("logit %d: got %.7f, want %.7f", i, got, want[i])
				}
			}
		})
	}
}

func TestClone(t *testing.T) {
	network := pictures(t)
	network.Values()[0] = 3
	clone := network.Clone()
	if !slices.Equal(clone.Values(), network.Values()) {
		t.Error("got other parameters")
	}
	clone.Values()[0] = 4
	if network.Values()[0] != 3 {
		t.Error("the clone shares its parameters")
	}
}

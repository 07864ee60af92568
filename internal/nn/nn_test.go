package nn

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/crossentropy"
	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// build makes an initialised network for a test.
func build(t *testing.T, input Shape, layers ...Layer) *Sequential {
	t.Helper()
	s, err := NewSequential(input, layers...)
	if err != nil {
		t.Fatal(err)
	}
	s.Initialize(6)
	return s
}

// TestGradients compares every backward pass with central differences of the
// loss, with respect to parameters and input.
func TestGradients(t *testing.T) {
	conv := func(filters, size int, padding windows.Padding) *Conv2D {
		return &Conv2D{Filters: filters, Size: [2]int{size, size}, Padding: padding}
	}
	pool := func() *MaxPool2D { return &MaxPool2D{Size: [2]int{2, 2}} }
	for _, c := range []struct {
		name   string
		layers []Layer
	}{
		{"dense", []Layer{&Flatten{}, &Dense{Units: 3}}},
		{"dense relu", []Layer{&Flatten{}, &Dense{Units: 7}, &ReLU{}, &Dense{Units: 3}}},
		{"softmax inside", []Layer{&Flatten{}, &Dense{Units: 4}, &Softmax{}, &Dense{Units: 3, Init: initial.HeNormal}}},
		{"softmax at the end", []Layer{&Flatten{}, &Dense{Units: 5}, &ReLU{}, &Dense{Units: 3}, &Softmax{}}},
		{"dropout", []Layer{&Flatten{}, &Dense{Units: 9}, &Dropout{Rate: 0.4}, &Dense{Units: 3}}},
		{"dense, normalized", []Layer{&Flatten{}, &Dense{Units: 5}, &BatchNormalization{}, &ReLU{}, &Dense{Units: 3}}},
		{"normalized first and last", []Layer{&BatchNormalization{}, &Flatten{}, &Dense{Units: 3}, &BatchNormalization{}, &Softmax{}}},
		{"conv", []Layer{conv(2, 3, windows.Valid), &Flatten{}, &Dense{Units: 3}}},
		{"conv of 16 channels", []Layer{conv(16, 3, windows.Same), conv(8, 3, windows.Valid), &Flatten{}, &Dense{Units: 3}}},
		{"conv of 16 channels, same", []Layer{conv(16, 3, windows.Same), pool(), conv(8, 3, windows.Same), &Flatten{}, &Dense{Units: 3}}},
		{"normalized relu pool", []Layer{conv(2, 2, windows.Valid), &BatchNormalization{}, &ReLU{}, pool(), &Flatten{}, &Dense{Units: 3}}},
		{"conv relu pool", []Layer{conv(3, 2, windows.Valid), &ReLU{}, pool(), &Flatten{}, &Dense{Units: 3}}},
		{"conv pool relu", []Layer{conv(8, 3, windows.Same), pool(), &ReLU{}, &Flatten{}, &Dense{Units: 3}}},
		{"strides, same", []Layer{&Conv2D{Filters: 4, Size: [2]int{3, 2}, Strides: [2]int{2, 3}, Padding: windows.Same}, &ReLU{}, &Flatten{}, &Dense{Units: 3}}},
		{"relu and pool first", []Layer{&ReLU{}, pool(), &Flatten{}, &Dense{Units: 3}}},
		{"zeros around", []Layer{conv(3, 2, windows.Zeros(2)), &Flatten{}, &Dense{Units: 3}}},
		{"average pooling", []Layer{conv(3, 2, windows.Valid), &AveragePool2D{Size: [2]int{2, 2}}, &ReLU{}, &Flatten{}, &Dense{Units: 3}}},
		{"average pooling, same", []Layer{&AveragePool2D{Size: [2]int{3, 2}, Strides: [2]int{2, 1}, Padding: windows.Same}, conv(3, 2, windows.Valid), &Flatten{}, &Dense{Units: 3}}},
		{"max pooling, same", []Layer{conv(3, 2, windows.Valid), &MaxPool2D{Size: [2]int{3, 3}, Strides: [2]int{2, 2}, Padding: windows.Same}, &ReLU{}, &Flatten{}, &Dense{Units: 3}}},
		{"global pooling", []Layer{conv(6, 2, windows.Valid), &ReLU{}, &AveragePool2D{}, &MaxPool2D{}, &Flatten{}, &Dense{Units: 3}}},
		{"rescaling, reshaped", []Layer{&Rescaling{Scale: 2, Offset: -1}, &Reshape{Target: Shape{30}}, &Dense{Units: 12}, &Reshape{Target: Shape{2, 3, 2}}, conv(2, 2, windows.Same), &Flatten{}, &Dense{Units: 3}}},
		{"activation before relu", []Layer{conv(2, 2, windows.Valid), &Activation{Curve: activation.Curve{Function: activation.Tanh}}, &ReLU{}, &Flatten{}, &Dense{Units: 3}}},
		{"conv, normalized", []Layer{conv(8, 3, windows.Valid), &BatchNormalization{}, &ReLU{}, conv(3, 2, windows.Same), &BatchNormalization{}, &Flatten{}, &Dense{Units: 3}}},
		{"two normalizations", []Layer{conv(2, 2, windows.Valid), &BatchNormalization{}, &BatchNormalization{}, pool(), &Dropout{Rate: 0.2}, &Flatten{}, &Dense{Units: 3}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			network := build(t, Shape{5, 6, 1}, c.layers...)
			for i := range network.run.stages {
				network.run.stages[i].samples = min(network.run.stages[i].samples, 1) // lanes of one and two samples
			}
			random := rand.New(rand.NewPCG(1, 1))
			const n = 6
			x, labels := make([]float32, n*30), []uint16{0, 2, 1, 2, 0, 1}
			for i := range x {
				x[i] = float32(random.NormFloat64())
			}
			loss := func(dlogits []float32) float64 {
				network.Seed(8, 1)
				sum, _ := crossentropy.SparseCategorical(dlogits, network.Logits(x, n, true), labels, 3, 0)
				return sum / n
			}
			dlogits, dx := make([]float32, n*3), make([]float32, n*30)
			loss(dlogits)
			network.InputGradient(dx, dlogits, x, n)
			trained := make([]bool, 0, network.Size())
			for _, p := range network.Params() {
				trained = append(trained, slices.Repeat([]bool{p.Trainable()}, p.Shape.Size())...)
			}
			differences := func(what string, grads, values []float32, moved func(i int) bool) {
				for i, got := range slices.Clone(grads) {
					if !moved(i) {
						if got != 0 {
							t.Errorf("%s %d: got gradient %g of a value that is not trained", what, i, got)
						}
						continue
					}
					// A step across a ReLU's or a pooling's kink tells nothing: a
					// shorter one may not cross it.
					for _, step := range []float32{1e-3, 2e-4, 5e-5} {
						value := values[i]
						values[i] = value + step
						above := loss(nil)
						values[i] = value - step
						below := loss(nil)
						values[i] = value
						want := (above - below) / (2 * float64(step))
						if math.Abs(float64(got)-want) <= 2e-3*max(1, math.Abs(want)) {
							break
						}
						if step == 5e-5 {
							t.Errorf("%s %d: got gradient %.5f, want %.5f", what, i, got, want)
						}
					}
				}
			}
			differences("parameter", network.Grads(), network.Values(), func(i int) bool { return trained[i] })
			differences("input", dx, x, func(int) bool { return true })
		})
	}
}

// TestInputGradients compares dx of layers against central differences of the
// weighted sum of their outputs.
func TestInputGradients(t *testing.T) {
	for name, layer := range map[string]Layer{
		"dense": &Dense{Units: 4}, "relu": &ReLU{}, "softmax": &Softmax{}, "flatten": &Flatten{}, "dropout": &Dropout{Rate: 0.3},
	} {
		t.Run(name, func(t *testing.T) {
			network := build(t, Shape{5}, layer)
			random := rand.New(rand.NewPCG(2, 2))
			const n = 3
			x, dx := make([]float32, n*5), make([]float32, n*5)
			y, dy := make([]float32, n*network.Classes()), make([]float32, n*network.Classes())
			for i := range x {
				x[i] = float32(random.NormFloat64())
			}
			for i := range dy {
				dy[i] = float32(random.NormFloat64())
			}
			network.Grads()
			sum := func() (total float64) {
				network.Seed(1, 1)
				layer.Forward(y, x, Span{N: n, Training: true})
				for i := range y {
					total += float64(y[i] * dy[i])
				}
				return total
			}
			sum()
			layer.Backward(network.Grads(), dx, dy, x, y, Span{N: n})
			for i, got := range dx {
				const step = 2e-3
				value := x[i]
				x[i] = value + step
				above := sum()
				x[i] = value - step
				below := sum()
				x[i] = value
				if want := (above - below) / (2 * step); math.Abs(float64(got)-want) > 2e-3 {
					t.Errorf("dx %d: got %.5f, want %.5f", i, got, want)
				}
			}
		})
	}
}

// TestSparseIsDense compares a step over lists of nonzero pixels with one over
// all of them.
func TestSparseIsDense(t *testing.T) {
	network := build(t, Shape{5, 7, 1}, &Flatten{}, &Dense{Units: 16}, &ReLU{}, &Dense{Units: 3}, &Softmax{})
	random := rand.New(rand.NewPCG(3, 3))
	const n, size = 6, 35
	images, x := sparseImagesOf(random, n, size)
	dlogits := make([]float32, n*3)
	labels := []uint16{0, 1, 2, 0, 1, 2}
	dense := slices.Clone(network.Logits(x, n, true))
	crossentropy.SparseCategorical(dlogits, dense, labels, 3, 0)
	network.Backward(dlogits, x, n)
	want := slices.Clone(network.Grads())
	near(t, "logits", network.SparseLogits(images, n, true), dense)
	network.SparseBackward(dlogits, images, n)
	near(t, "gradients", network.Grads(), want)
}

// sparseImagesOf draws images as lists of their nonzero pixels and as all of them.
func sparseImagesOf(random *rand.Rand, n, size int) (*kernel.Sparse, []float32) {
	images, x := kernel.NewSparse(size, &Scale), make([]float32, n*size)
	images.Reset(n)
	for i := range n {
		image := make([]uint8, size)
		for j := range image {
			if random.IntN(3) == 0 {
				image[j] = uint8(random.IntN(256))
			}
		}
		images.Set(i, image)
		Pixels(x[i*size:(i+1)*size], image)
	}
	return images, x
}

// TestSparseInParts compares a step whose first layer several goroutines share with one
// that runs in turn: all bits must be the same.
func TestSparseInParts(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	const n, size, classes = 3*sparseImages + 5, 3*sparsePixels + 7, 3
	images, _ := sparseImagesOf(random, n, size)
	dlogits := make([]float32, n*classes)
	for i := range dlogits {
		dlogits[i] = float32(random.NormFloat64())
	}
	step := func(parallel func(n int, run func(i int))) (logits, grads []float32) {
		network := build(t, Shape{1, size, 1}, &Flatten{}, &Dense{Units: 16}, &ReLU{}, &Dense{Units: classes}, &Softmax{})
		network.Parallel = parallel
		logits = network.SparseLogits(images, n, true)
		network.SparseBackward(dlogits, images, n)
		return logits, network.Grads()
	}
	logits, grads := step(nil)
	parts := 0
	gotLogits, gotGrads := step(func(n int, run func(i int)) {
		parts += n
		var workers sync.WaitGroup
		for i := range n {
			workers.Go(func() { run(n - 1 - i) })
		}
		workers.Wait()
	})
	if !slices.Equal(gotLogits, logits) || !slices.Equal(gotGrads, grads) {
		t.Error("got other bits than in turn")
	}
	if parts != 8 {
		t.Errorf("got %d parts, want 4 of images and 4 of pixels", parts)
	}
}

// reference is one training step as PyTorch computes it; testdata/make.py wrote
// it.
type reference struct {
	X                     [][]float32
	Labels                []uint16
	Parameters, Gradients [][]float32
	Logits, Probabilities [][]float32
	Loss                  float64
	AfterSGD              [][]float32 `json:"after_sgd"`
}

func TestAgainstPyTorch(t *testing.T) {
	data, err := os.ReadFile("testdata/torch.json")
	if err != nil {
		t.Fatal(err)
	}
	var want reference
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	network := build(t, Shape{6}, &Dense{Units: 5}, &ReLU{}, &Dense{Units: 4}, &ReLU{}, &Dense{Units: 3}, &Softmax{})
	copy(network.Values(), slices.Concat(want.Parameters...))
	x, n := slices.Concat(want.X...), len(want.X)
	near(t, "probabilities", network.Forward(x, n), slices.Concat(want.Probabilities...))
	logits := network.Logits(x, n, true)
	near(t, "logits", logits, slices.Concat(want.Logits...))
	dlogits := make([]float32, len(logits))
	loss, _ := crossentropy.SparseCategorical(dlogits, logits, want.Labels, 3, 0)
	if math.Abs(loss/float64(n)-want.Loss) > 1e-6 {
		t.Errorf("loss: got %.8f, want %.8f", loss/float64(n), want.Loss)
	}
	network.Backward(dlogits, x, n)
	near(t, "gradients", network.Grads(), slices.Concat(want.Gradients...))
	for i, g := range network.Grads() {
		network.Values()[i] -= 0.1 * g
	}
	near(t, "after one step of SGD", network.Values(), slices.Concat(want.AfterSGD...))
}

// near compares two vectors within 1e-6.
func near(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d values, want %d", what, len(got), len(want))
	}
	for i := range got {
		if math.Abs(float64(got[i]-want[i])) > 1e-6 {
			t.Errorf("%s %d: got %.8f, want %.8f", what, i, got[i], want[i])
		}
	}
}

func TestFirstBiases(t *testing.T) {
	network := build(t, Shape{400}, &Dense{Units: 100})
	for _, b := range network.Params()[1].Value {
		if b != 0 {
			t.Fatalf("bias: got %v, want 0", b)
		}
	}
}

func TestShapesAreChecked(t *testing.T) {
	for _, c := range []struct {
		name, want string
		layers     []Layer
	}{
		{"dense on a picture", "nn: dense: input (4, 4, 1), want one dimension: put a flatten before it", []Layer{&Dense{Units: 2}}},
		{"no units", "at least 1 unit", []Layer{&Flatten{}, &Dense{}}},
		{"softmax on a picture", "a value per class", []Layer{&Softmax{}}},
		{"dropout of all", "rate", []Layer{&Dropout{Rate: 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := NewSequential(Shape{4, 4, 1}, c.layers...); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

func TestSoftmaxOfLargeLogits(t *testing.T) {
	p := make([]float32, 3)
	SoftmaxRow(p, []float32{1000, 1000, -1000}, 1)
	near(t, "softmax", p, []float32{0.5, 0.5, 0})
	SoftmaxRow(p, []float32{2, 0, 0}, 2)
	e := float32(math.E)
	near(t, "softmax at temperature 2", p, []float32{e / (e + 2), 1 / (e + 2), 1 / (e + 2)})
}

func TestDropout(t *testing.T) {
	network := build(t, Shape{10000}, &Dropout{Rate: 0.25})
	x := make([]float32, 10000)
	for i := range x {
		x[i] = 1
	}
	if got := network.Logits(x, 1, false); !slices.Equal(got, x) {
		t.Error("predicting: got other values than the input")
	}
	network.Seed(1, 2)
	first := slices.Clone(network.Logits(x, 1, true))
	dropped := 0
	for _, v := range first {
		if v == 0 {
			dropped++
		} else if v != 1/float32(0.75) {
			t.Fatalf("kept value: got %v, want %v", v, 1/float32(0.75))
		}
	}
	if dropped < 2350 || dropped > 2650 {
		t.Errorf("dropped: got %d of 10000, want about 2500", dropped)
	}
	network.Seed(1, 2)
	if !slices.Equal(network.Logits(x, 1, true), first) {
		t.Error("same seed and step: got another mask")
	}
	network.Seed(1, 3)
	if slices.Equal(network.Logits(x, 1, true), first) {
		t.Error("next step: got the same mask")
	}
}

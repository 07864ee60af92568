package similarity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/crossentropy"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// TestGradients compares gradients with central differences.
func TestGradients(t *testing.T) {
	conv := &nn.Conv2D{Filters: 3, Size: [2]int{2, 2}}
	for name, layers := range map[string][]nn.Layer{
		"unit length": {&nn.Flatten{}, &nn.Dense{Units: 5}, &UnitNormalization{}, &nn.ReLU{}, &nn.Rescaling{Scale: 3}, &nn.Dense{Units: 3}},
		"of pixels":   {conv, &UnitNormalization{}, &nn.Flatten{}, &nn.Dense{Units: 3}},
		"prototypes": {&nn.Flatten{}, &nn.Dense{Units: 5}, &UnitNormalization{},
			&Prototypes{Classes: 2, Columns: 5, Others: 6, Nearest: 3, Share: 0.6}},
		"no others": {&nn.Flatten{}, &Prototypes{Classes: 2, Columns: 2}, &nn.Softmax{}},
	} {
		t.Run(name, func(t *testing.T) {
			network, err := nn.NewSequential(nn.Shape{4, 5, 1}, layers...)
			if err != nil {
				t.Fatal(err)
			}
			network.Initialize(1)
			const n = 5
			x, labels := make([]float32, n*20), []uint16{0, 2, 1, 2, 0}
			random := rand.New(rand.NewPCG(1, 1))
			for i := range x {
				x[i] = float32(random.NormFloat64())
			}
			loss := func(dlogits []float32) float64 {
				sum, _ := crossentropy.SparseCategorical(dlogits, network.Logits(x, n, true), labels, 3, 0)
				return sum / n
			}
			dlogits, dx := make([]float32, n*3), make([]float32, n*20)
			loss(dlogits)
			network.InputGradient(dx, dlogits, x, n)
			var fixed []bool
			for _, p := range network.Params() {
				fixed = append(fixed, slices.Repeat([]bool{!p.Trainable()}, p.Shape.Size())...)
			}
			check := func(what string, grads, values []float32, fixed []bool) {
				for i, got := range slices.Clone(grads) {
					var want float64
					for _, step := range []float32{1e-3, 2e-4} { // a shorter one may not cross a kink
						if fixed != nil && fixed[i] {
							break
						}
						value := values[i]
						values[i] = value + step
						above := loss(nil)
						values[i] = value - step
						below := loss(nil)
						values[i] = value
						if want = (above - below) / (2 * float64(step)); math.Abs(float64(got)-want) <= 2e-3 {
							break
						}
					}
					if math.Abs(float64(got)-want) > 2e-3 {
						t.Errorf("%s %d: got gradient %.5f, want %.5f", what, i, got, want)
					}
				}
			}
			check("parameter", network.Grads(), network.Values(), fixed)
			check("input", dx, x, nil)
		})
	}
}

// The nearest column of each class counts, and the mean of the nearest others.
func TestPrototypes(t *testing.T) {
	p := &Prototypes{Classes: 2, Columns: 3, Others: 3, Nearest: 2, Share: 0.5}
	network, err := nn.NewSequential(nn.Shape{2, 1, 1}, &nn.Flatten{}, p)
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	copy(p.Params()[0].Value, []float32{ // (2, 6)
		1, 0, -1, 0.2, 0.4, 0.9,
		0, 1, 0, 0, 0, 0,
	})
	copy(p.Params()[1].Value, []float32{1, 0, 0})
	copy(p.Params()[2].Value, []float32{0, 0.125, 1})
	if got := network.Logits([]float32{1, 0}, 1, false); !slices.Equal(got, []float32{0, 1.125, 1.325}) {
		t.Errorf("got %v, want 0, 1.125, 1.325", got)
	}
	for name, classes := range map[string][]float32{"no column": {1, 1, 1}, "no class": {0, 1, 2}, "half a class": {0, 1, 0.5}} {
		if copy(p.Params()[1].Value, classes); p.Whole() {
			t.Errorf("%s: got a whole layer", name)
		}
	}
	for _, wrong := range []*Prototypes{{Classes: 2, Columns: 1}, {Columns: 1}, {Classes: 1, Columns: 1, Others: 2}, {Classes: 1, Columns: 1, Nearest: 1}} {
		if _, err := nn.NewSequential(nn.Shape{2, 1, 1}, &nn.Flatten{}, wrong); err == nil {
			t.Errorf("%+v: got a network", wrong)
		}
	}
}

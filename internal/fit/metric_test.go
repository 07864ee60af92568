package fit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

// The gradients of the losses are those of their values, by central differences.
func TestMetricGradients(t *testing.T) {
	const classes = 5
	labels := []uint16{0, 3, 3, 0, 1, 3, 4, 4} // of class 1 there is one alone
	random := rand.New(rand.NewPCG(3, 3))
	x := make([]float32, len(labels)*classes)
	for i := range x {
		x[i] = float32(random.NormFloat64())
	}
	for name, loss := range map[string]Loss{
		"cosine":           &Cosine{Margin: 0.2, Scale: 3},
		"cosine, smoothed": &Cosine{Crossentropy: Crossentropy{Smoothing: 0.1}, Margin: 0.3, Scale: 2},
		"prototypes":       &Prototypes{Scale: 2},
	} {
		t.Run(name, func(t *testing.T) {
			got, kept := make([]float32, len(x)), slices.Clone(x)
			loss.train(got, x, labels, classes)
			if !slices.Equal(x, kept) {
				t.Fatal("the logits are not what they were")
			}
			for i := range x {
				const step = 1e-2
				x[i] += step
				above, _ := loss.train(make([]float32, len(x)), x, labels, classes)
				x[i] = kept[i] - step
				below, _ := loss.train(make([]float32, len(x)), x, labels, classes)
				x[i] = kept[i]
				if want := (above - below) / (2 * step) / float64(len(labels)); math.Abs(float64(got[i])-want) > 1e-3 {
					t.Errorf("value %d: got %.5f, want %.5f", i, got[i], want)
				}
			}
		})
	}
}

// An image is read by the prototypes of the others.
func TestPrototypesLeaveOneOut(t *testing.T) {
	features := []float32{1, 0, 0, 1, 1, 0, 0, 1, 0, -1} // (5, 2)
	if loss, correct := (&Prototypes{Scale: 20}).train(nil, features, []uint16{7, 9, 7, 9, 2}, 2); correct != 4 || loss > 1e-3 {
		t.Errorf("two classes of two, one alone: got %d right, loss %v", correct, loss)
	}
	if _, correct := (&Prototypes{Scale: 20}).train(nil, features, []uint16{7, 7, 9, 9, 2}, 2); correct != 0 {
		t.Errorf("each class divided: got %d right", correct)
	}
}

// An epoch has groups of images of one class, and each image once at most.
func TestPrototypesOrder(t *testing.T) {
	set := bars(103, false)
	part := All(set)
	order := (&Prototypes{}).order(part, rand.New(rand.NewPCG(1, 1)))
	if len(order)%Shots != 0 || len(order) < 103-4*(Shots-1) {
		t.Fatalf("got %d images of 103", len(order))
	}
	seen := map[int]bool{}
	for group := range slices.Chunk(order, Shots) {
		for _, i := range group {
			if seen[i] || set.Labels[i] != set.Labels[group[0]] {
				t.Fatalf("image %d: seen before, or of another class than its group", i)
			}
			seen[i] = true
		}
	}
}

// The columns of a head keep length 1, and its bias 0, while the loss falls.
func TestCosineKeepsItsHead(t *testing.T) {
	n := network(t, &nn.Dense{Units: 16}, &similarity.UnitNormalization{}, &nn.Rescaling{Scale: 16})
	head := n.Layers[len(n.Layers)-2].(*nn.Dense)
	history := run(t, n, All(bars(200, false)), Part{}, Options{Epochs: 8, Batch: 16, Loss: &Cosine{Margin: 0.2, Scale: 16, Head: head}})
	if first, last := history.Epochs[0], history.Epochs[7]; last.Loss >= first.Loss/2 || last.Accuracy < 0.95 {
		t.Errorf("got a loss of %.3f and then %.3f, accuracy %.3f", first.Loss, last.Loss, last.Accuracy)
	}
	kernel, bias := head.Params()[0].Value, head.Params()[1].Value
	for column := range head.Units {
		var square float64
		for i := column; i < len(kernel); i += head.Units {
			square += float64(kernel[i]) * float64(kernel[i])
		}
		if math.Abs(square-1) > 1e-5 || bias[column] != 0 {
			t.Errorf("column %d: got a length of %.6f and the bias %v", column, math.Sqrt(square), bias[column])
		}
	}
}

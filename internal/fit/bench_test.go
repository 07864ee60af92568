package fit

import (
	"context"
	"math"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// BenchmarkEpoch trains the notebook's network for an epoch of 4,800 synthetic
// digits, as they are and with an augmentation of some microseconds an image;
// -cpu 1,2 shows what batches gathered ahead gain.
func BenchmarkEpoch(b *testing.B) {
	pair, err := dataset.Open("synthetic", "")
	if err != nil {
		b.Fatal(err)
	}
	train, _ := dataset.Split(pair.Train.Len(), 0.2, 777)
	waves := func(dst []uint8, image, epoch int) {
		for i, p := range pair.Train.Image(image) {
			dst[i] = uint8(float64(p) * math.Abs(math.Sin(float64(i+epoch))))
		}
	}
	for _, c := range []struct {
		name    string
		augment func(dst []uint8, image, epoch int)
	}{{"plain", nil}, {"augmented", waves}} {
		b.Run(c.name, func(b *testing.B) {
			n, err := nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Flatten{}, &nn.Dense{Units: 64}, &nn.ReLU{}, &nn.Dense{Units: 32}, &nn.ReLU{}, &nn.Dense{Units: 10}, &nn.Softmax{})
			if err != nil {
				b.Fatal(err)
			}
			n.Initialize(1)
			o := Options{Epochs: 1, Batch: 128, Optimizer: optim.NewAdam(), Augment: c.augment}
			for b.Loop() {
				if _, err := Run(context.Background(), n, Part{pair.Train, train}, Part{}, o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(train)*b.N)/b.Elapsed().Seconds(), "images/s")
		})
	}
}

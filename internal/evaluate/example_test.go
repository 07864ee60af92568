package evaluate_test

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// A network without weights takes every image for the first class.
func ExampleMeasure() {
	network, err := nn.NewSequential(nn.Shape{1, 2, 1}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		fmt.Println(err)
		return
	}
	m := &model.Model{Recipe: ink.Photo, Labels: []string{"left", "right"}, Temperature: 1, Network: network}
	set := &dataset.Set{Name: "sides", Width: 2, Height: 1, Classes: m.Labels, Pixels: []uint8{255, 0, 0, 255}}
	set.Labels = append(set.Labels, 0, 1)

	v, err := evaluate.Measure(m, set, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d images, accuracy %v, top 2 %v, loss %.4f, confusion %v\n", v.Count, v.Accuracy, v.TopK, v.Loss, v.Confusion)
	// Output: 2 images, accuracy 0.5, top 2 1, loss 0.6931, confusion [[1 0] [1 0]]
}

package fit_test

import (
	"context"
	"fmt"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/optim"
)

// A network learns on which side the ink is.
func ExampleRun() {
	set := &dataset.Set{Name: "sides", Width: 2, Height: 1, Classes: []string{"left", "right"}}
	for range 32 {
		set.Pixels = append(set.Pixels, 255, 0, 0, 255)
		set.Labels = append(set.Labels, 0, 1)
	}
	network, err := nn.NewSequential(nn.Shape{1, 2, 1}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		fmt.Println(err)
		return
	}
	network.Initialize(1)
	sgd := optim.NewSGD()
	sgd.LearningRate = 0.5
	history, err := fit.Run(context.Background(), network, fit.All(set), fit.Part{}, fit.Options{
		Epochs: 20, Batch: 16, Seed: 1, Optimizer: sgd,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d epochs, accuracy %v\n", len(history.Epochs), fit.Evaluate(network, fit.All(set), nil, 0).Accuracy)
	// Output: 20 epochs, accuracy 1
}

package optim_test

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/optim"
)

// An optimizer moves all parameters against their gradients: here those of x²,
// at x = 1.
func ExampleOptimizer() {
	kind, err := optim.Kinds.Lookup("sgd")
	if err != nil {
		fmt.Println(err)
		return
	}
	o := kind.New(optim.Settings{LearningRate: 0.25})
	x := []float32{1}
	for range 3 {
		o.Step(x, []float32{2 * x[0]}, 1)
	}
	fmt.Println(x)
	// Output: [0.125]
}

func ExampleCosine() {
	rate := optim.Cosine(0.2)
	for step := range 10 {
		fmt.Printf("%.2f ", rate(step, 10))
	}
	// Output: 0.33 0.67 1.00 0.96 0.85 0.69 0.50 0.31 0.15 0.04
}

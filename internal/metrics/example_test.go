package metrics_test

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// A confusion matrix counts answers, a row per true class.
func ExampleConfusion() {
	c := metrics.NewConfusion(2)
	for _, answer := range [][2]int{{0, 0}, {0, 0}, {0, 1}, {1, 1}} {
		c.Add(answer[0], answer[1])
	}
	fmt.Println(c, c.Accuracy())
	for class, of := range c.Classes() {
		fmt.Printf("class %d: precision %.2f, recall %.2f\n", class, of.Precision, of.Recall)
	}
	// Output:
	// [[2 1] [0 1]] 0.75
	// class 0: precision 1.00, recall 0.67
	// class 1: precision 0.50, recall 1.00
}

func ExampleWilson() {
	low, high := metrics.Wilson(9957, 10000)
	fmt.Printf("%.4f to %.4f\n", low, high)
	// Output: 0.9942 to 0.9968
}

// One answer in four may be refused.
func ExampleThreshold() {
	confidences := []float32{0.99, 0.4, 0.8, 0.95}
	threshold := metrics.Threshold(confidences, 0.25)
	fmt.Println(threshold, metrics.Below(confidences, threshold))
	// Output: 0.8 0.25
}

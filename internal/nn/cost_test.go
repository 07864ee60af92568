package nn

import (
	"math"
	"runtime"
	"testing"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// TestCost compares what a pass for one image allocates with what Cost says, for
// networks whose layers have room of their own.
func TestCost(t *testing.T) {
	for name, c := range map[string]struct {
		operations int
		layers     []Layer
	}{
		"dense":         {256*256*100 + 100*10 + 16*10, []Layer{&Flatten{}, &Dense{Units: 100}, &ReLU{}, &Dense{Units: 10}, &Softmax{}}},
		"convolution":   {252 * 252 * 25 * 8, []Layer{&Conv2D{Filters: 8, Size: [2]int{5, 5}}}},
		"padding":       {256 * 256 * 25 * 8, []Layer{&Conv2D{Filters: 8, Size: [2]int{5, 5}, Padding: windows.Same}}},
		"normalization": {256 * 256, []Layer{&Flatten{}, &BatchNormalization{}}},
		"activation":    {16 * 256 * 256, []Layer{&Activation{Curve: activation.Curve{Function: activation.Tanh}}}},
		"pooling":       {128 * 128 * 2 * 2 * 4, []Layer{&MaxPool2D{Size: [2]int{2, 2}}}},
		"same pooling":  {256 * 256 * 256 * 256 * 4, []Layer{&AveragePool2D{Size: [2]int{300, 300}, Strides: [2]int{1, 1}, Padding: windows.Same}}},
	} {
		network, err := NewSequential(Shape{256, 256, 1}, c.layers...)
		if err != nil {
			t.Fatal(err)
		}
		network.Initialize(1)
		cost, input := network.Cost(), make([]float32, 256*256)
		if ignored := 256 * 256; name == "dense" { // a Flatten and a ReLU count their values
			c.operations += ignored + 100
		} else if name == "normalization" {
			c.operations += ignored
		}
		if cost.Operations != c.operations {
			t.Errorf("%s: got %d operations, want %d", name, cost.Operations, c.operations)
		}
		if name == "same pooling" { // takes long
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		network.Forward(input, 1)
		runtime.ReadMemStats(&after)
		if got := int(after.TotalAlloc - before.TotalAlloc); got > cost.Bytes+1<<14 {
			t.Errorf("%s: a pass allocates %d bytes, Cost says %d", name, got, cost.Bytes)
		}
	}
}

func TestCostDoesNotOverflow(t *testing.T) {
	if got := saturated(math.MaxInt-1, 5); got != math.MaxInt {
		t.Errorf("sum: got %d", got)
	}
	if got := saturated(1, 2); got != 3 {
		t.Errorf("small numbers: got %d", got)
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		shape Shape
		want  bool
	}{
		{Shape{28, 28, 1}, true}, {Shape{math.MaxInt32}, true}, {Shape{1 << 31}, false}, {Shape{0, 28, 1}, false}, {Shape{-1, -1}, false},
		{Shape{1 << 32, 1 << 32}, false}, {Shape{1 << 31, 1 << 31, 4}, false}, {Shape{1 << 16, 1 << 14, 2}, false},
	} {
		if got := c.shape.Fits(); got != c.want {
			t.Errorf("%v: got %v, want %v", c.shape, got, c.want)
		}
	}
}

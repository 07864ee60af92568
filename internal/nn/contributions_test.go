package nn

import (
	"math"
	"slices"
	"testing"
)

// The contributions and a bias per place add up to the map that they explain, over the
// places where it is not zero.
func TestContributionsAddUp(t *testing.T) {
	layers := []Layer{
		&Conv2D{Filters: 4, Size: [2]int{3, 2}, Padding: Same}, &ReLU{}, &MaxPool2D{Size: [2]int{2, 2}},
		&Conv2D{Filters: 5, Size: [2]int{2, 2}, Strides: [2]int{2, 1}}, &ReLU{},
		&Conv2D{Filters: 3, Size: [2]int{1, 3}, Padding: Zeros(1)}, &Activation{Function: Tanh},
		&Flatten{}, &Dense{Units: 6}, &ReLU{}, &Dense{Units: 3}, &Softmax{},
	}
	s := build(t, Shape{9, 8, 2}, layers...)
	copy(s.Values(), normal(s.Size()))
	s.Forward(normal(9*8*2), 1)
	for i, layer := range layers {
		_, weighs := layer.(weigher)
		for unit := range s.Channels(i) {
			dst := make([]float32, s.Channels(i-1))
			if got := s.Contributions(dst, i, unit); got != weighs {
				t.Fatalf("layer %d, %s: got %v, want %v", i, layer.Kind(), got, weighs)
			}
			if !weighs {
				break
			}
			// A Tanh has a buffer of its own, so what the layer made is still there.
			want, places := 0.0, 0.0
			for at := unit; at < len(s.Output(i, 0)); at += s.Channels(i) {
				if y := float64(s.Output(i, 0)[at]); y != 0 {
					want, places = want+y, places+1
				}
			}
			got := places * float64(layer.Params()[1].Value[unit])
			for _, v := range dst {
				got += float64(v)
			}
			if places > 0 && math.Abs(got-want) > 1e-4 {
				t.Errorf("layer %d, %s, channel %d: got a sum of %v, want %v", i, layer.Kind(), unit, got, want)
			}
		}
	}
}

// What holds a silent map down is told as well.
func TestContributionsToSilence(t *testing.T) {
	s := build(t, Shape{2, 2, 1}, &Conv2D{Filters: 1, Size: [2]int{1, 1}}, &ReLU{})
	copy(s.Values(), []float32{-2, 0.5})
	s.Forward([]float32{1, 0.5, 1, 1}, 1)
	dst := make([]float32, 1)
	if s.Contributions(dst, 0, 0); !slices.Equal(dst, []float32{-7}) {
		t.Errorf("a map that is zero everywhere: got %v, want -2 times all of 3.5", dst)
	}
}

package encoder

import (
	"fmt"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

func TestMerge(t *testing.T) {
	features, err := nn.NewSequential(nn.Shape{1, 3, 1}, &nn.Flatten{}, &similarity.UnitNormalization{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		images  [][3]uint8 // of classes a, b, c, ... one each
		classes string
		labels  string
	}{
		"all different":    {[][3]uint8{{9, 0, 0}, {0, 9, 0}, {0, 0, 9}}, "[a b c]", "[0 1 2]"},
		"the same":         {[][3]uint8{{9, 0, 0}, {0, 9, 0}, {90, 1, 1}, {0, 0, 9}}, "[a b d]", "[0 1 0 2]"},
		"as a third":       {[][3]uint8{{9, 0, 0}, {0, 9, 0}, {7, 7, 0}, {0, 0, 9}}, "[a b c d]", "[0 1 2 3]"},
		"two as a third":   {[][3]uint8{{9, 0, 0}, {6, 8, 0}, {9, 5, 0}, {0, 0, 9}}, "[a d]", "[0 0 0 1]"},
		"nothing is there": {[][3]uint8{{0, 0, 0}, {0, 0, 0}, {9, 0, 0}}, "[a b c]", "[0 1 2]"},
	} {
		t.Run(name, func(t *testing.T) {
			set := &dataset.Set{Width: 3, Height: 1, Classes: []string{"a", "b", "c", "d"}[:len(c.images)]}
			for i, image := range c.images {
				set.Pixels = append(set.Pixels, image[:]...)
				set.Labels = append(set.Labels, uint16(i))
			}
			n := Merge(features, set)
			if got := fmt.Sprint(set.Classes); got != c.classes || n != len(set.Classes) {
				t.Errorf("got %d classes %v, want %v", n, got, c.classes)
			}
			if got := fmt.Sprint(set.Labels); got != c.labels {
				t.Errorf("got the labels %v, want %v", got, c.labels)
			}
		})
	}
}

// TestMergeOften tells that a class's mean is of many images, the first alone would
// tell nothing.
func TestMergeOften(t *testing.T) {
	features, err := nn.NewSequential(nn.Shape{1, 2, 1}, &nn.Flatten{}, &similarity.UnitNormalization{})
	if err != nil {
		t.Fatal(err)
	}
	set := &dataset.Set{Width: 2, Height: 1, Classes: []string{"a", "b"}}
	for i := range 20 {
		set.Pixels = append(set.Pixels, slices.Repeat([]uint8{uint8(i % 2 * 9), uint8((i + 1) % 2 * 9)}, 2)...)
		set.Labels = append(set.Labels, 0, 1)
	}
	if n := Merge(features, set); n != 1 {
		t.Errorf("got %d classes of two with the same mean, want 1", n)
	}
}

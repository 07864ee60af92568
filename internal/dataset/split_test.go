package dataset

import (
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		name              string
		n                 int
		fraction          float64
		train, validation int
	}{
		{"the notebook's", 60000, 0.3, 42000, 18000},
		{"rounded up", 5, 0.3, 3, 2},
		{"rounded down", 4, 0.3, 3, 1},
		{"no validation", 7, 0, 7, 0},
		{"all validation", 7, 1, 0, 7},
		{"nothing", 0, 0.3, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			train, validation := Split(test.n, test.fraction, 777)
			if len(train) != test.train || len(validation) != test.validation {
				t.Errorf("got %d and %d, want %d and %d", len(train), len(validation), test.train, test.validation)
			}
			all := slices.Concat(train, validation)
			slices.Sort(all)
			for i, got := range all {
				if got != i {
					t.Fatalf("got number %d at place %d of all, want each once", got, i)
				}
			}
		})
	}
}

// TestSplitSeed pins the order: another one would change every trained model.
func TestSplitSeed(t *testing.T) {
	train, validation := Split(10, 0.3, 777)
	if want := []int{7, 3, 4, 0, 8, 1, 6}; !slices.Equal(train, want) {
		t.Errorf("train: got %v, want %v", train, want)
	}
	if want := []int{9, 5, 2}; !slices.Equal(validation, want) {
		t.Errorf("validation: got %v, want %v", validation, want)
	}
	if other, _ := Split(10, 0.3, 778); slices.Equal(train, other) {
		t.Errorf("seed 778: got the order of seed 777, %v", other)
	}
}

func TestSplitPanics(t *testing.T) {
	for name, fraction := range map[string]float64{"below 0": -0.1, "above 1": 1.1} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != badSplit {
					t.Errorf("got %v, want %q", got, badSplit)
				}
			}()
			Split(10, fraction, 1)
		})
	}
}

func TestSelect(t *testing.T) {
	set := &Set{Width: 2, Height: 1, Pixels: []uint8{1, 2, 3, 4, 5, 6}, Labels: []uint16{7, 8, 9}}
	got := set.Select([]int{2, 0})
	if !slices.Equal(got.Pixels, []uint8{5, 6, 1, 2}) || !slices.Equal(got.Labels, []uint16{9, 7}) {
		t.Errorf("got pixels %v, labels %v, want 5 6 1 2 and 9 7", got.Pixels, got.Labels)
	}
}

func TestStratified(t *testing.T) {
	labels := slices.Concat(slices.Repeat([]uint16{0}, 100), slices.Repeat([]uint16{1}, 10), []uint16{2})
	train, validation := Stratified(labels, 0.3, 777)
	var held [3]int
	for _, i := range validation {
		held[labels[i]]++
	}
	if held != [3]int{30, 3, 0} {
		t.Errorf("held of each class: got %v, want 30, 3, 0", held)
	}
	all := slices.Concat(train, validation)
	slices.Sort(all)
	if len(all) != 111 || !slices.Equal(slices.Compact(all), all) {
		t.Errorf("got %d numbers, want each of 111 once", len(all))
	}
	again, _ := Stratified(labels, 0.3, 777)
	other, _ := Stratified(labels, 0.3, 778)
	if !slices.Equal(train, again) || slices.Equal(train, other) {
		t.Error("the split is not a function of the seed")
	}
	if _, held := Stratified([]uint16{0, 1}, 1, 1); len(held) != 0 {
		t.Errorf("all of two: got %v held, want each class trained on", held)
	}
}

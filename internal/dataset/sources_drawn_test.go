package dataset

import (
	"math"
	"slices"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/synth"
)

// opened returns a set that inkling draws itself.
func opened(t *testing.T, name string) Pair {
	t.Helper()
	s, err := Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := s.Open("")
	if err != nil {
		t.Fatal(err)
	}
	return pair
}

func TestSyntheticPair(t *testing.T) {
	pair := opened(t, "synthetic")
	for name, c := range map[string]struct {
		set  *Set
		want int
	}{"train": {pair.Train, 6000}, "test": {pair.Test, 1000}} {
		if c.set.Len() != c.want || c.set.Width != 28 || c.set.Height != 28 || c.set.Name != "synthetic" {
			t.Errorf("%s: got %d images of %s, %dx%d", name, c.set.Len(), c.set.Name, c.set.Width, c.set.Height)
		}
	}
	if got := nearestMean(pair); got < 0.85 {
		t.Errorf("accuracy of the nearest mean image: got %.3f, want at least 0.85", got)
	}
}

// nearestMean returns the accuracy (0..1) on Test of the simplest classifier: it
// chooses the class with the nearest mean image of Train.
func nearestMean(pair Pair) float64 {
	var means [10][28 * 28]float64
	each := float64(pair.Train.Len()) / 10
	for i, label := range pair.Train.Labels {
		for at, ink := range pair.Train.Image(i) {
			means[label][at] += float64(ink) / each
		}
	}
	right := 0
	for i, label := range pair.Test.Labels {
		nearest, least := 0, math.Inf(1)
		for class, mean := range means {
			sum := 0.0
			for at, ink := range pair.Test.Image(i) {
				d := float64(ink) - mean[at]
				sum += d * d
			}
			if sum < least {
				nearest, least = class, sum
			}
		}
		if nearest == int(label) {
			right++
		}
	}
	return float64(right) / float64(pair.Test.Len())
}

func TestNonDigitPair(t *testing.T) {
	pair := opened(t, "non-digits")
	for name, set := range map[string]*Set{"train": pair.Train, "test": pair.Test} {
		if set.Len() != len(set.Classes)*synth.NonDigitsEach || !slices.Equal(set.Classes, synth.NonDigitKinds()) {
			t.Errorf("%s: got %d images of %v", name, set.Len(), set.Classes)
		}
	}
	if slices.Equal(pair.Train.Pixels, pair.Test.Pixels) {
		t.Error("train and test: got the same images")
	}
}

package augment

import (
	"bytes"
	"testing"
)

func TestPerturbations(t *testing.T) {
	_, set := digits(t, 60)
	all := Perturbations()
	if len(all) != 21 {
		t.Fatalf("got %d, want 7 kinds at 3 strengths", len(all))
	}
	before := 0.0
	for k, p := range all {
		got := p.Set(set, 1)
		if !bytes.Equal(got.Pixels, p.Set(set, 1).Pixels) {
			t.Errorf("%v: got other pixels the second time", p)
		}
		if got.Len() != set.Len() || &got.Pixels[0] == &set.Pixels[0] {
			t.Errorf("%v: got %d images, want %d new ones", p, got.Len(), set.Len())
		}
		if k%3 == 0 {
			before = 0
		}
		change := difference(got.Pixels, set.Pixels)
		if change <= before {
			t.Errorf("%v: mean change of a pixel: got %.2f, want more than %.2f at less strength", p, change, before)
		}
		before = change
		ratio := float64(sum(got.Pixels)) / float64(sum(set.Pixels))
		if p.Kind == "thinned" && ratio > 0.95 || p.Kind == "thickened" && ratio < 1.05 {
			t.Errorf("%v: ink: got %.2f of what it was", p, ratio)
		}
	}
}

func TestPerturbationUnknown(t *testing.T) {
	defer func() {
		if got := recover(); got != errPerturbation {
			t.Errorf("panic: got %v, want %s", got, errPerturbation)
		}
	}()
	_, set := digits(t, 10)
	Perturbation{Kind: "melted", Strength: 1}.Set(set, 1)
}

// difference returns the mean of what pixels differ by.
func difference(a, b []uint8) float64 {
	total := 0
	for i := range a {
		total += max(int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return float64(total) / float64(len(a))
}

package augment

import "testing"

// TestMarginOfMNIST checks that the constant is exact where networks were trained.
func TestMarginOfMNIST(t *testing.T) {
	if got := float64(perMargin); got != 7 {
		t.Errorf("got %v, want 7", got)
	}
}

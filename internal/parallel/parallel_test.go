package parallel

import (
	"errors"
	"testing"
)

func TestFor(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 1000} {
		calls := make([]int, n)
		if err := For(n, func(i int) error { calls[i]++; return nil }); err != nil {
			t.Errorf("n %d: got %v, want no error", n, err)
		}
		for i, count := range calls {
			if count != 1 {
				t.Errorf("n %d: got %d calls for %d, want 1", n, count, i)
			}
		}
	}
}

func TestForReturnsTheLowestError(t *testing.T) {
	low, high := errors.New("low"), errors.New("high")
	err := For(1000, func(i int) error {
		switch i {
		case 3:
			return low
		case 997:
			return high
		}
		return nil
	})
	if err != low {
		t.Errorf("got %v, want %v", err, low)
	}
}

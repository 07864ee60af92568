package metrics

import "testing"

func TestClasses(t *testing.T) {
	c := Confusion{{8, 2, 0}, {1, 3, 0}, {0, 0, 0}}
	want := []Class{
		{8.0 / 9, 8.0 / 10, 16.0 / 19, 10},
		{3.0 / 5, 3.0 / 4, 6.0 / 9, 4},
		{}, // neither there nor answered
	}
	for i, got := range c.Classes() {
		if got != want[i] {
			t.Errorf("class %d: got %+v, want %+v", i, got, want[i])
		}
	}
}

func TestInTop(t *testing.T) {
	p := []float32{0.3, 0.1, 0.3, 0.2}
	for name, c := range map[string]struct {
		label, k int
		want     bool
	}{
		"first":               {0, 1, true},
		"equal but later":     {2, 1, false},
		"equal, two places":   {2, 2, true},
		"third":               {3, 3, true},
		"fourth of three":     {1, 3, false},
		"more than there are": {1, 9, true},
	} {
		if got := InTop(p, c.label, c.k); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

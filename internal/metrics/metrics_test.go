package metrics

import "testing"

func TestArgMax(t *testing.T) {
	for name, c := range map[string]struct {
		in   []float32
		want int
	}{
		"one":          {[]float32{0.3}, 0},
		"last":         {[]float32{0.1, 0.2, 0.7}, 2},
		"all negative": {[]float32{-3, -1, -2}, 1},
		"tie":          {[]float32{0.4, 0.4, 0.2}, 0},
	} {
		if got := ArgMax(c.in); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

func TestConfusion(t *testing.T) {
	c := NewConfusion(3)
	if got := c.Accuracy(); got != 0 {
		t.Errorf("accuracy of nothing: got %v, want 0", got)
	}
	for _, answer := range [][2]int{{0, 0}, {1, 1}, {1, 2}, {2, 2}} {
		c.Add(answer[0], answer[1])
	}
	if c[1][2] != 1 || c[2][1] != 0 {
		t.Errorf("rows are labels: got %v", c)
	}
	if got := c.Accuracy(); got != 0.75 {
		t.Errorf("accuracy: got %v, want 0.75", got)
	}
	if got := c.Count(); got != 4 {
		t.Errorf("count: got %d, want 4", got)
	}
}

package metrics

import (
	"reflect"
	"slices"
	"testing"
)

func TestMostConfused(t *testing.T) {
	c := Confusion{
		{9, 0, 1, 0},
		{0, 9, 0, 0},
		{0, 0, 5, 3},
		{0, 0, 0, 9},
	}
	for n, want := range map[int][]int{0: {}, 1: {2}, 2: {2, 3}, 3: {0, 2, 3}, 9: {0, 1, 2, 3}} {
		if got := c.MostConfused(n); !slices.Equal(got, want) {
			t.Errorf("%d: got %v, want %v", n, got, want)
		}
	}
	if got, want := c.Part([]int{0, 2}), (Confusion{{9, 1}, {0, 5}}); !reflect.DeepEqual(got, want) {
		t.Errorf("part: got %v, want %v", got, want)
	}
	even := Confusion{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	if got := even.MostConfused(2); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("without mistakes: got %v, want the first ones", got)
	}
}

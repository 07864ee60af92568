package windows

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

func TestNew(t *testing.T) {
	for _, c := range []struct {
		name          string
		input         [3]int
		size, strides [2]int
		padding       Padding
		want          [3]int // the output; zeros: none fits
	}{
		{"halves", [3]int{6, 8, 3}, [2]int{2, 2}, [2]int{}, Valid, [3]int{3, 4, 3}},
		{"what does not fill a window", [3]int{7, 5, 1}, [2]int{2, 2}, [2]int{}, Valid, [3]int{3, 2, 1}},
		{"the whole picture", [3]int{7, 5, 2}, [2]int{}, [2]int{}, Valid, [3]int{1, 1, 2}},
		{"strides", [3]int{7, 5, 2}, [2]int{3, 3}, [2]int{1, 2}, Valid, [3]int{5, 2, 2}},
		{"over the edge", [3]int{4, 4, 1}, [2]int{3, 3}, [2]int{1, 1}, Zeros(1), [3]int{4, 4, 1}},
		{"larger than the picture", [3]int{2, 8, 1}, [2]int{3, 3}, [2]int{}, Valid, [3]int{}},
		{"negative", [3]int{6, 8, 3}, [2]int{-2, 2}, [2]int{}, Valid, [3]int{}},
	} {
		w, ok := New(c.input, &c.size, &c.strides, c.padding)
		if ok != (c.want != [3]int{}) || ok && w.Output != c.want {
			t.Errorf("%s: got %v, %v, want %v", c.name, w.Output, ok, c.want)
		}
	}
}

// TestEach compares the pixels of windows that reach over the edge with their definition.
func TestEach(t *testing.T) {
	size, strides := [2]int{3, 2}, [2]int{2, 1}
	w, ok := New([3]int{4, 3, 2}, &size, &strides, Zeros(1))
	if !ok {
		t.Fatal("no window fits")
	}
	var got, want []string
	w.Each(2, func(w Window) {
		w.Each(func(at int) { got = append(got, fmt.Sprint(w.Out, at)) })
	})
	out := 0
	for i := range 2 {
		for oy := range w.Output[0] {
			for ox := range w.Output[1] {
				for y := max(2*oy-1, 0); y < min(2*oy+2, 4); y++ {
					for x := max(ox-1, 0); x < min(ox+1, 3); x++ {
						want = append(want, fmt.Sprint(out, ((i*4+y)*3+x)*2))
					}
				}
				out += 2
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSaturatedProduct(t *testing.T) {
	for _, c := range [][2]int{{math.MaxInt, 1}, {1, math.MaxInt}, {math.MaxInt, math.MaxInt}, {1 << 40, 1 << 40}} {
		if got := saturatedProduct(c[0], c[1]); got != math.MaxInt {
			t.Errorf("%v: got %d", c, got)
		}
	}
	if got := saturatedProduct(3, 0) + saturatedProduct(0, 3) + saturatedProduct(2, 3); got != 6 {
		t.Errorf("small numbers: got %d", got)
	}
}

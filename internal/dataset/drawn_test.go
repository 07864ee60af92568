package dataset

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
)

func own(ds []strokes.Drawing) func(int) []ink.Stroke {
	return func(i int) []ink.Stroke { return ds[i].Strokes }
}

func TestRasterize(t *testing.T) {
	ds := synth.Digits(7, 3)
	set, err := Rasterize("seven", DigitNames(), ds, own(ds), ink.Form{Width: 20, Height: 16})
	if err != nil {
		t.Fatal(err)
	}
	if set.Len() != 7 || set.Name != "seven" || set.Width != 20 || set.Height != 16 || len(set.Classes) != 10 {
		t.Errorf("set: got %d images of %q, %dx%d, %d classes", set.Len(), set.Name, set.Width, set.Height, len(set.Classes))
	}
	want := make([]uint8, 20*16)
	for i, d := range ds {
		set.Form().Draw(want, d.Strokes)
		if !bytes.Equal(set.Image(i), want) || int(set.Labels[i]) != d.Label {
			t.Errorf("image %d: got other pixels or another label than Draw's", i)
		}
	}
}

func TestRasterizeErrors(t *testing.T) {
	dot := []ink.Stroke{{{X: 1, Y: 1}}}
	for name, c := range map[string]struct {
		ds   []strokes.Drawing
		want string
	}{
		"unknown label": {[]strokes.Drawing{{Label: 0, Strokes: dot}, {Label: -1, Strokes: dot}}, `pen: drawing 2: got no label, want one: {"label": ..., "strokes": ...}`},
		"large label":   {[]strokes.Drawing{{Label: 2, Strokes: dot}}, "pen: drawing 1: label is 2, want 0..1"},
		"nothing drawn": {[]strokes.Drawing{{Strokes: dot}, {}, {}}, "pen: drawing 2: nothing is drawn, want a point at least"},
	} {
		set, err := Rasterize("pen", []string{"a", "b"}, c.ds, own(c.ds), ink.Form{Width: 8, Height: 8})
		if err == nil || err.Error() != c.want || set != nil {
			t.Errorf("%s: got error %v, want %s", name, err, c.want)
		}
	}
}

func TestRasterizeNone(t *testing.T) {
	set, err := Rasterize("none", nil, nil, nil, ink.Form{Width: 8, Height: 8})
	if err != nil || set.Len() != 0 {
		t.Errorf("got %d images, error %v, want 0 and none", set.Len(), err)
	}
}

// TestRasterizeManyClasses has more classes than a byte can tell apart.
func TestRasterizeManyClasses(t *testing.T) {
	dot := []strokes.Drawing{{Label: 999, Strokes: []ink.Stroke{{{X: 1, Y: 1}}}}}
	set, err := Rasterize("many", make([]string, 1000), dot, own(dot), ink.Form{Width: 8, Height: 8})
	if err != nil || set.Labels[0] != 999 {
		t.Errorf("got labels %v, error %v, want 999 and none", set.Labels, err)
	}
}

// The number of goroutines must not change the result.
func TestRasterizeInAnyParts(t *testing.T) {
	images := func() []uint8 {
		ds := synth.Digits(53, 9)
		set, err := Rasterize("synthetic", DigitNames(), ds, own(ds), ink.Form{Width: 28, Height: 28})
		if err != nil {
			t.Fatal(err)
		}
		return set.Pixels
	}
	want := images()
	for _, processors := range []int{1, 3, 64} {
		before := runtime.GOMAXPROCS(processors)
		got := images()
		runtime.GOMAXPROCS(before)
		if !bytes.Equal(got, want) {
			t.Errorf("%d processors: got other images", processors)
		}
	}
}

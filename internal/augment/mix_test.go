package augment

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// background is one class for all that is none of the others.
var background = []string{"background"}

func TestMix(t *testing.T) {
	ds, set := digits(t, 20)
	scribbles := synth.NonDigits("scribble", 5, 1)
	mixed, err := Mix("mix", dataset.DigitNames(), background, square,
		Source{Images: set}, Source{Drawings: ds, Times: 3}, Source{Drawings: scribbles})
	if err != nil {
		t.Fatal(err)
	}
	got := mixed.Set
	if got.Len() != 20+3*20+5 || len(got.Pixels) != got.Len()*side*side {
		t.Fatalf("got %d images, %d pixels, want 85 images", got.Len(), len(got.Pixels))
	}
	if want := append(dataset.DigitNames(), background...); !slices.Equal(got.Classes, want) {
		t.Errorf("classes: got %v, want %v", got.Classes, want)
	}
	for i := range 80 {
		if got.Labels[i] != set.Labels[i%20] || !bytes.Equal(got.Image(i), set.Image(i%20)) {
			t.Errorf("image %d: got another than digit %d", i, i%20)
		}
	}
	for i := 80; i < 85; i++ {
		if got.Labels[i] != 10 {
			t.Errorf("image %d: label: got %d, want 10, background", i, got.Labels[i])
		}
	}
	// Without any change every image is what it is in the set.
	f := mixed.Func(Image{}, Strokes{}, 1)
	for i := range got.Len() {
		for at, v := range run(f, i, 1) {
			if d := int(v) - int(got.Image(i)[at]); d < -2 || d > 2 {
				t.Fatalf("image %d, pixel %d: got %d, want %d", i, at, v, got.Image(i)[at])
			}
		}
	}
}

// TestMixBackground has images whose own classes do not count.
func TestMixBackground(t *testing.T) {
	_, set := digits(t, 6)
	things := &dataset.Set{Name: "things", Width: side, Height: side, Classes: []string{"shoe", "bag"}, Pixels: make([]uint8, 2*side*side), Labels: []uint16{0, 1}}
	for _, c := range []struct {
		classes []string
		kinds   []int
		want    []uint16
	}{
		{background, []int{0, 0}, []uint16{10, 10, 10, 10}},
		{[]string{"scribbles", "shoes", "bags"}, []int{1, 2}, []uint16{11, 12, 11, 12}},
	} {
		mixed, err := Mix("mix", dataset.DigitNames(), c.classes, square, Source{Images: set}, Source{Images: things, Kinds: c.kinds, Times: 2})
		if err != nil {
			t.Fatal(err)
		}
		if got := mixed.Set.Labels[6:]; !slices.Equal(got, c.want) {
			t.Errorf("%v: got the labels %v, want %v", c.classes, got, c.want)
		}
	}
	if things.Labels[1] != 1 {
		t.Error("the source's own labels have changed")
	}
}

func TestMixSplit(t *testing.T) {
	ds, set := digits(t, 20)
	mixed, err := Mix("mix", dataset.DigitNames(), nil, square, Source{Images: set}, Source{Drawings: ds, Times: 3})
	if err != nil {
		t.Fatal(err)
	}
	train, validation := mixed.Split(0.3, 1)
	if len(validation) != 12 {
		t.Errorf("validation: got %d images, want 12 of 40", len(validation))
	}
	copies := func(i int) []int {
		if i < 20 {
			return []int{i}
		}
		first := 20 + (i-20)%20
		return []int{first, first + 20, first + 40}
	}
	seen := len(train)
	for _, i := range validation {
		for _, c := range copies(i) {
			seen++
			if slices.Contains(train, c) {
				t.Errorf("image %d of validation: its copy %d is trained on", i, c)
			}
		}
	}
	if slices.Sort(train); seen != 80 || len(slices.Compact(train)) != len(train) {
		t.Errorf("got %d images on either side, want 80, each once", seen)
	}
}

func TestMixMistakes(t *testing.T) {
	_, set := digits(t, 10)
	small := &dataset.Set{Name: "small", Width: 2, Height: 2, Classes: dataset.DigitNames()}
	for name, c := range map[string]struct {
		source Source
		want   string
	}{
		"size":    {Source{Images: small}, "got images of 2x2"},
		"classes": {Source{Images: &dataset.Set{Name: "x", Width: side, Height: side, Classes: []string{"a"}}}, "classes [a]"},
		"label":   {Source{Drawings: []strokes.Drawing{{Label: 12, Strokes: []ink.Stroke{{{X: 1}}}}}}, "label is 12"},
		"nothing": {Source{Drawings: []strokes.Drawing{{Label: 1}}}, "nothing is drawn"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Mix("mix", dataset.DigitNames(), nil, square, Source{Images: set}, c.source)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

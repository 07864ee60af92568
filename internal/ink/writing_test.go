package ink

import (
	"bytes"
	"slices"
	"testing"
)

var writing = Form{Writing, side, side}

// channel returns one value of each pixel.
func channel(image []uint8, c int) []uint8 {
	var values []uint8
	for i := c; i < len(image); i += writingChannels {
		values = append(values, image[i])
	}
	return values
}

// The ink of recipe writing is that of recipe drawing.
func TestWritingInk(t *testing.T) {
	for name, strokes := range drawings {
		image := make([]uint8, writing.Size())
		if !writing.Draw(image, strokes) {
			t.Fatalf("%s: nothing drawn", name)
		}
		want := render(t, strokes)
		if !bytes.Equal(writing.Ink(image), want) {
			t.Errorf("%s: the ink differs from recipe drawing's", name)
		}
		for _, c := range []int{1, 2, 3} {
			for i, v := range channel(image, c) {
				if v > want[i] {
					t.Fatalf("%s: value %d of pixel %d: got %d, want at most its ink, %d", name, c, i, v, want[i])
				}
			}
		}
	}
	image := slices.Repeat([]uint8{9}, writing.Size())
	if writing.Draw(image, []Stroke{{{nan, 1}}}) || slices.Max(image) > 0 {
		t.Error("nothing drawn: got an image")
	}
}

// What a pixel says follows from where the pen came from, wherever and however large, and
// from nothing but that.
func TestWritingWay(t *testing.T) {
	for _, c := range []struct {
		name   string
		stroke Stroke
		want   [3]float64 // right, down and when, shares of the ink in the middle
	}{
		{"to the right", Stroke{{0, 0}, {100, 0}}, [3]float64{1, 0.5, 0.5}},
		{"to the left", Stroke{{100, 0}, {0, 0}}, [3]float64{0, 0.5, 0.5}},
		{"down", Stroke{{0, 0}, {0, 300}}, [3]float64{0.5, 1, 0.5}},
		{"up, slowly", Stroke{{0, 1}, {0, 0.9}, {0, 0.5}, {0, 0.1}, {0, 0}}, [3]float64{0.5, 0, 0.5}},
		{"down to the right", Stroke{{0, 0}, {50, 50}}, [3]float64{0.854, 0.854, 0.5}},
		{"a dot", Stroke{{7, 7}}, [3]float64{0.5, 0.5, 0}},
	} {
		image := make([]uint8, writing.Size())
		writing.Draw(image, []Stroke{c.stroke})
		pixel := image[writingChannels*(side/2*side+side/2):][:writingChannels]
		for i, want := range c.want {
			if got := float64(pixel[1+i]) / float64(pixel[0]); got < want-0.04 || got > want+0.04 {
				t.Errorf("%s: value %d: got %.2f of the ink, want %.2f", c.name, 1+i, got, want)
			}
		}
	}
	// How many points a line has plays no part.
	few, many := make([]uint8, writing.Size()), make([]uint8, writing.Size())
	corner, dense := Stroke{{0, 0}, {80, 10}, {60, 90}}, Stroke{}
	for i := range 41 {
		part := float32(i) / 20
		if part <= 1 {
			dense = append(dense, Point{80 * part, 10 * part})
		} else {
			dense = append(dense, Point{80 - 20*(part-1), 10 + 80*(part-1)})
		}
	}
	writing.Draw(few, []Stroke{corner})
	writing.Draw(many, []Stroke{dense})
	for i := range few {
		if d := int(few[i]) - int(many[i]); d < -16 || d > 16 {
			t.Errorf("pixel %d, value %d: got %d of few points, %d of many", i/4, i%4, few[i], many[i])
		}
	}
	// Of two strokes the second comes later.
	image := make([]uint8, writing.Size())
	writing.Draw(image, []Stroke{{{0, 0}, {0, 9}}, {{9, 0}, {9, 9}}})
	when := func(x int) float64 {
		pixel := image[writingChannels*(side/2*side+x):][:writingChannels]
		return float64(pixel[3]) / float64(pixel[0])
	}
	if first, second := when(5), when(22); first < 0.2 || first > 0.3 || second < 0.7 || second > 0.8 {
		t.Errorf("two strokes: got %.2f and %.2f, want 0.25 and 0.75", first, second)
	}
}

// Strokes of which nobody knows the way, and images, say neither which way nor when.
func TestWritingTraced(t *testing.T) {
	image, want := make([]uint8, writing.Size()), render(t, drawings["four"])
	writing.DrawTo(image, drawings["four"], Pen, Centred)
	again := make([]uint8, writing.Size())
	writing.OfInk(again, want)
	if !bytes.Equal(image, again) || !bytes.Equal(channel(image, 0), want) {
		t.Error("traced strokes differ from their ink")
	}
	for i, v := range want {
		if image[4*i+1] != v/2 || image[4*i+3] != v/2 {
			t.Fatalf("pixel %d: got %v, want half of its ink", i, image[4*i:4*i+4])
		}
	}
	grey := Form{Drawing, side, side}
	same := make([]uint8, grey.Size())
	grey.OfInk(same, want)
	if !bytes.Equal(same, want) || !bytes.Equal(grey.Ink(want), want) || !grey.DrawTo(same, drawings["four"], Pen, Centred) || !bytes.Equal(same, want) {
		t.Error("recipe drawing has ink alone")
	}
}

func BenchmarkDrawWriting(b *testing.B) {
	image := make([]uint8, writing.Size())
	strokes := drawings["zero"]
	for b.Loop() {
		writing.Draw(image, strokes)
	}
}

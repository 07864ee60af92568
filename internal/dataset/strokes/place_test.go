package strokes

import (
	"math"
	"reflect"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

var placed = map[string][]ink.Stroke{
	"wide":   {{{X: 10, Y: 10}, {X: 250, Y: 60}}, {{X: 20, Y: 90}}},
	"high":   {{{X: 0.3, Y: 0}, {X: 0.5, Y: 1}}},
	"dot":    {{{X: 7, Y: 8}, {X: 7, Y: 8}}},
	"bar":    {{{X: 7, Y: 8}, {X: 7, Y: 90}}},
	"tiny":   {{{X: 1, Y: 1}, {X: 1 + 1e-6, Y: 1}}},
	"huge":   {{{X: -math.MaxFloat32, Y: 0}, {X: math.MaxFloat32, Y: 1}}},
	"subtle": {{{X: 0, Y: 0}, {X: math.SmallestNonzeroFloat32, Y: 0}}},
}

func TestPlace(t *testing.T) {
	for name, strokes := range placed {
		d := Drawing{Strokes: strokes}
		for i := range 300 {
			got := Place(d, 5, i)
			if !reflect.DeepEqual(got, Place(d, 5, i)) {
				t.Fatalf("%s, %d: got another place the second time", name, i)
			}
			b := BoxOf(got)
			if !(b.X0 >= 0 && b.Y0 >= 0 && b.X1 <= 1 && b.Y1 <= 1) {
				t.Fatalf("%s, %d: box: got %v, want inside 0..1", name, i, b)
			}
			long := max(b.Width(), b.Height())
			if name != "dot" && (long < 0.3499 || long > 0.9001) {
				t.Fatalf("%s, %d: longer side: got %v, want 0.35..0.90", name, i, long)
			}
		}
	}
}

// Sizes and places are spread over all the room on the pad.
func TestPlaceIsUniform(t *testing.T) {
	const n = 4000
	var size, left, top float64
	for i := range n {
		b := BoxOf(Place(Drawing{Strokes: placed["wide"]}, 1, i))
		size += b.Width() / n
		left += b.X0 / (1 - b.Width()) / n
		top += b.Y0 / (1 - b.Height()) / n
	}
	for what, c := range map[string]struct{ got, want float64 }{
		"size": {size, 0.625}, "left": {left, 0.5}, "top": {top, 0.5},
	} {
		if math.Abs(c.got-c.want) > 0.02 {
			t.Errorf("mean %s: got %.3f, want %.3f", what, c.got, c.want)
		}
	}
}

func TestPlaceDependsOnSeedAndIndex(t *testing.T) {
	d := Drawing{Strokes: placed["dot"]}
	seen := map[ink.Point]bool{}
	for seed := range uint64(20) {
		for i := range 20 {
			seen[Place(d, seed, i)[0][0]] = true
		}
	}
	if len(seen) != 400 {
		t.Errorf("places: got %d different ones, want 400", len(seen))
	}
}

func TestPlaceEmpty(t *testing.T) {
	for name, strokes := range map[string][]ink.Stroke{"no strokes": nil, "empty stroke": {{}}} {
		if got := Place(Drawing{Strokes: strokes}, 1, 1); len(got) != len(strokes) {
			t.Errorf("%s: got %v, want as many strokes", name, got)
		}
	}
}

func TestSquared(t *testing.T) {
	for name, c := range map[string]struct{ in, want ink.Stroke }{
		"high": {ink.Stroke{{X: 3, Y: 2}, {X: 5, Y: 10}}, ink.Stroke{{X: 0.375, Y: 0}, {X: 0.625, Y: 1}}},
		"wide": {ink.Stroke{{X: -4, Y: 2}, {X: 4, Y: 4}}, ink.Stroke{{X: 0, Y: 0.375}, {X: 1, Y: 0.625}}},
		"dot":  {ink.Stroke{{X: 9, Y: 9}}, ink.Stroke{{X: 0.5, Y: 0.5}}},
	} {
		if got := Squared([]ink.Stroke{c.in})[0]; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

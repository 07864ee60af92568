package augment

import (
	"math"
	"reflect"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
)

func TestStrokesOfNothing(t *testing.T) {
	ds, set := digits(t, 30)
	f := Strokes{}.Func(ds, square, 1)
	for i := range ds {
		got := run(f, i, 1)
		for at, want := range set.Image(i) {
			if math.Abs(float64(got[at])-float64(want)) > 2 {
				t.Errorf("image %d, pixel %d: got %d, want %d +- 2", i, at, got[at], want)
			}
		}
	}
}

// What a pointer can give is drawn; nothing drawn stays nothing.
func TestStrokesOfOddDrawings(t *testing.T) {
	nan := float32(math.NaN())
	wild := ForDrawings()
	wild.Drop, wild.Cut, wild.Hook = 1, 2, 1
	for name, c := range map[string]struct {
		strokes []ink.Stroke
		drawn   bool
	}{
		"no strokes":   {nil, false},
		"empty stroke": {[]ink.Stroke{{}}, false},
		"not a number": {[]ink.Stroke{{{X: nan, Y: 1}}}, false},
		"dot":          {[]ink.Stroke{{{X: 5, Y: 6}}}, true},
		"two equal":    {[]ink.Stroke{{{X: 5, Y: 6}, {X: 5, Y: 6}}}, true},
		"dot and bar":  {[]ink.Stroke{{{X: 5, Y: 6}}, {{X: 1, Y: 1}, {X: 1, Y: 90}}}, true},
		"huge":         {[]ink.Stroke{{{X: -math.MaxFloat32}, {X: math.MaxFloat32}}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			ds := []strokes.Drawing{{Strokes: c.strokes}}
			for setting, m := range map[string]Strokes{"off": {}, "usual": ForDrawings(), "wild": wild} {
				for epoch := range 50 {
					if drawn := sum(run(m.Func(ds, square, 1), 0, epoch)) > 0; drawn != c.drawn {
						t.Fatalf("%s, epoch %d: got drawn %v, want %v", setting, epoch, drawn, c.drawn)
					}
				}
			}
		})
	}
}

// The drawing that is given stays as it is.
func TestStrokesLeaveDrawings(t *testing.T) {
	ds := synth.Digits(20, 1)
	f := ForDrawings().Func(ds, square, 1)
	for i := range ds {
		run(f, i, 0)
	}
	if !reflect.DeepEqual(ds, synth.Digits(20, 1)) {
		t.Error("got other strokes after augmentation")
	}
}

func TestCut(t *testing.T) {
	for name, c := range map[string]struct {
		stroke []ink.Point
		share  float64
		keep   int
		last   ink.Point
	}{
		"nothing":       {[]ink.Point{{X: 0}, {X: 5}, {X: 10}}, 0, 3, ink.Point{X: 10}},
		"part of one":   {[]ink.Point{{X: 0}, {X: 5}, {X: 10}}, 0.2, 3, ink.Point{X: 8}},
		"one and more":  {[]ink.Point{{X: 0}, {X: 5}, {X: 10}}, 0.7, 2, ink.Point{X: 3}},
		"all but a bit": {[]ink.Point{{X: 0}, {X: 5}, {X: 10}}, 3, 2, ink.Point{X: 0.5}},
		"dot":           {[]ink.Point{{X: 4}}, 0.5, 1, ink.Point{X: 4}},
		"two equal":     {[]ink.Point{{X: 4}, {X: 4}}, 0.5, 2, ink.Point{X: 4}},
	} {
		t.Run(name, func(t *testing.T) {
			keep := cut(c.stroke, c.share)
			if keep != c.keep {
				t.Fatalf("points: got %d, want %d", keep, c.keep)
			}
			if got := c.stroke[keep-1]; math.Hypot(between(got, c.last)) > 1e-6 {
				t.Errorf("end: got %v, want %v", got, c.last)
			}
		})
	}
}

// A hook is short and turns back.
func TestHook(t *testing.T) {
	s := seeded(1, 0, 0)
	for range 100 {
		s.points = append(s.points[:0], ink.Point{}, ink.Point{X: 0.99}, ink.Point{X: 1})
		s.hook(0)
		if len(s.points) != 4 {
			t.Fatalf("points: got %d, want 4", len(s.points))
		}
		dx, dy := between(s.points[2], s.points[3])
		length, angle := math.Hypot(dx, dy), math.Abs(math.Atan2(dy, dx))
		if length < hookFrom-1e-6 || length > hookTo+1e-6 || angle < hookLeast-1e-6 || angle > hookMost+1e-6 {
			t.Errorf("got length %.3f, angle %.2f", length, angle)
		}
	}
	s.points = append(s.points[:0], ink.Point{X: 3})
	if s.hook(0); len(s.points) != 1 {
		t.Errorf("dot: got %d points, want 1", len(s.points))
	}
}

package background

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// hook goes along the top and down the right side.
var hook = []ink.Stroke{{{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 1, Y: 1}}}

func TestTurned(t *testing.T) {
	for _, c := range []struct {
		label string
		i     int
		want  ink.Stroke
	}{
		{"F", 0, ink.Stroke{{X: 1, Y: 0}, {X: 1, Y: 1}, {X: 0, Y: 1}}}, // by a quarter
		{"F", 1, ink.Stroke{{X: 1, Y: 1}, {X: 0, Y: 1}, {X: 0, Y: 0}}}, // by a half
		{"F", 2, ink.Stroke{{X: 0, Y: 1}, {X: 0, Y: 0}, {X: 1, Y: 0}}}, // by three quarters
		{"F", 3, ink.Stroke{{X: 1, Y: 0}, {X: 0, Y: 0}, {X: 0, Y: 1}}}, // from behind
		{"F", 4, ink.Stroke{{X: 1, Y: 0}, {X: 1, Y: 1}, {X: 0, Y: 1}}}, // by a quarter again
	} {
		got, ok := Turned(c.label, hook, c.i)
		if !ok || !reflect.DeepEqual(got, []ink.Stroke{c.want}) {
			t.Errorf("%s, %d: got %v %v, want %v", c.label, c.i, got, ok, c.want)
		}
	}
	for _, label := range []string{"O", "0", "1", "8", "|", "", "FF"} {
		if got, ok := Turned(label, hook, 0); ok {
			t.Errorf("%q: got %v, want nothing: turned it may be a digit", label, got)
		}
	}
}

func TestMergeable(t *testing.T) {
	for label, want := range map[string]bool{"A": true, "z": true, "4": true, "1": false, "i": false, "J": false, "-": false, "": false, "ab": false} {
		if got := Mergeable(label); got != want {
			t.Errorf("%q: got %v, want %v", label, got, want)
		}
	}
}

// Both characters are there, the second elsewhere, and the arguments stay as they
// were.
func TestMerged(t *testing.T) {
	before := hook[0][2]
	for seed := range uint64(200) {
		got := Merged(hook, hook, rand.New(rand.NewPCG(seed, 0)))
		if len(got) != 2 || !reflect.DeepEqual(got[0], hook[0]) || len(got[1]) != 3 {
			t.Fatalf("seed %d: got %v, want the first as it is and three points more", seed, got)
		}
		dx := float64(got[1][0].X+got[1][1].X)/2 - 0.5
		dy := float64(got[1][1].Y+got[1][2].Y)/2 - 0.5
		if far := math.Hypot(dx, dy); far < overFrom-1e-6 || far > 1.3 {
			t.Errorf("seed %d: the second is %v away, want %v..1.3", seed, far, overFrom)
		}
		if size := got[1][1].X - got[1][0].X; size < smallest-1e-6 || size > largest+1e-6 {
			t.Errorf("seed %d: the second is %v wide, want %v..%v", seed, size, smallest, largest)
		}
	}
	if hook[0][2] != before {
		t.Error("the first argument has changed")
	}
}

// An outline is one closed stroke, whose distance from the middle varies more than
// a ring's, and the same for the same chance.
func TestOutline(t *testing.T) {
	for seed := range uint64(500) {
		got := Outline(rand.New(rand.NewPCG(seed, 0)))
		if again := Outline(rand.New(rand.NewPCG(seed, 0))); !reflect.DeepEqual(got, again) {
			t.Fatalf("seed %d: got two different outlines", seed)
		}
		if len(got) != 1 || len(got[0]) < 6 {
			t.Fatalf("seed %d: got %v, want one stroke", seed, got)
		}
		nearest, farthest := math.Inf(1), 0.0
		for _, p := range got[0] {
			if p.X-p.X != 0 || p.Y-p.Y != 0 {
				t.Fatalf("seed %d: got the point %v", seed, p)
			}
			r := math.Hypot(float64(p.X)-0.5, float64(p.Y)-0.5)
			nearest, farthest = min(nearest, r), max(farthest, r)
		}
		if farthest < 1.1*nearest {
			t.Errorf("seed %d: distances %v..%v from the middle: a ring", seed, nearest, farthest)
		}
	}
}

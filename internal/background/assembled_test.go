package background

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
)

func TestAssemblable(t *testing.T) {
	two := []ink.Stroke{hook[0], hook[0]}
	for label, want := range map[string]bool{"A": true, "#": true, "i": false, ":": false} {
		if got := Assemblable(label, two); got != want {
			t.Errorf("%s: got %v, want %v", label, got, want)
		}
	}
	if Assemblable("L", hook) {
		t.Error("one stroke: got true, want false")
	}
}

// Three or four strokes come out, near the square, and the same for the same chance.
func TestAssembled(t *testing.T) {
	counts := map[int]int{}
	for seed := range uint64(100) {
		make := func() []ink.Stroke {
			return Assembled(func() []ink.Stroke { return hook }, rand.New(rand.NewPCG(seed, 0)))
		}
		got := make()
		if !reflect.DeepEqual(got, make()) {
			t.Fatalf("seed %d: got two different drawings", seed)
		}
		counts[len(got)]++
		for _, stroke := range got {
			for _, p := range stroke {
				if p.X < -0.36 || p.X > 1.36 || p.Y < -0.36 || p.Y > 1.36 {
					t.Errorf("seed %d: got the point %v", seed, p)
				}
			}
		}
	}
	if len(counts) != 2 || counts[3] == 0 || counts[4] == 0 {
		t.Errorf("got %v, want three or four strokes", counts)
	}
}

package augment

import (
	"fmt"
	"math"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// Perturbation is one way to disturb test images, by a known amount.
type Perturbation struct {
	Kind     string
	Strength float64
	Unit     string
}

// perturbations are all kinds with their units and strengths, weakest first.
var perturbations = []struct {
	kind, unit string
	strengths  [3]float64
	change     func(s *scratch, strength float64) change
}{
	{"shifted", "px, any way", [3]float64{1, 2, 3}, func(s *scratch, v float64) change {
		sin, cos := math.Sincos(s.within(math.Pi))
		return change{dx: v * cos, dy: v * sin}
	}},
	{"scaled", "% larger or smaller", [3]float64{10, 20, 30}, func(s *scratch, v float64) change {
		share := s.sign() * v / 100
		return change{wider: share, taller: share}
	}},
	{"rotated", "degrees, either way", [3]float64{10, 20, 30}, func(s *scratch, v float64) change {
		return change{turn: s.sign() * v * math.Pi / 180}
	}},
	{"sheared", "tangent, either way", [3]float64{0.1, 0.2, 0.3}, func(s *scratch, v float64) change {
		return change{shear: s.sign() * v}
	}},
	{"thinned", "px of stroke width", [3]float64{0.5, 1, 1.5}, func(_ *scratch, v float64) change {
		return change{grow: -v / 2}
	}},
	{"thickened", "px of stroke width", [3]float64{0.5, 1, 1.5}, func(_ *scratch, v float64) change {
		return change{grow: v / 2}
	}},
	{"noisy", "of 255, standard deviation", [3]float64{16, 32, 64}, func(_ *scratch, v float64) change {
		return change{noise: v}
	}},
}

// Perturbations returns all kinds, each at its three strengths, weakest first, in the
// order of reports: shifted, scaled, rotated, sheared, thinned, thickened and
// noisy. Pixels are the image's own.
func Perturbations() []Perturbation {
	var all []Perturbation
	for _, p := range perturbations {
		for _, strength := range p.strengths {
			all = append(all, Perturbation{p.kind, strength, p.unit})
		}
	}
	return all
}

// String returns text for reports, "rotated 20 degrees, either way".
func (p Perturbation) String() string { return fmt.Sprintf("%s %v %s", p.Kind, p.Strength, p.Unit) }

const errPerturbation = "augment: no such kind of perturbation"

// Set returns a set with every image disturbed; directions and noise are a function of
// seed and the image's index. What is left of images of recipe writing is their ink. It
// panics on an unknown kind.
func (p Perturbation) Set(set *dataset.Set, seed uint64) *dataset.Set {
	recipe, draw := set.Recipe, p.change()
	set = set.As(ink.Drawing)
	out := *set
	out.Pixels = make([]uint8, len(set.Pixels))
	f := newFrame(set.Width, set.Height)
	for i := range set.Len() {
		s := seeded(seed, i, 0)
		c := draw(s, p.Strength)
		f.apply(s, out.Image(i), set.Image(i), &c)
		pool.Put(s)
	}
	return out.As(recipe)
}

// change returns the function that draws a change of this kind.
func (p Perturbation) change() func(*scratch, float64) change {
	for _, q := range perturbations {
		if q.kind == p.Kind {
			return q.change
		}
	}
	panic(errPerturbation)
}

// sign returns 1 or -1.
func (s *scratch) sign() float64 { return float64(s.random.IntN(2)*2 - 1) }

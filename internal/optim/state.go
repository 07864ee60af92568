package optim

import (
	"errors"
	"slices"
	"strings"
)

// State is what an optimizer remembers between steps. Its settings are not part
// of it.
type State struct {
	Steps   int      // taken so far, where they play a part
	Vectors []Vector // none before the first step
}

// Vector is one value per parameter.
type Vector struct {
	Name   string // "m", "v", "velocity"
	Values []float32
}

// newState returns a state with these vectors, or an empty one before the first
// step.
func newState(steps int, vectors ...Vector) State {
	if vectors[0].Values == nil {
		return State{}
	}
	return State{steps, vectors}
}

// take copies the vectors, which must have these names in this order; all are
// nil before the first step.
func (s State) take(kind string, names ...string) ([][]float32, error) {
	vectors := make([][]float32, len(names))
	if len(s.Vectors) == 0 {
		return vectors, nil
	}
	got := make([]string, len(s.Vectors))
	for i, v := range s.Vectors {
		got[i] = v.Name
	}
	if !slices.Equal(got, names) {
		return nil, errors.New("optim: " + kind + ": got vectors " + strings.Join(got, ", ") + ", want " + strings.Join(names, ", "))
	}
	for i, v := range s.Vectors {
		vectors[i] = slices.Clone(v.Values)
	}
	return vectors, nil
}

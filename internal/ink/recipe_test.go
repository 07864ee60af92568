package ink

import "testing"

// TestMeasures holds the constants that trained networks rely on: whoever changes
// one raises the version.
func TestMeasures(t *testing.T) {
	for recipe, want := range map[Recipe]Measures{
		Drawing: {Version: 1, Box: 20.0 / 28, Pen: 2.4 / 28},
		Writing: {Version: 1, Box: 20.0 / 28, Pen: 2.4 / 28},
		Photo:   {Version: 1},
		"oil":   {},
	} {
		if got := recipe.Measures(); got != want || recipe.Known() != (want.Version > 0) {
			t.Errorf("%s: got %+v, known %v, want %+v", recipe, got, recipe.Known(), want)
		}
	}
}

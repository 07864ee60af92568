package convert

import (
	"testing"

	"github.com/seed-c844a918/inkling/internal/keras"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// Weights for images of 8x8 say so, whatever stands before the first dense that keeps the
// number of values.
func TestImagesByWeights(t *testing.T) {
	dense := []npy.Array{zeros(64, 4), zeros(4), zeros(4, 2), zeros(2)}
	normalized := append([]npy.Array{zeros(64), zeros(64), zeros(64), zeros(64)}, dense...)
	for layers, arrays := range map[string][]npy.Array{
		"dense 4":                             dense,
		"flatten, dropout 0.5, unit, dense 4": dense,
		"flatten, norm, dense 4":              normalized,
	} {
		for i := range arrays {
			arrays[i].Name = "arr_" + string(rune('0'+i))
		}
		data, err := npy.EncodeZip(arrays)
		if err != nil {
			t.Fatal(err)
		}
		file, err := keras.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		a, err := OfLayers(file, layers, 0, 0, 2, "")
		if err != nil {
			t.Fatalf("%s: %v", layers, err)
		}
		if want := (nn.Shape{8, 8, 1}); a.Network.Input.String() != want.String() {
			t.Errorf("%s: images of %v, want %v", layers, a.Network.Input, want)
		}
		if err := a.Load(file); err != nil {
			t.Errorf("%s: %v", layers, err)
		}
	}
}

// zeros returns an array of a shape.
func zeros(shape ...int) npy.Array {
	n := 1
	for _, side := range shape {
		n *= side
	}
	return npy.Floats("", shape, make([]float32, n))
}

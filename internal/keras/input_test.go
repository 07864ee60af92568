package keras

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// withInput returns a model's architecture for an input of a shape.
func withInput(t *testing.T, shape, layers string) (*Architecture, error) {
	t.Helper()
	json := strings.Replace(sequential(layers), "6, 6, 1", shape, 1)
	f, err := Open([]byte(json))
	if err != nil {
		t.Fatal(err)
	}
	return f.Architecture(ByModel)
}

// TestRowsOfPixels checks that square pictures as one row or column of pixels are read
// row by row, as the model sees them.
func TestRowsOfPixels(t *testing.T) {
	flatten := `{"class_name": "Flatten", "config": {"name": "f"}}`
	again := func(shape string) string {
		return `{"class_name": "Reshape", "config": {"name": "r", "target_shape": [` + shape + `]}}, `
	}
	conv := `{"class_name": "Conv2D", "config": {"name": "c", "filters": 2, "kernel_size": [3, 1]}}`
	for _, c := range []struct{ name, shape, layers, same string }{ // same: the layers for (36)
		{"a column", "36, 1", flatten, flatten},
		{"a row", "1, 36", flatten, flatten},
		{"with channels", "36, 1, 1", flatten, flatten},
		{"rescaled", "36, 1", `{"class_name": "Rescaling", "config": {"name": "x", "scale": 2, "offset": -1}}`,
			`{"class_name": "Rescaling", "config": {"name": "x", "scale": 2, "offset": -1}}`},
		{"reshaped", "36, 1", again("6, 6, 1") + conv, again("6, 6, 1") + conv},
		{"a convolution along it", "36, 1, 1", conv, again("36, 1, 1") + conv},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := withInput(t, c.shape, c.layers)
			if err != nil {
				t.Fatal(err)
			}
			b, err := withInput(t, "36", c.same)
			if err != nil {
				t.Fatal(err)
			}
			if want := (nn.Shape{6, 6, 1}); !a.Network.Input.Equal(want) {
				t.Fatalf("input: got %s, want %s", a.Network.Input, want)
			}
			x := make([]float32, 36)
			for i := range x {
				x[i] = float32(i) / 36
			}
			for i := range a.Network.Values() {
				a.Network.Values()[i] = float32(i%7) / 7
			}
			copy(b.Network.Values(), a.Network.Values())
			if got, want := a.Network.Forward(x, 1), b.Network.Forward(x, 1); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestInputRefuses(t *testing.T) {
	for _, c := range []struct{ shape, want string }{
		{"35, 1", "shape: got (35, 1), pictures one pixel wide or high, want Input((height, width, 1)), or Input((height*width,))"},
		{"1, 35, 1", "shape: got (1, 35, 1), pictures one pixel"},
		{"35", "shape: got (35), want pictures"},
		{"null, null, 1", "shape: got (None, None, 1), want a fixed size: build the model with Input((height, width, 1)), such as Input((28, 28, 1))"},
		{"null", "shape: got (None,), want a fixed size"},
	} {
		if _, err := withInput(t, c.shape, `{"class_name": "Flatten", "config": {"name": "f"}}`); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.shape, err, c.want)
		}
	}
}

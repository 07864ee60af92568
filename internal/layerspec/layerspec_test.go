package layerspec

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/nn"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "flatten, dense 10, softmax"},
		{"dense 64 relu, dense 32 relu", "flatten, dense 64, relu, dense 32, relu, dense 10, softmax"},
		{"conv 16 3x3 relu, pool 2", "conv2d 16 [3 3] [1 1] valid, relu, max_pool2d [2 2] [2 2] valid, flatten, dense 10, softmax"},
		{"conv 8 5x3 same stride 2 norm relu, dropout 0.5, dense 20 norm", "conv2d 8 [5 3] [2 2] same, batch_normalization, relu, dropout 0.5, flatten, dense 20, batch_normalization, dense 10, softmax"},
		{"norm relu, relu", "batch_normalization, relu, relu, flatten, dense 10, softmax"},
		{"pool 3x2 stride 2x1 same, average 2, global average", "max_pool2d_same [3 2] [2 1] same, average_pool2d [2 2] [2 2] valid, average_pool2d [7 14] [7 14] valid, flatten, dense 10, softmax"},
		{"conv 4 3 valid tanh, global max", "conv2d 4 [3 3] [1 1] valid, tanh, max_pool2d [26 26] [26 26] valid, flatten, dense 10, softmax"},
		{"dense 8 leaky_relu, dense 8 leaky_relu 0.1, dense 8 norm elu 0.5, hard_silu", "flatten, dense 8, relu 0.2, dense 8, relu 0.1, dense 8, batch_normalization, elu 0.5, hard_silu 0.16666667, dense 10, softmax"},
		{"conv 4 3, flatten, norm, dense 8 relu6", "conv2d 4 [3 3] [1 1] valid, flatten, batch_normalization, dense 8, relu 0 6, dense 10, softmax"},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := describeAll(t, c.text); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// describeAll describes the network of a text, layer by layer.
func describeAll(t *testing.T, text string) string {
	t.Helper()
	network, err := Network(text, nn.Shape{28, 28, 1}, 10)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, layer := range network.Layers {
		names = append(names, describe(layer))
	}
	return strings.Join(names, ", ")
}

// TestText reads back what it wrote.
func TestText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"dense 64 relu,dense 32   relu", "dense 64 relu, dense 32 relu"},
		{"conv 16 3x3 stride 1 relu, pool 2 stride 2, dropout 0.25", "conv 16 3 relu, pool 2, dropout 0.25"},
		{"conv 8 5x3 same stride 2x1 norm tanh, average 3 same stride 1, global max, dense 20 norm", ""},
		{"relu6, conv 4 3 leaky_relu, leaky_relu 0.1, global average, dense 9 elu 0.5", ""},
		{"conv 4 3, flatten, norm relu, relu, dense 8", ""},
		{"flatten, dense 8 hard_sigmoid", "dense 8 hard_sigmoid"},
		{"pool 2, conv 4 3 norm, norm, selu", "pool 2, conv 4 3 norm, norm selu"},
		{"", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			network, err := Network(c.text, nn.Shape{28, 28, 1}, 10)
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				c.want = c.text
			}
			got := Text(network)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got, want := describeAll(t, got), describeAll(t, c.text); got != want {
				t.Errorf("read again: got  %s\nwant %s", got, want)
			}
		})
	}
	other, err := nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Rescaling{Scale: 255}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	if got := Text(other); got != "" {
		t.Errorf("of a rescaling: got %q, want nothing", got)
	}
}

// describe returns a layer's kind and settings.
func describe(layer nn.Layer) string {
	switch l := layer.(type) {
	case *nn.Dense:
		return fmt.Sprint("dense ", l.Units)
	case *nn.Dropout:
		return fmt.Sprint("dropout ", l.Rate)
	case *nn.Conv2D:
		return fmt.Sprint("conv2d ", l.Filters, " ", l.Size, " ", l.Strides, " ", l.Padding)
	case *nn.MaxPool2D:
		return fmt.Sprint(l.Kind(), " ", l.Size, " ", l.Strides, " ", l.Padding)
	case *nn.AveragePool2D:
		return fmt.Sprint(l.Kind(), " ", l.Size, " ", l.Strides, " ", l.Padding)
	case *nn.Activation:
		text := string(l.Function)
		if l.Alpha != 0 || l.Max != 0 {
			text += fmt.Sprint(" ", l.Alpha)
		}
		if l.Max != 0 && l.Max != activation.NoMax {
			text += fmt.Sprint(" ", l.Max)
		}
		return text
	}
	return layer.Kind()
}

func TestErrorsNameTheMistake(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"dense 64,", `layer 2, "": got nothing`},
		{"dense", "want units, 1..65536"},
		{"dense 0", "got 0 units"},
		{"dense 64 mish", `got "mish" behind dense 64`},
		{"dense 64 relu norm", `got "norm" behind dense 64 relu`},
		{"dense 64 elu -1", "got elu -1, want a number of 0..1024"},
		{"conv 3", "want a window, such as 3 or 3x5"},
		{"conv 3 3x0", `got the window "3x0", want 1..1024 pixels`},
		{"conv 3 3x3 stride", "want a stride, such as 3 or 3x5"},
		{"pool 2 norm", `got "norm" behind pool 2`},
		{"relu tanh", `got "tanh" behind relu`},
		{"dense 3, global", `layer 2, "global": want global max or global average`},
		{"dropout 1", "want 0 <= rate < 1"},
		{"lstm 3", `got "lstm", want dense, conv, pool, average, global, dropout, norm, unit, flatten or an activation`},
		{"pool 4, pool 8, dense 2", `layer 2, "pool 8": nn: max_pool2d: input (7, 7, 1), want pictures at least as large as the window`},
		{"dense 3, conv 3 3", `layer 2, "conv 3 3": nn: conv2d: input (3), want three dimensions`},
	} {
		t.Run(c.text, func(t *testing.T) {
			_, err := Network(c.text, nn.Shape{28, 28, 1}, 10)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

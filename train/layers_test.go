package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/nn"
)

func TestParseLayers(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "flatten, dense 10, softmax"},
		{"dense 64 relu, dense 32 relu", "flatten, dense 64, relu, dense 32, relu, dense 10, softmax"},
		{"conv 16 3x3 relu, pool 2", "conv2d 16 [3 3] [1 1] valid, relu, max_pool2d [2 2], flatten, dense 10, softmax"},
		{"conv 8 5x3 same stride 2 norm relu, dropout 0.5, dense 20 norm", "conv2d 8 [5 3] [2 2] same, batch_normalization, relu, dropout 0.5, flatten, dense 20, batch_normalization, dense 10, softmax"},
		{"norm relu, relu", "batch_normalization, relu, relu, flatten, dense 10, softmax"},
	} {
		t.Run(c.text, func(t *testing.T) {
			hidden, err := parseLayers(c.text)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, layer := range completed(hidden, 10) {
				names = append(names, describe(layer))
			}
			if got := strings.Join(names, ", "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// describe is a layer's kind and settings.
func describe(layer nn.Layer) string {
	switch l := layer.(type) {
	case *nn.Dense:
		return fmt.Sprint("dense ", l.Units)
	case *nn.Dropout:
		return fmt.Sprint("dropout ", l.Rate)
	case *nn.Conv2D:
		return fmt.Sprint("conv2d ", l.Filters, " ", l.Size, " ", l.Strides, " ", l.Padding)
	case *nn.MaxPool2D:
		return fmt.Sprint("max_pool2d ", l.Size)
	}
	return layer.Kind()
}

func TestParseLayersNamesTheMistake(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"dense 64,", `layer 2, "": got nothing`},
		{"dense", "want units, 1..65536"},
		{"dense 0", "got 0 units"},
		{"dense 64 tanh", `got "tanh" behind dense`},
		{"dense 64 relu norm", `got "relu" behind dense`},
		{"conv 3", "want conv FILTERS HxW"},
		{"conv 3 3x0", "got 0 pixels wide"},
		{"conv 3 3x3 stride", "want pixels a stride"},
		{"pool 2 norm", `got "norm" behind pool`},
		{"dropout 1", "want 0 <= rate < 1"},
	} {
		t.Run(c.text, func(t *testing.T) {
			if _, err := parseLayers(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

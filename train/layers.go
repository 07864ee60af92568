package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// layerForms are the hidden layers that --layers can name, as help lists them.
const layerForms = `
  dense UNITS
  conv FILTERS SIZE      SIZE is 3 or 3x5, height first
  pool SIZE              of the largest values; average SIZE of the means
  global max             of the whole picture; global average
  dropout RATE
  norm                   batch normalization
  flatten                goes before the first dense in any case
  relu, relu6, leaky_relu [SLOPE], elu [ALPHA], selu, gelu, sigmoid, hard_sigmoid,
  tanh, softplus, softsign, silu, hard_silu, exponential
Behind the size of conv, pool and average may stand same (else Keras's valid) and
stride SIZE (else 1, of pooling the window's size). An activation may follow dense,
conv and norm at once, and norm dense and conv: "conv 16 3x3 same norm relu, pool 2".
A dense softmax over the classes goes behind all.`

// layerWords are what a layer can begin with, but for activations.
const layerWords = "dense, conv, pool, average, global, dropout, norm, flatten or an activation"

// sideLimit bounds windows, strides and images of --layers and --size, countLimit
// units and filters.
const (
	sideLimit  = 1 << 10
	countLimit = 1 << 16
)

// parseLayers reads the hidden layers of --layers, "conv 16 3x3 relu, pool 2,
// dense 64 relu": comma-separated, each a layer with its numbers and what follows
// it at once.
func parseLayers(text string) ([]nn.Layer, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var layers []nn.Layer
	for i, part := range strings.Split(text, ",") {
		added, err := parseLayer(strings.Fields(part))
		if err != nil {
			return nil, misplaced(i, part, err)
		}
		layers = append(layers, added...)
	}
	return layers, nil
}

// misplaced says in which part of --layers a mistake is.
func misplaced(i int, part string, err error) error {
	return usagef("--layers: layer %d, %q: %w", i+1, strings.TrimSpace(part), err)
}

// newNetwork is the network of --layers for images of a size and so many classes,
// without weights. The error names the first part that does not fit.
func newNetwork(text string, input nn.Shape, classes int) (*nn.Sequential, error) {
	hidden, err := parseLayers(text)
	if err != nil {
		return nil, err
	}
	network, err := nn.NewSequential(input, completed(hidden, classes)...)
	if err == nil {
		return network, nil
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		hidden, _ := parseLayers(strings.Join(parts[:i+1], ","))
		if _, err := nn.NewSequential(input, completed(hidden, classes)...); err != nil {
			return nil, misplaced(i, parts[i], err)
		}
	}
	return nil, err
}

// parseLayer reads one layer and those that follow it in the same part.
func parseLayer(words []string) ([]nn.Layer, error) {
	if len(words) == 0 {
		return nil, fmt.Errorf("got nothing, want %s", layerWords)
	}
	layer, rest, err := parseFirst(words[0], words[1:])
	if err != nil {
		return nil, err
	}
	layers := []nn.Layer{layer}
	weighs := words[0] == "dense" || words[0] == "conv"
	if len(rest) > 0 && rest[0] == "norm" && weighs {
		layers, rest = append(layers, &nn.BatchNormalization{}), rest[1:]
	}
	if len(rest) > 0 && (weighs || words[0] == "norm") {
		activation, after, err := parseActivation(rest[0], rest[1:])
		if err != nil {
			return nil, err
		}
		if activation != nil {
			layers, rest = append(layers, activation), after
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("got %q behind %s", rest[0], strings.Join(words[:len(words)-len(rest)], " "))
	}
	return layers, nil
}

// parseFirst reads the layer of a name, and returns what is left behind it.
func parseFirst(name string, words []string) (layer nn.Layer, rest []string, err error) {
	switch name {
	case "dense":
		units, rest, err := parseNumber(words, "units", countLimit)
		return &nn.Dense{Units: units}, rest, err
	case "conv":
		return parseConv(words)
	case "pool":
		w, rest, err := parseWindow(words)
		return &nn.MaxPool2D{Size: w.size, Strides: w.strides, Padding: w.padding}, rest, err
	case "average":
		w, rest, err := parseWindow(words)
		return &nn.AveragePool2D{Size: w.size, Strides: w.strides, Padding: w.padding}, rest, err
	case "global":
		return parseGlobal(words)
	case "dropout":
		return parseDropout(words)
	case "norm":
		return &nn.BatchNormalization{}, words, nil
	case "flatten":
		return &nn.Flatten{}, words, nil
	}
	layer, rest, err = parseActivation(name, words)
	if layer == nil && err == nil {
		err = fmt.Errorf("got %q, want %s", name, layerWords)
	}
	return layer, rest, err
}

// parseNumber reads a whole number of at least 1.
func parseNumber(words []string, what string, most int) (int, []string, error) {
	if len(words) == 0 {
		return 0, nil, fmt.Errorf("want %s, 1..%d", what, most)
	}
	n, err := strconv.Atoi(words[0])
	if err != nil || n < 1 || n > most {
		return 0, nil, fmt.Errorf("got %s %s, want 1..%d", words[0], what, most)
	}
	return n, words[1:], nil
}

// parseSize reads "3", a square, or "3x5", height and width.
func parseSize(words []string, what string) (size [2]int, rest []string, err error) {
	if len(words) == 0 {
		return size, nil, fmt.Errorf("want a %s, such as 3 or 3x5", what)
	}
	height, width, two := strings.Cut(words[0], "x")
	if !two {
		width = height
	}
	for i, side := range []string{height, width} {
		if size[i], err = strconv.Atoi(side); err != nil || size[i] < 1 || size[i] > sideLimit {
			return size, nil, fmt.Errorf("got the %s %q, want 1..%d pixels, such as 3 or 3x5", what, words[0], sideLimit)
		}
	}
	return size, words[1:], nil
}

// windowed is what convolution and pooling share; strides are 0 unless said.
type windowed struct {
	size, strides [2]int
	padding       nn.Padding
}

// parseWindow reads SIZE [same|valid] [stride SIZE].
func parseWindow(words []string) (w windowed, rest []string, err error) {
	w.size, rest, err = parseSize(words, "window")
	for err == nil && len(rest) > 0 {
		switch rest[0] {
		case "same":
			w.padding, rest = nn.Same, rest[1:]
		case "valid":
			w.padding, rest = nn.Valid, rest[1:]
		case "stride":
			w.strides, rest, err = parseSize(rest[1:], "stride")
		default:
			return w, rest, nil
		}
	}
	return w, rest, err
}

// parseConv reads FILTERS and a window.
func parseConv(words []string) (nn.Layer, []string, error) {
	filters, rest, err := parseNumber(words, "filters", countLimit)
	if err != nil {
		return nil, nil, err
	}
	w, rest, err := parseWindow(rest)
	return &nn.Conv2D{Filters: filters, Size: w.size, Strides: w.strides, Padding: w.padding}, rest, err
}

// parseGlobal reads max or average: pooling over the whole picture.
func parseGlobal(words []string) (nn.Layer, []string, error) {
	switch {
	case len(words) > 0 && words[0] == "max":
		return &nn.MaxPool2D{}, words[1:], nil
	case len(words) > 0 && words[0] == "average":
		return &nn.AveragePool2D{}, words[1:], nil
	}
	return nil, nil, fmt.Errorf("want global max or global average")
}

func parseDropout(words []string) (nn.Layer, []string, error) {
	if len(words) == 0 {
		return nil, nil, fmt.Errorf("want dropout RATE")
	}
	rate, err := strconv.ParseFloat(words[0], 32)
	if err != nil || !(rate >= 0 && rate < 1) {
		return nil, nil, fmt.Errorf("got rate %s, want 0 <= rate < 1", words[0])
	}
	return &nn.Dropout{Rate: float32(rate)}, words[1:], nil
}

// parseActivation reads the rest of a function by its name, with its number if it
// takes one and there is one; nil if there is none of that name.
func parseActivation(name string, words []string) (nn.Layer, []string, error) {
	layer := nn.NewActivation(name)
	if a, ok := layer.(*nn.Activation); ok && len(words) > 0 && numbered(name) {
		alpha, err := strconv.ParseFloat(words[0], 32)
		if err != nil || !(alpha >= 0 && alpha <= sideLimit) {
			return nil, nil, fmt.Errorf("got %s %s, want a number of 0..%d", name, words[0], sideLimit)
		}
		a.Alpha, words = float32(alpha), words[1:]
	}
	return layer, words, nil
}

// completed puts a flatten before the first layer that wants one dimension, and a
// dense softmax over the classes at the end.
func completed(hidden []nn.Layer, classes int) []nn.Layer {
	layers := slices.Clone(hidden)
	at := slices.IndexFunc(hidden, func(l nn.Layer) bool { return l.Kind() == "dense" || l.Kind() == "flatten" })
	if at < 0 {
		at = len(hidden)
	}
	if at == len(hidden) || hidden[at].Kind() == "dense" {
		layers = slices.Insert(layers, at, nn.Layer(&nn.Flatten{}))
	}
	return append(layers, &nn.Dense{Units: classes}, &nn.Softmax{})
}

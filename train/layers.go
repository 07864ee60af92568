package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// layerForms are the hidden layers that --layers can name, as its help lists
// them.
const layerForms = `dense UNITS, conv FILTERS HxW [same] [stride N], pool N,
dropout RATE, norm (batch normalization), relu. After dense, conv and norm the
word relu may follow at once, after conv and dense norm relu as well`

// layerLimit bounds every number of --layers but units and filters.
const layerLimit = 1024

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
			return nil, usagef("--layers: layer %d, %q: %w", i+1, strings.TrimSpace(part), err)
		}
		layers = append(layers, added...)
	}
	return layers, nil
}

// layerParsers read what follows a layer's name and return the rest.
var layerParsers = map[string]func(words []string) (layer nn.Layer, rest []string, err error){
	"dense":   parseDense,
	"conv":    parseConv,
	"pool":    parsePool,
	"dropout": parseDropout,
	"norm":    func(words []string) (nn.Layer, []string, error) { return &nn.BatchNormalization{}, words, nil },
	"relu":    func(words []string) (nn.Layer, []string, error) { return &nn.ReLU{}, words, nil },
}

// parseLayer reads one layer and those that follow it in the same part.
func parseLayer(words []string) ([]nn.Layer, error) {
	if len(words) == 0 {
		return nil, fmt.Errorf("got nothing, want dense, conv, pool, dropout, norm or relu")
	}
	parse, ok := layerParsers[words[0]]
	if !ok {
		return nil, fmt.Errorf("got %q, want dense, conv, pool, dropout, norm or relu", words[0])
	}
	layer, rest, err := parse(words[1:])
	if err != nil {
		return nil, err
	}
	layers := []nn.Layer{layer}
	for _, next := range rest {
		switch {
		case next == "norm" && (words[0] == "dense" || words[0] == "conv") && len(layers) == 1:
			layers = append(layers, &nn.BatchNormalization{})
		case next == "relu" && slices.Contains([]string{"dense", "conv", "norm"}, words[0]) && next == rest[len(rest)-1]:
			layers = append(layers, &nn.ReLU{})
		default:
			return nil, fmt.Errorf("got %q behind %s", next, words[0])
		}
	}
	return layers, nil
}

// number reads a whole number of at least 1.
func number(words []string, what string, most int) (int, []string, error) {
	if len(words) == 0 {
		return 0, nil, fmt.Errorf("want %s, 1..%d", what, most)
	}
	n, err := strconv.Atoi(words[0])
	if err != nil || n < 1 || n > most {
		return 0, nil, fmt.Errorf("got %s %s, want 1..%d", words[0], what, most)
	}
	return n, words[1:], nil
}

func parseDense(words []string) (nn.Layer, []string, error) {
	units, rest, err := number(words, "units", 65536)
	return &nn.Dense{Units: units}, rest, err
}

func parsePool(words []string) (nn.Layer, []string, error) {
	side, rest, err := number(words, "pixels a side", layerLimit)
	return &nn.MaxPool2D{Size: [2]int{side, side}}, rest, err
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

// parseConv reads FILTERS HxW [same] [stride N].
func parseConv(words []string) (nn.Layer, []string, error) {
	filters, rest, err := number(words, "filters", 65536)
	if err != nil {
		return nil, nil, err
	}
	c := &nn.Conv2D{Filters: filters, Strides: [2]int{1, 1}}
	if len(rest) == 0 {
		return nil, nil, fmt.Errorf("want conv FILTERS HxW, such as conv 16 3x3")
	}
	if c.Size, err = parseWindow(rest[0]); err != nil {
		return nil, nil, err
	}
	rest = rest[1:]
	if len(rest) > 0 && rest[0] == "same" {
		c.Padding, rest = nn.Same, rest[1:]
	}
	if len(rest) > 0 && rest[0] == "stride" {
		stride, after, err := number(rest[1:], "pixels a stride", layerLimit)
		if err != nil {
			return nil, nil, err
		}
		c.Strides, rest = [2]int{stride, stride}, after
	}
	return c, rest, nil
}

// parseWindow reads "3x3".
func parseWindow(text string) (size [2]int, err error) {
	height, width, ok := strings.Cut(text, "x")
	if ok {
		if size[0], _, err = number([]string{height}, "pixels high", layerLimit); err == nil {
			size[1], _, err = number([]string{width}, "pixels wide", layerLimit)
		}
		return size, err
	}
	return size, fmt.Errorf("got window %q, want HxW, such as 3x3", text)
}

// completed puts a flatten before the first layer that wants one dimension, and a
// dense softmax over the classes at the end.
func completed(hidden []nn.Layer, classes int) []nn.Layer {
	at := slices.IndexFunc(hidden, func(l nn.Layer) bool { _, ok := l.(*nn.Dense); return ok })
	if at < 0 {
		at = len(hidden)
	}
	layers := slices.Insert(slices.Clone(hidden), at, nn.Layer(&nn.Flatten{}))
	return append(layers, &nn.Dense{Units: classes}, &nn.Softmax{})
}

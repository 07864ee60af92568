package layerspec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// Parse reads hidden layers; none of an empty text. The error names the layer.
func Parse(text string) ([]nn.Layer, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var layers []nn.Layer
	for i, part := range strings.Split(text, ",") {
		added, err := readLayer(strings.Fields(part))
		if err != nil {
			return nil, misplaced(i, part, err)
		}
		layers = append(layers, added...)
	}
	return layers, nil
}

// misplaced says in which part of a text a mistake is.
func misplaced(i int, part string, err error) error {
	return fmt.Errorf("layer %d, %q: %w", i+1, strings.TrimSpace(part), err)
}

// Network returns the network of a text for images of a size and a number of
// classes, without weights. The error names the first layer that does not fit.
func Network(text string, input nn.Shape, classes int) (*nn.Sequential, error) {
	return NetworkOf(text, input, func(hidden []nn.Layer) []nn.Layer { return Complete(hidden, classes) })
}

// NetworkOf does what Network does with another completion of the hidden layers.
func NetworkOf(text string, input nn.Shape, complete func(hidden []nn.Layer) []nn.Layer) (*nn.Sequential, error) {
	hidden, err := Parse(text)
	if err != nil {
		return nil, err
	}
	network, err := nn.NewSequential(input, complete(hidden)...)
	if err == nil {
		return network, nil
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		hidden, _ := Parse(strings.Join(parts[:i+1], ","))
		if _, err := nn.NewSequential(input, complete(hidden)...); err != nil {
			return nil, misplaced(i, parts[i], err)
		}
	}
	return nil, err
}

// readLayer reads one layer and those that follow it in the same part.
func readLayer(list []string) ([]nn.Layer, error) {
	if len(list) == 0 {
		return nil, fmt.Errorf("got nothing, want %s", words())
	}
	layer, rest, err := readFirst(list[0], list[1:])
	if err != nil {
		return nil, err
	}
	layers := []nn.Layer{layer}
	own, _ := rowOf(list[0])
	if len(rest) > 0 && rest[0] == "norm" && own.norm {
		layers, rest = append(layers, &nn.BatchNormalization{}), rest[1:]
	}
	if len(rest) > 0 && own.then {
		activation, after, err := readActivation(rest[0], rest[1:])
		if err != nil {
			return nil, err
		}
		if activation != nil {
			layers, rest = append(layers, activation), after
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("got %q behind %s", rest[0], strings.Join(list[:len(list)-len(rest)], " "))
	}
	return layers, nil
}

// readFirst reads the layer of a name, and returns what is left behind it.
func readFirst(name string, list []string) (layer nn.Layer, rest []string, err error) {
	if own, ok := rowOf(name); ok {
		return own.read(list)
	}
	layer, rest, err = readActivation(name, list)
	if layer == nil && err == nil {
		err = fmt.Errorf("got %q, want %s", name, words())
	}
	return layer, rest, err
}

func readDense(list []string) (nn.Layer, []string, error) {
	units, rest, err := readNumber(list, "units")
	return &nn.Dense{Units: units}, rest, err
}

func readPool(list []string) (nn.Layer, []string, error) {
	w, rest, err := readWindow(list)
	return &nn.MaxPool2D{Size: w.size, Strides: w.strides, Padding: w.padding}, rest, err
}

func readAverage(list []string) (nn.Layer, []string, error) {
	w, rest, err := readWindow(list)
	return &nn.AveragePool2D{Size: w.size, Strides: w.strides, Padding: w.padding}, rest, err
}

func readNorm(list []string) (nn.Layer, []string, error) {
	return &nn.BatchNormalization{}, list, nil
}

func readUnit(list []string) (nn.Layer, []string, error) {
	return &similarity.UnitNormalization{}, list, nil
}

func readFlatten(list []string) (nn.Layer, []string, error) { return &nn.Flatten{}, list, nil }

// readNumber reads a whole number of at least 1.
func readNumber(list []string, what string) (int, []string, error) {
	if len(list) == 0 {
		return 0, nil, fmt.Errorf("want %s, 1..%d", what, model.MaxUnits)
	}
	n, err := strconv.Atoi(list[0])
	if err != nil || n < 1 || n > model.MaxUnits {
		return 0, nil, fmt.Errorf("got %s %s, want 1..%d", list[0], what, model.MaxUnits)
	}
	return n, list[1:], nil
}

// readSize reads "3", a square, or "3x5", height and width.
func readSize(list []string, what string) (size [2]int, rest []string, err error) {
	if len(list) == 0 {
		return size, nil, fmt.Errorf("want a %s, such as 3 or 3x5", what)
	}
	height, width, two := strings.Cut(list[0], "x")
	if !two {
		width = height
	}
	for i, side := range []string{height, width} {
		if size[i], err = strconv.Atoi(side); err != nil || size[i] < 1 || size[i] > model.MaxSide {
			return size, nil, fmt.Errorf("got the %s %q, want 1..%d pixels, such as 3 or 3x5", what, list[0], model.MaxSide)
		}
	}
	return size, list[1:], nil
}

// windowed is what convolution and pooling share; strides are 0 unless said.
type windowed struct {
	size, strides [2]int
	padding       windows.Padding
}

// readWindow reads SIZE [same|valid] [stride SIZE].
func readWindow(list []string) (w windowed, rest []string, err error) {
	w.size, rest, err = readSize(list, "window")
	for err == nil && len(rest) > 0 {
		switch rest[0] {
		case "same":
			w.padding, rest = windows.Same, rest[1:]
		case "valid":
			w.padding, rest = windows.Valid, rest[1:]
		case "stride":
			w.strides, rest, err = readSize(rest[1:], "stride")
		default:
			return w, rest, nil
		}
	}
	return w, rest, err
}

// readConv reads FILTERS and a window.
func readConv(list []string) (nn.Layer, []string, error) {
	filters, rest, err := readNumber(list, "filters")
	if err != nil {
		return nil, nil, err
	}
	w, rest, err := readWindow(rest)
	return &nn.Conv2D{Filters: filters, Size: w.size, Strides: w.strides, Padding: w.padding}, rest, err
}

// readGlobal reads max or average: pooling over the whole picture.
func readGlobal(list []string) (nn.Layer, []string, error) {
	switch {
	case len(list) > 0 && list[0] == "max":
		return &nn.MaxPool2D{}, list[1:], nil
	case len(list) > 0 && list[0] == "average":
		return &nn.AveragePool2D{}, list[1:], nil
	}
	return nil, nil, fmt.Errorf("want global max or global average")
}

func readDropout(list []string) (nn.Layer, []string, error) {
	if len(list) == 0 {
		return nil, nil, fmt.Errorf("want dropout RATE")
	}
	rate, err := strconv.ParseFloat(list[0], 32)
	if err != nil || !(rate >= 0 && rate < 1) {
		return nil, nil, fmt.Errorf("got rate %s, want 0 <= rate < 1", list[0])
	}
	return &nn.Dropout{Rate: float32(rate)}, list[1:], nil
}

// readActivation reads the rest of a function by its name, with its number if it
// takes one and there is one; nil if there is none of that name.
func readActivation(name string, list []string) (nn.Layer, []string, error) {
	layer := nn.NewActivation(name)
	if a, ok := layer.(*nn.Activation); ok && len(list) > 0 && numbered[name] != "" {
		alpha, err := strconv.ParseFloat(list[0], 32)
		if err != nil || !(alpha >= 0 && alpha <= model.MaxSide) {
			return nil, nil, fmt.Errorf("got %s %s, want a number of 0..%d", name, list[0], model.MaxSide)
		}
		a.Alpha, list = float32(alpha), list[1:]
	}
	return layer, list, nil
}

// Complete returns the layers with a flatten before the first that wants one
// dimension, and a dense softmax over the classes at the end.
func Complete(hidden []nn.Layer, classes int) []nn.Layer {
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

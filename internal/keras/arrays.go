package keras

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/npy"
)

// readArrays reads an .npz file. Its arrays stand in the archive's order; those that a
// number tells apart (arr_0, arr_1, ...) in that of the numbers; those that are named as
// Keras's weights ("dense/kernel", "dense/bias") by layer.
func (f *File) readArrays(data []byte) error {
	arrays, err := npy.DecodeZip(data)
	if err != nil {
		return err
	}
	if len(arrays) == 0 {
		return fmt.Errorf("keras: got a zip without config.json and arrays, want a .keras or .npz file")
	}
	var list []tensor
	for _, a := range arrays {
		t := tensor{name: a.Name, shape: a.Shape, values: a.Float32s(), integer: a.Type.Integer()}
		if t.integer && len(a.Shape) > 0 {
			return fmt.Errorf("keras: array %s: got %s, want floats", a.Name, a.Type)
		}
		list = append(list, t)
	}
	f.weights = &weights{}
	if f.weights.grouped = groups(list); f.weights.grouped == nil {
		sortNumbered(list)
		f.weights.flat = list
	}
	return nil
}

// numberedName matches a name that ends in a number.
var numberedName = regexp.MustCompile(`^(.*?)([0-9]+)$`)

// sortNumbered sorts arr_2 before arr_10, if all names are one word and a number.
func sortNumbered(list []tensor) {
	numbers := map[string]int{}
	word := ""
	for i, t := range list {
		parts := numberedName.FindStringSubmatch(t.name)
		if parts == nil || i > 0 && parts[1] != word {
			return
		}
		number, err := strconv.Atoi(parts[2])
		if err != nil {
			return
		}
		word, numbers[t.name] = parts[1], number
	}
	slices.SortStableFunc(list, func(a, b tensor) int { return numbers[a.name] - numbers[b.name] })
}

// groups returns the tensors by layer, in the order in which the layers first appear and
// that of paramNames in each; nil if not all are named as Keras's weights.
func groups(list []tensor) (layers [][]tensor) {
	places := map[string]int{}
	for _, t := range list {
		var ok bool
		if t.layer, t.name, ok = weightName(t.name); !ok {
			return nil
		}
		place, known := places[t.layer]
		if !known {
			place = len(layers)
			places[t.layer] = place
			layers = append(layers, nil)
		}
		layers[place] = append(layers[place], t)
	}
	for _, layer := range layers {
		slices.SortStableFunc(layer, func(a, b tensor) int { return slices.Index(paramNames, a.name) - slices.Index(paramNames, b.name) })
	}
	return layers
}

// weightName divides "sequential/dense/kernel:0" into "sequential/dense" and "kernel";
// false if the last part is no weight of Keras's layers.
func weightName(name string) (layer, weight string, ok bool) {
	name, _, _ = strings.Cut(name, ":")
	for _, weight := range paramNames {
		if layer, ok := strings.CutSuffix(name, weight); ok {
			before := strings.TrimRight(layer, separators)
			return before, weight, before != layer || layer == ""
		}
	}
	return "", "", false
}

// separators stand between the parts of an array's name.
const separators = "/._-"

// splitGrouped gives each layer the group of its name, or, if not all have one, that of
// its place.
func (w *weights) splitGrouped(slots []slot) ([][]tensor, error) {
	if len(w.grouped) != len(slots) {
		return nil, fmt.Errorf("keras: got weights of %d layers, want %d: %s", len(w.grouped), len(slots), listed(slots))
	}
	var layers [][]tensor
	taken := map[int]bool{}
	for _, s := range slots {
		place := w.groupOf(s.name)
		if place < 0 || taken[place] {
			return w.grouped, nil
		}
		taken[place] = true
		layers = append(layers, w.grouped[place])
	}
	return layers, nil
}

// groupOf returns the place of the group of a layer's name, or the only one whose name
// ends in it; -1 if there is none.
func (w *weights) groupOf(name string) int {
	found, number := -1, 0
	for i, group := range w.grouped {
		before, ends := strings.CutSuffix(group[0].layer, name)
		switch {
		case name == "" || !ends:
		case before == "":
			return i
		case strings.ContainsRune(separators, rune(before[len(before)-1])):
			found, number = i, number+1
		}
	}
	if number != 1 {
		return -1
	}
	return found
}

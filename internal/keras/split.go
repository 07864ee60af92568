package keras

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/keras/chain"
)

// split returns the tensors of each layer.
func (w *weights) split(slots []slot) ([][]tensor, error) {
	switch {
	case w.named != nil:
		return w.splitNamed(slots)
	case w.grouped != nil:
		return w.splitGrouped(slots)
	case w.flat != nil:
		return w.splitFlat(slots)
	}
	return w.splitOrdered(slots)
}

// splitOrdered gives each layer the tensors of its place; those of a nested model
// stand together and are told apart by their layers' names.
func (w *weights) splitOrdered(slots []slot) (layers [][]tensor, err error) {
	groups := 0
	for i, s := range slots {
		together := i > 0 && s.in.Top != "" && s.in.Top == slots[i-1].in.Top
		if !together {
			groups++
		}
		switch {
		case groups > len(w.ordered):
		case s.in.Top == "":
			layers = append(layers, w.ordered[groups-1])
		default:
			own := slices.DeleteFunc(slices.Clone(w.ordered[groups-1]), func(t tensor) bool { return t.layer != s.name })
			layers = append(layers, own)
		}
	}
	if groups != len(w.ordered) {
		return nil, fmt.Errorf("keras: got weights of %d layers, want %d: %s", len(w.ordered), groups, listed(slots))
	}
	return layers, nil
}

// listed returns the layers' places and shapes.
func listed(slots []slot) string {
	var places []string
	for _, s := range slots {
		places = append(places, s.place+" "+shapesWanted(s.params))
	}
	return strings.Join(places, "; ")
}

// splitNamed finds the layers by kind and number, as Keras 3 does, or by their own
// names.
func (w *weights) splitNamed(slots []slot) ([][]tensor, error) {
	var layers [][]tensor
	for _, s := range slots {
		name := chain.Numbered(s.in.Kinds+s.kind, s.number)
		tensors, ok := w.named[name]
		for _, other := range []string{s.in.Kinds + s.name, s.in.Names + s.name} {
			if !ok {
				tensors, ok = w.named[other]
			}
		}
		if !ok {
			return nil, fmt.Errorf("keras: %s: got no weights of the name %s", s.place, name)
		}
		layers = append(layers, tensors)
	}
	if len(w.named) != len(slots) {
		return nil, fmt.Errorf("keras: got weights of %d layers, want %d: %s", len(w.named), len(slots), listed(slots))
	}
	return layers, nil
}

// splitFlat cuts the list by the number of tensors that each layer wants: all, or
// where the architecture does not say and that does not add up, all but the neutral.
func (w *weights) splitFlat(slots []slot) ([][]tensor, error) {
	counts := func(count func(s *slot) int) (list []int, total int) {
		for i := range slots {
			n := count(&slots[i])
			list, total = append(list, n), total+n
		}
		return list, total
	}
	list, want := counts(func(s *slot) int { return len(s.wanted()) })
	if want != len(w.flat) {
		var fewer int
		if list, fewer = counts(func(s *slot) int {
			if s.sure {
				return len(s.wanted())
			}
			return len(s.params) - len(s.neutral())
		}); fewer != len(w.flat) {
			return nil, fmt.Errorf("keras: got %d tensors %s, want %d of %s", len(w.flat), shapesOf(w.flat), want, listed(slots))
		}
	}
	var layers [][]tensor
	rest := w.flat
	for _, n := range list {
		layers = append(layers, rest[:n])
		rest = rest[n:]
	}
	return layers, nil
}

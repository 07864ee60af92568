package evaluate

import (
	"slices"

	"github.com/seed-c844a918/inkling/internal/model"
)

// SameClasses reports whether the classes of two models are the same, in the same
// order. It compares their labels in the data if both models hold them, otherwise their
// names. For two models of sets of the catalogue the names decide, as in Match.
func SameClasses(a, b *model.Model) bool {
	if slices.Equal(a.Labels, b.Labels) {
		return a.DataLabels == nil || b.DataLabels == nil || slices.Equal(a.DataLabels, b.DataLabels)
	}
	if a.DataLabels == nil || ofCatalogue(a.Training.Data) && ofCatalogue(b.Training.Data) {
		return false
	}
	return slices.Equal(a.DataLabels, b.DataLabels)
}

// OtherOrder reports whether two models have the same classes in another order, so that
// the weights of one would mean other classes in the other.
func OtherOrder(a, b *model.Model) bool {
	if SameClasses(a, b) {
		return false
	}
	same := func(x, y []string) bool {
		return x != nil && !slices.Equal(x, y) && slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
	}
	return same(a.Labels, b.Labels) || same(a.DataLabels, b.DataLabels)
}

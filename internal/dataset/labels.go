package dataset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// MaxClasses bounds the classes of somebody's own data, as the .ink file does.
const MaxClasses = 256

// Classify turns labels as they are written in files into numbers of classes.
// Without classes they are the different labels, sorted, numbers by value. Given
// classes are found by name, if every label is one; else labels are numbers: of
// the classes in order, if there are as many different ones, or else the class's
// index from 0.
func Classify(labels, classes []string) ([]uint16, []string, error) {
	different := slices.Compact(slices.SortedFunc(slices.Values(labels), strokes.CompareLabels))
	if classes == nil {
		classes = different
	}
	if len(classes) < 2 || len(classes) > MaxClasses {
		return nil, nil, fmt.Errorf("got %d classes, want 2..%d", len(classes), MaxClasses)
	}
	index := map[string]int{}
	for _, label := range different {
		index[label] = slices.Index(classes, label)
	}
	if slices.ContainsFunc(different, func(label string) bool { return index[label] < 0 }) {
		if err := byIndex(index, different, classes); err != nil {
			return nil, nil, err
		}
	}
	numbers := make([]uint16, len(labels))
	for i, label := range labels {
		numbers[i] = uint16(index[label])
	}
	return numbers, classes, nil
}

// byIndex fills in what classes sorted labels mean that do not name them.
func byIndex(index map[string]int, labels, classes []string) error {
	for i, label := range labels {
		n, err := strconv.Atoi(label)
		if err != nil || len(labels) != len(classes) && (n < 0 || n >= len(classes)) {
			return fmt.Errorf("got the label %q, want one of the classes %s, or 0..%d", label, strings.Join(classes, ", "), len(classes)-1)
		}
		if len(labels) == len(classes) {
			n = i
		}
		index[label] = n
	}
	return nil
}

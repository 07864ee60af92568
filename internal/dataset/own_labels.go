package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// classify turns labels as they are written in files into numbers of classes.
// Without classes they are the different labels, sorted, numbers by value. Given
// classes are found by name, if every label is one; else labels are numbers: of
// the classes in order, if there are as many different ones, or else the class's
// index from 0.
func classify(labels, classes []string) ([]uint16, []string, error) {
	different := slices.Compact(slices.SortedFunc(slices.Values(labels), byNumber))
	if classes == nil {
		classes = different
	}
	if len(classes) < 2 || len(classes) > maxLabel+1 {
		return nil, nil, fmt.Errorf("got %d classes, want 2..%d", len(classes), maxLabel+1)
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

// byNumber orders numbers by value, before texts.
func byNumber(a, b string) int {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	switch {
	case errX == nil && errY == nil:
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return cmp.Compare(a, b)
}

// byteLabels are labels of an IDX file as texts.
func byteLabels(labels []uint8) []string {
	texts := make([]string, len(labels))
	for i, label := range labels {
		texts[i] = strconv.Itoa(int(label))
	}
	return texts
}

var errNoImages = errors.New("got no image, want one at least")

// squareSide is the side of square images of so many pixels, 0 if they are not.
func squareSide(pixels int) int {
	side := 1
	for side*side < pixels {
		side++
	}
	if side*side != pixels {
		return 0
	}
	return side
}

// shape is the size of images of so many pixels: the wanted one if that has as
// many, else a square.
func (o Own) shape(pixels int) (width, height int, err error) {
	if o.Width*o.Height == pixels {
		return o.Width, o.Height, nil
	}
	side := squareSide(pixels)
	if side == 0 {
		return 0, 0, fmt.Errorf("got %d pixels an image, want a square, or as many as the size has", pixels)
	}
	return side, side, nil
}

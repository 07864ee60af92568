package dataset

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/numeral"
)

// MaxClasses bounds the classes of somebody's own data, as the .ink file does.
const MaxClasses = 1000

// maxName bounds the name of a class in bytes, as the .ink file does.
const maxName = 255

// CheckNames reports the first name that no class can have: one that is empty,
// longer than 255 bytes, not UTF-8, or used by another class as well.
func CheckNames(names []string) error {
	seen := make(map[string]bool, len(names))
	for i, name := range names {
		switch {
		case strings.TrimSpace(name) == "":
			return fmt.Errorf("class %d of %d has no name", i+1, len(names))
		case !utf8.ValidString(name):
			return fmt.Errorf("class %d of %d: got the name %q, want UTF-8", i+1, len(names), abridged(name))
		case len(name) > maxName:
			return fmt.Errorf("class %d of %d: got the name %q of %d bytes, want at most %d", i+1, len(names), abridged(name), len(name), maxName)
		case seen[strokes.Spelled(name)]:
			return fmt.Errorf("got two classes with the name %q, want names that differ", name)
		}
		seen[strokes.Spelled(name)] = true
	}
	return nil
}

// CheckClasses reports names that classes to learn cannot have, as CheckNames does,
// and too few or too many of them.
func CheckClasses(names []string) error {
	switch {
	case len(names) > MaxClasses:
		return fmt.Errorf("got %d classes, at most %d", len(names), MaxClasses)
	case len(names) == 1:
		return fmt.Errorf("got 1 class, %s, want 2..%d", names[0], MaxClasses)
	case len(names) == 0:
		return fmt.Errorf("got no class, want 2..%d", MaxClasses)
	}
	return CheckNames(names)
}

// Classify turns labels as they are written in files into numbers of classes, which
// are the different labels, sorted, numbers by value.
func Classify(labels []string) ([]uint16, []string, error) {
	if slices.Contains(labels, "") {
		return nil, nil, errors.New("got an empty label, want one for each image")
	}
	classes := slices.Compact(slices.SortedFunc(slices.Values(labels), strokes.CompareLabels))
	if len(classes) > MaxClasses {
		return nil, nil, fmt.Errorf("got %d classes, at most %d", len(classes), MaxClasses)
	}
	if err := CheckNames(classes); err != nil {
		return nil, nil, err
	}
	place := placesOf(classes)
	numbers := make([]uint16, len(labels))
	for i, label := range labels {
		numbers[i] = uint16(place[label])
	}
	return numbers, classes, nil
}

// placesOf returns the place of each text, and of each whole number however it is
// written ("5.0", "05") where only one text is that number.
func placesOf(texts []string) map[string]int {
	place := make(map[string]int, len(texts))
	shared := map[string]bool{}
	for i, text := range texts {
		number := WholeNumber(text)
		if _, twice := place[number]; twice {
			shared[number] = true
		}
		place[number] = i
	}
	for number := range shared {
		delete(place, number)
	}
	for i, text := range texts {
		place[text] = i
	}
	return place
}

// find returns the place of a label, first by its text, then by its number.
func find(place map[string]int, label string) (at int, known bool) {
	if at, known = place[label]; !known {
		at, known = place[WholeNumber(label)]
	}
	return at, known
}

// WholeNumber returns the label that a text stands for: "5" for "5.0", "5e+00" and
// "05" ([numeral.Whole]); other texts stay what they are.
func WholeNumber(text string) string {
	if digits, ok := numeral.Whole(text); ok {
		return digits
	}
	return text
}

// Listed joins names with commas; of many it gives the first ones and the last.
func Listed(names []string) string {
	const most = 20
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most-1], ", ") + ", ..., " + names[len(names)-1]
}

// abridged cuts a text to a length that fits a message.
func abridged(text string) string {
	const most = 40
	if len(text) <= most {
		return text
	}
	return text[:most] + "..."
}

package strokes

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Spelled returns a label as it is compared and kept: without blanks around it, and with
// each accent in one character with its letter (Unicode's NFC). Files from a Mac have
// them apart, so that two classes were called the same.
func Spelled(label string) string { return norm.NFC.String(strings.TrimSpace(label)) }

// CompareLabels orders numbers by value, before texts.
func CompareLabels(a, b string) int {
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

// labelNames are the text labels of a file, in the order of their appearance. While
// the file is read a drawing's label is -2 minus the place of its name.
type labelNames struct {
	names []string
	place map[string]int
}

// code returns the label of a name while the file is read.
func (l *labelNames) code(name string) int {
	at, known := l.place[name]
	if !known {
		if l.place == nil {
			l.place = map[string]int{}
		}
		at = len(l.names)
		l.place[name] = at
		l.names = append(l.names, name)
	}
	return -2 - at
}

// name returns the name that a label stands for while the file is read.
func (l *labelNames) name(label int) string {
	if label <= -2 {
		return l.names[-2-label]
	}
	return strconv.Itoa(label)
}

// settle replaces the labels by places in the sorted names, which it returns. Without a
// text label there are no names, and numbers stay unchanged.
func (l *labelNames) settle(drawings []Drawing) []string {
	if len(l.names) == 0 {
		return nil
	}
	places := map[string]int{}
	for _, d := range drawings {
		if d.Label != -1 {
			places[l.name(d.Label)] = 0
		}
	}
	names := slices.SortedFunc(maps.Keys(places), CompareLabels)
	for i, name := range names {
		places[name] = i
	}
	for i, d := range drawings {
		if d.Label != -1 {
			drawings[i].Label = places[l.name(d.Label)]
		}
	}
	return names
}

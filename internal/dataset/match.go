package dataset

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// InData returns each class's label as it stands in the data.
func (s *Set) InData() []string {
	if s.DataLabels != nil {
		return s.DataLabels
	}
	return s.Classes
}

// present returns the numbers of the classes that labels have, rising.
func present(labels ...[]uint16) []int {
	seen := map[uint16]bool{}
	var classes []int
	for _, list := range labels {
		for _, label := range list {
			if !seen[label] {
				seen[label] = true
				classes = append(classes, int(label))
			}
		}
	}
	slices.Sort(classes)
	return classes
}

// Match returns the set with the classes of a model, or of the data beside it, in place
// of its own. The images stay the same; each gets the class with the same label, never
// the one in the same place. names holds the classes, and labels the same classes as
// they stood in the training data; labels is nil if they are unknown.
//
// A set's labels are among the labels or, if one is not, among the names. Where a set
// has names beside its labels, such as Fashion-MNIST, the names go first, and labels that
// contradict some of them are an error. If labels is
// nil, a label that is not a name is a place, counted from 0, and note says so. Any
// other label is an error that names it.
func Match(set *Set, names, labels []string) (matched *Set, note string, err error) {
	places, note, err := match(set, present(set.Labels), names, labels)
	if err != nil {
		return nil, "", err
	}
	matched = &Set{Name: set.Name, Width: set.Width, Height: set.Height, Recipe: set.Recipe, Pixels: set.Pixels,
		Classes: names, DataLabels: labels, IDs: set.IDs, Writers: set.Writers}
	matched.Labels = make([]uint16, len(set.Labels))
	for i, label := range set.Labels {
		matched.Labels[i] = uint16(places[int(label)])
	}
	return matched, note, nil
}

// Match returns the drawings with other classes, as the function Match does. name is
// what errors call them.
func (d Drawn) Match(name string, names, labels []string) (Drawn, error) {
	set := &Set{Name: name, Classes: d.Classes, DataLabels: d.DataLabels}
	places, _, err := match(set, d.present(), names, labels)
	if err != nil {
		return Drawn{}, err
	}
	return d.placed(places, names, labels), nil
}

// match returns the place among other classes of each used class of a set.
func match(set *Set, used []int, names, labels []string) (places map[int]int, note string, err error) {
	var other string // a class whose name the others do not have, while the labels of both contradict their names
	try := func(texts, targets []string) bool {
		var stranger string
		if places, stranger = placesAmong(texts, used, targets); stranger == "" {
			other = contradiction(set, used, places, names)
		}
		return stranger+other == ""
	}
	switch {
	case set.DataLabels != nil && try(set.Classes, names):
	case labels != nil && try(set.InData(), labels):
		if set.DataLabels != nil && !slices.Equal(names, set.Classes) {
			note = fmt.Sprintf("%s: its classes are matched with the model's by their labels in the data, %s%s",
				set.Name, Listed(set.DataLabels), renamed(set, used, places, names))
		}
	case set.DataLabels == nil && try(set.Classes, names):
	case labels == nil && try(set.InData(), numbers(len(names))):
		note = fmt.Sprintf("%s: the model does not tell the labels of its data: 0..%d are taken for the places of %s",
			set.Name, len(names)-1, Listed(names))
	case other != "":
		return nil, "", fmt.Errorf("%s: got the class %q, want one of %s: its labels mean other classes",
			set.Name, abridged(other), Listed(names))
	default:
		return nil, "", strangerError(set, used, names, labels)
	}
	return places, note, nil
}

// contradiction returns a class of a set with names beside its labels whose name is none of
// names, where the places found by labels move another class away from its name: the labels of
// both do not mean the same. It returns "" where nothing is against the places.
func contradiction(set *Set, used []int, places map[int]int, names []string) string {
	if set.DataLabels == nil {
		return ""
	}
	all, stranger, moved := placesOf(names), "", false
	for _, class := range used {
		at, known := find(all, set.Classes[class])
		if !known {
			stranger = set.Classes[class]
		}
		moved = moved || known && at != places[class]
	}
	if moved {
		return stranger
	}
	return ""
}

// renamed says which classes of a set are taken for those of another name, if others keep theirs.
func renamed(set *Set, used []int, places map[int]int, names []string) string {
	var pairs []string
	for _, class := range used {
		if is := names[places[class]]; is != set.Classes[class] {
			pairs = append(pairs, set.Classes[class]+" for "+is)
		}
	}
	if len(pairs) == 0 || len(pairs) == len(used) {
		return ""
	}
	return "; taken: " + Listed(pairs)
}

// strangerError returns an error that names a label of the set that is unknown or, if
// each is a label or a name, one that is not a label.
func strangerError(set *Set, used []int, names, labels []string) error {
	known := labels
	if labels == nil {
		known = numbers(len(names))
	}
	_, stranger := placesAmong(set.InData(), used, slices.Concat(known, names))
	if stranger == "" {
		_, stranger = placesAmong(set.InData(), used, known)
	}
	got := fmt.Sprintf("%s: got the label %q, want one of ", set.Name, abridged(stranger))
	switch {
	case labels == nil:
		return fmt.Errorf("%sthe classes %s, or a place among them, 0..%d", got, Listed(names), len(names)-1)
	case slices.Equal(names, labels):
		return fmt.Errorf("%sthe classes %s", got, Listed(names))
	}
	return fmt.Errorf("%sthe labels %s, or of their names %s", got, Listed(labels), Listed(names))
}

// placesAmong returns for each used class the place of its text among the targets,
// or the first text that is none of them.
func placesAmong(texts []string, used []int, targets []string) (places map[int]int, stranger string) {
	all := placesOf(targets)
	places = make(map[int]int, len(used))
	for _, class := range used {
		at, known := find(all, texts[class])
		if !known {
			return nil, texts[class]
		}
		places[class] = at
	}
	return places, ""
}

// numbers returns "0" to n-1.
func numbers(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = strconv.Itoa(i)
	}
	return list
}

// naming says what classes a list of names gives to labels.
type naming struct {
	places map[int]int // of each class of the data, its place among the names
	labels []string    // of each name, the label in the data
}

// named gives names to the labels in use. Labels that are names keep them. Others are
// numbers: if their count is that of the names, they are named in their order,
// otherwise each is a place counted from 0, which must be among them: else they may be counted
// from 1.
func named(labels []string, used []int, names []string) (n naming, err error) {
	var stranger string
	if n.places, stranger = placesAmong(labels, used, names); stranger == "" {
		return naming{n.places, names}, nil
	}
	if slices.ContainsFunc(used, func(class int) bool { return !isNumber(labels[class]) }) {
		return n, fmt.Errorf("got the label %q, want one of the names %s", abridged(stranger), Listed(names))
	}
	if len(used) == len(names) {
		n.places = make(map[int]int, len(used))
		for i, class := range used {
			n.places[class] = i
			n.labels = append(n.labels, labels[class])
		}
		return n, nil
	}
	n.labels = numbers(len(names))
	n.places, stranger = placesAmong(labels, used, n.labels)
	switch {
	case stranger == "" && slices.Contains(slices.Collect(maps.Values(n.places)), 0):
		return n, nil
	case stranger == "":
		return n, fmt.Errorf("got %d names for the labels %s, which may be counted from 0 or from 1: want one name for each of them",
			len(names), Listed(pick(labels, used)))
	}
	return n, fmt.Errorf("got the label %q, want 0..%d, or as many different numbers as there are names, %s",
		abridged(stranger), len(names)-1, Listed(names))
}

// pick returns the texts in these places.
func pick(texts []string, places []int) []string {
	var picked []string
	for _, at := range places {
		picked = append(picked, texts[at])
	}
	return picked
}

// isNumber reports whether a label is a whole number.
func isNumber(label string) bool {
	_, err := strconv.Atoi(WholeNumber(label))
	return err == nil
}

// Name gives the classes of a pair their names. Labels that are names keep them.
// Numbers are named in their order if the pair has one number per name, otherwise by
// their places, counted from 0. The labels stay in DataLabels.
func (p Pair) Name(names []string) (Pair, error) {
	lists := [][]uint16{p.Train.Labels}
	for _, set := range []*Set{p.Validation, p.Test} {
		if set != nil {
			lists = append(lists, set.Labels)
		}
	}
	n, err := named(p.Train.InData(), present(lists...), names)
	if err != nil {
		return Pair{}, fmt.Errorf("%s: %w", p.Train.Name, err)
	}
	renamed := func(set *Set) *Set {
		if set == nil {
			return nil
		}
		other := *set
		other.Classes, other.DataLabels, other.Labels = names, n.labels, make([]uint16, set.Len())
		for i, label := range set.Labels {
			other.Labels[i] = uint16(n.places[int(label)])
		}
		return &other
	}
	return Pair{Train: renamed(p.Train), Validation: renamed(p.Validation), Test: renamed(p.Test)}, nil
}

// Name gives the classes of drawings their names, as Pair.Name does.
func (d Drawn) Name(names []string) (Drawn, error) {
	n, err := named(d.InData(), d.present(), names)
	if err != nil {
		return Drawn{}, err
	}
	return d.placed(n.places, names, n.labels), nil
}

// InData returns each class's label as it stands in the data.
func (d Drawn) InData() []string {
	return (&Set{Classes: d.Classes, DataLabels: d.DataLabels}).InData()
}

// present returns the numbers of the classes that drawings have, rising.
func (d Drawn) present() []int {
	var used []uint16
	for _, drawing := range slices.Concat(d.Train, d.Test) {
		if drawing.Label >= 0 {
			used = append(used, uint16(drawing.Label))
		}
	}
	return present(used)
}

// placed returns the drawings with other classes; places maps their own classes to the
// new ones.
func (d Drawn) placed(places map[int]int, classes, dataLabels []string) Drawn {
	relabelled := func(drawings []strokes.Drawing) []strokes.Drawing {
		drawings = slices.Clone(drawings)
		for i, drawing := range drawings {
			if drawing.Label >= 0 {
				drawings[i].Label = places[drawing.Label]
			}
		}
		return drawings
	}
	return Drawn{Train: relabelled(d.Train), Test: relabelled(d.Test), Classes: classes, DataLabels: dataLabels}
}

// numbered returns the classes of drawings whose labels are numbers: the ten digits if
// every label is a digit, otherwise the different numbers. It replaces each label by
// its place among the classes.
func numbered(drawings []strokes.Drawing) []string {
	var labels []uint16
	for _, d := range drawings {
		if d.Label >= 0 {
			labels = append(labels, uint16(d.Label))
		}
	}
	used := present(labels)
	if len(used) == 0 || used[len(used)-1] < len(DigitNames()) {
		return DigitNames()
	}
	var classes []string
	place := map[int]int{-1: -1}
	for i, label := range used {
		classes, place[label] = append(classes, strconv.Itoa(label)), i
	}
	for i, d := range drawings {
		drawings[i].Label = place[d.Label]
	}
	return classes
}

package own

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/numeral"
)

// classNames are names that the data have for their labels, which are whole numbers.
type classNames struct {
	names []string // each once
	first int      // the label of names[0], 0 or 1 unless the data say another
}

// labels returns the label of each name.
func (c *classNames) labels() []string {
	labels := make([]string, len(c.names))
	for i := range labels {
		labels[i] = strconv.Itoa(c.first + i)
	}
	return labels
}

// classify returns the class of each label, and the classes, as [dataset.Classify] does.
func (c *classNames) classify(labels []string) ([]uint16, []string, error) {
	numbers := make([]uint16, len(labels))
	for i, label := range labels {
		digits, _ := numeral.Whole(label)
		n, _ := strconv.Atoi(digits) // fitting has read all of them
		numbers[i] = uint16(n - c.first)
	}
	return numbers, c.names, nil
}

// readNames takes the classes' names from an archive's arrays that may hold them, or says why
// not. Labels to learn from that are texts are names themselves.
func (d *reading) readNames(archive *npy.Archive, arrays []int) error {
	var why error
	switch {
	case len(arrays) == 0 || !d.labelled():
		return nil
	case d.Named:
		why = fmt.Errorf("--labels names the classes")
	case len(arrays) > 1:
		why = fmt.Errorf("%s may name the classes as well: leave one of them out of the file", archive.Arrays[arrays[1]].Name)
	default:
		names, err := textsOf(d, archive, arrays[0])
		if d.ctx.Err() != nil {
			return d.ctx.Err()
		}
		if why = err; err == nil {
			d.classes, why = d.fitting(names, unsaid)
		}
	}
	d.noteNames("array "+archive.Arrays[arrays[0]].Name, why)
	return nil
}

// noteNames says what names the classes, or why it does not. Of data that a model is asked about
// matching says it.
func (d *reading) noteNames(what string, why error) {
	switch c := d.classes; {
	case why != nil:
		d.note("the %s is not used: %v", what, why)
	case c != nil && d.learns:
		text := fmt.Sprintf("the %s names the classes %d..%d: %s", what, c.first, c.first+len(c.names)-1, dataset.Listed(c.names))
		if lacking := d.lacking(c); len(lacking) > 0 {
			text += "; there are no images of " + dataset.Listed(lacking)
		}
		d.note("%s", text)
	}
}

// lacking returns the names whose label no image has.
func (d *reading) lacking(c *classNames) []string {
	seen := map[string]bool{}
	for _, part := range d.parts() {
		if *part == nil {
			continue
		}
		for _, label := range (*part).Labels {
			digits, _ := numeral.Whole(label)
			seen[digits] = true
		}
	}
	var lacking []string
	for i, label := range c.labels() {
		if !seen[label] {
			lacking = append(lacking, c.names[i])
		}
	}
	return lacking
}

// labelled reports whether a part has labels.
func (d *reading) labelled() bool {
	return slices.ContainsFunc(d.parts(), func(part **Part) bool { return *part != nil && (*part).Labels != nil })
}

// textsOf returns the texts of an array as names are spelled.
func textsOf(d *reading, archive *npy.Archive, at int) ([]string, error) {
	info := archive.Arrays[at]
	switch {
	case info.Err != nil:
		return nil, info.Err
	case info.Len() > dataset.MaxClasses:
		return nil, fmt.Errorf("got %d names, want at most %d", info.Len(), dataset.MaxClasses)
	}
	array, err := archive.Read(d.ctx, at)
	if err != nil {
		return nil, err
	}
	names := array.Texts()
	for i, name := range names {
		names[i] = strokes.Spelled(name)
	}
	return names, nil
}

// unsaid is the label of the first name where the data do not say which it is.
const unsaid = math.MinInt

// fitting returns names for the labels of all parts; nil if the labels are these names
// already, or an error that says why the names do not fit. first is the label of names[0]; where
// it is unsaid, labels are counted from 0, or from 1 to as many as there are names.
func (d *reading) fitting(names []string, first int) (*classNames, error) {
	least, most, zero, texts := math.MaxInt, math.MinInt, false, ""
	named := true
	for _, part := range d.parts() {
		if *part == nil {
			continue
		}
		for _, label := range (*part).Labels {
			named = named && slices.Contains(names, strokes.Spelled(label))
			digits, ok := numeral.Whole(label)
			n, err := strconv.Atoi(digits)
			if !ok || err != nil {
				texts = label
				continue
			}
			least, most, zero = min(least, n), max(most, n), zero || n == 0
		}
	}
	err := dataset.CheckClasses(names)
	switch n := len(names); {
	case texts != "" && named:
		return nil, nil
	case texts != "":
		return nil, fmt.Errorf("the labels are names themselves, such as %s", strconv.Quote(strokes.Spelled(texts)))
	case err != nil:
		return nil, err
	case first != unsaid && least >= first && most < first+n:
		return &classNames{names, first}, nil
	case first != unsaid:
		return nil, fmt.Errorf("the labels are %d..%d, and it names %d..%d", least, most, first, first+n-1)
	case least >= 0 && zero && most < n:
		return &classNames{names, 0}, nil
	case least == 1 && most == n:
		return &classNames{names, 1}, nil
	case least >= 1 && most < n:
		return nil, fmt.Errorf("the labels are %d..%d, which may be counted from 0 or from 1 among its %d texts; "+
			"--labels names the classes", least, most, n)
	default:
		return nil, fmt.Errorf("the labels are %d..%d, and it holds %d texts, want one for each, counted from 0 or from 1", least, most, n)
	}
}

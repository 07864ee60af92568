package dataset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// Writers says how a set is divided by who drew what, so that nobody's drawings are
// both learned from and measured on. Ranges are texts such as "21-25" or "1,4,7-9";
// "" is everybody.
type Writers struct {
	Group    func(writer int) int // the number that ranges choose by; nil: the writer's own
	By       string               // what that number is, for help, such as "writer % 20"; "": the writer
	Apart    bool                 // each group draws classes of its own: the numbers are alphabets
	Fit      string               // who is trained on unless ranges say otherwise
	Evaluate string               // who is measured on
}

// Choose returns the drawings of those writers that ranges name. A range that
// cannot be read, and ranges that name nobody, are errors.
func (w *Writers) Choose(ds []strokes.Drawing, ranges string) ([]strokes.Drawing, error) {
	if ranges == "" {
		return ds, nil
	}
	wanted, err := ParseRanges(ranges)
	if err != nil {
		return nil, err
	}
	var chosen []strokes.Drawing
	for _, d := range ds {
		if wanted(w.GroupOf(d.Writer)) {
			chosen = append(chosen, d)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no drawings of writers %s", ranges)
	}
	return chosen, nil
}

// Without returns the drawings of those whom ranges do not name.
func (w *Writers) Without(ds []strokes.Drawing, ranges string) ([]strokes.Drawing, error) {
	named, err := ParseRanges(ranges)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(ds), func(d strokes.Drawing) bool { return named(w.GroupOf(d.Writer)) }), nil
}

// GroupOf returns the number by which ranges choose a writer's drawings.
func (w *Writers) GroupOf(writer int) int {
	if w.Group == nil {
		return writer
	}
	return w.Group(writer)
}

// ParseRanges reads "21-25" or "1,4,7-9" as a set of numbers.
func ParseRanges(text string) (func(n int) bool, error) {
	var ranges [][2]int
	for part := range strings.SplitSeq(text, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			last = first
		}
		low, err1 := strconv.Atoi(first)
		high, err2 := strconv.Atoi(last)
		if err1 != nil || err2 != nil || low > high {
			return nil, fmt.Errorf("got %q, want numbers and ranges such as 1,4,7-9", part)
		}
		ranges = append(ranges, [2]int{low, high})
	}
	return func(n int) bool {
		return slices.ContainsFunc(ranges, func(r [2]int) bool { return r[0] <= n && n <= r[1] })
	}, nil
}

package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// place is what the name of a column says about the place of its pixel: one number, or
// row and column.
type place struct{ row, column int }

// findOrder sets the order of the pixels where the columns' names say it and the file
// has another: pixel0, pixel1, pixel10, ..., as sorting by name leaves them, or all
// pixels of a column before those of the next.
func (c *columns) findOrder(o Options) error {
	names := c.pixelNames()
	like := family(names)
	if c.lastToo || like == nil || slices.Contains(like, false) {
		return nil
	}
	places, named := placesOf(names)
	byRow := func(a, b int) int {
		return cmp.Or(cmp.Compare(places[a].row, places[b].row), cmp.Compare(places[a].column, places[b].column))
	}
	order := make([]int, len(places))
	for i := range order {
		order[i] = i
	}
	if !isGrid(places) || slices.IsSortedFunc(order, byRow) {
		return nil
	}
	if !named && slices.IsSortedFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(places[a].column, places[b].column), cmp.Compare(places[a].row, places[b].row))
	}) {
		if o.Turned {
			return nil // as the file has them: whoever asks exchanges rows and columns or does not
		}
		return &FormatError{Got: "columns of pixels called " + some(names) + ", which does not say whether a row or a column comes first",
			Want: "--transpose no if the first pixels are those of a row, --transpose yes if they are those of a column"}
	}
	slices.SortFunc(order, byRow)
	c.order = order
	c.note("the columns of pixels (%s) were put in the order of the numbers in their names", some(names))
	return nil
}

// pixelNames returns the names of the columns of pixels.
func (c *columns) pixelNames() []string {
	var names []string
	for i, r := range c.roles {
		if r == pixelRole && i < len(c.names) {
			names = append(names, c.names[i])
		}
	}
	return names
}

// some returns the first names, as a message has them.
func some(names []string) string {
	text := ""
	for _, name := range names[:min(4, len(names))] {
		text += cut(name) + ", "
	}
	return text + "..."
}

// placesOf returns the places that names say, and whether they tell row from column
// for sure. Nil if a name does not hold one or two numbers.
func placesOf(names []string) (places []place, named bool) {
	swap := false
	for i, name := range names {
		words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r < '0' || r > '9' })
		if len(words) < 1 || len(words) > 2 {
			return nil, false
		}
		var p place
		var errs [2]error
		p.column, errs[0] = strconv.Atoi(words[len(words)-1])
		if len(words) == 2 {
			p.row, errs[1] = strconv.Atoi(words[0])
		}
		if errs[0] != nil || errs[1] != nil {
			return nil, false
		}
		if i == 0 && len(words) == 2 {
			named, swap = axes(strings.ToLower(name))
		}
		if swap {
			p.row, p.column = p.column, p.row
		}
		places = append(places, p)
	}
	return places, named
}

// axes reports whether the letters before a name's two numbers say for sure which is the
// row, such as r3c4 and row_3_col_4, and whether that is the second.
func axes(name string) (named, swapped bool) {
	letters := strings.FieldsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' })
	if len(letters) < 2 {
		return false, false
	}
	first, second := letters[len(letters)-2], letters[len(letters)-1]
	switch first[:1] + second[:1] {
	case "rc", "hw":
		return true, false
	case "cr", "wh":
		return true, true
	case "xy": // some count rows by x
		return false, true
	}
	return false, false
}

// isGrid reports whether places are all those of a rectangle, each once.
func isGrid(places []place) bool {
	if len(places) == 0 {
		return false
	}
	low, high := places[0], places[0]
	seen := make(map[place]bool, len(places))
	for _, p := range places {
		low = place{min(low.row, p.row), min(low.column, p.column)}
		high = place{max(high.row, p.row), max(high.column, p.column)}
		seen[p] = true
	}
	height, width := high.row-low.row+1, high.column-low.column+1
	return len(seen) == len(places) && height <= len(places) && width == len(places)/height && width*height == len(places)
}

// ordered returns values, (N, width), with each row in the order.
func ordered[T any](values []T, order []int) {
	row := make([]T, len(order))
	for at := 0; at+len(order) <= len(values); at += len(order) {
		for i, from := range order {
			row[i] = values[at+from]
		}
		copy(values[at:], row)
	}
}

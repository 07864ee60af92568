package table

import (
	"slices"
	"strconv"
	"strings"
)

// assign gives each column its role.
func (c *columns) assign(rows [][]string, o Options) error {
	label, err := c.labelColumn(o)
	if err != nil {
		return err
	}
	if label >= 0 {
		c.setLabel(label)
	}
	if c.names != nil {
		c.assignNamed()
	}
	c.skipEmpty(rows)
	if err := c.assignUnnamed(rows); err != nil {
		return err
	}
	if c.separator != ' ' {
		for i, field := range rows[0] {
			if c.roles[i] == pixelRole && isPacked(field) {
				c.roles[i] = packedRole
				return c.assignPacked(i, rows, o)
			}
		}
	}
	if c.labelled || o.Label == "none" {
		return c.refuseStrangers()
	}
	return c.guessLabel(rows, o)
}

// setLabel makes a column the one of the labels.
func (c *columns) setLabel(column int) {
	c.roles[column], c.labelled = labelRole, true
}

// labelColumn returns the label's column by its name or number, -1 if nothing says it.
func (c *columns) labelColumn(o Options) (int, error) {
	switch wanted := strings.TrimSpace(o.Label); wanted {
	case "none":
		return -1, nil
	case "":
		return c.usualLabel()
	default:
		if i := slices.IndexFunc(c.names, func(name string) bool { return strings.EqualFold(name, wanted) }); i >= 0 {
			return i, nil
		}
		if i, err := strconv.Atoi(wanted); err == nil && i >= 1 && i <= len(c.roles) {
			return i - 1, nil
		}
		want := "a number 1.." + strconv.Itoa(len(c.roles))
		if c.names != nil {
			some := make([]string, min(4, len(c.names)))
			for i := range some {
				some[i] = c.name(i)
			}
			want = "a name of the first line (" + strings.Join(some, ", ") + ", ...) or " + want
		}
		return -1, &FormatError{Got: "the label column " + quoted(wanted), Want: want}
	}
}

// usualLabel returns the column with a usual name of labels, -1 if there is none.
func (c *columns) usualLabel() (int, error) {
	found := -1
	for i, name := range c.names {
		if !isNamed(name, labelNames) {
			continue
		}
		if found >= 0 {
			return -1, c.wrong(i, "a second column of labels beside "+c.called(found), "one: name it with --label-column")
		}
		found = i
	}
	if found > 0 {
		c.note("the labels are those of %s", c.called(found))
	}
	return found, nil
}

// assignNamed finds parts and indices by their names.
func (c *columns) assignNamed() {
	for i, name := range c.names {
		switch {
		case c.roles[i] != pixelRole:
		case isNamed(name, partNames):
			c.roles[i] = partRole
		case isNamed(name, indexNames):
			c.skip(i)
		}
	}
}

// skip leaves a column out.
func (c *columns) skip(column int) {
	c.roles[column] = indexRole
	if slices.Index(c.roles, indexRole) < column {
		c.roles[column] = skipRole
	}
	c.note("%s is left out", c.called(column))
}

// skipEmpty leaves out a last column without values, made by a separator at the end
// of each line.
func (c *columns) skipEmpty(rows [][]string) {
	last := len(c.roles) - 1
	if last < 1 || c.roles[last] != pixelRole || c.name(last) != "" {
		return
	}
	if !slices.ContainsFunc(rows, func(row []string) bool { return len(row) <= last || row[last] != "" }) {
		c.roles[last] = skipRole
	}
}

// assignUnnamed says what a column with an empty name among named ones is: an index,
// or the labels if there are no others and its values return.
func (c *columns) assignUnnamed(rows [][]string) error {
	for i, name := range c.names {
		if name != "" || c.roles[i] != pixelRole {
			continue
		}
		values := columnOf(rows, i)
		different := slices.Clone(values)
		slices.Sort(different)
		if c.labelled || isCounting(values, 1) || len(slices.Compact(different)) == len(values) {
			c.skip(i)
			continue
		}
		c.setLabel(i)
		c.note("%s, which has no name, was taken for the label", c.called(i))
	}
	return nil
}

// columnOf returns the fields of a column, from the lines that have it.
func columnOf(rows [][]string, column int) []string {
	var values []string
	for _, row := range rows {
		if column < len(row) {
			values = append(values, row[column])
		}
	}
	return values
}

// assignPacked says what stands beside a column that holds all pixels.
func (c *columns) assignPacked(packed int, rows [][]string, o Options) error {
	for i := range c.roles {
		if c.roles[i] != pixelRole {
			continue
		}
		_, isPart := parts[strings.ToLower(rows[0][i])]
		switch {
		case isPart:
			c.roles[i] = partRole
		case !c.labelled && o.Label != "none":
			c.setLabel(i)
			c.note("%s was taken for the label", c.called(i))
		default:
			return c.wrong(i, quoted(rows[0][i]), "labels and pixels only, the pixels being in "+c.called(packed))
		}
	}
	c.note("the pixels are those in %s", c.called(packed))
	return nil
}

// refuseStrangers returns an error for a column with a name unlike the names of the
// pixels.
func (c *columns) refuseStrangers() error {
	for _, i := range c.strangers() {
		return c.wrong(i, "a column that is neither label nor pixel", "it removed, or its name changed to id if it is to be left out")
	}
	return nil
}

// strangers returns the columns unlike most others, by name.
func (c *columns) strangers() []int {
	like := family(c.names)
	var some []int
	for i := range like {
		if !like[i] && c.roles[i] == pixelRole {
			some = append(some, i)
		}
	}
	return some
}

// guessLabel looks for the labels where no usual name says their column.
func (c *columns) guessLabel(rows [][]string, o Options) error {
	strangers := c.strangers()
	if len(strangers) == 0 {
		strangers = c.texts(rows[0])
	}
	switch {
	case len(strangers) == 1:
		c.setLabel(strangers[0])
		c.note("%s was taken for the label", c.called(strangers[0]))
		return nil
	case len(strangers) > 1:
		return c.wrong(strangers[1], "a second column that holds no pixels", "the label's named with --label-column, others removed or named id")
	}
	c.guessByCount(rows, o)
	return nil
}

// texts returns the columns of pixels that hold no number: names, codes in hex that look
// like one (4e00), or True or False where no other column does.
func (c *columns) texts(row []string) []int {
	var some, bools []int
	for i, field := range row {
		_, isBool, ok := number([]byte(field), c.point)
		switch {
		case c.roles[i] != pixelRole || field == "":
		case !ok || isCode(field):
			some = append(some, i)
		case isBool:
			bools = append(bools, i)
		}
	}
	if len(some) == 0 && len(bools) == 1 {
		return bools
	}
	return some
}

// isCode reports whether a field is digits, an e and digits. Programs write a sign or a
// point into a number with an exponent.
func isCode(field string) bool {
	head, tail, found := strings.Cut(strings.ToLower(field), "e")
	digits := func(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
	return found && digits(head) && digits(tail)
}

// guessByCount decides by the number of columns whether there are labels. If so they
// come first, or last: that is decided when all lines are read.
func (c *columns) guessByCount(rows [][]string, o Options) {
	image := func(n int) bool { return n > 0 && (n == o.Pixels || isSquare(n)) }
	n := c.count(pixelRole)
	first := slices.Index(c.roles, pixelRole)
	if !image(n) && !image(n-1) && image(n-2) && c.names == nil && len(rows) > 1 && isCounting(columnOf(rows, first), 2) {
		c.skip(first)
		first++
		n--
	}
	numbered := family(c.names) != nil && !isNumber(c.names[first])
	if n < 2 || image(n) && n-1 != o.Pixels || numbered && !image(n-1) {
		c.note("no column was taken for labels: each line holds %d pixels", n)
		return
	}
	c.setLabel(first)
	c.lastToo = n > 2 && c.roles[len(c.roles)-1] == pixelRole
}

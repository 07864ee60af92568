package table

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// role says what a column holds.
type role uint8

const (
	pixelRole role = iota
	labelRole
	partRole
	packedRole // all pixels of an image
	indexRole  // left out, or in IDs
	skipRole
)

// columns says how lines are read.
type columns struct {
	separator, point byte
	head             int      // lines before the first image
	names            []string // nil: no line of names
	roles            []role
	width            int   // pixels of an image
	labelled         bool  // there are labels
	withIDs          bool  // the index's column is kept
	lastToo          bool  // the labels may be in the last column instead of the first that is left
	order            []int // of the pixels, where the names say another than the file has
	notes            []string
}

// decide says how a table that begins with these lines is read.
func decide(sample []line, o Options) (*columns, error) {
	c := &columns{point: '.', withIDs: o.IDs}
	first, rows, err := c.open(sample)
	if err != nil {
		return nil, err
	}
	if c.names != nil {
		if len(rows) == 0 {
			return nil, &FormatError{Line: first.number, Got: "nothing but the names of columns", Want: "one line per image after it"}
		}
		c.fitNames(rows)
	}
	n := len(rows[0])
	if c.names != nil && n != len(c.names) {
		return nil, &FormatError{Line: sample[c.head].number, Got: strconv.Itoa(n) + " values",
			Want: fmt.Sprintf("%d, as many as there are names of columns", len(c.names))}
	}
	if n > maxPixels+8 {
		return nil, &FormatError{Line: first.number, Got: strconv.Itoa(n) + " values", Want: "an image of at most 1024x1024 pixels"}
	}
	c.roles = make([]role, n)
	if err := c.assign(rows, o); err != nil {
		return nil, err
	}
	if err := c.findOrder(o); err != nil {
		return nil, err
	}
	c.width = c.count(pixelRole)
	if i := slices.Index(c.roles, packedRole); i >= 0 {
		eachPacked([]byte(rows[0][i]), func([]byte) bool { c.width++; return true })
	}
	if c.width < 1 {
		return nil, c.noPixels(first, rows[0])
	}
	if c.width > maxPixels {
		return nil, &FormatError{Line: first.number, Got: strconv.Itoa(c.width) + " pixels", Want: "1.." + strconv.Itoa(maxPixels)}
	}
	return c, nil
}

// noPixels returns the error for a table without a column of pixels, such as a list of
// pictures and their labels.
func (c *columns) noPixels(first line, row []string) error {
	for _, field := range row {
		if dot := strings.LastIndexByte(field, '.'); dot > 0 && slices.Contains(pictureNames, strings.ToLower(field[dot+1:])) {
			return &FormatError{Line: first.number, Got: "names of pictures (" + quoted(field) + ", ...) and no pixels",
				Want: "the pictures themselves: a folder for each label with its pictures in it"}
		}
	}
	return &FormatError{Line: first.number, Got: "no column of pixels", Want: "a column for each pixel, or all in one"}
}

// open finds separator and names, and returns the first line that is no comment and
// the fields of those lines that are images.
func (c *columns) open(sample []line) (first line, rows [][]string, err error) {
	var comment []byte
	for ; c.head < len(sample)-1; c.head++ {
		text := bytes.TrimSpace(sample[c.head].text)
		if after, ok := bytes.CutPrefix(text, []byte("sep=")); ok && len(after) == 1 {
			c.separator = after[0]
		} else if text[0] == '#' {
			comment = append(bytes.TrimLeft(text, "# "), '\n') // np.savetxt writes names so
		} else {
			break
		}
	}
	first = sample[c.head]
	if first.text[0] == '@' || first.text[0] == '%' {
		return first, nil, &FormatError{Line: first.number, Got: "an ARFF file", Want: "a table: save it as CSV"}
	}
	if c.separator == 0 {
		c.separator = separatorOf(first.text)
	}
	for _, l := range sample[c.head:] {
		fields, ok := split(l.text, c.separator)
		if !ok {
			return first, nil, &FormatError{Line: l.number, Got: "a quote without its end", Want: "quotes in pairs"}
		}
		rows = append(rows, fields)
	}
	if c.separator != ',' && c.separator != ' ' && !slices.ContainsFunc(rows, func(row []string) bool { return hasPoint(row) }) {
		c.point = ','
	}
	switch names, _ := split(append(comment, '\n'), c.separator); {
	case isHeader(rows[0]):
		c.names, rows = rows[0], rows[1:]
		c.head++
		c.noteNames()
	case comment != nil && len(names) == len(rows[0]):
		c.names = names
	}
	return first, rows, nil
}

// hasPoint reports whether one of the fields is a number with a decimal point.
func hasPoint(row []string) bool {
	return slices.ContainsFunc(row, func(field string) bool { return strings.Contains(field, ".") && isNumber(field) })
}

// noteNames says so where numbers were taken for names.
func (c *columns) noteNames() {
	numbers := 0
	for _, name := range c.names {
		if isNumber(name) {
			numbers++
		}
	}
	if 2*numbers > len(c.names) {
		some := strings.Join(c.names[:min(5, len(c.names))], ", ")
		c.note("the first line (%s, ...) was taken for the columns' names", some)
	}
}

// fitNames adds the name that is missing where every line has one field more: that of
// row numbers as R writes them, or an empty one after a last separator.
func (c *columns) fitNames(rows [][]string) {
	more, empty := true, true
	for _, row := range rows {
		more = more && len(row) == len(c.names)+1
		empty = empty && row[len(row)-1] == ""
	}
	switch {
	case more && empty:
		c.names = append(c.names, "")
	case more:
		c.names = slices.Insert(c.names, 0, "")
	}
}

// note adds what was assumed.
func (c *columns) note(format string, values ...any) {
	c.notes = append(c.notes, fmt.Sprintf(format, values...))
}

// count returns how many columns have a role.
func (c *columns) count(r role) int {
	n := 0
	for _, other := range c.roles {
		if other == r {
			n++
		}
	}
	return n
}

// name returns a column's name, "" without one.
func (c *columns) name(column int) string {
	if column >= len(c.names) {
		return ""
	}
	return cut(c.names[column])
}

// cut returns the beginning of a text as it may stand in a message.
func cut(text string) string {
	text = strconv.Quote(text[:min(len(text), 32)])
	return text[1 : len(text)-1]
}

// called returns a column's place and name as they stand in notes.
func (c *columns) called(column int) string {
	if name := c.name(column); name != "" {
		return fmt.Sprintf("column %d (%s)", column+1, name)
	}
	return fmt.Sprintf("column %d", column+1)
}

// wrong returns the error for a column.
func (c *columns) wrong(column int, got, want string) error {
	return &FormatError{Column: column + 1, Name: c.name(column), Got: got, Want: want}
}

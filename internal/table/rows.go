package table

import (
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seed-c844a918/inkling/internal/numeral"
)

// reader reads the lines of a table one after the other into one block of pixels: of
// bytes as long as all values are whole numbers 0..255, of float32 from then on.
type reader struct {
	*columns
	lines  *lines
	source *source
	run    []int // columns of pixels from this one on without another between them

	rows     int
	bytes    []uint8
	floats   []float32 // not nil: used instead of bytes
	labels   []string
	parts    []Part
	ids      []string          // nil: they are not asked for, or there is no column of them
	known    map[string]string // labels, each once
	usual    map[string]string // of labels that are numbers, their usual form
	named    bool              // a label is no number
	fraction *FormatError      // the first label that is a number and not whole; nil: there is none
	numbers  bool              // a value was no boolean
	bools    bool              // a value was one

	label string // of the line that is read
	part  Part
	id    string
}

// errFraction says that a value does not fit in bytes.
var errFraction = errors.New("no whole number 0..255")

// newReader returns a reader of lines that columns describe.
func newReader(c *columns, l *lines, s *source) *reader {
	r := &reader{columns: c, lines: l, source: s, known: map[string]string{}, usual: map[string]string{}, run: make([]int, len(c.roles))}
	for i := len(c.roles) - 1; i >= 0; i-- {
		if c.roles[i] == pixelRole {
			r.run[i] = 1
			if i+1 < len(c.roles) {
				r.run[i] += r.run[i+1]
			}
		}
	}
	return r
}

// all reads all lines.
func (r *reader) all() error {
	for range r.head {
		if _, err := r.lines.next(); err != nil {
			return err
		}
	}
	for {
		line, err := r.lines.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = r.add(line)
		}
		if wrong, ok := err.(*FormatError); ok && wrong.Line == 0 {
			wrong.Line = r.lines.number
		}
		if err != nil {
			return err
		}
	}
}

// add reads one line.
func (r *reader) add(line []byte) error {
	if r.separator == ' ' {
		line = single(line)
	}
	r.grow()
	err := r.fields(line)
	if err == errFraction {
		r.toFloats()
		err = r.fields(line)
	}
	if err != nil {
		return err
	}
	r.rows++
	if r.labelled {
		r.labels = append(r.labels, r.label)
	}
	if r.withIDs && r.has(indexRole) {
		r.ids = append(r.ids, r.id)
	}
	if r.has(partRole) {
		r.parts = append(r.parts, r.part)
	}
	return nil
}

// has reports whether a column has a role.
func (c *columns) has(r role) bool { return slices.Contains(c.roles, r) }

// grow makes room for one more row. The room that all rows take is estimated by what
// has been read of the file so far; what is never written to takes no memory.
func (r *reader) grow() {
	room := cap(r.bytes)
	if r.floats != nil {
		room = cap(r.floats)
	}
	if (r.rows+1)*r.width <= room {
		return
	}
	const most = 16 // times the rows so far, should the estimate be wrong
	estimate := float64(r.rows) * 1.25 * float64(r.source.r.Size()) / float64(max(r.source.done, 1))
	rows := r.rows + r.rows/4 + 1
	rows = max(rows, int(min(estimate, float64(most*r.rows))))
	if r.floats != nil {
		r.floats = append(make([]float32, 0, rows*r.width), r.floats...)
	} else {
		r.bytes = append(make([]uint8, 0, rows*r.width), r.bytes...)
	}
}

// toFloats goes on with float32.
func (r *reader) toFloats() {
	r.floats = make([]float32, r.rows*r.width, cap(r.bytes))
	for i, v := range r.bytes[:r.rows*r.width] {
		r.floats[i] = float32(v)
	}
	r.bytes = nil
}

// fields reads the fields of a line: pixels to their place, others to label and part.
func (r *reader) fields(line []byte) error {
	from := r.rows * r.width
	if r.floats != nil {
		r.floats = r.floats[:from+r.width]
	} else {
		r.bytes = r.bytes[:from+r.width]
	}
	at, pixel := 0, from
	for i := 0; i < len(r.roles); {
		if at == len(line) {
			return r.length(line)
		}
		n := 1
		var err error
		switch r.roles[i] {
		case pixelRole:
			n = r.run[i]
			if r.floats != nil {
				at, err = r.readFloats(r.floats[pixel:pixel+n], line, at, i)
			} else {
				at, err = r.readBytes(r.bytes[pixel:pixel+n], line, at, i)
			}
			pixel += n
		case packedRole:
			at, err = r.packed(line, at, i)
		default:
			at, err = r.other(line, at, i)
		}
		if err != nil {
			return err
		}
		i += n
	}
	if at < len(line) {
		return r.length(line)
	}
	return nil
}

// length returns the error for a line of another length.
func (r *reader) length(line []byte) error {
	fields, _ := split(line, r.separator)
	return &FormatError{Got: strconv.Itoa(len(fields)) + " values", Want: strconv.Itoa(len(r.roles)) + ", as the lines before it have"}
}

// readBytes reads pixels from a place of a line on, the first in this column. It
// returns where the field after them begins.
func (r *reader) readBytes(dst []uint8, line []byte, at, column int) (int, error) {
	separator, slow := r.separator, 0
	for i := range dst {
		if at == len(line) {
			return at, r.length(line)
		}
		begin := at
		v := uint(line[at] - '0')
		if v > 9 {
			next, err := r.slowByte(&dst[i], line, at, column+i)
			if err != nil {
				return at, err
			}
			at, slow = next, slow+1
			continue
		}
		at++
		if d := line[at] - '0'; d <= 9 {
			v = v*10 + uint(d)
			at++
			if d := line[at] - '0'; d <= 9 {
				v = v*10 + uint(d)
				at++
			}
		}
		if b := line[at]; b != separator && b != '\n' || v > 255 {
			next, err := r.slowByte(&dst[i], line, begin, column+i)
			if err != nil {
				return at, err
			}
			at, slow = next, slow+1
			continue
		}
		dst[i] = uint8(v)
		at++
	}
	r.numbers = r.numbers || slow < len(dst)
	return at, nil
}

// slowByte reads one pixel of any form.
func (r *reader) slowByte(dst *uint8, line []byte, at, column int) (int, error) {
	v, next, err := r.value(line, at, column)
	if err != nil {
		return at, err
	}
	if v != math.Trunc(v) || v < 0 || v > 255 {
		return at, errFraction
	}
	*dst = uint8(v)
	return next, nil
}

// readFloats reads values as readBytes does, as float32.
func (r *reader) readFloats(dst []float32, line []byte, at, column int) (int, error) {
	for i := range dst {
		if at == len(line) {
			return at, r.length(line)
		}
		v, next, err := r.value(line, at, column+i)
		if err != nil {
			return at, err
		}
		dst[i], at = float32(v), next
	}
	return at, nil
}

// value reads the number of one field.
func (r *reader) value(line []byte, at, column int) (v float64, next int, err error) {
	if v, end, ok := decimal(line, at, r.point); ok && (line[end] == r.separator || line[end] == '\n') {
		r.numbers = true
		return v, end + 1, nil
	}
	text, next, ok := field(line, at, r.separator)
	if !ok {
		return 0, at, r.unquoted(column)
	}
	v, err = r.parse(text, column)
	return v, next, err
}

// parse returns the number that a text holds.
func (r *reader) parse(text []byte, column int) (float64, error) {
	v, isBool, ok := number(text, r.point)
	if !ok || math.Abs(v) > math.MaxFloat32 {
		want := "a number"
		if len(text) == 0 {
			want = "a pixel's value"
		}
		return 0, r.wrong(column, quoted(string(text)), want)
	}
	r.bools, r.numbers = r.bools || isBool, r.numbers || !isBool
	return v, nil
}

// unquoted returns the error for a quote that does not end.
func (r *reader) unquoted(column int) error {
	return r.wrong(column, "a quote without its end", "quotes in pairs")
}

// packed reads the field of all pixels.
func (r *reader) packed(line []byte, at, column int) (int, error) {
	text, next, ok := field(line, at, r.separator)
	if !ok {
		return at, r.unquoted(column)
	}
	n, from := 0, r.rows*r.width
	var err error
	eachPacked(text, func(text []byte) bool {
		var v float64
		if n++; n > r.width {
			return true
		}
		if v, err = r.parse(text, column); err != nil {
			return false
		}
		switch {
		case r.floats != nil:
			r.floats[from+n-1] = float32(v)
		case v == math.Trunc(v) && v >= 0 && v <= 255:
			r.bytes[from+n-1] = uint8(v)
		default:
			err = errFraction
		}
		return err == nil
	})
	if err == nil && n != r.width {
		err = r.wrong(column, strconv.Itoa(n)+" pixels", strconv.Itoa(r.width)+", as the lines before it have")
	}
	return next, err
}

// other reads a field that holds no pixel.
func (r *reader) other(line []byte, at, column int) (int, error) {
	text, next, ok := field(line, at, r.separator)
	if !ok {
		return at, r.unquoted(column)
	}
	var err error
	switch r.roles[column] {
	case indexRole:
		if r.withIDs {
			r.id, err = r.indexOf(text, column)
		}
	case labelRole:
		r.label, err = r.labelOf(text, column)
	case partRole:
		if r.part, ok = parts[strings.ToLower(string(text))]; !ok {
			err = r.wrong(column, quoted(string(text)), "Training, PublicTest or PrivateTest, or train, val or test")
		}
	}
	return next, err
}

// indexOf returns the text of a field that tells one line from another.
func (r *reader) indexOf(text []byte, column int) (string, error) {
	if len(text) > maxLabel || !utf8.Valid(text) {
		return "", r.wrong(column, quoted(string(text)), "a text in UTF-8 of at most "+strconv.Itoa(maxLabel)+" bytes")
	}
	return string(text), nil
}

// labelOf returns the label that a field holds, as it stands there.
func (r *reader) labelOf(text []byte, column int) (string, error) {
	if label, ok := r.known[string(text)]; ok {
		return label, nil
	}
	label := string(text)
	switch {
	case len(label) == 0:
		return "", r.wrong(column, "no label", "one in each line")
	case len(label) > maxLabel:
		return "", r.wrong(column, "a label of "+strconv.Itoa(len(label))+" bytes", "at most "+strconv.Itoa(maxLabel))
	case !utf8.ValidString(label):
		return "", r.wrong(column, quoted(label), "a label in UTF-8")
	}
	_, isNumber := numeral.Parse(r.pointed(label))
	_, isWhole := numeral.Whole(r.pointed(label))
	r.named = r.named || !isNumber
	if isNumber && !isWhole && r.fraction == nil {
		r.fraction = &FormatError{Line: r.lines.number, Column: column + 1, Name: r.name(column),
			Got: "the label " + quoted(label), Want: "a whole number or a name"}
	}
	if len(r.known) < 1<<16 {
		r.known[label] = label
	}
	return label, nil
}

// pointed returns a label with the decimal point that Go reads.
func (r *reader) pointed(label string) string {
	return strings.Replace(label, string(r.point), ".", 1)
}

// settleLabels makes one label of all forms of a whole number ("5.0" and "5") where each
// label is a number. Where one is a name, all stay as they stand.
func (r *reader) settleLabels() error {
	if r.named {
		return nil
	}
	if r.fraction != nil && !r.lastToo {
		return r.fraction
	}
	for i, label := range r.labels {
		if strings.ContainsAny(label, "+.,eE") {
			r.labels[i] = r.number(label)
		}
	}
	return nil
}

// number returns the usual form of a label that is a number.
func (r *reader) number(label string) string {
	plain, ok := r.usual[label]
	if !ok {
		v, _ := numeral.Parse(r.pointed(label))
		plain = strconv.FormatFloat(v+0, 'f', -1, 64)
		if len(r.usual) < 1<<16 {
			r.usual[label] = plain
		}
	}
	return plain
}

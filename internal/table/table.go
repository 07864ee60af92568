// Package table reads images from tables of text, one image per line: its label and
// its pixels, and whatever else stands in the columns.
//
// Separators are commas, semicolons, tabs, bars or blanks, with blanks after them or
// not; with semicolons and tabs a number may have a decimal comma. A line ends with
// LF, CRLF or CR. A byte order mark is passed over, fields may be quoted as in
// RFC 4180 (without line ends inside), and the file may be packed with gzip or be the
// one table of a zip archive.
//
// The first line may name the columns. Each column is one of these:
//
//	label    label, class, target, digit, y, emotion, ... in any case and place
//	part     usage or split: Training, PublicTest, PrivateTest; train, val, test
//	index    id, index, ImageId, Unnamed: 0, ... or counting without a name: left out
//	pixels   all others, (N, pixels); or one column that holds all pixels of an image,
//	         with blanks between them, as FER2013 has it
//
// Where the names number the pixels (pixel0, 1x1, r0c0, x0y0), their numbers say the order,
// not the file.
//
// Without such names the number of columns says whether there are labels: a square
// number of columns is an image without a label. The label comes first, unless the
// columns themselves show that it comes last. A label such as 4e00, 5e0 or True is a name
// and no number: numbers are 5, 5.0 and 5.000e+00 (package numeral). What was assumed stands in Notes.
package table

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
)

// Limits of what is read.
const (
	maxPixels = 1 << 20 // of an image, 1024x1024
	maxLine   = 1 << 25 // bytes of a line: maxPixels values of up to 32 bytes
	maxLabel  = 1 << 10 // bytes of a label
)

// Options say how to read a table. The zero value decides everything by the table.
type Options struct {
	Label    string                  // the label's column, by name or by number from 1; "none": there is none; "": by the usual names
	Pixels   int                     // pixels of an image, where they are known: helps where no names tell label from pixels; 0: unknown
	IDs      bool                    // keep what stands in the column of an index
	Turned   bool                    // whether rows are columns is known: names of columns that leave it open are no error
	Progress func(done, total int64) // called with the bytes read of the file; may be nil
}

// Part is the part of a set that a row belongs to.
type Part uint8

// The parts, as the column usage or split names them.
const (
	Train      Part = iota // training, train
	Validation             // PublicTest, validation, val, valid, dev
	Test                   // PrivateTest, test, testing
)

// Table holds the images of a table, its values as they stand there.
type Table struct {
	Rows   int       // images, at least 1
	Pixels int       // of each image
	Bytes  []uint8   // (Rows, Pixels), if every value is a whole number 0..255; else nil
	Floats []float32 // (Rows, Pixels), if not; else nil
	Bool   bool      // every value was written True or False; Bytes holds 1 and 0
	Labels []string  // one per row, as they stand; where all are whole numbers, in digits ("5", never "5.0"); nil: no label column
	Parts  []Part    // one per row; nil: no such column
	IDs    []string  // one per row, of the first column that is an index; nil: there is none, or nobody asked for them
	Notes  []string  // what was assumed, a sentence each
}

// Read reads the table in a file. What is wrong with the file is a *[FormatError].
// If the context ends, its error is returned.
func Read(ctx context.Context, path string, o Options) (*Table, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("csv: %s: got a folder or a device, want a file", path)
	}
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return Decode(ctx, file, info.Size(), path, o)
}

// Decode reads size bytes of r as [Read] reads a file; name stands for the file in
// errors.
func Decode(ctx context.Context, r io.ReaderAt, size int64, name string, o Options) (*Table, error) {
	t, err := decode(&source{ctx: ctx, r: io.NewSectionReader(r, 0, size), progress: o.Progress}, o)
	if wrong, ok := err.(*FormatError); ok {
		wrong.File = name
		return nil, wrong
	}
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("csv: %s: %w", name, err)
	}
	return t, err
}

// decode reads the lines of a source.
func decode(s *source, o Options) (*Table, error) {
	text, err := unpack(s)
	if err != nil {
		return nil, err
	}
	lines := &lines{r: text}
	sample, err := lines.sample()
	if err != nil {
		return nil, err
	}
	columns, err := decide(sample, o)
	if err != nil {
		return nil, err
	}
	rows := newReader(columns, lines, s)
	if err := rows.all(); err != nil {
		return nil, err
	}
	return rows.table()
}

// Part returns the rows of one part, nil if there are none. Without a column of parts
// all rows are training. The pixels are those of t where the rows stand together,
// else a copy.
func (t *Table) Part(part Part) *Table {
	rows := t.rowsOf(part)
	switch len(rows) {
	case 0:
		return nil
	case t.Rows:
		return t
	}
	p := &Table{Rows: len(rows), Pixels: t.Pixels, Bool: t.Bool, Notes: t.Notes}
	p.Bytes, p.Floats = gather(t.Bytes, rows, t.Pixels), gather(t.Floats, rows, t.Pixels)
	p.Labels, p.IDs = gather(t.Labels, rows, 1), gather(t.IDs, rows, 1)
	return p
}

// rowsOf returns the numbers of the rows of a part, from 0.
func (t *Table) rowsOf(part Part) []int {
	var rows []int
	for i := range t.Rows {
		if t.Parts == nil && part == Train || t.Parts != nil && t.Parts[i] == part {
			rows = append(rows, i)
		}
	}
	return rows
}

// gather returns these rows of values, (N, width): a view of values if the rows follow
// each other. No values stay nil.
func gather[T any](values []T, rows []int, width int) []T {
	first, end := rows[0]*width, (rows[len(rows)-1]+1)*width
	switch {
	case values == nil:
		return nil
	case end-first == len(rows)*width:
		return values[first:end:end]
	}
	some := make([]T, 0, len(rows)*width)
	for _, row := range rows {
		some = append(some, values[row*width:(row+1)*width]...)
	}
	return some
}

// FormatError says where a table is not what it should be.
type FormatError struct {
	File   string
	Line   int    // from 1; 0: the whole file
	Column int    // from 1; 0: the whole line
	Name   string // the column's; may be empty
	Got    string // values are cut to a readable length
	Want   string
}

// Error returns one line with all fields that are known.
func (e *FormatError) Error() string {
	text := "csv: "
	if e.File != "" {
		text += e.File + ": "
	}
	if e.Line > 0 {
		text += "line " + strconv.Itoa(e.Line)
	}
	if e.Line > 0 && e.Column > 0 {
		text += ", "
	}
	if e.Column > 0 {
		text += "column " + strconv.Itoa(e.Column)
	}
	if e.Column > 0 && e.Name != "" {
		text += " (" + e.Name + ")"
	}
	if e.Line > 0 || e.Column > 0 {
		text += ": "
	}
	return text + "got " + e.Got + ", want " + e.Want
}

// quoted returns text in quotes, cut to a length that can be read.
func quoted(text string) string {
	const most = 32
	if len(text) <= most {
		return strconv.Quote(text)
	}
	return strconv.Quote(text[:most]) + "..."
}

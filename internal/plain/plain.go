// Package plain makes text from files safe to show on a terminal: control characters
// (C0, DEL, C1) and marks that turn the direction of writing (U+061C, U+200E and F,
// U+202A to E, U+2066 to 9) are written as Go writes them, \x1b or \u202e. A name in a
// hostile file thus moves no cursor, sets no title, and looks like what it is. It also
// keeps spreadsheets from taking a name for a formula.
package plain

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Text returns a name for one cell of a table or one place in a message; line ends and
// tabs in it are written as \n and \t.
func Text(name string) string { return escaped(name, "") }

// Texts returns [Text] of each name.
func Texts(names []string) []string {
	safe := make([]string, len(names))
	for i, name := range names {
		safe[i] = Text(name)
	}
	return safe
}

// List returns the names as Text does, with commas between; of more than most the first
// ten, or most if that is fewer, and how many there are.
func List(names []string, most int) string {
	names = Texts(names)
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s, ... (%d)", strings.Join(names[:min(10, most)], ", "), len(names))
}

// escaped escapes all but the control characters in keep.
func escaped(text, keep string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return isUnsafe(r) && !strings.ContainsRune(keep, r) }) {
		return text
	}
	var safe strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			safe.WriteString(`\x` + strconv.FormatUint(uint64(text[0]), 16))
		case r == 0x7f:
			safe.WriteString(`\u007f`) // as JSON has it
		case isUnsafe(r) && !strings.ContainsRune(keep, r):
			quoted := strconv.QuoteToASCII(string(r))
			safe.WriteString(quoted[1 : len(quoted)-1])
		default:
			safe.WriteString(text[:size])
		}
		text = text[size:]
	}
	return safe.String()
}

// isUnsafe reports whether a terminal may obey a character instead of showing it. The
// replacement character stands for bytes that are no UTF-8, of which some terminals
// obey a few.
func isUnsafe(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == utf8.RuneError:
		return true
	case r == 0x61c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// Writer writes what is safe to show, see the package; line ends and tabs stay. JSON
// stays exact: what is escaped in its strings means the same.
type Writer struct{ exact io.Writer }

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w} }

// Write writes text, which must not end within a character.
func (w *Writer) Write(text []byte) (int, error) {
	if _, err := io.WriteString(w.exact, escaped(string(text), "\n\t")); err != nil {
		return 0, err
	}
	return len(text), nil
}

// Exact returns what a [Writer] writes to, for progress bars, and any other writer as it
// is.
func Exact(w io.Writer) io.Writer {
	if safe, ok := w.(*Writer); ok {
		return safe.exact
	}
	return w
}

// File returns the file that w writes to, through a [Writer] or not; false if it is none.
func File(w io.Writer) (*os.File, bool) {
	file, ok := Exact(w).(*os.File)
	return file, ok
}

// Cell returns a text for a CSV file that a spreadsheet may open: one that it would take
// for a formula gets an apostrophe in front, as OWASP recommends (CSV Injection).
// Numbers, negative ones too, stay as they are.
func Cell(text string) string {
	if text == "" || !strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return text
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	return "'" + text
}

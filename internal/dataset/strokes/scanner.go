package strokes

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// What a stroke file may hold. The 7,494 digits of the pen data are 10 MB,
// 9,433 strokes and 304,216 points.
const (
	maxStrokeBytes = 1 << 28 // unpacked
	maxDrawings    = 1 << 20
	maxStrokes     = 1 << 22 // of all drawings together
	maxPoints      = 1 << 24 // of all drawings together
	maxLabel       = 1<<16 - 1
	maxName        = 255     // bytes of a label that is a text, as in the .ink file
	maxToken       = 64      // bytes of a number
	maxSkipped     = 1 << 16 // bytes of a key, or of the value of one that has no meaning here
)

// byteOrderMark begins what some editors write.
const byteOrderMark = "\ufeff"

// strokeScanner reads stroke JSON byte by byte and knows where it is, which
// encoding/json does not; that one also takes points of one number.
// The pen data takes 0.1 s (go test -bench ReadPen), gzip included.
type strokeScanner struct {
	in                        *bufio.Reader
	drawing, stroke, point    int // where in is, from 1; 0 is outside
	totalStrokes, totalPoints int
	token                     []byte
	points                    []ink.Point // of the stroke being read
	numbers                   int         // of each point; 0: none has been read
	origin                    origin      // of the drawing being read
	pen                       penFlags    // of the stroke being read
	clock                     clock       // of the file
	quicks                    quickFile
	labelled                  bool   // the drawing being read has had its label
	listKey                   string // of a list of objects in the drawing being read, before it had strokes; "": none
	labels                    labelNames
}

// newStrokeScanner unpacks r if it begins as gzip does.
func newStrokeScanner(r io.Reader) (*strokeScanner, error) {
	unpacked, _, err := bounded.Gunzip(r)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(bounded.Reader(unpacked, maxStrokeBytes), 1<<16)
	if mark, _ := in.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		in.Discard(len(byteOrderMark))
	}
	if mark, _ := in.Peek(2); string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" {
		return nil, errors.New("got UTF-16, want UTF-8")
	}
	return &strokeScanner{in: in}, nil
}

// coordinate reads a finite number.
func (s *strokeScanner) coordinate(axis string) (float64, error) {
	if err := s.scalar(axis); err != nil {
		return 0, err
	}
	v, err := strconv.ParseFloat(string(s.token), 64)
	if err != nil || !json.Valid(s.token) || !finite(float32(v)) {
		return 0, s.fail(fmt.Errorf("%s is %s, want a finite number", axis, printable(s.token)))
	}
	return v, nil
}

// label reads a number 0..maxLabel or a text; null gives -1.
func (s *strokeScanner) label(key string) (int, error) {
	c, err := s.next()
	if err != nil {
		return 0, s.fail(err)
	}
	s.in.UnreadByte()
	if c != '"' {
		return s.number(key)
	}
	raw, err := s.value()
	if err != nil {
		return 0, err
	}
	var name string
	valid := utf8.Valid(raw) && json.Unmarshal(raw, &name) == nil
	if name = Spelled(name); !valid || name == "" || len(name) > maxName {
		return 0, s.fail(fmt.Errorf("%s is %.40q, want a text of 1..%d bytes of UTF-8", key, raw, maxName))
	}
	return s.labels.code(name), nil
}

// number reads a label that is a whole number 0..maxLabel, written as 5, 5.0 or 5e0;
// null gives -1.
func (s *strokeScanner) number(key string) (int, error) {
	err := s.scalar(key)
	if err != nil || string(s.token) == "null" {
		return -1, err
	}
	v, err := strconv.ParseFloat(string(s.token), 64)
	if err != nil || v != math.Trunc(v) || v < 0 || v > maxLabel || !json.Valid(s.token) {
		return 0, s.fail(fmt.Errorf("%s is %s, want 0..%d, or a text", key, printable(s.token), maxLabel))
	}
	return int(v), nil
}

// whole reads a whole number 0..most; null gives missing.
func (s *strokeScanner) whole(key string, missing, most int) (int, error) {
	err := s.scalar(key)
	if err != nil || string(s.token) == "null" {
		return missing, err
	}
	v, err := strconv.Atoi(string(s.token))
	if err != nil || v < 0 || v > most || !json.Valid(s.token) {
		return 0, s.fail(fmt.Errorf("%s is %s, want 0..%d", key, printable(s.token), most))
	}
	return v, nil
}

// scalar reads up to the next bracket, comma or space into s.token: a number, a
// word or, in a file that is wrong, anything.
func (s *strokeScanner) scalar(what string) error {
	c, err := s.next()
	for s.token = s.token[:0]; err == nil; c, err = s.in.ReadByte() {
		switch c {
		case ' ', '\t', '\n', '\r', ',', ':', '[', ']', '{', '}':
			s.in.UnreadByte()
			if len(s.token) == 0 {
				return s.want(c, "a number for "+what)
			}
			return nil
		}
		if len(s.token) == maxToken {
			return s.fail(fmt.Errorf("%s is longer than %d characters", what, maxToken))
		}
		s.token = append(s.token, c)
	}
	return s.fail(err)
}

// printable returns the token itself, or quoted if it could spoil a line.
func printable(token []byte) string {
	for _, c := range token {
		if c <= ' ' || c >= 0x7f {
			return strconv.Quote(string(token))
		}
	}
	return string(token)
}

// key reads a key after its opening quote.
func (s *strokeScanner) key() (key string, err error) {
	s.in.UnreadByte()
	raw, err := s.value()
	if err == nil && json.Unmarshal(raw, &key) != nil {
		err = s.fail(fmt.Errorf("key %.40q is not JSON", raw))
	}
	return key, err
}

// value reads the JSON value that comes next, up to the comma, colon or bracket
// behind it, without a look inside.
func (s *strokeScanner) value() ([]byte, error) {
	var value []byte
	depth, quoted, escaped := 0, false, false
	c, err := s.next()
	for ; err == nil; c, err = s.in.ReadByte() {
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = c == '\\', c != '"'
		case c == '"':
			quoted = true
		case c == '[' || c == '{':
			depth++
		case depth == 0 && (c == ',' || c == ':' || c == '}' || c == ']'):
			s.in.UnreadByte()
			return value, nil
		case c == ']' || c == '}':
			depth--
		}
		if len(value) == maxSkipped {
			return nil, s.fail(fmt.Errorf("a value is longer than %d bytes", maxSkipped))
		}
		value = append(value, c)
	}
	return nil, s.fail(err)
}

// next returns the next byte that is not white space.
func (s *strokeScanner) next() (byte, error) {
	for {
		c, err := s.in.ReadByte()
		if err != nil || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c, err
		}
	}
}

// opens reports whether the next byte that is not white space is c, and passes over it if
// so.
func (s *strokeScanner) opens(c byte) bool {
	got, err := s.next()
	if err == nil && got != c {
		s.in.UnreadByte()
	}
	return err == nil && got == c
}

// expect reads the next byte that is not white space, which must be c.
func (s *strokeScanner) expect(c byte, what string) error {
	got, err := s.next()
	if err != nil {
		return s.fail(err)
	}
	if got != c {
		return s.want(got, what)
	}
	return nil
}

func (s *strokeScanner) want(got byte, want string) error {
	return s.fail(fmt.Errorf("got %q, want %s", got, want))
}

// fail puts the place in front of an error, also of the one for the end of the file.
func (s *strokeScanner) fail(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = errors.New("the file ends too early")
	}
	place := ""
	for _, at := range []struct {
		name  string
		count int
	}{{"drawing", s.drawing}, {"stroke", s.stroke}, {"point", s.point}} {
		if at.count == 0 {
			continue
		}
		if place != "" {
			place += ", "
		}
		place += fmt.Sprintf("%s %d", at.name, at.count)
	}
	if place == "" {
		return err
	}
	return fmt.Errorf("%s: %w", place, err)
}

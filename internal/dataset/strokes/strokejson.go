package strokes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// drawings reads the whole file.
func (s *strokeScanner) drawings() (drawings []Drawing, err error) {
	c, err := s.next()
	switch {
	case err != nil:
		return nil, s.fail(err)
	case c == '{':
		drawings, err = s.lines()
	case c == '[':
		drawings, err = s.list()
	default:
		return nil, s.want(c, "a list or an object")
	}
	if err != nil {
		return nil, err
	}
	c, err = s.next()
	if err == nil {
		return nil, s.want(c, "the end of the file")
	}
	if err != io.EOF {
		return nil, s.fail(err)
	}
	if err := s.settleQuick(drawings); err != nil {
		return nil, err
	}
	if s.clock.first(s.totalStrokes) {
		return nil, errors.New("the first number of each point only grows or stays, as a time or a count does, and the third does not: " +
			"want x and y first, and no third number if they are")
	}
	return drawings, nil
}

// lines reads drawings one after the other, most often one per line, after the first
// one's opening brace.
func (s *strokeScanner) lines() (drawings []Drawing, err error) {
	for {
		if len(drawings) == maxDrawings {
			return nil, s.fail(errors.New("one more than a file may hold"))
		}
		drawings = append(drawings, Drawing{})
		if err := s.object(&drawings[len(drawings)-1], len(drawings)-1); err != nil {
			return nil, err
		}
		c, err := s.next()
		if err != nil || c != '{' {
			if err == nil {
				s.in.UnreadByte()
			}
			s.drawing = 0
			return drawings, nil // what follows, or the error, comes again
		}
		s.drawing = len(drawings) + 1
	}
}

// list reads what follows the file's opening bracket: drawings or strokes.
func (s *strokeScanner) list() (drawings []Drawing, err error) {
	c, err := s.next()
	if err != nil {
		return nil, s.fail(err)
	}
	s.in.UnreadByte()
	if c == '[' {
		strokes, err := s.strokes()
		return []Drawing{{Label: -1, Strokes: strokes}}, err
	}
	err = s.elements(&s.drawing, maxDrawings, func() error {
		if err := s.expect('{', "a drawing's {"); err != nil {
			return err
		}
		drawings = append(drawings, Drawing{})
		return s.object(&drawings[len(drawings)-1], len(drawings)-1)
	})
	return drawings, err
}

// object reads a drawing, which is at this place of the file's, after its opening brace.
func (s *strokeScanner) object(d *Drawing, at int) error {
	d.Label, s.labelled, s.listKey = -1, false, ""
	s.origin = origin{}
	s.clock.next()
	c, err := s.next()
	for err == nil && c != '}' {
		if c != '"' {
			return s.want(c, "a key")
		}
		if err := s.member(d, at); err != nil {
			return err
		}
		if c, err = s.next(); err != nil || c == '}' {
			break
		}
		if c != ',' {
			return s.want(c, ", or }")
		}
		if c, err = s.next(); err == nil && c == '}' {
			return s.want(c, "a key")
		}
	}
	if err == nil && d.Strokes == nil && s.listKey != "" {
		return s.fail(s.wrapped())
	}
	if err == nil && d.Strokes == nil {
		err = errors.New("no strokes, want a list of them by this name, or by Quick, Draw!'s, drawing")
	}
	if err != nil {
		return s.fail(err)
	}
	return nil
}

// member reads a key, after its opening quote, and its value.
func (s *strokeScanner) member(d *Drawing, at int) error {
	key, err := s.key()
	if err != nil {
		return err
	}
	if err := s.expect(':', ": after a key"); err != nil {
		return err
	}
	s.quicks.word = s.quicks.word || isWord(key)
	switch {
	case key == "label":
		var label int
		if label, err = s.label(key); label != -1 {
			d.Label, s.labelled = label, true
		}
	case key == "word" && !s.labelled:
		d.Label, err = s.label(key)
	case key == "drawing" && d.Strokes == nil && s.opens('['):
		err = s.quick(d, at)
	case key == "traced":
		var value []byte
		value, err = s.plain(key)
		d.Traced = strings.TrimSpace(string(value)) == "true"
	case key == "writer":
		d.Writer, err = s.whole(key, 0, math.MaxInt32)
	case key == "strokes":
		s.unquick(at)
		if err = s.expect('[', "the list of strokes"); err == nil {
			d.Strokes, err = s.strokes()
		}
	case d.Strokes == nil && s.beginsList():
		s.listKey = key
		if _, err = s.plain(key); err != nil {
			err = s.fail(s.wrapped())
		}
	default:
		_, err = s.plain(key) // which has no meaning here
	}
	return err
}

// beginsList reports whether a list of objects comes next.
func (s *strokeScanner) beginsList() bool {
	const blanks = " \t\r\n"
	ahead, _ := s.in.Peek(256)
	inside, isList := bytes.CutPrefix(bytes.TrimLeft(ahead, blanks), []byte("["))
	return isList && bytes.HasPrefix(bytes.TrimLeft(inside, blanks), []byte("{"))
}

// wrapped returns the error for an object that holds a list of drawings and is none.
func (s *strokeScanner) wrapped() error {
	return fmt.Errorf("no strokes but a list under the key %.40q, want the list alone: [{\"label\": ..., \"strokes\": ...}, ...]", s.listKey)
}

// plain reads the value of a key, of any kind.
func (s *strokeScanner) plain(key string) ([]byte, error) {
	value, err := s.value()
	if err == nil && !json.Valid(value) {
		err = s.fail(fmt.Errorf("the value of %.40q is not JSON", key))
	}
	return value, err
}

// strokes reads the strokes after their opening bracket, points one after the other; they
// are never nil.
func (s *strokeScanner) strokes() ([]ink.Stroke, error) {
	strokes := []ink.Stroke{}
	err := s.elements(&s.stroke, maxStrokes-s.totalStrokes, func() error {
		if err := s.expect('[', "a stroke's ["); err != nil {
			return err
		}
		s.begin()
		if err := s.elements(&s.point, maxPoints-s.totalPoints, s.xy); err != nil {
			return err
		}
		if err := s.end(); err != nil {
			return err
		}
		strokes = append(strokes, append(ink.Stroke{}, s.points...))
		return nil
	})
	s.totalStrokes += len(strokes)
	return strokes, err
}

// begin empties what is kept of a stroke while it is read.
func (s *strokeScanner) begin() {
	s.points, s.pen = s.points[:0], penFlags{}
	s.clock.begin()
}

// end judges a stroke that has been read.
func (s *strokeScanner) end() error {
	if s.pen.lifted() {
		return s.fail(errors.New("the pen is lifted and put down again within it, want a list for each stroke"))
	}
	s.clock.end()
	s.totalPoints += len(s.points)
	return nil
}

// xy reads one point: x and y, and perhaps when and how hard it was drawn, which plays no
// part. All points of a file have as many numbers, so that strokes that hold all x and all
// y are not taken for points.
func (s *strokeScanner) xy() error {
	c, err := s.next()
	switch {
	case err != nil:
		return s.fail(err)
	case c == '{':
		return s.named()
	case c != '[':
		return s.want(c, "a point's [")
	}
	x, err := s.coordinate("x")
	if err != nil {
		return err
	}
	if err := s.expect(',', ", between x and y"); err != nil {
		return err
	}
	y, err := s.coordinate("y")
	if err != nil {
		return err
	}
	s.points = append(s.points, ink.Point{X: s.origin.from(0, x), Y: s.origin.from(1, y)})
	return s.rest(x, y)
}

// rest reads what follows x and y of a point.
func (s *strokeScanner) rest(x, y float64) error {
	const most = 4
	for n := 2; ; n++ {
		c, err := s.next()
		switch {
		case err != nil:
			return s.fail(err)
		case c == ']':
			return s.counts(n)
		case c != ',' || n == most:
			return s.want(c, "] after x and y, or after time and pressure")
		}
		v, err := s.coordinate("time")
		if err != nil {
			return err
		}
		if n == 2 {
			s.pen.number(v)
			s.clock.see(x, y, v)
		}
	}
}

// counts takes how many numbers a point has.
func (s *strokeScanner) counts(n int) error {
	if s.numbers != 0 && s.numbers != n {
		return s.fail(fmt.Errorf("%d numbers, want %d, as the points before it have", n, s.numbers))
	}
	s.numbers = n
	return nil
}

// named reads a point after its opening brace: x and y by name.
func (s *strokeScanner) named() error {
	var p ink.Point
	var found [2]bool
	for {
		if err := s.expect('"', "x or y"); err != nil {
			return err
		}
		var v float64
		key, err := s.key()
		if err == nil {
			err = s.expect(':', ": after a key")
		}
		switch {
		case err != nil:
		case key == "x":
			v, err = s.coordinate(key)
			p.X, found[0] = s.origin.from(0, v), true
		case key == "y":
			v, err = s.coordinate(key)
			p.Y, found[1] = s.origin.from(1, v), true
		default:
			var value []byte
			if value, err = s.plain(key); err == nil && isPen(key) {
				s.pen.named(string(value))
			}
		}
		if err != nil {
			return err
		}
		c, err := s.next()
		switch {
		case err != nil:
			return s.fail(err)
		case c == '}' && found != [2]bool{true, true}:
			return s.fail(errors.New("x or y is missing, want both"))
		case c == '}':
			s.points = append(s.points, p)
			return nil
		case c != ',':
			return s.want(c, ", or }")
		}
	}
}

// elements reads a list after its opening bracket. It calls each at the start
// of every element; count says which it is, from 1, and is 0 after the list.
func (s *strokeScanner) elements(count *int, most int, each func() error) error {
	c, err := s.next()
	if err == nil && c == ']' {
		return nil
	}
	if err == nil {
		s.in.UnreadByte()
	}
	for *count = 1; err == nil; *count++ {
		if *count > most {
			return s.fail(errors.New("one more than a file may hold"))
		}
		if err := each(); err != nil {
			return err
		}
		if c, err = s.next(); err != nil {
			break
		}
		if c == ']' {
			*count = 0
			return nil
		}
		if c != ',' {
			return s.want(c, ", or ]")
		}
	}
	return s.fail(err)
}

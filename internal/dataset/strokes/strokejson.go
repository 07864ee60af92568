package strokes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// drawings reads the whole file.
func (s *strokeScanner) drawings() (drawings []Drawing, err error) {
	c, err := s.next()
	switch {
	case err != nil:
		return nil, s.fail(err)
	case c == '{':
		drawings = make([]Drawing, 1)
		err = s.object(&drawings[0])
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
	return drawings, nil
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
		return s.object(&drawings[len(drawings)-1])
	})
	return drawings, err
}

// object reads a drawing after its opening brace.
func (s *strokeScanner) object(d *Drawing) error {
	d.Label = -1
	c, err := s.next()
	for err == nil && c != '}' {
		if c != '"' {
			return s.want(c, "a key")
		}
		if err := s.member(d); err != nil {
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
	if err == nil && d.Strokes == nil {
		err = errors.New("no strokes, want a list of them")
	}
	if err != nil {
		return s.fail(err)
	}
	return nil
}

// member reads a key, after its opening quote, and its value.
func (s *strokeScanner) member(d *Drawing) error {
	key, err := s.key()
	if err != nil {
		return err
	}
	if err := s.expect(':', ": after a key"); err != nil {
		return err
	}
	switch key {
	case "label":
		d.Label, err = s.label(key)
	case "writer":
		d.Writer, err = s.whole(key, 0, math.MaxInt32)
	case "strokes":
		if err = s.expect('[', "the list of strokes"); err == nil {
			d.Strokes, err = s.strokes()
		}
	default:
		var value []byte
		if value, err = s.value(); err == nil && !json.Valid(value) {
			err = s.fail(fmt.Errorf("the value of %.40q is not JSON", key))
		}
	}
	return err
}

// strokes reads the strokes after their opening bracket; they are never nil.
func (s *strokeScanner) strokes() ([]ink.Stroke, error) {
	strokes := []ink.Stroke{}
	err := s.elements(&s.stroke, maxStrokes-s.totalStrokes, func() error {
		if err := s.expect('[', "a stroke's ["); err != nil {
			return err
		}
		s.points = s.points[:0]
		if err := s.elements(&s.point, maxPoints-s.totalPoints, s.xy); err != nil {
			return err
		}
		s.totalPoints += len(s.points)
		strokes = append(strokes, append(ink.Stroke{}, s.points...))
		return nil
	})
	s.totalStrokes += len(strokes)
	return strokes, err
}

// xy reads one point.
func (s *strokeScanner) xy() error {
	if err := s.expect('[', "a point's ["); err != nil {
		return err
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
	s.points = append(s.points, ink.Point{X: x, Y: y})
	return s.expect(']', "] after x and y")
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

package strokes

import (
	"errors"
	"fmt"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// The key drawing holds strokes as Quick, Draw! has them, all x, all y and perhaps all times;
// others write points there. Short strokes may be either: two rows of two numbers are two
// points one way and two others the other way, so that a plus becomes a diagonal. The
// longer strokes of the file settle what they are.

// form is how the strokes under the key drawing are read.
type form uint8

const (
	unsettled form = iota
	axes           // rows are all x, all y, and perhaps all times and pressures
	points         // rows are points: x, y, and perhaps a time and a pressure
)

// Limits of a drawing's rows.
const (
	mostAxes    = 4       // of a stroke: x, y, time, pressure
	mostNumbers = 1 << 22 // of a drawing
)

// quickStroke is a stroke under the key drawing, as it stands in the file.
type quickStroke [][]float64

// quickFile is what is known of the strokes under the key drawing.
type quickFile struct {
	form    form
	word    bool           // a drawing has its label by Quick, Draw!'s key
	four    bool           // a stroke has four rows of two numbers, as points have it
	pending []quickDrawing // those that may be either, in the order of the file
}

// quickDrawing is a drawing that may be either.
type quickDrawing struct {
	at      int // in the list of drawings
	place   int // in errors, from 1; 0: the file holds one
	strokes []quickStroke
}

// form returns the one form that a stroke can have.
func (q quickStroke) form() form {
	short, long := true, len(q) > mostAxes
	for _, row := range q {
		short = short && len(row) >= 2 && len(row) <= mostAxes
	}
	switch {
	case !short:
		return axes
	case long:
		return points
	}
	return unsettled
}

// pairs reports whether all rows are of two numbers.
func (q quickStroke) pairs() bool {
	for _, row := range q {
		if len(row) != 2 {
			return false
		}
	}
	return true
}

// quick reads the strokes under the key drawing, after their opening bracket, into the
// drawing at this place of the file's. What may be either waits for the file's end.
func (s *strokeScanner) quick(d *Drawing, at int) error {
	var all []quickStroke
	left := mostNumbers
	err := s.elements(&s.stroke, maxStrokes-s.totalStrokes, func() error {
		if err := s.expect('[', "a stroke's ["); err != nil {
			return err
		}
		stroke, err := s.rows(&left)
		all = append(all, stroke)
		return err
	})
	s.totalStrokes += len(all)
	if err != nil {
		return err
	}
	d.Strokes = []ink.Stroke{}
	for i := 0; i < len(all) && s.quicks.form == unsettled; i++ {
		s.quicks.form = all[i].form()
		s.quicks.four = s.quicks.four || len(all[i]) == mostAxes && all[i].pairs()
	}
	if s.quicks.form == unsettled && len(all) > 0 {
		s.quicks.pending = append(s.quicks.pending, quickDrawing{at, s.drawing, all})
		return nil
	}
	return s.formed(d, all)
}

// unquick forgets the strokes under the key drawing of the drawing at this place of the
// file's, which has others.
func (s *strokeScanner) unquick(at int) {
	if n := len(s.quicks.pending); n > 0 && s.quicks.pending[n-1].at == at {
		s.quicks.pending = s.quicks.pending[:n-1]
	}
}

// rows reads a stroke's rows of numbers, left of them at most.
func (s *strokeScanner) rows(left *int) (quickStroke, error) {
	var stroke quickStroke
	row := 0 // which is read
	err := s.elements(&row, maxPoints-s.totalPoints, func() error {
		name := "time"
		if row <= 2 {
			name = []string{"x", "y"}[row-1]
		}
		if err := s.expect('[', "the list of all "+name); err != nil {
			return err
		}
		var numbers []float64
		err := s.elements(&s.point, *left, func() error {
			v, err := s.coordinate(name)
			numbers = append(numbers, v)
			return err
		})
		*left -= len(numbers)
		stroke = append(stroke, numbers)
		return err
	})
	return stroke, err
}

// settleQuick reads the drawings that may be either, now that all are known.
func (s *strokeScanner) settleQuick(drawings []Drawing) error {
	q := &s.quicks
	pairs := true
	for _, d := range q.pending {
		for _, stroke := range d.strokes {
			pairs = pairs && len(stroke) > 1 && stroke.pairs()
		}
	}
	switch {
	case len(q.pending) == 0:
		return nil
	case q.form == unsettled && q.four:
		q.form = points
	case q.form == unsettled && pairs && !q.word:
		s.drawing = q.pending[0].place
		return s.fail(errors.New(`its strokes may be points, [[x, y], [x, y]], or all x and all y, [[x, x], [y, y]]: ` +
			`want points under the key strokes; Quick, Draw!'s with their label under the key word`))
	case q.form == unsettled:
		q.form = axes
	}
	for _, d := range q.pending {
		s.drawing, s.origin = d.place, origin{}
		s.clock.next()
		if err := s.formed(&drawings[d.at], d.strokes); err != nil {
			return err
		}
	}
	s.drawing = 0
	return nil
}

// formed makes a drawing of strokes in the file's form.
func (s *strokeScanner) formed(d *Drawing, all []quickStroke) error {
	for i, q := range all {
		s.stroke = i + 1
		s.begin()
		read := s.fromAxes
		if s.quicks.form == points {
			read = s.fromPoints
		}
		err := read(q)
		if err == nil {
			err = s.end()
		}
		if err != nil {
			return err
		}
		d.Strokes = append(d.Strokes, append(ink.Stroke{}, s.points...))
	}
	s.stroke = 0
	return nil
}

// fromAxes takes all x and all y as a stroke's points.
func (s *strokeScanner) fromAxes(q quickStroke) error {
	switch {
	case len(q) < 2:
		return s.fail(errors.New("no values of y, want all x and all y"))
	case len(q) > mostAxes:
		return s.fail(fmt.Errorf("%d lists, want all x and all y, and perhaps all times and pressures, as the strokes before it have", len(q)))
	case s.totalPoints+len(q[0]) > maxPoints:
		return s.fail(errors.New("one more point than a file may hold"))
	}
	for i, row := range q[1:] {
		if len(row) != len(q[0]) {
			name := []string{"y", "time", "time"}[i]
			return s.fail(fmt.Errorf("%d values of %s, want %d, as many as of x", len(row), name, len(q[0])))
		}
	}
	for i, x := range q[0] {
		s.points = append(s.points, ink.Point{X: s.origin.from(0, x), Y: s.origin.from(1, q[1][i])})
		if len(q) > 2 {
			s.clock.see(x, q[1][i], q[2][i])
		}
	}
	return nil
}

// fromPoints takes rows as a stroke's points.
func (s *strokeScanner) fromPoints(q quickStroke) error {
	for i, row := range q {
		s.point = i + 1
		if len(row) < 2 || len(row) > mostAxes {
			return s.fail(fmt.Errorf("%d numbers, want x and y, as the points before it have", len(row)))
		}
		if err := s.counts(len(row)); err != nil {
			return err
		}
		s.points = append(s.points, ink.Point{X: s.origin.from(0, row[0]), Y: s.origin.from(1, row[1])})
		if len(row) > 2 {
			s.pen.number(row[2])
			s.clock.see(row[0], row[1], row[2])
		}
	}
	s.point = 0
	return nil
}

// isWord reports whether a key is one that Quick, Draw! alone has.
func isWord(key string) bool {
	return key == "word" || key == "countrycode" || key == "key_id" || key == "recognized"
}

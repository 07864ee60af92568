package strokes

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// ReadUnipen reads digits from the UNIPEN text of UCI's data set 81, the
// unpacked pendigits-orig.tra or .tes (Guyon et al. 1994: UNIPEN project of
// on-line data exchange and recognizer benchmarks):
//
//	.SEGMENT DIGIT ? ? "8"     a digit begins; its label
//	.PEN_DOWN
//	 267  333                  points, y up
//	.PEN_UP
//	.DT 100                    other keywords mean nothing here
//
// Each digit comes scaled into its own square: the longer side of its box is
// 0..1, the shorter one in the middle, y down. Writer is 0: the text does not
// tell. A pen that goes down without a point leaves no stroke; a digit without
// a stroke, and a file without a digit, are errors that name the line.
func ReadUnipen(r io.Reader) ([]Drawing, error) {
	u := unipen{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		u.line++
		if err := u.read(strings.Fields(lines.Text())); err != nil {
			return nil, fmt.Errorf("unipen: line %d: %w", u.line, err)
		}
	}
	u.line++
	err := lines.Err()
	if err == nil {
		err = u.finish()
	}
	if err == nil && len(u.drawings) == 0 {
		err = errors.New("the file ends, want a .SEGMENT DIGIT")
	}
	if err != nil {
		return nil, fmt.Errorf("unipen: line %d: %w", u.line, err)
	}
	for i, d := range u.drawings {
		u.drawings[i].Strokes = Squared(d.Strokes)
	}
	return u.drawings, nil
}

// unipen is what has been read so far.
type unipen struct {
	drawings []Drawing
	line     int // from 1
	points   int // of all drawings
	down     bool
}

// read takes the fields of one line.
func (u *unipen) read(fields []string) error {
	switch {
	case len(fields) == 0:
	case fields[0] == ".SEGMENT":
		return u.segment(fields[1:])
	case fields[0] == ".PEN_DOWN":
		return u.penDown()
	case fields[0] == ".PEN_UP":
		u.down = false
	case u.down && fields[0][0] != '.':
		return u.point(fields)
	}
	return nil
}

// segment begins a digit; its label is the last field.
func (u *unipen) segment(fields []string) error {
	if err := u.finish(); err != nil {
		return err
	}
	if len(fields) < 2 || fields[0] != "DIGIT" {
		return fmt.Errorf(`got .SEGMENT %s, want .SEGMENT DIGIT ? ? "0".."9"`, strings.Join(fields, " "))
	}
	text := fields[len(fields)-1]
	label, err := strconv.Atoi(strings.Trim(text, `"`))
	if err != nil || label < 0 || label > 9 {
		return fmt.Errorf(`label is %s, want "0".."9"`, text)
	}
	if len(u.drawings) == maxDrawings {
		return fmt.Errorf("more than %d digits, want at most that", maxDrawings)
	}
	u.drawings = append(u.drawings, Drawing{Label: label})
	return nil
}

// penDown begins a stroke, which finish or the next one drops if it stays empty.
func (u *unipen) penDown() error {
	if len(u.drawings) == 0 {
		return errors.New("got .PEN_DOWN, want a .SEGMENT DIGIT first")
	}
	u.down = true
	d := u.last()
	if n := len(d.Strokes); n == 0 || len(d.Strokes[n-1]) > 0 {
		d.Strokes = append(d.Strokes, nil)
	}
	return nil
}

// point adds a point to the stroke.
func (u *unipen) point(fields []string) error {
	if len(fields) != 2 {
		return fmt.Errorf("got %d numbers, want x and y", len(fields))
	}
	if u.points == maxPoints {
		return fmt.Errorf("more than %d points, want at most that", maxPoints)
	}
	x, errX := strconv.ParseFloat(fields[0], 32)
	y, errY := strconv.ParseFloat(fields[1], 32)
	if errX != nil || errY != nil || !finite(float32(x)) || !finite(float32(y)) {
		return fmt.Errorf("got point %.40q, want two finite numbers", strings.Join(fields, " "))
	}
	u.points++
	stroke := &u.last().Strokes[len(u.last().Strokes)-1]
	*stroke = append(*stroke, ink.Point{X: float32(x), Y: -float32(y)})
	return nil
}

// finish ends the digit that is being read, if any.
func (u *unipen) finish() error {
	if len(u.drawings) == 0 {
		return nil
	}
	d := u.last()
	if n := len(d.Strokes); n > 0 && len(d.Strokes[n-1]) == 0 {
		d.Strokes = d.Strokes[:n-1]
	}
	if len(d.Strokes) == 0 {
		return fmt.Errorf("digit %d ends without a point", len(u.drawings))
	}
	u.down = false
	return nil
}

func (u *unipen) last() *Drawing { return &u.drawings[len(u.drawings)-1] }

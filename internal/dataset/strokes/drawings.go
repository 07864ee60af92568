// Package strokes holds drawings as strokes: it reads and writes stroke JSON, reads
// UNIPEN, and places drawings on the pad.
package strokes

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Drawing is what somebody drew, as strokes.
type Drawing struct {
	Label   int          // class, 0..65535; -1 where unknown
	Writer  int          // who drew it, from 1; 0 where unknown
	Strokes []ink.Stroke // in the order drawn, any unit, y down
	Traced  bool         // they were found in a picture: nobody knows in which order, nor which way
}

// Step returns how far an image of the drawing goes.
func (d Drawing) Step() ink.Step {
	if d.Traced {
		return ink.Centred
	}
	return ink.Written
}

// File is what a stroke file holds. Where labels are texts, Names are the different
// ones, numbers by value and before texts, and a drawing's label is a place in it;
// Names is nil where all labels are numbers.
type File struct {
	Drawings []Drawing
	Names    []string
}

// Endings are those of the names of stroke files, which may have .gz behind.
var Endings = []string{".json", ".ndjson", ".jsonl"}

// IsNamed reports whether a file has the name of stroke JSON.
func IsNamed(path string) bool {
	name := strings.TrimSuffix(strings.ToLower(path), ".gz")
	return slices.Contains(Endings, filepath.Ext(name))
}

// Read reads stroke JSON from a file, packed with gzip or not: a list
// of drawings, or one drawing, or several one after the other (NDJSON, JSON Lines), or nothing but
// the strokes of one. Points may have a time and a pressure behind x and y, which play no
// part, or be objects. Drawings may be those of Quick, Draw! (Ha and Eck 2017), raw or
// simplified.
//
//	[{"label": 8, "writer": 1, "strokes": [[[x, y], ...], ...]}, ...]
//	{"strokes": [[[x, y], ...], ...]}
//	{"strokes": [[{"x": x, "y": y}, ...], ...]}
//	{"word": "star", "drawing": [[[x, ...], [y, ...], [time, ...]], ...]}
//	[[[x, y], ...], ...]
//
// Label, a whole number 0..65535 (5, 5.0 or 5e0) or a text, and writer may be missing or null; "traced":
// true says that the strokes were found in a picture. Other keys are passed over.
// An empty list holds no drawing. Anything else is an error that names file and
// place, counted from 1:
//
//	strokes: digits.json: drawing 17, stroke 2, point 5: x is 1e999, want a finite number
func Read(path string) (File, error) {
	file, err := os.Open(path)
	if err != nil {
		return File{}, fmt.Errorf("strokes: %w", err)
	}
	defer file.Close()
	return Decode(file, path)
}

// Decode reads as Read does, from a reader; name stands for the file in
// errors.
func Decode(r io.Reader, name string) (File, error) {
	s, err := newStrokeScanner(r)
	var drawings []Drawing
	if err == nil {
		drawings, err = s.drawings()
	}
	if err != nil {
		return File{}, fmt.Errorf("strokes: %s: %w", name, err)
	}
	names := s.labels.settle(drawings)
	return File{drawings, names}, nil
}

// Write writes drawings as stroke JSON, one per line, coordinates rounded
// to four decimals. Unknown labels and writers are left out. A coordinate that
// is not finite or a label above 65535 is an error.
func Write(w io.Writer, drawings []Drawing) error {
	out := bufio.NewWriter(w)
	before := "[\n"
	for i, d := range drawings {
		line, err := appendDrawing([]byte(before), d)
		if err != nil {
			return fmt.Errorf("strokes: drawing %d%w", i+1, err)
		}
		out.Write(line) // Flush returns its error
		before = ",\n"
	}
	if len(drawings) == 0 {
		out.WriteString("[")
	}
	out.WriteString("]\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("strokes: %w", err)
	}
	return nil
}

// appendDrawing appends one drawing's JSON; its error continues the place.
func appendDrawing(b []byte, d Drawing) ([]byte, error) {
	if d.Label > maxLabel {
		return nil, fmt.Errorf(": label is %d, want 0..%d", d.Label, maxLabel)
	}
	b = append(b, '{')
	if d.Label >= 0 {
		b = append(strconv.AppendInt(append(b, `"label":`...), int64(d.Label), 10), ',')
	}
	if d.Writer > 0 {
		b = append(strconv.AppendInt(append(b, `"writer":`...), int64(d.Writer), 10), ',')
	}
	if d.Traced {
		b = append(b, `"traced":true,`...)
	}
	b = append(b, `"strokes":[`...)
	for i, stroke := range d.Strokes {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, p := range stroke {
			if !finite(p.X) || !finite(p.Y) {
				return nil, fmt.Errorf(", stroke %d, point %d: (%v, %v), want finite numbers", i+1, j+1, p.X, p.Y)
			}
			if j > 0 {
				b = append(b, ',')
			}
			b = appendPoint(b, p)
		}
		b = append(b, ']')
	}
	return append(b, "]}"...), nil
}

func appendPoint(b []byte, p ink.Point) []byte {
	b = append(b, '[')
	b = strconv.AppendFloat(b, fourDecimals(p.X), 'f', -1, 64)
	b = append(b, ',')
	b = strconv.AppendFloat(b, fourDecimals(p.Y), 'f', -1, 64)
	return append(b, ']')
}

// fourDecimals rounds v; the sum turns -0 into 0.
func fourDecimals(v float32) float64 { return math.Round(float64(v)*1e4)/1e4 + 0 }

func finite(v float32) bool { return v-v == 0 }

package unipen

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// What a file with all that it includes may hold.
const (
	maxDepth  = 8       // includes within includes
	maxLine   = 1 << 16 // bytes
	maxPoints = 1 << 22
	maxFiles  = 1 << 10
	maxNumber = 1e9
)

// set is the components that are counted together, and the characters in them.
type set struct {
	writer     string // "" where nobody is named
	components []component
	segments   []segment
	aspect     float32 // what x is multiplied by, so that it has y's unit
}

// component is what was recorded between two changes of the pen.
type component struct {
	down   bool
	points ink.Stroke // as in the file, y up
}

// file is what has been read of a file and its includes.
type file struct {
	archive    fs.FS
	sets       []set
	coord      []string // "X", "Y", ...
	resolution map[string]float64
	down       bool
	open       bool      // numbers belong to a component
	numbers    []float64 // of a point that is not yet whole
	points     int
	files      int
}

// readFile reads a file and what it includes.
func readFile(archive fs.FS, name string) ([]set, error) {
	f := &file{archive: archive, sets: make([]set, 1), coord: []string{"X", "Y"}, resolution: map[string]float64{}}
	if err := f.read(name, 0); err != nil {
		return nil, err
	}
	f.endSet()
	return f.sets, nil
}

// read reads one file.
func (f *file) read(name string, depth int) error {
	if f.files++; depth > maxDepth || f.files > maxFiles {
		return fmt.Errorf("%s: includes too many files", name)
	}
	text, err := f.archive.Open(name)
	if err != nil {
		return err
	}
	defer text.Close()
	lines := bufio.NewScanner(text)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if err := f.line(lines.Text(), depth); err != nil {
			return fmt.Errorf("%s: line %d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// line takes one line: a keyword with what belongs to it, or numbers.
func (f *file) line(text string, depth int) error {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return nil
	}
	keyword := fields[0]
	if keyword[0] != '.' || len(keyword) > 1 && (keyword[1] >= '0' && keyword[1] <= '9') {
		if f.open {
			return f.number(fields)
		}
		return nil
	}
	f.open, f.numbers = false, f.numbers[:0]
	switch keyword {
	case ".INCLUDE":
		if len(fields) != 2 {
			return errors.New("got .INCLUDE without one name")
		}
		return f.include(strings.Trim(fields[1], `"`), depth)
	case ".COORD":
		f.coord = slices.Clone(fields[1:])
		if !slices.Contains(f.coord, "X") || !slices.Contains(f.coord, "Y") {
			return fmt.Errorf("got %q, want X and Y in it", text)
		}
	case ".X_POINTS_PER_MM", ".Y_POINTS_PER_MM", ".X_POINTS_PER_INCH", ".Y_POINTS_PER_INCH":
		if len(fields) > 1 {
			f.resolution[keyword], _ = strconv.ParseFloat(fields[1], 64)
		}
	case ".WRITER_ID":
		f.last().writer = strings.Join(fields[1:], " ")
	case ".START_SET":
		f.startSet()
	case ".PEN_DOWN", ".PEN_UP":
		f.down, f.open = keyword == ".PEN_DOWN", true
		f.last().components = append(f.last().components, component{down: f.down})
		return f.number(fields[1:])
	case ".SEGMENT":
		return f.segment(text, fields[1:])
	}
	return nil
}

// include reads a file below the folder include. One that is not there counts for
// nothing: descriptions of alphabets and words are often left out.
func (f *file) include(name string, depth int) error {
	name = path.Join("include", name)
	if !fs.ValidPath(name) || !strings.HasPrefix(name, "include/") {
		return fmt.Errorf("got .INCLUDE of %s, want a file below include", name)
	}
	if _, err := fs.Stat(f.archive, name); err != nil {
		return nil
	}
	return f.read(name, depth+1)
}

// number takes numbers of points: each has as many as .COORD says.
func (f *file) number(fields []string) error {
	for _, field := range fields {
		v, err := strconv.ParseFloat(field, 64)
		if err != nil || !(math.Abs(v) <= maxNumber) {
			return fmt.Errorf("got %.40q, want a number up to %v", field, float64(maxNumber))
		}
		if f.numbers = append(f.numbers, v); len(f.numbers) < len(f.coord) {
			continue
		}
		if f.points++; f.points > maxPoints {
			return fmt.Errorf("more than %d points, want at most that", maxPoints)
		}
		c := &f.last().components[len(f.last().components)-1]
		c.points = append(c.points, ink.Point{
			X: float32(f.numbers[slices.Index(f.coord, "X")]),
			Y: float32(f.numbers[slices.Index(f.coord, "Y")]),
		})
		f.numbers = f.numbers[:0]
	}
	return nil
}

func (f *file) last() *set { return &f.sets[len(f.sets)-1] }

// startSet begins to count components at 0; writer and tablet stay as they are.
func (f *file) startSet() {
	writer := f.last().writer
	f.endSet()
	f.sets = append(f.sets, set{writer: writer})
}

// endSet puts the last set in order.
func (f *file) endSet() {
	s := f.last()
	s.aspect = 1
	for _, unit := range []string{"MM", "INCH"} {
		x, y := f.resolution[".X_POINTS_PER_"+unit], f.resolution[".Y_POINTS_PER_"+unit]
		if ratio := y / x; x > 0 && y > 0 && ratio > 0.1 && ratio < 10 {
			s.aspect = float32(ratio)
			break
		}
	}
	s.number()
}

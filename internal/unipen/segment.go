package unipen

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// segment is a character: its label and where it is.
type segment struct {
	label string
	spans []span
	from  int // components before the line, where it names none; -1 where it does
	to    int // likewise, components before the next such line
}

// span is some components in a row, the last one included, and the points that
// bound it; -1 bounds nothing.
type span struct {
	first, last           int
	firstPoint, lastPoint int
}

// segment takes the words behind .SEGMENT: level, components, quality and label.
// Levels other than CHARACTER, and characters whose quality is BAD, count for
// nothing.
func (f *file) segment(line string, fields []string) error {
	if len(fields) == 0 || fields[0] != "CHARACTER" {
		return nil
	}
	s := f.last()
	if n := len(s.segments); n > 0 && s.segments[n-1].from >= 0 && s.segments[n-1].to < 0 {
		s.segments[n-1].to = len(s.components)
	}
	label, ok := quoted(line)
	if len(fields) < 3 || !ok {
		return fmt.Errorf(`got %q, want .SEGMENT CHARACTER 1-2 OK "a"`, line)
	}
	one := segment{label: label, from: -1, to: -1}
	if fields[1] == "?" || strings.HasPrefix(fields[1], `"`) {
		one.from = len(s.components)
	} else {
		var err error
		if one.spans, err = parseSpans(fields[1]); err != nil {
			return err
		}
	}
	if fields[2] == "BAD" {
		one.label = "" // it still ends the one before
	}
	s.segments = append(s.segments, one)
	return nil
}

// quoted returns the text between the first and the last quote of a line, with \" and
// \\ read as one character.
func quoted(line string) (string, bool) {
	from, to := strings.IndexByte(line, '"'), strings.LastIndexByte(line, '"')
	if from == to {
		return "", false
	}
	text := line[from+1 : to]
	if len(text) == 2 && text[0] == '\\' {
		text = text[1:]
	}
	return text, true
}

// parseSpans reads "12-14,16:3-17:9".
func parseSpans(text string) ([]span, error) {
	var spans []span
	for part := range strings.SplitSeq(text, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		var s span
		var errFirst, errLast error
		s.first, s.firstPoint, errFirst = parsePlace(first)
		s.last, s.lastPoint, errLast = parsePlace(last)
		if err := errors.Join(errFirst, errLast); err != nil || s.last < s.first || s.first == s.last && s.lastPoint >= 0 &&
			s.lastPoint < s.firstPoint {
			return nil, fmt.Errorf("got components %q, want such as 12-14 or 16:3-17:9", text)
		}
		spans = append(spans, s)
	}
	return spans, nil
}

// parsePlace reads "16" or "16:3"; point is -1 where it is not named.
func parsePlace(text string) (component, point int, err error) {
	number, sub, named := strings.Cut(text, ":")
	at, err := strconv.ParseUint(number, 10, 24)
	if err != nil || !named {
		return int(at), -1, err
	}
	p, err := strconv.ParseUint(sub, 10, 24)
	return int(at), int(p), err
}

// number drops the components without a point, which do not count, and tells the
// segments that name no components which are theirs.
func (s *set) number() {
	before := make([]int, len(s.components)+1) // components with a point before each
	for i, c := range s.components {
		before[i+1] = before[i]
		if len(c.points) > 0 {
			before[i+1]++
		}
	}
	for i := range s.segments {
		one := &s.segments[i]
		if one.from < 0 {
			continue
		}
		if one.to < 0 {
			one.to = len(s.components)
		}
		if first, end := before[one.from], before[one.to]; first < end {
			one.spans = []span{{first, end - 1, -1, -1}}
		}
	}
	s.components = slices.DeleteFunc(s.components, func(c component) bool { return len(c.points) == 0 })
}

// cut returns the strokes of a segment, with x in y's unit.
func (s *set) cut(one segment) ([]ink.Stroke, error) {
	var strokes []ink.Stroke
	for _, part := range one.spans {
		if part.last >= len(s.components) {
			return nil, fmt.Errorf("component %d is named, there are %d", part.last, len(s.components))
		}
		for at := part.first; at <= part.last; at++ {
			points := s.components[at].points
			from, to := 0, len(points)
			if at == part.first && part.firstPoint >= 0 {
				from = part.firstPoint
			}
			if at == part.last && part.lastPoint >= 0 {
				to = min(to, part.lastPoint+1)
			}
			if !s.components[at].down || from >= to {
				continue
			}
			stroke := slices.Clone(points[from:to])
			for i := range stroke {
				stroke[i].X *= s.aspect
			}
			strokes = append(strokes, stroke)
		}
	}
	if len(strokes) == 0 {
		return nil, errors.New("no stroke in its components")
	}
	return strokes, nil
}

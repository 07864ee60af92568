package skeleton

import (
	"math"
	"testing"
)

const size = 62 // of the tests' masks, border included

// paint marks what a round pen of this radius covers on its way along segments.
func paint(radius float64, segments ...[2]Point) (ink []uint8, distance []float32) {
	ink, distance = make([]uint8, size*size), make([]float32, size*size)
	m := mask{size, ink}
	for y := 1; y < size-1; y++ {
		for x := 1; x < size-1; x++ {
			at := y*size + x
			for _, s := range segments {
				d, way := s[1].sub(s[0]), m.centre(at).sub(s[0])
				along := 0.0
				if length := d.dot(d); length > 0 {
					along = min(max(way.dot(d)/length, 0), 1)
				}
				if far := (Point{along * d.X, along * d.Y}).to(way); far < radius {
					ink[at], distance[at] = 1, max(distance[at], float32(radius-far))
				}
			}
		}
	}
	return ink, distance
}

// circle returns the segments of a closed line.
func circle(x, y, r float64) (all [][2]Point) {
	at := func(i int) Point {
		sin, cos := math.Sincos(float64(i) / 40 * 2 * math.Pi)
		return Point{x + r*sin, y - r*cos}
	}
	for i := range 40 {
		all = append(all, [2]Point{at(i), at(i + 1)})
	}
	return all
}

func TestLines(t *testing.T) {
	bar := [2]Point{{30, 10}, {30, 50}}
	for _, c := range []struct {
		name     string
		segments [][2]Point
		lines    int
		closed   bool // the first line ends where it began
	}{
		{"nothing", nil, 0, false},
		{"a dot", [][2]Point{{{30, 30}, {30, 30}}}, 1, true},
		{"a bar", [][2]Point{bar}, 1, false},
		{"a corner is one line", [][2]Point{bar, {{30, 50}, {50, 50}}}, 1, false},
		{"a plus is two lines", [][2]Point{bar, {{10, 30}, {50, 30}}}, 2, false},
		{"a ring", circle(30, 30, 18), 1, true},
		{"two bars", [][2]Point{{{15, 10}, {15, 50}}, {{45, 10}, {45, 50}}}, 2, false},
	} {
		ink, distance := paint(3, c.segments...)
		lines := Lines(ink, size, distance)
		if len(lines) != c.lines {
			t.Errorf("%s: got %d lines, want %d: %v", c.name, len(lines), c.lines, lines)
			continue
		}
		if c.lines > 0 {
			if first := lines[0]; (first[0] == first[len(first)-1]) != c.closed {
				t.Errorf("%s: got %v, want closed %v", c.name, first, c.closed)
			}
		}
		for _, line := range lines {
			for _, p := range line {
				if off := distanceFrom(p, c.segments); !(off < 1.5) {
					t.Errorf("%s: got the point %v, %.2f pixels beside the pen's way", c.name, p, off)
				}
			}
		}
	}
}

// distanceFrom returns how far a point lies from the nearest segment.
func distanceFrom(p Point, segments [][2]Point) float64 {
	nearest := math.Inf(1)
	for _, s := range segments {
		d, way := s[1].sub(s[0]), p.sub(s[0])
		along := 0.0
		if length := d.dot(d); length > 0 {
			along = min(max(way.dot(d)/length, 0), 1)
		}
		nearest = min(nearest, way.to(Point{along * d.X, along * d.Y}))
	}
	return nearest
}

func TestSpaced(t *testing.T) {
	line := spaced([]Point{{0, 0}, {10, 0}}, 3)
	if len(line) != 5 || line[0] != (Point{0, 0}) || line[4] != (Point{10, 0}) || line[1].X != 2.5 {
		t.Errorf("got %v, want five points 2.5 apart", line)
	}
	if line := spaced([]Point{{4, 4}, {4, 4}}, 1); len(line) != 1 {
		t.Errorf("without length: got %v, want one point", line)
	}
}

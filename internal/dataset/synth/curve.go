package synth

import (
	"math"
)

// lineSteps is the number of steps into which a stroke is cut: a pen tablet's
// points at the usual speed of writing.
const lineSteps = 40

// curveSteps is the number of steps from one control point to the next.
const curveSteps = 12

// curve returns the smooth line through points, with a corner where one is given
// twice.
func curve(points []xy) []xy {
	var line []xy
	from := 0
	for i := 1; i <= len(points); i++ {
		if i == len(points) || points[i] == points[i-1] {
			line = append(line, spline(points[from:i])...)
			from = i
		}
	}
	return line
}

// spline returns a smooth curve through points: cubic pieces as in Catmull & Rom
// 1974, where a tangent points from the neighbour before to the one after, but
// as long as the piece it serves, so that uneven distances make no loops. The
// ends aim at their only neighbour.
func spline(points []xy) []xy {
	if len(points) == 1 {
		return points
	}
	line := []xy{points[0]}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := distance(a, b)
		ta, tb := tangent(points, i-1, length), tangent(points, i, length)
		for step := 1; step <= curveSteps; step++ {
			line = append(line, hermite(a, b, ta, tb, float64(step)/curveSteps))
		}
	}
	return line
}

// tangent returns the curve's direction at point i, as long as the piece it serves.
func tangent(points []xy, i int, length float64) xy {
	before, after := points[max(i-1, 0)], points[min(i+1, len(points)-1)]
	along := length / max(distance(before, after), 1e-9)
	return xy{along * (after[0] - before[0]), along * (after[1] - before[1])}
}

// hermite returns the cubic from a to b with tangents ta and tb, at t in 0..1.
func hermite(a, b, ta, tb xy, t float64) xy {
	t2, t3 := t*t, t*t*t
	var p xy
	for k := range p {
		p[k] = (2*t3-3*t2+1)*a[k] + (t3-2*t2+t)*ta[k] + (3*t2-2*t3)*b[k] + (t3-t2)*tb[k]
	}
	return p
}

// resampled returns the line in steps+1 points at equal distances along it.
func resampled(line []xy, steps int) []xy {
	total := 0.0
	for i := 1; i < len(line); i++ {
		total += distance(line[i-1], line[i])
	}
	out := []xy{line[0]}
	done := 0.0
	for i := 1; i < len(line); i++ {
		length := distance(line[i-1], line[i])
		for len(out) < steps && done+length >= total*float64(len(out))/float64(steps) {
			t := (total*float64(len(out))/float64(steps) - done) / max(length, 1e-9)
			out = append(out, between(line[i-1], line[i], t))
		}
		done += length
	}
	return append(out, line[len(line)-1])
}

// smoothed takes the edge off corners: rounds times, each inner point moves half
// the way to the middle of its neighbours.
func smoothed(line []xy, rounds int) []xy {
	for range rounds {
		before := line[0]
		for i := 1; i < len(line)-1; i++ {
			here := line[i]
			line[i] = between(here, between(before, line[i+1], 0.5), 0.5)
			before = here
		}
	}
	return line
}

func between(a, b xy, t float64) xy {
	return xy{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])}
}

func distance(a, b xy) float64 { return math.Hypot(b[0]-a[0], b[1]-a[1]) }

package synth

import (
	"math"
	"testing"
)

// The curve goes through every control point of every skeleton, in their order,
// and never far from the way between them.
func TestCurvePassesControlPoints(t *testing.T) {
	for digit, ways := range skeletons {
		for _, s := range ways {
			for _, points := range s.strokes {
				line := curve(points)
				at := 0
				for _, p := range points {
					for at < len(line) && distance(line[at], p) > 1e-9 {
						at++
					}
				}
				if at == len(line) {
					t.Errorf("%d, %s: got a curve that misses a control point", digit, s.name)
				}
				for _, p := range line {
					if p[0] < -10 || p[0] > 100 || p[1] < -10 || p[1] > 110 {
						t.Errorf("%d, %s: got %v on the curve, want it near the control points", digit, s.name, p)
					}
				}
			}
		}
	}
}

func TestCurveOfFewPoints(t *testing.T) {
	for name, points := range map[string][]xy{
		"one":        {{1, 2}},
		"two":        {{1, 2}, {3, 4}},
		"two equal":  {{1, 2}, {1, 2}},
		"back again": {{1, 2}, {3, 4}, {1, 2}},
	} {
		for _, p := range resampled(curve(points), lineSteps) {
			if math.IsNaN(p[0]) || math.IsNaN(p[1]) {
				t.Errorf("%s: got NaN", name)
			}
		}
	}
}

func TestResampled(t *testing.T) {
	line := resampled([]xy{{0, 0}, {0.1, 0}, {3, 0}, {3, 4}}, 7)
	if len(line) != 8 {
		t.Fatalf("got %d points, want 8", len(line))
	}
	for i, p := range line {
		want := xy{min(float64(i), 3), max(float64(i)-3, 0)}
		if distance(p, want) > 1e-9 {
			t.Errorf("point %d: got %v, want %v", i, p, want)
		}
	}
}

func TestSmoothedKeepsEnds(t *testing.T) {
	line := smoothed([]xy{{0, 0}, {1, 4}, {2, 0}}, 1)
	if want := (xy{1, 2}); line[1] != want || line[0] != (xy{0, 0}) || line[2] != (xy{2, 0}) {
		t.Errorf("got %v, want the middle at %v and the ends kept", line, want)
	}
}

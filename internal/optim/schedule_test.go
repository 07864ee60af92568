package optim

import (
	"math"
	"testing"
)

func TestSchedules(t *testing.T) {
	for _, c := range []struct {
		name        string
		schedule    Schedule
		step, steps int
		want        float64
	}{
		{"constant, first", Constant(), 0, 10, 1},
		{"constant, last", Constant(), 9, 10, 1},
		{"cosine, first", Cosine(0), 0, 100, 1},
		{"cosine, a third", Cosine(0), 30, 90, 0.75},
		{"cosine, half", Cosine(0), 50, 100, 0.5},
		{"cosine, last", Cosine(0), 99, 100, 0.00024671981713},
		{"warm-up, first", Cosine(0.2), 0, 100, 1. / 21},
		{"warm-up, last", Cosine(0.2), 19, 100, 20. / 21},
		{"after the warm-up", Cosine(0.2), 20, 100, 1},
		{"half after the warm-up", Cosine(0.2), 60, 100, 0.5},
		{"warm-up of less than a step", Cosine(0.2), 0, 2, 1},
		{"warm-up of all steps", Cosine(0.9), 1, 2, 2. / 3},
		{"one step", Cosine(0.05), 0, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.schedule(c.step, c.steps); math.Abs(float64(got)-c.want) > 1e-6 {
				t.Errorf("step %d of %d: got %v, want %v", c.step, c.steps, got, c.want)
			}
		})
	}
}

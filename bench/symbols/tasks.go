package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// task is one draw: examples to learn some symbols from, drawings of them by others or
// by the same hand, and drawings of none of them.
type task struct {
	classes  int
	examples []strokes.Drawing // labels are 0..classes-1
	tests    []strokes.Drawing
	unknown  []strokes.Drawing // labels do not count
}

// omniglotClasses is how many symbols a task has, and how many others are unknown.
const omniglotClasses = 20

// strangers returns a task of 20 symbols drawn at random from the alphabets, with shots
// examples each, by as many people; all others of their alphabet draw the tests. The
// unknown are 20 other characters by the same others.
func strangers(drawn dataset.Drawn, shots int, random *rand.Rand) task {
	present := map[int]bool{}
	for _, d := range drawn.Train {
		present[d.Label] = true
	}
	var classes []int
	for class := range present {
		classes = append(classes, class)
	}
	slices.Sort(classes)
	random.Shuffle(len(classes), func(i, j int) { classes[i], classes[j] = classes[j], classes[i] })
	known := min(omniglotClasses, len(classes)/2)
	teachers := map[int]bool{}
	for alphabet := 1; alphabet < 10; alphabet++ {
		for _, k := range random.Perm(20)[:shots] {
			teachers[100*alphabet+k+1] = true
		}
	}
	t := task{classes: known}
	for _, d := range drawn.Train {
		place := slices.Index(classes, d.Label)
		switch {
		case place < known && teachers[d.Writer]:
			d.Label = place
			t.examples = append(t.examples, d)
		case place < known:
			d.Label = place
			t.tests = append(t.tests, d)
		case place < 2*known && !teachers[d.Writer]:
			t.unknown = append(t.unknown, d)
		}
	}
	return t
}

// asked is how many drawings of a digit by one writer are read in a draw.
const asked = 5

// sameHand returns the tasks of one draw: for each writer the ten digits, with shots
// examples each, and others by the same writer as tests.
func sameHand(drawn dataset.Drawn, shots int, random *rand.Rand) []task {
	byWriter := map[int][]strokes.Drawing{}
	var writers []int
	for _, d := range drawn.Train {
		if byWriter[d.Writer] == nil {
			writers = append(writers, d.Writer)
		}
		byWriter[d.Writer] = append(byWriter[d.Writer], d)
	}
	var tasks []task
	for _, w := range writers {
		t := task{classes: len(drawn.Classes)}
		ds := byWriter[w]
		count := make([]int, t.classes)
		for _, i := range random.Perm(len(ds)) {
			d := ds[i]
			count[d.Label]++
			switch n := count[d.Label]; {
			case n <= shots:
				t.examples = append(t.examples, d)
			case n <= shots+asked:
				t.tests = append(t.tests, d)
			}
		}
		tasks = append(tasks, t)
	}
	return tasks
}

// othersHands returns a task of the ten digits with one example of each by every
// teacher; the drawings of others are the tests.
func othersHands(teachers, others dataset.Drawn, random *rand.Rand) task {
	t := task{classes: len(teachers.Classes), tests: others.Train}
	seen := map[string]bool{}
	for _, i := range random.Perm(len(teachers.Train)) {
		d := teachers.Train[i]
		if key := fmt.Sprint(d.Writer, d.Label); !seen[key] {
			seen[key] = true
			t.examples = append(t.examples, d)
		}
	}
	return t
}

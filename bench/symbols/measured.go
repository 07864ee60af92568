package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat"
)

// measured is what a recognizer reaches, one value a draw.
type measured struct {
	right   []float64 // share of the tests
	passed  []float64 // share of the tests that are sure, by the model's own threshold
	refused []float64 // share of the unknown that are not
	at95    []float64 // share of the unknown that are less sure than 95 % of the draw's tests
	seconds float64   // of all answers
	answers int
}

// sure is implemented by recognizers with a threshold.
type sure interface{ threshold() float64 }

// draw learns and asks the tasks of one draw.
func (m *measured) draw(l learner, tasks []task) {
	var right, passed, tests, refused, unknown, below float64
	for _, t := range tasks {
		r := l.new()
		r.learn(t)
		least := math.Inf(-1)
		if s, ok := r.(sure); ok {
			least = s.threshold()
		}
		var scores []float64
		start := time.Now()
		for _, d := range t.tests {
			label, score := r.answer(d)
			if label == d.Label {
				right++
			}
			if score >= least {
				passed++
			}
			scores = append(scores, score)
		}
		m.seconds += time.Since(start).Seconds()
		m.answers += len(t.tests)
		slices.Sort(scores)
		for _, d := range t.unknown {
			_, score := r.answer(d)
			if score < least {
				refused++
			}
			if score < scores[len(scores)/20] {
				below++
			}
		}
		tests, unknown = tests+float64(len(t.tests)), unknown+float64(len(t.unknown))
	}
	m.right, m.passed = append(m.right, right/tests), append(m.passed, passed/tests)
	if unknown > 0 {
		m.refused, m.at95 = append(m.refused, refused/unknown), append(m.at95, below/unknown)
	}
}

// print writes the means with their intervals.
func (m *measured) print(w io.Writer, name string) {
	fmt.Fprintf(w, "  %s %s", name, interval(m.right))
	if stat.Mean(m.passed, nil) < 1 { // it has a threshold
		fmt.Fprintf(w, ", passed %s", interval(m.passed))
		if m.refused != nil {
			fmt.Fprintf(w, ", refused %s", interval(m.refused))
		}
	}
	if m.at95 != nil {
		fmt.Fprintf(w, ", refused at 95 %% passed %s", interval(m.at95))
	}
	fmt.Fprintf(w, " (%.2f ms)", 1000*m.seconds/float64(m.answers))
}

// interval writes a mean of shares in percent, with the half of its 95 % interval
// (normal, over draws).
func interval(shares []float64) string {
	mean, deviation := stat.MeanStdDev(shares, nil)
	return fmt.Sprintf("%.1f±%.1f", 100*mean, 196*deviation/math.Sqrt(float64(len(shares))))
}

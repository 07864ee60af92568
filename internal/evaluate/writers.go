package evaluate

import (
	"slices"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// WriterEvaluation says how differently people are read: the accuracy of each, 0..1.
type WriterEvaluation struct {
	Count      int     `json:"count"`       // people
	Median     float64 `json:"median"`      // of their accuracies
	WorstTenth float64 `json:"worst_tenth"` // mean accuracy of the tenth of them who are read worst, one at least
}

// byWriter returns the accuracies for the writers of the set, nil if fewer than two are
// known.
func (a *answers) byWriter() *WriterEvaluation {
	right, count := map[int]int{}, map[int]int{}
	for i, writer := range a.set.Writers {
		count[writer]++
		if a.right[i] {
			right[writer]++
		}
	}
	if len(count) < 2 {
		return nil
	}
	var accuracies []float64
	for writer, n := range count {
		accuracies = append(accuracies, metrics.Share(right[writer], n))
	}
	slices.Sort(accuracies)
	n := len(accuracies)
	worst, sum := max(n/10, 1), 0.0
	for _, accuracy := range accuracies[:worst] {
		sum += accuracy
	}
	return &WriterEvaluation{n, (accuracies[(n-1)/2] + accuracies[n/2]) / 2, sum / float64(worst)}
}

package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/background"
	"github.com/seed-c844a918/inkling/internal/metrics"
)

// mostConfusions is how many confusions are named.
const mostConfusions = 8

// Confusion is a mistake and how often it was made.
type Confusion struct {
	Label  string `json:"label"`  // what was drawn
	Answer string `json:"answer"` // the class it was read as
	Count  int    `json:"count"`
}

// mostFrequent returns the most frequent confusions, of equal ones the first by name.
func mostFrequent(counts map[[2]string]int) []Confusion {
	var list []Confusion
	for pair, n := range counts {
		list = append(list, Confusion{pair[0], pair[1], n})
	}
	slices.SortFunc(list, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Answer, b.Answer))
	})
	return list[:min(len(list), mostConfusions)]
}

// confused returns the most frequent wrong answers.
func (a *answers) confused() []Confusion {
	counts := map[[2]string]int{}
	for i, label := range a.set.Labels {
		if !a.right[i] {
			counts[[2]string{a.set.Classes[label], a.set.Classes[a.labels[i]]}]++
		}
	}
	return mostFrequent(counts)
}

// asOne returns the accuracy with two letters counted as one class, and whether the
// classes are letters at all.
func (e Evaluation) asOne(a, b string) (accuracy float64, letters bool) {
	if background.Alphabet(e.Classes) != "letters" {
		return 0, false
	}
	place := func(letter string) int {
		return slices.IndexFunc(e.Classes, func(class string) bool { return strings.EqualFold(class, letter) })
	}
	i, k := place(a), place(b)
	return metrics.Share(e.Confusion.Right()+e.Confusion[i][k]+e.Confusion[k][i], e.Count), true
}

// inWords says confusions: "7 read as 2 (3 times)", separated by commas.
func inWords(list []Confusion) string {
	var words []string
	for _, c := range list {
		words = append(words, fmt.Sprintf("%s read as %s (%d)", c.Label, c.Answer, c.Count))
	}
	return strings.Join(words, ", ")
}

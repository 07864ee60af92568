package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
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

// inWords says confusions: "7 read as 2 (3 times)", separated by commas.
func inWords(list []Confusion) string {
	var words []string
	for _, c := range list {
		words = append(words, fmt.Sprintf("%s read as %s (%d)", c.Label, c.Answer, c.Count))
	}
	return strings.Join(words, ", ")
}

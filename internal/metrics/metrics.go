// Package metrics measures what a classifier answers.
package metrics

// ArgMax returns the index of the largest probability, the first of equals; it
// panics on an empty slice.
func ArgMax(probabilities []float32) int {
	best := 0
	for i, p := range probabilities {
		if p > probabilities[best] {
			best = i
		}
	}
	return best
}

// Confusion counts answers: element [label][predicted], a row for each true
// class.
type Confusion [][]int

// NewConfusion returns an empty matrix for this many classes.
func NewConfusion(classes int) Confusion {
	c := make(Confusion, classes)
	for i := range c {
		c[i] = make([]int, classes)
	}
	return c
}

// Add counts one answer.
func (c Confusion) Add(label, predicted int) { c[label][predicted]++ }

// Count returns the number of answers.
func (c Confusion) Count() int {
	total := 0
	for _, row := range c {
		for _, n := range row {
			total += n
		}
	}
	return total
}

// Right returns the number of right answers.
func (c Confusion) Right() int {
	right := 0
	for i := range c {
		right += c[i][i]
	}
	return right
}

// Accuracy returns the share of right answers, 0..1; 0 without any answer.
func (c Confusion) Accuracy() float64 { return Share(c.Right(), c.Count()) }

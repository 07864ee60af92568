package metrics

import (
	"cmp"
	"slices"
)

// Part returns the matrix of some classes: the counts of their images that were
// answered as one of them, in the order of classes.
func (c Confusion) Part(classes []int) Confusion {
	part := NewConfusion(len(classes))
	for i, label := range classes {
		for j, predicted := range classes {
			part[i][j] = c[label][predicted]
		}
	}
	return part
}

// MostConfused returns the n classes that have most part in wrong answers, as label
// or as answer, in the order of the matrix; of equal ones the first.
func (c Confusion) MostConfused(n int) []int {
	wrong := make([]int, len(c))
	order := make([]int, len(c))
	for i, row := range c {
		order[i] = i
		for j, count := range row {
			if i != j {
				wrong[i] += count
				wrong[j] += count
			}
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(wrong[j], wrong[i]) })
	order = order[:min(n, len(order))]
	slices.Sort(order)
	return order
}

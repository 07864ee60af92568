package fewshot

import (
	"cmp"
	"slices"
)

// Pair is two symbols that are hard to tell apart.
type Pair struct {
	A, B     string // names; drawings of either are taken for the other
	Mistaken int    // examples of both that are, each read by the means of all others
	Of       int    // examples of both
}

// mostAsked bounds how many examples Alike asks about.
const mostAsked = 1000

// Alike returns how many examples are read right by what the others teach (leave one
// out), of how many, and the symbols that are taken for one another, the most mistaken
// first. Symbols of one example are not asked about. Of large sets it asks about 1,000
// examples, evenly spread.
func (s *Set) Alike() (right, asked int, pairs []Pair) {
	counts, sums := make([]int, len(s.names)), make([][]float32, len(s.names))
	for i := range sums {
		sums[i] = make([]float32, s.encoder.Size())
	}
	for _, e := range s.examples {
		counts[e.Class]++
		e.Feature.addTo(sums[e.Class], 1)
	}
	directions, means := make([][]float32, len(sums)), make([]mean, len(sums))
	for i, sum := range sums {
		directions[i] = slices.Clone(sum)
		means[i] = mean{vector: directions[i], count: counts[i]}
		means[i].measure()
	}
	rho := alike(means, Usual.Alike)
	mistaken := map[[2]int]int{}
	step := max(len(s.examples)/mostAsked, 1)
	for at := 0; at < len(s.examples); at += step {
		e := s.examples[at]
		if counts[e.Class] < 2 {
			continue
		}
		asked++
		x, own := e.Feature.floats(), slices.Clone(sums[e.Class])
		e.Feature.addTo(own, -1)
		unit(own)
		best, nearest := e.Class, dot(x, own)*rise(counts[e.Class]-1, rho)
		for k, direction := range directions {
			if k == e.Class || counts[k] == 0 {
				continue
			}
			if c := dot(x, direction) * rise(counts[k], rho); c > nearest {
				best, nearest = k, c
			}
		}
		if best == e.Class {
			right++
			continue
		}
		mistaken[[2]int{min(best, e.Class), max(best, e.Class)}]++
	}
	for p, n := range mistaken {
		pairs = append(pairs, Pair{s.names[p[0]], s.names[p[1]], n, counts[p[0]] + counts[p[1]]})
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Mistaken, a.Mistaken), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return right, asked, pairs
}

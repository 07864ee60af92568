package main

import (
	"context"
	"fmt"
	"io"
	"slices"
)

// result is one training run, in the words of the peers' scripts.
type result struct {
	Seconds         float64 `json:"seconds"`           // of training, without loading
	ImagesPerSecond float64 `json:"images_per_second"` // to train on
	Accuracy        float64 `json:"accuracy"`          // 0..1 on the validation part, else on the training images
	Cores           float64 `json:"cores"`             // CPU time to time
	Form            string  `json:"form,omitempty"`    // what a peer chose to run
}

// side is one of two that are compared.
type side struct {
	name string
	run  func(context.Context) (result, error)
}

// pair is one run of each side, one after the other.
type pair struct {
	Ours   result  `json:"ours"`
	Theirs result  `json:"theirs"`
	Ratio  float64 `json:"ratio"` // ours to theirs, images a second
}

// contest is one comparison.
type contest struct {
	Title  string  `json:"title"`
	Least  float64 `json:"least,omitempty"` // ratio that is wanted, 0 for none
	Pairs  []pair  `json:"pairs"`
	Median pair    `json:"median"` // of each figure by itself

	ours, theirs side
	pairs        int
}

// run lets the sides run in turn and prints each pair and the medians.
func (c *contest) run(ctx context.Context, stdout, stderr io.Writer) error {
	for i := range c.pairs {
		fmt.Fprintf(stderr, "%s: pair %d of %d\n", c.Title, i+1, c.pairs)
		ours, err := c.ours.run(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", c.ours.name, err)
		}
		theirs, err := c.theirs.run(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", c.theirs.name, err)
		}
		if i == 0 {
			c.printHead(stdout, theirs)
		}
		c.Pairs = append(c.Pairs, pair{ours, theirs, ours.ImagesPerSecond / theirs.ImagesPerSecond})
		printPair(stdout, fmt.Sprint(i+1), c.Pairs[i])
	}
	c.Median = medianPair(c.Pairs)
	printPair(stdout, "median", c.Median)
	return nil
}

// printHead prints what runs and the columns of printPair.
func (c *contest) printHead(w io.Writer, theirs result) {
	name := c.theirs.name
	if theirs.Form != "" {
		name += " (" + theirs.Form + ")"
	}
	fmt.Fprintf(w, "\n%s: %s and %s\n", c.Title, c.ours.name, name)
	fmt.Fprintf(w, "%-8s%28s%28s%9s\n", "", "ours", "theirs", "")
	fmt.Fprintf(w, "%-8s%s%s%9s\n", "pair", resultHead, resultHead, "ratio")
}

// resultHead are the columns of a result.
const resultHead = "       s  images/s  cores  acc."

// printPair prints one line.
func printPair(w io.Writer, name string, p pair) {
	columns := func(r result) string {
		return fmt.Sprintf("%8.2f%10.0f%7.2f%6.3f", r.Seconds, r.ImagesPerSecond, r.Cores, r.Accuracy)
	}
	fmt.Fprintf(w, "%-8s%s%s%9.2f\n", name, columns(p.Ours), columns(p.Theirs), p.Ratio)
}

// medianPair takes the median of each figure of one pair or more.
func medianPair(pairs []pair) pair {
	of := func(figure func(pair) float64) float64 {
		values := make([]float64, len(pairs))
		for i, p := range pairs {
			values[i] = figure(p)
		}
		return median(values)
	}
	results := func(side func(pair) result) result {
		return result{
			Seconds:         of(func(p pair) float64 { return side(p).Seconds }),
			ImagesPerSecond: of(func(p pair) float64 { return side(p).ImagesPerSecond }),
			Accuracy:        of(func(p pair) float64 { return side(p).Accuracy }),
			Cores:           of(func(p pair) float64 { return side(p).Cores }),
		}
	}
	return pair{
		Ours:   results(func(p pair) result { return p.Ours }),
		Theirs: results(func(p pair) result { return p.Theirs }),
		Ratio:  of(func(p pair) float64 { return p.Ratio }),
	}
}

// median returns the middle of one value or more, of an even number the mean of the
// middle two.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
)

// description is what data prints of a set.
type description struct {
	Name    string      `json:"name"`
	Classes []string    `json:"classes"`
	Parts   []partSum   `json:"parts"`
	Writers []writerSum `json:"writers,omitempty"` // of a set with writers
}

// writerSum is how many digits one writer wrote.
type writerSum struct {
	Writer int `json:"writer"` // 0 where unknown
	Count  int `json:"count"`
}

// partSum describes the training or the test images.
type partSum struct {
	Part   string  `json:"part"`  // "train" or "test"
	Shape  [3]int  `json:"shape"` // images, height, width
	Min    uint8   `json:"min"`   // of the pixels, 0..255
	Max    uint8   `json:"max"`
	Mean   float64 `json:"mean"`
	Counts []int   `json:"counts"` // images of each class
}

// describePair measures the parts of a set.
func describePair(name string, pair dataset.Pair) description {
	d := description{Name: name, Classes: pair.Train.Classes, Parts: []partSum{describeSet("train", pair.Train)}}
	if pair.Test != nil {
		d.Parts = append(d.Parts, describeSet("test", pair.Test))
	}
	return d
}

// describeSet measures one part.
func describeSet(part string, set *dataset.Set) partSum {
	sum := partSum{Part: part, Shape: [3]int{set.Len(), set.Height, set.Width}, Counts: make([]int, len(set.Classes))}
	for _, label := range set.Labels {
		sum.Counts[label]++
	}
	if len(set.Pixels) == 0 {
		return sum
	}
	sum.Min, sum.Max = slices.Min(set.Pixels), slices.Max(set.Pixels)
	total := 0
	for _, p := range set.Pixels {
		total += int(p)
	}
	sum.Mean = float64(total) / float64(len(set.Pixels))
	return sum
}

// countWriters counts the drawings of each writer, by number.
func countWriters(drawings []strokes.Drawing) []writerSum {
	counts := map[int]int{}
	for _, d := range drawings {
		counts[d.Writer]++
	}
	var writers []writerSum
	for _, writer := range slices.Sorted(maps.Keys(counts)) {
		writers = append(writers, writerSum{writer, counts[writer]})
	}
	return writers
}

// print writes the description as tables.
func (d description) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\tshape\tdtype\tmin\tmax\tmean\n", d.Name)
	for _, p := range d.Parts {
		fmt.Fprintf(table, "%s\t(%d, %d, %d)\tuint8\t%d\t%d\t%.2f\n", p.Part, p.Shape[0], p.Shape[1], p.Shape[2], p.Min, p.Max, p.Mean)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	table.Init(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "class")
	for _, p := range d.Parts {
		fmt.Fprint(table, "\t", p.Part)
	}
	for i, class := range d.Classes {
		fmt.Fprintf(table, "\n%s", class)
		for _, p := range d.Parts {
			fmt.Fprintf(table, "\t%d", p.Counts[i])
		}
	}
	if len(d.Writers) > 0 {
		fmt.Fprint(table, "\n\nwriter\tdrawings")
	}
	for _, writer := range d.Writers {
		fmt.Fprintf(table, "\n%d\t%d", writer.Writer, writer.Count)
	}
	fmt.Fprintln(table)
	return table.Flush()
}

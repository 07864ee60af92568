// Package survey measures data sets, as a notebook looks at them first: shapes,
// the range of the pixels, and how many images each class has.
package survey

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/pixels"
	"github.com/seed-c844a918/inkling/internal/plain"
)

// Description holds the measures of a data set.
type Description struct {
	Name    string   `json:"name"`
	Classes []string `json:"classes"`
	Parts   []Part   `json:"parts"`
	Writers []Writer `json:"writers,omitempty"` // of pen

	Values     string   `json:"values,omitempty"` // of somebody's own tables, arrays and IDX files: what is black and what is white, "0..1"
	Inverted   bool     `json:"inverted,omitempty"`
	Transposed bool     `json:"transposed,omitempty"`
	Notes      []string `json:"notes,omitempty"` // what was assumed of somebody's own data, and what was left out
}

// Writer counts the drawings of one writer.
type Writer struct {
	Writer int `json:"writer"` // 0 where unknown
	Count  int `json:"count"`
}

// Part holds the measures of the training or the test images.
type Part struct {
	Part   string  `json:"part"`  // "train", "validation" or "test"
	Shape  [3]int  `json:"shape"` // images, height, width
	Min    uint8   `json:"min"`   // of the pixels, 0..255
	Max    uint8   `json:"max"`
	Mean   float64 `json:"mean"`
	Counts []int   `json:"counts"` // images of each class
}

// Pair returns the description of a set.
func Pair(name string, pair dataset.Pair) Description {
	d := Description{Name: name, Classes: pair.Train.Classes, Parts: []Part{newPart("train", pair.Train)}}
	if pair.Validation != nil {
		d.Parts = append(d.Parts, newPart("validation", pair.Validation))
	}
	if pair.Test != nil {
		d.Parts = append(d.Parts, newPart("test", pair.Test))
	}
	return d
}

// Read adds how somebody's own data were read.
func (d *Description) Read(o *own.Data) {
	if o.Numbers {
		low, high := o.Source.Range()
		d.Values = pixels.Range{Low: float64(low), High: float64(high)}.String()
	}
	d.Inverted, d.Transposed, d.Notes = o.Source.Inverted, o.Source.Transposed, o.Notes
}

// newPart measures one part.
func newPart(part string, set *dataset.Set) Part {
	sum := Part{Part: part, Shape: [3]int{set.Len(), set.Height, set.Width}, Counts: make([]int, len(set.Classes))}
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

// Writers counts the drawings of each writer, in the order of their numbers.
func Writers(drawings []strokes.Drawing) []Writer {
	counts := map[int]int{}
	for _, d := range drawings {
		counts[d.Writer]++
	}
	var writers []Writer
	for _, writer := range slices.Sorted(maps.Keys(counts)) {
		writers = append(writers, Writer{writer, counts[writer]})
	}
	return writers
}

// Print writes the description as tables.
func (d Description) Print(w io.Writer) error {
	d.Name, d.Classes = plain.Text(d.Name), plain.Texts(d.Classes)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\tshape\tdtype\tmin\tmax\tmean\n", d.Name)
	for _, p := range d.Parts {
		fmt.Fprintf(table, "%s\t(%d, %d, %d)\tuint8\t%d\t%d\t%.2f\n", p.Part, p.Shape[0], p.Shape[1], p.Shape[2], p.Min, p.Max, p.Mean)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if err := d.printReading(w); err != nil {
		return err
	}
	fmt.Fprintln(w)
	table.Init(w, 0, 0, 2, ' ', 0)
	if len(d.Classes) == 0 {
		_, err := fmt.Fprintln(w, "no labels")
		return err
	}
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

// printReading writes how somebody's own data were read, a line each.
func (d Description) printReading(w io.Writer) error {
	lines := d.Notes
	if d.Values == pixels.Bytes.String() {
		lines = append([]string{"values " + d.Values + " are pixels"}, lines...)
	}
	if len(lines) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\n%s\n", strings.Join(lines, "\n"))
	return err
}

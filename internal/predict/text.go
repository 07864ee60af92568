package predict

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"image/png"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/plain"
)

// headRows is how many images of a data set are printed.
const headRows = 10

// shownClasses is how many probabilities are printed of an image, of more classes the
// largest ones.
const shownClasses = 10

// PrintSet writes the answers to a data set as the notebook shows them: the shape, the
// rounded probabilities of the first images with the class of the largest, and, if the
// images have labels, how many answers are right.
func (r *Reading) PrintSet(w io.Writer) error {
	predictions, m := r.Predictions, r.model
	fmt.Fprintf(w, "predictions: (%d, %d)\n", len(predictions), len(m.Labels))
	table := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	labelled := len(predictions) > 0 && predictions[0].Truth != ""
	fmt.Fprint(table, "image\t")
	if labelled {
		fmt.Fprint(table, "label\t")
	}
	fmt.Fprint(table, "predicted\t")
	if len(m.Labels) <= mostColumns {
		for _, class := range m.Labels {
			fmt.Fprint(table, " ", plain.Text(class), "\t")
		}
	} else {
		fmt.Fprintf(table, " the %d most probable\t", shownClasses)
	}
	right := 0
	for i, p := range predictions {
		if p.Label == p.Truth {
			right++
		}
		if i < headRows {
			r.printRow(table, i, labelled)
		}
	}
	fmt.Fprintln(table)
	if err := table.Flush(); err != nil {
		return err
	}
	if more := len(predictions) - headRows; more > 0 {
		fmt.Fprintf(w, "and %d more: --out FILE.csv or FILE.json writes all\n", more)
	}
	if !labelled {
		return nil
	}
	_, err := fmt.Fprintf(w, "%d of %d right: accuracy %.4f\n", right, len(predictions), metrics.Share(right, len(predictions)))
	return err
}

// mostColumns is how many classes have a column each in PrintSet's table.
const mostColumns = 30

// printRow writes one line of PrintSet's table.
func (r *Reading) printRow(w io.Writer, i int, labelled bool) {
	p := r.Predictions[i]
	fmt.Fprintf(w, "\n%d\t", i)
	if labelled {
		fmt.Fprintf(w, "%s\t", plain.Text(p.Truth))
	}
	fmt.Fprintf(w, "%s\t", plain.Text(p.Label))
	if len(r.model.Labels) > mostColumns {
		for _, class := range mostProbable(p.Probabilities, shownClasses) {
			fmt.Fprintf(w, " %s %.2f", plain.Text(r.model.Labels[class]), p.Probabilities[class])
		}
		fmt.Fprint(w, "\t")
		return
	}
	for _, v := range p.Probabilities {
		fmt.Fprintf(w, " %.2f\t", v)
	}
}

// mostProbable returns the classes of the n largest probabilities, the largest first.
func mostProbable(probabilities []float32, n int) []int {
	order := make([]int, len(probabilities))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(probabilities[j], probabilities[i]) })
	return order[:min(n, len(order))]
}

// WriteSubmission writes the answers as Kaggle takes them: one line per image with its
// id in its table, or its place counted from 1 if it has none, and the label of its
// class as it stood in the data that the model learned from. An image in which nothing
// is drawn is an error.
func (r *Reading) WriteSubmission(w io.Writer) error {
	labels := r.model.DataLabels
	if labels == nil {
		labels = r.model.Labels
	}
	out := csv.NewWriter(w)
	out.Write([]string{"ImageId", "Label"}) // Flush keeps the error
	for i, p := range r.Predictions {
		if p.class < 0 {
			return fmt.Errorf("%s: nothing is drawn in image %d, want an answer for each", p.File, i+1)
		}
		out.Write([]string{cmp.Or(p.id, strconv.Itoa(i+1)), labels[p.class]})
	}
	out.Flush()
	return out.Error()
}

// WriteCSV writes a line per image: where it comes from, the answer, and a column
// for each class's probability. What an answer lacks stays empty.
func (r *Reading) WriteCSV(w io.Writer) error {
	predictions, m := r.Predictions, r.model
	out := csv.NewWriter(w)
	head := []string{"file", "index", "truth", "label", "sure", "confidence"}
	for _, class := range m.Labels {
		head = append(head, plain.Cell(class))
	}
	out.Write(head) // Flush keeps the error
	for _, p := range predictions {
		row := make([]string, 6+len(m.Labels))
		row[0], row[2], row[3], row[4] = plain.Cell(p.File), plain.Cell(p.Truth), plain.Cell(p.Label), strconv.FormatBool(p.Sure)
		if p.Index != nil {
			row[1] = strconv.Itoa(*p.Index)
		}
		if p.Label != "" {
			row[5] = number6(p.Confidence)
		}
		for i, v := range p.Probabilities {
			row[6+i] = number6(v)
		}
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// number6 writes a share with six decimals.
func number6(v float32) string { return strconv.FormatFloat(float64(v), 'f', 6, 32) }

// The sheet: how many answers it shows at most, and how many in a row.
const (
	MostShown  = 200
	shownInRow = 3
)

// Sheet returns a PNG of the first pictures, what the network saw of each, and its
// answers.
func (r *Reading) Sheet(title string) ([]byte, error) {
	if len(r.Predictions) > len(r.shown) {
		title += fmt.Sprintf(", the first %d of %d", len(r.shown), len(r.Predictions))
	}
	pairs := sheet.Pairs(title+": the picture, what the network saw, its answer", r.model.Width(), r.model.Height(), shownInRow, r.shown)
	var file bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, pairs)
	return file.Bytes(), err
}

// Print writes a line per image.
func (r *Reading) Print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range r.Predictions {
		p.File, p.Label = plain.Text(p.File), plain.Text(p.Label)
		name := p.File
		if p.Index != nil {
			name = fmt.Sprintf("%s[%d]", p.File, *p.Index)
		}
		switch {
		case p.Label == "":
			fmt.Fprintf(table, "%s\t\t%s\n", name, p.verdict())
		case !p.Sure:
			fmt.Fprintf(table, "%s\t?\t%s\n", name, p.verdict())
		default:
			fmt.Fprintf(table, "%s\t%s\t%.1f %%\n", name, p.Label, 100*p.Confidence)
		}
	}
	return table.Flush()
}

// verdict returns an answer in words.
func (p Prediction) verdict() string {
	switch {
	case p.Label == "":
		return "nothing drawn"
	case !p.Sure:
		return fmt.Sprintf("not sure: %s %.1f %%", p.Label, 100*p.Confidence)
	}
	return fmt.Sprintf("%s  %.1f %%", p.Label, 100*p.Confidence)
}

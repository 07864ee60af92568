package predict

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image/png"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/plain"
)

// headRows is how many images of a data set are printed.
const headRows = 10

// PrintSet writes the answers to a data set as the notebook looks at them: the
// shape, the rounded probabilities and the class of the largest, of the first
// images, and how many are right.
func (r *Reading) PrintSet(w io.Writer) error {
	predictions, m := r.Predictions, r.model
	fmt.Fprintf(w, "predictions: (%d, %d)\n", len(predictions), len(m.Labels))
	table := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "image\tlabel\tpredicted\t")
	for _, class := range m.Labels {
		fmt.Fprint(table, " ", plain.Text(class), "\t")
	}
	right := 0
	for i, p := range predictions {
		if p.Label == p.Truth {
			right++
		}
		if i >= headRows {
			continue
		}
		fmt.Fprintf(table, "\n%d\t%s\t%s\t", i, plain.Text(p.Truth), plain.Text(p.Label))
		for _, v := range p.Probabilities {
			fmt.Fprintf(table, " %.2f\t", v)
		}
	}
	fmt.Fprintln(table)
	if err := table.Flush(); err != nil {
		return err
	}
	if more := len(predictions) - headRows; more > 0 {
		fmt.Fprintf(w, "and %d more: --out FILE.csv or FILE.json writes all\n", more)
	}
	_, err := fmt.Fprintf(w, "%d of %d right: accuracy %.4f\n", right, len(predictions), metrics.Share(right, len(predictions)))
	return err
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

package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image/png"
	"io"
	"path/filepath"
	"strconv"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/model"
)

// headRows is how many images of a data set are printed.
const headRows = 10

// printSet writes the answers to a data set as the notebook looks at them: the
// shape, the rounded probabilities and the class of the largest, of the first
// images, and how many are right.
func printSet(w io.Writer, m *model.Model, predictions []prediction) error {
	fmt.Fprintf(w, "predictions: (%d, %d)\n", len(predictions), len(m.Labels))
	table := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "image\tlabel\tpredicted\t")
	for _, class := range m.Labels {
		fmt.Fprint(table, " ", class, "\t")
	}
	right := 0
	for i, p := range predictions {
		if p.Label == p.Truth {
			right++
		}
		if i >= headRows {
			continue
		}
		fmt.Fprintf(table, "\n%d\t%s\t%s\t", i, p.Truth, p.Label)
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
	_, err := fmt.Fprintf(w, "%d of %d right: accuracy %.4f\n", right, len(predictions), share(right, len(predictions)))
	return err
}

// writePredictions writes all answers into a .csv or .json file.
func writePredictions(path string, m *model.Model, predictions []prediction) error {
	var file bytes.Buffer
	var err error
	if filepath.Ext(path) == ".json" {
		err = printJSON(&file, predictions)
	} else {
		err = predictionsCSV(&file, m, predictions)
	}
	if err != nil {
		return err
	}
	return writeFile(path, file.Bytes())
}

// predictionsCSV writes a line an image: where it is from, the answer, and a
// column for each class's probability. What an answer lacks stays empty.
func predictionsCSV(w io.Writer, m *model.Model, predictions []prediction) error {
	out := csv.NewWriter(w)
	out.Write(append([]string{"file", "index", "truth", "label", "sure", "confidence"}, m.Labels...)) // Flush keeps the error
	for _, p := range predictions {
		row := make([]string, 6+len(m.Labels))
		row[0], row[2], row[3], row[4] = p.File, p.Truth, p.Label, strconv.FormatBool(p.Sure)
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

// The sheet of --show: how many answers, and how many in a row.
const answersShown, answersInRow = 200, 3

// writeAnswerSheet writes a PNG of pictures, what the network saw, and its
// answers.
func writeAnswerSheet(path string, m *model.Model, title string, r *reading) error {
	cells := r.shown
	if len(r.predictions) > len(cells) {
		title += fmt.Sprintf(", the first %d of %d", len(cells), len(r.predictions))
	}
	var file bytes.Buffer
	pairs := sheet.Pairs(title+": the picture, what the network saw, its answer", m.Width(), m.Height(), answersInRow, cells)
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, pairs); err != nil {
		return err
	}
	return writeFile(path, file.Bytes())
}

// verdict is an answer in words.
func (p prediction) verdict() string {
	switch {
	case p.Label == "":
		return "nothing drawn"
	case !p.Sure:
		return fmt.Sprintf("not sure: %s %.1f %%", p.Label, 100*p.Confidence)
	}
	return fmt.Sprintf("%s  %.1f %%", p.Label, 100*p.Confidence)
}

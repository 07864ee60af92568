// Package history writes the history of a training run to a file and reads it
// back: as CSV with a line per epoch, or as JSON with a list per figure, which is
// the form of Keras's History.history. Names are Keras's.
package history

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/fit"
)

// column is one figure of the epochs.
type column struct {
	name string
	of   func(*fit.Epoch) *float64
	// measured reports whether a run with this fit.Options.TopK has the figure; nil:
	// every run has it.
	measured func(topK int) bool
}

// columns are the figures in the order of both forms.
var columns = newColumns()

// newColumns returns the columns that all runs have, and two per metric.
func newColumns() []column {
	all := []column{
		{"loss", func(e *fit.Epoch) *float64 { return &e.Loss }, nil},
		{"accuracy", func(e *fit.Epoch) *float64 { return &e.Accuracy }, nil},
		{"val_loss", func(e *fit.Epoch) *float64 { return &e.ValLoss }, nil},
		{"val_accuracy", func(e *fit.Epoch) *float64 { return &e.ValAccuracy }, nil},
	}
	for _, m := range fit.Metrics {
		all = append(all, column{m.Name, m.Train, m.Measured}, column{"val_" + m.Name, m.Val, m.Measured})
	}
	return all
}

// Path returns the name of the CSV file beside a model: digits.history.csv beside
// digits.ink.
func Path(model string) string {
	return strings.TrimSuffix(model, ".ink") + ".history.csv"
}

// MaxSize returns the bytes that the history of a run takes at most.
func MaxSize(epochs int) int { return 256 + 192*epochs }

// Is reports whether a file is a history, by its name.
func Is(path string) bool {
	return filepath.Ext(path) == ".csv" || filepath.Ext(path) == ".json"
}

// Encode returns a history in the form that the file's name asks for: JSON, or
// else CSV. Figures of validation are left out of a run without it, in CSV as
// empty fields.
func Encode(path string, h fit.History) ([]byte, error) {
	written := slices.DeleteFunc(slices.Clone(columns), func(c column) bool { return c.measured != nil && !c.measured(h.TopK) })
	if filepath.Ext(path) == ".json" {
		return encodeJSON(written, h.Epochs)
	}
	return encodeCSV(written, h.Epochs)
}

// encodeCSV writes numbers with six decimals.
func encodeCSV(written []column, epochs []fit.Epoch) ([]byte, error) {
	var file bytes.Buffer
	out := csv.NewWriter(&file)
	head := []string{"epoch"}
	for _, c := range written {
		head = append(head, c.name)
	}
	out.Write(head) // a buffer takes everything; Error tells what csv finds
	for _, e := range epochs {
		row := []string{strconv.Itoa(e.Epoch)}
		for _, c := range written {
			field := ""
			if v := *c.of(&e); !math.IsNaN(v) {
				field = strconv.FormatFloat(v, 'f', 6, 64)
			}
			row = append(row, field)
		}
		out.Write(row)
	}
	out.Flush()
	return file.Bytes(), out.Error()
}

// encodeJSON writes an object of lists in the order of the columns.
func encodeJSON(written []column, epochs []fit.Epoch) ([]byte, error) {
	var object []byte
	for _, c := range written {
		values := c.values(epochs)
		if len(values) == 0 {
			continue
		}
		list, err := json.Marshal(values)
		if err != nil {
			return nil, fmt.Errorf("history: %s: %w", c.name, err)
		}
		object = fmt.Appendf(append(object, ','), "%q: %s", c.name, list)
	}
	var file bytes.Buffer
	object = slices.Concat([]byte("{"), bytes.TrimPrefix(object, []byte(",")), []byte("}"))
	if err := json.Indent(&file, object, "", "  "); err != nil {
		return nil, err
	}
	file.WriteByte('\n')
	return file.Bytes(), nil
}

// values returns the column's numbers, one per epoch that has it. Infinite ones, which
// JSON does not have, are the largest that there are.
func (c column) values(epochs []fit.Epoch) []float64 {
	values := []float64{}
	for i := range epochs {
		if v := *c.of(&epochs[i]); !math.IsNaN(v) {
			values = append(values, max(-math.MaxFloat64, min(v, math.MaxFloat64)))
		}
	}
	return values
}

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/fit"
)

// historyPath is the CSV file beside a model: digits.ink has digits.history.csv.
func historyPath(model string) string {
	return strings.TrimSuffix(model, ".ink") + ".history.csv"
}

// historyFile is the file to write the history to.
func (f *fitFlags) historyFile() string {
	if f.history != "" {
		return f.history
	}
	return historyPath(f.outPath())
}

// checkHistory reports a name that no history can have.
func (f *fitFlags) checkHistory() error {
	if ext := filepath.Ext(f.history); f.history != "" && ext != ".csv" && ext != ".json" {
		return usagef("fit: got --history %q, want the name of a .csv or .json file", f.history)
	}
	if err := canWrite(f.historyFile()); err != nil {
		return fmt.Errorf("fit: --history: %w", err)
	}
	return nil
}

// writeHistory writes the history in the form that the file's name asks for.
func writeHistory(path string, h fit.History) error {
	if filepath.Ext(path) == ".json" {
		data, err := historyJSON(h)
		if err != nil {
			return err
		}
		return writeFile(path, data)
	}
	return writeFile(path, historyCSV(h))
}

// historyCSV is the history with Keras's names as columns, one line an epoch.
// Columns of a run without validation stay empty.
func historyCSV(h fit.History) []byte {
	var csv bytes.Buffer
	csv.WriteString("epoch,loss,accuracy,val_loss,val_accuracy")
	if h.TopK > 0 {
		csv.WriteString(",top_k_categorical_accuracy,val_top_k_categorical_accuracy")
	}
	csv.WriteByte('\n')
	for _, e := range h.Epochs {
		csv.WriteString(strconv.Itoa(e.Epoch))
		values := []float64{e.Loss, e.Accuracy, e.ValLoss, e.ValAccuracy}
		if h.TopK > 0 {
			values = append(values, e.TopK, e.ValTopK)
		}
		for _, v := range values {
			csv.WriteByte(',')
			if !math.IsNaN(v) {
				csv.WriteString(strconv.FormatFloat(v, 'f', 6, 64))
			}
		}
		csv.WriteByte('\n')
	}
	return csv.Bytes()
}

// curves is the history as Keras's History.history has it: a list for each
// figure. Those of validation are left out of a run without it, and those of the
// first k answers unless they were measured.
type curves struct {
	Loss        []float64 `json:"loss"`
	Accuracy    []float64 `json:"accuracy"`
	ValLoss     []float64 `json:"val_loss,omitempty"`
	ValAccuracy []float64 `json:"val_accuracy,omitempty"`
	TopK        []float64 `json:"top_k_categorical_accuracy,omitempty"`
	ValTopK     []float64 `json:"val_top_k_categorical_accuracy,omitempty"`
}

// historyJSON is the history as curves.
func historyJSON(h fit.History) ([]byte, error) {
	var c curves
	for _, e := range h.Epochs {
		c.Loss, c.Accuracy = append(c.Loss, e.Loss), append(c.Accuracy, e.Accuracy)
		if !math.IsNaN(e.ValLoss) {
			c.ValLoss, c.ValAccuracy = append(c.ValLoss, e.ValLoss), append(c.ValAccuracy, e.ValAccuracy)
		}
		if h.TopK > 0 {
			c.TopK = append(c.TopK, e.TopK)
		}
		if h.TopK > 0 && !math.IsNaN(e.ValLoss) {
			c.ValTopK = append(c.ValTopK, e.ValTopK)
		}
	}
	data, err := json.MarshalIndent(c, "", "  ")
	return append(data, '\n'), err
}

// isHistory tells a history by its name.
func isHistory(path string) bool {
	return filepath.Ext(path) == ".csv" || filepath.Ext(path) == ".json"
}

// readHistory reads what writeHistory wrote, and Keras's History.history as JSON;
// other columns are passed over.
func readHistory(path string) ([]fit.Epoch, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	read := readHistoryCSV
	if filepath.Ext(path) == ".json" {
		read = readHistoryJSON
	}
	epochs, err := read(data)
	if err == nil && len(epochs) == 0 {
		err = fmt.Errorf("got no line of an epoch, want columns epoch, loss, accuracy, val_loss, val_accuracy and a line each")
	}
	if err != nil {
		return nil, fmt.Errorf("history: %s: %w", path, err)
	}
	return epochs, nil
}

// readHistoryJSON reads lists by their names.
func readHistoryJSON(data []byte) ([]fit.Epoch, error) {
	var c curves
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, err
	}
	at := func(values []float64, i int) float64 {
		if i < len(values) {
			return values[i]
		}
		return math.NaN()
	}
	epochs := make([]fit.Epoch, len(c.Loss))
	for i := range epochs {
		epochs[i] = fit.Epoch{Epoch: i + 1, Loss: c.Loss[i], Accuracy: at(c.Accuracy, i), ValLoss: at(c.ValLoss, i), ValAccuracy: at(c.ValAccuracy, i)}
	}
	return epochs, nil
}

// readHistoryCSV reads columns by their names.
func readHistoryCSV(data []byte) ([]fit.Epoch, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) < 2 || !slices.Contains(rows[0], "loss") {
		return nil, err
	}
	epochs := make([]fit.Epoch, len(rows)-1)
	for i, row := range rows[1:] {
		e := &epochs[i]
		e.Epoch = i + 1
		for name, to := range map[string]*float64{"loss": &e.Loss, "accuracy": &e.Accuracy, "val_loss": &e.ValLoss, "val_accuracy": &e.ValAccuracy} {
			if *to, err = field(rows[0], row, name); err != nil {
				return nil, fmt.Errorf("epoch %d: %w", i+1, err)
			}
		}
	}
	return epochs, nil
}

// field is the number in the column of this name, NaN where there is none.
func field(head, row []string, name string) (float64, error) {
	column := slices.Index(head, name)
	if column < 0 || row[column] == "" {
		return math.NaN(), nil
	}
	v, err := strconv.ParseFloat(row[column], 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, fmt.Errorf("got %s %q, want a finite number", name, row[column])
	}
	return v, nil
}

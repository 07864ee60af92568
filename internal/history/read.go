package history

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/fit"
)

// maxFile bounds a history, in bytes: a million epochs take less.
const maxFile = 256 << 20

// Read reads what Encode returned, and Keras's History.history as JSON. Columns
// are found by their names; others are passed over, and figures of columns that
// are not there are NaN, or 0 if they are those of fit.Metrics.
func Read(path string) ([]fit.Epoch, error) {
	data, err := bounded.ReadFile(path, maxFile)
	if err != nil {
		return nil, err
	}
	read := readCSV
	if filepath.Ext(path) == ".json" {
		read = readJSON
	}
	epochs, err := read(data)
	if err == nil && len(epochs) == 0 {
		err = errors.New("got no line of an epoch, want columns epoch, loss, accuracy, val_loss, val_accuracy and a line each")
	}
	if err != nil {
		return nil, fmt.Errorf("history: %s: %w", path, err)
	}
	return epochs, nil
}

// Columns returns the figures of a history file as lists, an epoch's number among
// them, without those of fit.Metrics and those that no epoch has.
func Columns(path string) (map[string][]float64, error) {
	epochs, err := Read(path)
	if err != nil {
		return nil, err
	}
	lists := map[string][]float64{}
	for _, e := range epochs {
		lists["epoch"] = append(lists["epoch"], float64(e.Epoch))
	}
	for _, c := range columns {
		if values := c.values(epochs); c.measured == nil && len(values) > 0 {
			lists[c.name] = values
		}
	}
	return lists, nil
}

// newEpochs returns n epochs whose figures are all missing.
func newEpochs(n int) []fit.Epoch {
	epochs := make([]fit.Epoch, n)
	for i := range epochs {
		epochs[i].Epoch = i + 1
		for _, c := range columns {
			if c.measured == nil {
				*c.of(&epochs[i]) = math.NaN()
			}
		}
	}
	return epochs
}

// readJSON reads lists by their names; the losses tell how many epochs there are.
func readJSON(data []byte) ([]fit.Epoch, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	var epochs []fit.Epoch
	for _, c := range columns { // the first is the loss
		var values []float64
		if list, ok := object[c.name]; ok {
			if err := json.Unmarshal(list, &values); err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
		}
		if epochs == nil {
			epochs = newEpochs(len(values))
		}
		for i := range min(len(values), len(epochs)) {
			*c.of(&epochs[i]) = values[i]
		}
	}
	return epochs, nil
}

// readCSV reads columns by their names.
func readCSV(data []byte) ([]fit.Epoch, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) < 2 || !slices.Contains(rows[0], "loss") {
		return nil, err
	}
	epochs := newEpochs(len(rows) - 1)
	for _, c := range columns {
		at := slices.Index(rows[0], c.name)
		if at < 0 {
			continue
		}
		for i, row := range rows[1:] {
			if row[at] == "" {
				continue
			}
			v, err := strconv.ParseFloat(row[at], 64)
			if err != nil || math.IsInf(v, 0) {
				return nil, fmt.Errorf("epoch %d: got %s %q, want a finite number", i+1, c.name, row[at])
			}
			*c.of(&epochs[i]) = v
		}
	}
	return epochs, nil
}

package own

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset"
)

// readCSV reads a line an image: its label, in the column of that name or else
// the first, and its pixels, 0..255.
func (o Reader) readCSV(path string) (dataset.Pair, error) {
	file, err := os.Open(path)
	if err != nil {
		return dataset.Pair{}, err
	}
	defer file.Close()
	pixels, labels, err := decodeCSV(file)
	if err != nil {
		return dataset.Pair{}, dataset.InFile("csv", path, err)
	}
	width, height, err := o.shape(len(pixels) / len(labels))
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("csv: %s: %w", path, err)
	}
	return o.newPair(path, width, height, pixels, nil, labels, nil)
}

// decodeCSV reads images, (N, pixels), and their labels; N is at least 1.
func decodeCSV(r io.Reader) (pixels []uint8, labels []string, err error) {
	r, _, err = bounded.Gunzip(r)
	if err != nil {
		return nil, nil, err
	}
	lines := csv.NewReader(r)
	lines.ReuseRecord = true
	column := 0
	for line := 1; ; line++ {
		row, err := lines.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		if line == 1 && isHead(row) {
			column = max(0, slices.IndexFunc(row, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), "label") }))
			continue
		}
		if len(row) < 2 {
			return nil, nil, csvError(line, "a line", fmt.Sprintf("%d values", len(row)), "a label and pixels")
		}
		labels = append(labels, strings.Clone(strings.TrimSpace(row[column])))
		for i, text := range row {
			if i == column {
				continue
			}
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || !(v >= 0 && v <= 255) {
				return nil, nil, csvError(line, fmt.Sprintf("column %d", i+1), strconv.Quote(text), "a pixel, 0..255")
			}
			pixels = append(pixels, uint8(v+0.5))
		}
	}
	if len(labels) == 0 {
		return nil, nil, errNoImages
	}
	return pixels, labels, nil
}

// isHead reports whether a line names columns: its last value, a pixel's, is no
// number.
func isHead(row []string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(row[len(row)-1]), 64)
	return err != nil
}

// csvError is a FormatError of a CSV file.
func csvError(line int, place, got, want string) error {
	return &dataset.FormatError{Format: "csv", Place: fmt.Sprintf("line %d, %s", line, place), Got: got, Want: want}
}

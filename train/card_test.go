package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// A card tells the same figures as evaluate, and its sheet holds a tile for each
// picture that its cells name.
func TestCard(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.ink")
	if _, _, err := inkling("fit", "--data", "synthetic", "--epochs", "1", "--out", path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := inkling("card", path, "--data", "synthetic", "--tiles", "3"); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "mine.card.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c card
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	set := c.Sets[0]
	if c.Summary.Model != "mine" || set.Count != 1000 || set.Confusion.Count() != 1000 || set.Accuracy != set.Confusion.Accuracy() {
		t.Errorf("card: got %s, %d images, accuracy %v", c.Summary.Model, set.Count, set.Accuracy)
	}
	if got := len(c.History["val_accuracy"]); got != 1 {
		t.Errorf("history: got %d epochs, want 1", got)
	}
	checkSheet(t, filepath.Join(dir, set.Sheet), set)
}

// checkSheet checks that cells follow one another, hold no more than there are
// pictures, and that the sheet has room for all.
func checkSheet(t *testing.T, path string, set cardSet) {
	t.Helper()
	next := 0
	for _, cell := range set.Cells {
		want := min(3, set.Confusion[cell.Label][cell.Predicted])
		if cell.First != next || cell.Count != want {
			t.Errorf("cell %d read as %d: got tiles %d+%d, want %d+%d", cell.Label, cell.Predicted, cell.First, cell.Count, next, want)
		}
		next += cell.Count
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || sheet.Width != 28*set.Columns || sheet.Height/28*set.Columns < next {
		t.Errorf("sheet: got %dx%d, %v; want room for %d tiles, %d in a row", sheet.Width, sheet.Height, err, next, set.Columns)
	}
}

func TestCardRefuses(t *testing.T) {
	if _, _, err := inkling("card", "model.json"); exitCode(err) != 2 {
		t.Errorf("a file that is no model: got %v, want a usage error", err)
	}
}

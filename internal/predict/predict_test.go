package predict

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// newModel returns a model of drawings that answers "top" or "bottom" by where
// most ink lies.
func newModel(t *testing.T) *model.Model {
	t.Helper()
	dense := &nn.Dense{Units: 2}
	network, err := nn.NewSequential(nn.Shape{4, 4, 1}, &nn.Flatten{}, dense, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	clear(network.Values())
	for pixel := range 16 {
		dense.Params()[0].Value[pixel*2+pixel/8] = 1 // (16, 2)
	}
	return &model.Model{Recipe: ink.Drawing, Labels: []string{"top", "bottom"}, Temperature: 1, Threshold: 0.6, Network: network}
}

// idx returns a file of two images of 4x4: ink at the top, and everywhere.
func idx(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "two.idx")
	content := "\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x04\x00\x00\x00\x04" +
		strings.Repeat("\xff", 8) + strings.Repeat("\x00", 8) + strings.Repeat("\xff", 16)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	r := New(newModel(t), 1)
	bad := r.Files([]string{filepath.Join(dir, "none.png"), idx(t, dir)})
	if len(bad) != 1 || !strings.Contains(bad[0].Error(), "none.png") {
		t.Errorf("got %v, want one bad file", bad)
	}
	if len(r.Predictions) != 2 || r.Predictions[0].Label != "top" || !r.Predictions[0].Sure || *r.Predictions[1].Index != 1 || r.Predictions[1].Sure {
		t.Fatalf("got %+v", r.Predictions)
	}
	var table, file bytes.Buffer
	if err := r.Print(&table); err != nil || !strings.Contains(table.String(), "two.idx[0]  top  100.0 %\n") || !strings.Contains(table.String(), "[1]  ?    not sure: top 50.0 %\n") {
		t.Errorf("table: got %v\n%s", err, &table)
	}
	if err := r.WriteCSV(&file); err != nil || !strings.HasPrefix(file.String(), "file,index,truth,label,sure,confidence,top,bottom\n") {
		t.Errorf("CSV: got %v\n%s", err, &file)
	}
	sheet, err := r.Sheet("title")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(sheet)); err != nil {
		t.Error(err)
	}
}

// Without any answer the list is empty, not null.
func TestNothing(t *testing.T) {
	if text, err := json.Marshal(New(newModel(t), 0).Predictions); err != nil || string(text) != "[]" {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestSet(t *testing.T) {
	set := &dataset.Set{Name: "halves", Width: 4, Height: 4, Classes: []string{"top", "bottom"}, Pixels: make([]uint8, 16)}
	set.Labels = append(set.Labels, 1)
	set.Pixels[15] = 255
	r := New(newModel(t), 0)
	if err := r.Set(set); err != nil {
		t.Fatal(err)
	}
	if p := r.Predictions[0]; p.File != "halves" || p.Truth != "bottom" || p.Label != "bottom" || p.Index != nil {
		t.Errorf("got %+v", p)
	}
	var text bytes.Buffer
	if err := r.PrintSet(&text); err != nil || !strings.HasPrefix(text.String(), "predictions: (1, 2)\n") || !strings.HasSuffix(text.String(), "1 of 1 right: accuracy 1.0000\n") {
		t.Errorf("got %v\n%s", err, &text)
	}
	set.Classes = []string{"left", "right"}
	if err := r.Set(set); err == nil || !strings.Contains(err.Error(), "halves: got the classes left, right") {
		t.Errorf("other classes: got %v", err)
	}
}

// Strokes are for models of drawings only.
func TestStrokes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "one.json")
	if err := os.WriteFile(path, []byte(`[[[5,1],[5,9]]]`), 0o644); err != nil {
		t.Fatal(err)
	}
	r := New(newModel(t), 0)
	if bad := r.Files([]string{path}); bad != nil || len(r.Predictions) != 1 {
		t.Errorf("got %v, %d answers", bad, len(r.Predictions))
	}
	m := newModel(t)
	m.Recipe = ink.Photo
	if bad := New(m, 0).Files([]string{path}); len(bad) != 1 || !strings.Contains(bad[0].Error(), "holds strokes, but the model's recipe is picture") {
		t.Errorf("model of pictures: got %v", bad)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
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

// Pictures of one's own are measured as evaluate measures them: by the model's
// recipe and size.
func TestCardOwnPictures(t *testing.T) {
	data, path := symbols(t, 8), filepath.Join(t.TempDir(), "own.ink")
	if _, _, err := inkling("fit", "--data", data, "--recipe", "picture", "--size", "20x24", "--epochs", "3", "--out", path); err != nil {
		t.Fatal(err)
	}
	stdout, _, err := inkling("evaluate", path, "--data", data, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var want evaluate.Evaluation
	decode(t, stdout, &want)
	if _, _, err := inkling("card", path, "--data", data); err != nil {
		t.Fatal(err)
	}
	var got card
	decode(t, string(content(t, strings.TrimSuffix(path, ".ink")+".card.json")), &got)
	if set := got.Sets[0]; set.Data != "symbols" || set.Count != want.Count || set.Accuracy != want.Accuracy {
		t.Errorf("got %d images of %s, accuracy %v, want %d of symbols, %v", set.Count, set.Data, set.Accuracy, want.Count, want.Accuracy)
	}
}

// Without --data, a card measures models of digits on the sets of digits, others on
// what they were trained on.
func TestCardNames(t *testing.T) {
	for name, c := range map[string]struct {
		labels []string
		recipe ink.Recipe
		flag   string
		want   string
	}{
		"digits":        {dataset.DigitNames(), ink.Drawing, "", strings.Join(dataset.Measured(), ",")},
		"letters":       {[]string{"a", "b"}, ink.Drawing, "", "letters"},
		"pictures":      {[]string{"a", "b"}, ink.Photo, "", "letters"},
		"what one says": {[]string{"a", "b"}, ink.Drawing, "pen,mnist", "pen,mnist"},
	} {
		m := &model.Model{Labels: c.labels, Recipe: c.recipe}
		m.Training.Data = "letters"
		if got := strings.Join(cardFlags{sets: c.flag}.names(m), ","); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// An error about the data begins with the command that was given.
func TestErrorsNameTheCommand(t *testing.T) {
	m, err := readModel(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	letters, strokes := filepath.Join(dir, "letters.ink"), write(t, dir, "strokes.json", `[[[5,1],[5,9]]]`)
	m.Labels = strings.Split("abcdefghij", "")
	if err := writeModel(letters, m); err != nil {
		t.Fatal(err)
	}
	m.Recipe = ink.Photo
	pictures := filepath.Join(dir, "pictures.ink")
	if err := writeModel(pictures, m); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ command, model, data, want string }{
		{"evaluate", letters, "synthetic", `got the label "0", want one of the classes a, b`},
		{"predict", letters, "synthetic", `got the label "0", want one of the classes a, b`},
		{"card", letters, "synthetic", `got the label "0", want one of the classes a, b`},
		{"evaluate", pictures, strokes, "holds strokes, but"},
		{"predict", pictures, strokes, "holds strokes, but"},
		{"card", pictures, strokes, "holds strokes, but"},
	} {
		_, _, err := inkling(c.command, c.model, "--data", c.data)
		if err == nil || !strings.HasPrefix(err.Error(), c.command+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s on %s: got %v, want %q", c.command, c.data, err, c.want)
		}
	}
}

func TestCardRefuses(t *testing.T) {
	if _, _, err := inkling("card", "model.json"); exitCode(err) != 2 {
		t.Errorf("a file that is no model: got %v, want a usage error", err)
	}
}

// A model of letters is measured on people's letters unless somebody wants others.
func TestCardOfLetters(t *testing.T) {
	letters := &model.Model{Recipe: ink.Drawing, Labels: strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "")}
	if got := (cardFlags{}).names(letters); len(got) != 1 || got[0] != "unipen-letters" {
		t.Errorf("letters: got %v", got)
	}
	if got := (cardFlags{sets: "unipen-upper"}).names(letters); len(got) != 1 || got[0] != "unipen-upper" {
		t.Errorf("letters, capitals wanted: got %v", got)
	}
}

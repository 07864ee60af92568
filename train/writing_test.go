package main

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// arrows writes stroke JSON of bars, one class drawn to the right and one to the left: an
// image of ink alone cannot tell them.
func arrows(t *testing.T, dir string) string {
	t.Helper()
	var list []string
	for i := range 80 {
		from, to, label := 0, 100, "right"
		if i%2 == 1 {
			from, to, label = 100, 0, "left"
		}
		list = append(list, fmt.Sprintf(`{"label":%q,"writer":%d,"strokes":[[[%d,%d],[50,%d],[%d,%d]]]}`, label, 1+i%4, from, i%9, i%7, to, i%5))
	}
	return write(t, dir, "arrows.json", "["+strings.Join(list, ",")+"]")
}

// A network of recipe writing goes through all commands, and tells by the way of the pen
// what looks the same.
func TestWriting(t *testing.T) {
	dir := t.TempDir()
	data, model := arrows(t, dir), filepath.Join(dir, "arrows.ink")
	fit := []string{"fit", "--data", data, "--augment", "conv", "--epochs", "20", "--split", "0.25", "--layers", "dense 16 relu", "--out", model}
	if _, _, err := inkling(append(fit, "--recipe", "writing")...); err != nil {
		t.Fatal(err)
	}
	stdout, _, err := inkling("evaluate", model, "--data", data, "--robustness", "--json")
	var e struct {
		Accuracy float64
		Ink      float64 `json:"ink_accuracy"`
	}
	if err := json.Unmarshal([]byte(stdout), &e); err != nil {
		t.Fatal(err)
	}
	if err != nil || e.Accuracy < 0.95 || e.Ink > 0.8 {
		t.Errorf("got %.2f of drawings and %.2f of their ink right, %v, want all and half", e.Accuracy, e.Ink, err)
	}
	// A picture has no way, and says so by its confidence.
	bar := image.NewGray(image.Rect(0, 0, 80, 80))
	for i := range bar.Pix {
		if y := i / 80; y > 36 && y < 44 && i%80 > 8 && i%80 < 72 {
			bar.Pix[i] = 255
		}
	}
	picture := filepath.Join(dir, "bar.png")
	saveImage(t, picture, bar)
	for _, args := range [][]string{
		{"predict", model, data, picture, "--show", filepath.Join(dir, "sheet.png")},
		{"evaluate", model, "--data", data, "--report", filepath.Join(dir, "report")},
		{"data", data, "--sheet", filepath.Join(dir, "data.png"), "--augmented"},
		{"export", model, "--out", filepath.Join(dir, "arrows.onnx")},
		{"summary", model},
	} {
		if _, stderr, err := inkling(args...); err != nil {
			t.Errorf("%v: %v\n%s", args, err, stderr)
		}
	}
	if stdout, _, err := inkling("fit", "--data", "synthetic", "--recipe", "writing", "--epochs", "1", "--out", filepath.Join(dir, "s.ink")); err != nil || !strings.Contains(stdout, "  test ") {
		t.Errorf("synthetic digits: got %v\n%s", err, stdout)
	}
	if _, _, err := inkling("import", "x.keras", "--recipe", "writing"); err == nil || !strings.Contains(err.Error(), "want drawing or picture") {
		t.Errorf("import: got %v, want the recipes that images can have", err)
	}
}

// saveImage writes a picture file.
func saveImage(t *testing.T, path string, m image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
}

// Pictures that are wider than high lie on the ground that they have, whatever lies beside
// them once they are fitted: a model is right about what it learned from.
func TestGroundOfWidePictures(t *testing.T) {
	dir := t.TempDir()
	for i := range 24 {
		name := []string{"left", "right"}[i%2]
		m := image.NewGray(image.Rect(0, 0, 40, 30))
		for at := range m.Pix {
			m.Pix[at] = 250
		}
		for y := 8; y < 22; y++ {
			for x := range 8 {
				m.SetGray(6+20*(i%2)+x+i%3, y, color.Gray{Y: 20})
			}
		}
		path := filepath.Join(dir, "pictures", name, fmt.Sprintf("%d.png", i))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		saveImage(t, path, m)
	}
	model := filepath.Join(dir, "sides.ink")
	if _, _, err := inkling("fit", "--data", filepath.Join(dir, "pictures"), "--recipe", "picture", "--epochs", "30", "--no-cache", "--out", model); err != nil {
		t.Fatal(err)
	}
	if stdout, _, err := inkling("summary", model); err != nil || !strings.Contains(stdout, "of pictures on light ground") {
		t.Errorf("got %v\n%s", err, stdout)
	}
	stdout, stderr, err := inkling("predict", model, filepath.Join(dir, "pictures", "left", "0.png"), filepath.Join(dir, "pictures", "right", "1.png"))
	if err != nil || strings.Contains(stderr, "inverted") || !strings.Contains(stdout, "left") || !strings.Contains(stdout, "right") {
		t.Errorf("got %v\n%s%s", err, stdout, stderr)
	}
}

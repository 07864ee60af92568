package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/photo"
	"github.com/seed-c844a918/inkling/internal/pixels"
	"github.com/seed-c844a918/inkling/internal/survey"
)

// drawnDigits returns images of 14x14 of light ink on black.
func drawnDigits(t *testing.T, n int, seed uint64) *dataset.Set {
	t.Helper()
	set, err := dataset.RasterizeOwn("digits", dataset.DigitNames(), synth.Digits(n, seed), ink.Form{Width: 14, Height: 14})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// digitsCSV returns a set as Kaggle has the digit recogniser: a line of names, then a
// line per image, its label first.
func digitsCSV(set *dataset.Set, value func(v uint8) string) string {
	var text strings.Builder
	text.WriteString("label")
	for i := range set.Width * set.Height {
		fmt.Fprintf(&text, ",pixel%d", i)
	}
	for i := range set.Len() {
		fmt.Fprintf(&text, "\n%d", set.Labels[i])
		for _, v := range set.Image(i) {
			text.WriteString("," + value(v))
		}
	}
	return text.String() + "\n"
}

// TestForms trains on the same images in the forms that people have them, and wants the
// same accuracy of each, in training and when other data of the same form are measured.
func TestForms(t *testing.T) {
	train, test := drawnDigits(t, 600, 1), drawnDigits(t, 200, 2)
	bytes := func(v uint8) string { return strconv.Itoa(int(v)) }
	inverse := func(v uint8) string { return strconv.Itoa(255 - int(v)) }
	floats := func(v uint8) string { return strconv.FormatFloat(float64(v)/255, 'g', -1, 32) }
	var want evaluate.Result
	var wantTest float64
	for _, c := range []struct {
		name, file string
		value      func(v uint8) string
		turned     bool
		flags      []string
		note       string
	}{
		{"Kaggle's digit recogniser", "train.csv", bytes, false, nil, ""},
		{"floats 0..1", "train.csv", floats, false, nil, "values 0..1 became pixels 0..255"},
		{"dark on light", "train.csv", inverse, false, nil, "all were inverted (--invert no keeps them)"},
		{"EMNIST's file", "emnist-digits-train.csv", bytes, true, nil, "rows and columns were exchanged"},
		{"0..510 by --pixels", "train.csv", func(v uint8) string { return strconv.Itoa(2 * int(v)) }, false, []string{"--pixels", "0..510"}, "values 0..510 became"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			learned, measured := *train, *test
			if c.turned {
				learned.Pixels, measured.Pixels = turned(train), turned(test)
			}
			path := filepath.Join(dir, "mine.ink")
			data := write(t, dir, c.file, digitsCSV(&learned, c.value))
			args := append([]string{"fit", "--data", data, "--epochs", "12", "--learning-rate", "0.005", "--json", "--out", path}, c.flags...)
			stdout, stderr, err := inkling(args...)
			if err != nil || !strings.Contains(stderr, c.note) {
				t.Fatalf("fit: got %v, want %q in\n%s", err, c.note, stderr)
			}
			var r evaluate.Result
			decode(t, stdout, &r)
			stdout, stderr, err = inkling("evaluate", path, "--data", write(t, dir, "test.csv", digitsCSV(&measured, c.value)), "--json")
			if err != nil {
				t.Fatalf("evaluate: got %v\n%s", err, stderr)
			}
			var v evaluate.Evaluation
			decode(t, stdout, &v)
			if want.ValAccuracy == nil {
				want, wantTest = r, v.Accuracy
			}
			if *r.ValAccuracy < 0.85 || *r.ValAccuracy != *want.ValAccuracy || *r.ValLoss != *want.ValLoss || v.Accuracy != wantTest {
				t.Errorf("got val_accuracy %v, test %v, want %v and %v as of bytes, at least 0.85", *r.ValAccuracy, v.Accuracy, *want.ValAccuracy, wantTest)
			}
		})
	}
}

// turned returns a set's pixels with rows and columns exchanged, as EMNIST has them.
func turned(set *dataset.Set) []uint8 {
	values := append([]uint8(nil), set.Pixels...)
	pixels.Transpose(values, set.Width, set.Height)
	return values
}

// TestWebcamFolder goes from a webcam's export, with what lies beside the classes, to a
// figure; its validation part is used in place of --split.
func TestWebcamFolder(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "webcam.ink")
	for i, part := range []string{"train", "valid"} {
		if err := photo.WriteSymbols(filepath.Join(dir, part), 6-4*i, uint64(1+i)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, dir, "labels.txt", "0 fork\n")
	write(t, filepath.Join(dir, "train", "fork"), "Thumbs.db", "x")
	_, stderr, err := inkling("fit", "--data", dir, "--epochs", "20", "--out", out)
	for _, want := range []string{"left out labels.txt", "its validation part of 6 images is used instead of --split", "18 images to train on, 6 to validate"} {
		if err != nil || !strings.Contains(stderr, want) {
			t.Errorf("fit: got %v, want %q in\n%s", err, want, stderr)
		}
	}
	stdout, _, err := inkling("evaluate", out, "--data", dir, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var v evaluate.Evaluation
	decode(t, stdout, &v)
	if v.Count != 6 || v.Accuracy < 0.8 {
		t.Errorf("evaluate: got %v of %d pictures, want 0.8 at least of the 6 to validate", v.Accuracy, v.Count)
	}
}

// TestDataSaysWhatIsTaken wants it in the text and in JSON.
func TestDataSaysWhatIsTaken(t *testing.T) {
	set := drawnDigits(t, 40, 1)
	path := write(t, t.TempDir(), "train.csv", digitsCSV(set, func(v uint8) string { return strconv.FormatFloat(1-float64(v)/255, 'g', -1, 32) }))
	stdout, _, err := inkling("data", path)
	for _, want := range []string{"\nvalues 0..1 became pixels 0..255\n", "100 % of the images are dark on light: all were inverted"} {
		if err != nil || !strings.Contains(stdout, want) {
			t.Errorf("got %v, want %q in\n%s", err, want, stdout)
		}
	}
	stdout, _, err = inkling("data", path, "--invert", "no", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var d survey.Description
	decode(t, stdout, &d)
	if d.Values != "0..1" || d.Inverted || len(d.Notes) != 1 {
		t.Errorf("got %+v", d)
	}
	if err := os.WriteFile(path, []byte("1,2,3,4\n5,6,7,99\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if stdout, _, err := inkling("data", path, "--label-column", "none", "--size", "2x2"); err != nil || !strings.Contains(stdout, "no labels") {
		t.Errorf("without labels: got %v\n%s", err, stdout)
	}
}

// TestReadingFlags wants what cannot be meant refused, and the flags only where there is
// data of one's own.
func TestReadingFlags(t *testing.T) {
	path := write(t, t.TempDir(), "x.csv", "a,0,1,2,16\nb,0,1,2,3\n")
	for want, args := range map[string][]string{
		`--pixels: got "white", want LOW..HIGH`:                     {"data", path, "--pixels", "white"},
		`--invert: got "maybe", want yes or no`:                     {"data", path, "--invert", "maybe"},
		"--transpose belongs to data of your own":                   {"data", "synthetic", "--transpose", "yes"},
		"fit: --pixels belongs to data of your own":                 {"fit", "--data", "synthetic", "--pixels", "0..1"},
		"evaluate: --no-cache belongs to data of your own":          {"evaluate", trained(t), "--no-cache"},
		"predict: --label-column belongs to data of your own":       {"predict", trained(t), "--data", "synthetic", "--label-column", "none"},
		"got values 0..16, want 0..1 or 0..255; --pixels LOW..HIGH": {"fit", "--data", path, "--out", path + ".ink"},
	} {
		if _, _, err := inkling(args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want %q", args, err, want)
		}
	}
	if stdout, _, err := inkling("data", path, "--pixels", "0..16"); err != nil || !strings.Contains(stdout, "values 0..16 became") {
		t.Errorf("got %v\n%s", err, stdout)
	}
}

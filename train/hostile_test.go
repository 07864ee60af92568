package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// evil are names that would take over a terminal or a spreadsheet.
var evil = []string{
	"\x1b[2J\x1b[31mPWNED\x1b[0m", "\x1b]0;owned\a", "=HYPERLINK(\"http://evil\")", "+1+1", "-1+cmd|' C'!A0", "@SUM(1)",
	"a\nb", "c\rd", "\u202egnp.exe\u202c", "\u2066x\u009b31m", "-1",
}

// evilModel writes a model whose labels are evil.
func evilModel(t *testing.T, path string) {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{28, 28, 1}, &nn.Flatten{}, &nn.Dense{Units: len(evil)}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	m := &model.Model{Recipe: ink.Photo, Labels: evil, DataLabels: evil, Temperature: 1, Network: network}
	m.Training.Data, m.Training.Optimizer, m.Training.Epochs = evil[0], evil[1], 1
	if err := writeModel(path, m); err != nil {
		t.Fatal(err)
	}
}

// evilPicture writes a picture.
func evilPicture(t *testing.T, path string) {
	t.Helper()
	var file bytes.Buffer
	m := image.NewGray(image.Rect(0, 0, 28, 28))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	m.Pix[len(m.Pix)/2] = 254 // not of a single shade, but nothing is drawn
	if err := png.Encode(&file, m); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestNamesReachNoTerminal runs commands on files whose names, labels and contents are
// escape sequences, and looks at every byte that they print.
func TestNamesReachNoTerminal(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "evil.ink")
	evilModel(t, path)
	data := filepath.Join(dir, "data \x1b[31m")
	for _, class := range evil {
		evilPicture(t, filepath.Join(data, strings.ReplaceAll(class, "/", ""), "1.png"))
	}
	broken := filepath.Join(dir, "broken\x1b]0;t\a.png")
	if err := os.WriteFile(broken, []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(data, evil[0], "1.png")
	config := filepath.Join(dir, "model.json")
	if err := os.WriteFile(config, []byte(`{"class_name":"Sequential","config":{"layers":[{"class_name":"Evil\u001b[31m\u202e","config":{"name":"x\u009b2J"}}]}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"summary", path}, {"summary", path, "--json"}, {"predict", path, picture, broken}, {"predict", path, picture, "--json"},
		{"predict", path, broken}, {"evaluate", path, "--data", data}, {"data", data}, {"data", data, "--json"},
		{"predict", path, "--data", data}, {"fit", "--data", data, "--labels", "a,b"}, {"import", config}, {"fit", "--data", broken},
	} {
		said, _ := command(append(args, "--data-dir", dir)...).CombinedOutput()
		for _, r := range strings.ReplaceAll(strings.ReplaceAll(string(said), "\n", ""), "\t", "") {
			if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == utf8.RuneError {
				t.Errorf("%q: got %U in %q", args, r, said)
				break
			}
		}
		if len(said) == 0 {
			t.Errorf("%q: got nothing", args)
		}
	}
}

// TestNoFormulas checks the cells of predict's CSV.
func TestNoFormulas(t *testing.T) {
	dir := t.TempDir()
	path, out := filepath.Join(dir, "evil.ink"), filepath.Join(dir, "answers.csv")
	evilModel(t, path)
	t.Chdir(dir)
	evilPicture(t, "=1+1.png")
	if _, _, err := inkling("predict", path, "=1+1.png", "--out", out); err != nil {
		t.Fatal(err)
	}
	got := string(content(t, out))
	for _, want := range []string{"'=1+1.png,", `,"'=HYPERLINK(""http://evil"")",'+1+1,'-1+cmd|' C'!A0,'@SUM(1),`, ",-1\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

// TestNoModelToMake checks that fit says at its start what no model can hold.
func TestNoModelToMake(t *testing.T) {
	out := filepath.Join(t.TempDir(), "big.ink")
	_, stderr, err := inkling("fit", "--data", "synthetic", "--out", out, "--layers", "conv 20000 1"+strings.Repeat(", dropout 0.1", 5)+", global average")
	if err == nil || !strings.Contains(err.Error(), "for one image, want at most") || strings.Contains(stderr, "Epoch") {
		t.Errorf("got %v, %q, want a refusal before the first epoch", err, stderr)
	}
}

// TestPathsWithCommas checks paths that look like a list of data sets.
func TestPathsWithCommas(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, class := range []string{"a", "b"} {
		for _, name := range []string{"1.png", "2.png", "3.png"} {
			evilPicture(t, filepath.Join("photos, new*2", class, name))
		}
	}
	_, stderr, err := inkling("fit", "--data", "photos, new*2", "--recipe", "picture", "--size", "28", "--epochs", "1", "--layers", "dense 2")
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	if m, err := readModel("photos, new*2.ink"); err != nil || m.Training.Data != "photos, new*2" || m.Width() != 28 || m.Height() != 28 {
		t.Errorf("got %v, %+v", err, m)
	}
}

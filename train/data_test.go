package main

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/survey"
)

// uciText is one digit, a 7 of two strokes, as UCI's UNIPEN file has it.
const uciText = `.SEGMENT DIGIT 0-1 ? "7"
.PEN_DOWN
 10 90
 60 90
 30 10
.PEN_UP
.PEN_DOWN
 20 50
 50 50
.PEN_UP
`

func TestDataLists(t *testing.T) {
	stdout, _, err := inkling("data", "--data-dir", t.TempDir(), "--json")
	if err != nil {
		t.Fatal(err)
	}
	var sets []knownSet
	decode(t, stdout, &sets)
	want := dataset.Catalogue()
	if len(sets) != len(want) {
		t.Fatalf("got %d sets, want %d", len(sets), len(want))
	}
	for i, s := range sets {
		if s.Name != want[i].Name || s.There != (len(want[i].Files) == 0) {
			t.Errorf("%s: got it there %v, want %s, there if it has no files", s.Name, s.There, want[i].Name)
		}
		if !s.There && !strings.HasPrefix(s.Advice, "inkling data "+s.Name) && s.Advice != "inkling data unipen --unipen DIR" {
			t.Errorf("%s: got the advice %q", s.Name, s.Advice)
		}
	}
}

func TestDataDescribes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sheet.png")
	stdout, _, err := inkling("data", "synthetic", "--json", "--sheet", path)
	if err != nil {
		t.Fatal(err)
	}
	var d survey.Description
	decode(t, stdout, &d)
	if len(d.Parts) != 2 || len(d.Classes) != 10 || d.Parts[0].Max != 255 || d.Parts[0].Min != 0 {
		t.Fatalf("got %+v, want two parts, ten classes, pixels 0..255", d)
	}
	for _, p := range d.Parts {
		total := 0
		for _, n := range p.Counts {
			total += n
		}
		if total != p.Shape[0] || p.Shape[1] != 28 || p.Shape[2] != 28 {
			t.Errorf("%s: got %+v, want counts that add up to the shape", p.Part, p)
		}
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if config, err := png.DecodeConfig(file); err != nil || config.Width < 500 || config.Height < 500 {
		t.Errorf("sheet: got %+v, %v, want a picture of ten rows", config, err)
	}
	text, _, err := inkling("data", "synthetic")
	if err != nil || !strings.Contains(text, "train      (6000, 28, 28)  uint8  0    255") {
		t.Errorf("as text: got %v\n%s", err, text)
	}
}

// TestDataAugmented draws the sheets of what a network is fed.
func TestDataAugmented(t *testing.T) {
	for name, rows := range map[string]int{"synthetic": 10, "non-digits": 4} {
		path := filepath.Join(t.TempDir(), name+".png")
		if _, _, err := inkling("data", name, "--sheet", path, "--augmented"); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		config, err := png.DecodeConfig(file)
		if err != nil || config.Width < 16*56 || config.Height < rows*56 {
			t.Errorf("%s: got %+v, %v, want a picture of %d rows of 16", name, config, err, rows)
		}
	}
}

// TestDataOfPen converts UCI's text and trains on what comes out.
func TestDataOfPen(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := inkling("data", "pen", "--data-dir", dir); err == nil || !strings.Contains(err.Error(), "--unipen") {
		t.Errorf("without the file: got %v, want advice", err)
	}
	from := write(t, dir, "pendigits-orig.tra", uciText)
	stdout, _, err := inkling("data", "pen", "--data-dir", dir, "--unipen", from, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var d survey.Description
	decode(t, stdout, &d)
	if d.Parts[0].Shape[0] != 1 || d.Parts[0].Counts[7] != 1 {
		t.Errorf("got %+v, want one seven", d)
	}
	if len(d.Writers) != 1 || d.Writers[0].Count != 1 {
		t.Errorf("writers: got %+v, want one with one digit", d.Writers)
	}
	if text, _, err := inkling("data", "pen", "--data-dir", dir); err != nil || !strings.Contains(text, "writer  drawings\n") {
		t.Errorf("as text: got %v\n%s", err, text)
	}
	if _, err := os.Stat(filepath.Join(dir, "pen", "pen_train.json.gz")); err != nil {
		t.Error(err)
	}
}

func TestDataMistakes(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"sheet of nothing", []string{"data", "--sheet", "x.png"}, 2, "wants the NAME"},
		{"augmented without a sheet", []string{"data", "synthetic", "--augmented"}, 2, "wants --sheet"},
		{"augmented nothing", []string{"data", "--augmented"}, 2, "wants the NAME"},
		{"unknown", []string{"data", "minst"}, 2, `"minst", want ` + strings.Join(dataset.Names(), ", ") + ", or the path"},
		{"unipen of another", []string{"data", "mnist", "--unipen", "x"}, 2, "belongs to inkling data pen"},
		{"unipen missing", []string{"data", "pen", "--unipen", filepath.Join(dir, "none.tra")}, 1, "none.tra"},
		{"two names", []string{"data", "mnist", "pen"}, 2, "accepts at most 1 arg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := inkling(append(c.args, "--data-dir", dir)...)
			if err == nil || !strings.Contains(err.Error(), c.want) || exitCode(err) != c.code {
				t.Errorf("error: got %v, want code %d and %q", err, c.code, c.want)
			}
		})
	}
}

// TestDataOfMNIST verifies the real files where they are at hand.
func TestDataOfMNIST(t *testing.T) {
	dir := os.Getenv("INKLING_DATA")
	if _, err := os.Stat(filepath.Join(dir, "mnist")); dir == "" || err != nil {
		t.Skip("INKLING_DATA: no mnist/ there")
	}
	stdout, _, err := inkling("data", "mnist", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var d survey.Description
	decode(t, stdout, &d)
	if got, want := d.Parts[0].Shape, [3]int{60000, 28, 28}; got != want {
		t.Errorf("train: got %v, want %v", got, want)
	}
	if got, want := d.Parts[1].Counts[5], 892; got != want {
		t.Errorf("fives in test: got %d, want %d", got, want)
	}
}

// TestDataOfUnipen makes the sets of a small archive, and says how to get the real one.
func TestDataOfUnipen(t *testing.T) {
	dir := t.TempDir()
	stdout, _, err := inkling("data", "unipen", "--data-dir", dir)
	if err != nil || !strings.Contains(stdout, "zenodo") || !strings.Contains(stdout, "run inkling data unipen --unipen DIR") {
		t.Errorf("nothing there: got %v\n%s", err, stdout)
	}
	archive := filepath.Join(t.TempDir(), "archive")
	for name, text := range map[string]string{
		"include/xyz/page.dat": ".COORD X Y\n.PEN_DOWN\n 10 90\n 60 90\n 30 10\n.PEN_UP\n.PEN_DOWN\n 20 50\n 50 50\n.PEN_UP\n",
		"data/1a/xyz/a.dat":    ".INCLUDE xyz/page.dat\n.WRITER_ID anna\n.SEGMENT CHARACTER 0-1 ? \"7\"\n",
	} {
		path := filepath.Join(archive, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Dir(path), filepath.Base(path), text)
	}
	stdout, stderr, err := inkling("data", "unipen", "--data-dir", dir, "--unipen", archive)
	if err != nil || strings.Contains(stdout, "missing") || !strings.Contains(stderr, "characters of 1 people") {
		t.Fatalf("got %v\n%s%s", err, stdout, stderr)
	}
	stdout, _, err = inkling("data", "unipen-digits", "--data-dir", dir, "--json")
	var d survey.Description
	decode(t, stdout, &d)
	if err != nil || d.Parts[0].Shape[0] != 1 || d.Parts[0].Counts[7] != 1 {
		t.Errorf("got %v, %+v, want one seven", err, d)
	}
}

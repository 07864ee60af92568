package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/photo"
)

// dots returns lines of a table with images of 8x8, in which the labels take turns.
// Pixels of 200 and more are the bits of the label's place, counted from 1.
func dots(labels []string, each int) []string {
	var lines []string
	chance := rand.New(rand.NewPCG(7, 0))
	for range each {
		for i, label := range labels {
			var line strings.Builder
			line.WriteString(label)
			for pixel := range 64 {
				ink := 30 * chance.IntN(2)
				if (i+1)>>(pixel%10)&1 == 1 {
					ink += 200
				}
				line.WriteString("," + strconv.Itoa(ink))
			}
			lines = append(lines, line.String())
		}
	}
	return lines
}

// tableOf returns a table of dots with the names of its columns.
func tableOf(lines []string) string {
	head := "label"
	for pixel := range 64 {
		head += ",pixel" + strconv.Itoa(pixel)
	}
	return head + "\n" + strings.Join(lines, "\n") + "\n"
}

// dotsCSV returns the content of a CSV file of dots.
func dotsCSV(labels []string, each int) string { return tableOf(dots(labels, each)) }

// counted returns n labels with gaps: "100", "103", ...
func counted(n int) []string {
	var labels []string
	for i := range n {
		labels = append(labels, strconv.Itoa(100+3*i))
	}
	return labels
}

// measured evaluates a model on a file and returns the figures and standard error.
func measured(t *testing.T, model, data string) (evaluate.Evaluation, string) {
	t.Helper()
	stdout, stderr, err := inkling("evaluate", model, "--data", data, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var v evaluate.Evaluation
	decode(t, stdout, &v)
	return v, stderr
}

// TestLabelsAreNames measures on sets that lack classes, have others, or write the
// labels in another way.
func TestLabelsAreNames(t *testing.T) {
	dir := t.TempDir()
	labels := []string{"1", "2", "3", "5", "8", "13", "21", "34"}
	train := write(t, dir, "train.csv", dotsCSV(labels, 12))
	names := strings.Split("abcdefgh", "")
	for _, c := range []struct {
		name string
		args []string
	}{{"own", nil}, {"named", []string{"--labels", strings.Join(names, ",")}}} {
		t.Run(c.name, func(t *testing.T) {
			model := filepath.Join(t.TempDir(), "m.ink")
			if _, _, err := inkling(append([]string{"fit", "--data", train, "--epochs", "40", "--batch", "8", "--split", "0", "--out", model}, c.args...)...); err != nil {
				t.Fatal(err)
			}
			m, err := readModel(model)
			if err != nil || !slices.Equal(m.DataLabels, labels) || c.args != nil && !slices.Equal(m.Labels, names) {
				t.Fatalf("got %v, labels in the data %v of %v", err, m.DataLabels, m.Labels)
			}
			lines := dots(labels, 1)
			for name, data := range map[string]string{
				"all":          strings.Join(lines, "\n"),
				"without some": strings.Join(slices.Delete(slices.Clone(lines), 0, 3), "\n"),
				"one":          lines[5],
				"floats":       strings.NewReplacer("\n5,", "\n5.0,", "\n8,", "\n8e+00,").Replace(strings.Join(lines, "\n")),
			} {
				v, stderr := measured(t, model, write(t, dir, "test.csv", tableOf([]string{data})))
				if v.Accuracy != 1 || v.Count != strings.Count(data, "\n")+1 || stderr != "" {
					t.Errorf("%s: got accuracy %v of %d images, %s", name, v.Accuracy, v.Count, stderr)
				}
			}
			_, _, err = inkling("evaluate", model, "--data", write(t, dir, "test.csv", tableOf(append(lines, strings.Replace(lines[7], "34,", "55,", 1)))))
			if err == nil || !strings.Contains(err.Error(), `evaluate: test.csv: got the label "55", want one `) {
				t.Errorf("a stranger: got %v", err)
			}
		})
	}
}

// A model without labels of the data takes numbers for places, and says so.
func TestLabelsNotTold(t *testing.T) {
	dir := t.TempDir()
	train, model := write(t, dir, "train.csv", dotsCSV([]string{"0", "1", "2"}, 12)), filepath.Join(dir, "m.ink")
	if _, _, err := inkling("fit", "--data", train, "--labels", "x,y,z", "--epochs", "60", "--batch", "4", "--out", model); err != nil {
		t.Fatal(err)
	}
	m, err := readModel(model)
	if err != nil {
		t.Fatal(err)
	}
	m.DataLabels, m.Sections = nil, nil
	if err := writeModel(model, m); err != nil {
		t.Fatal(err)
	}
	v, stderr := measured(t, model, train)
	const want = "train.csv: the model was trained on data of this name, and its file does not tell what it has learned from: " +
		"--validation with the share of fit --split measures what that kept\n" +
		"train.csv: the model does not tell the labels of its data: 0..2 are taken for the places of x, y, z\n"
	if v.Accuracy != 1 || stderr != want {
		t.Errorf("got accuracy %v, %q, want %q", v.Accuracy, stderr, want)
	}
	_, _, err = inkling("evaluate", model, "--data", write(t, dir, "test.csv", dotsCSV([]string{"1", "2", "3"}, 1)))
	if err == nil || !strings.Contains(err.Error(), `got the label "3", want one of the classes x, y, z, or a place among them, 0..2`) {
		t.Errorf("a number outside: got %v", err)
	}
}

// A folder for testing may lack some of the model's classes, but has no others.
func TestLabelsOfFolders(t *testing.T) {
	dir, model := symbols(t, 3), filepath.Join(t.TempDir(), "m.ink")
	if _, _, err := inkling("fit", "--data", dir, "--epochs", "20", "--out", model); err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	if err := photo.WriteSymbols(other, 2, 9); err != nil {
		t.Fatal(err)
	}
	names := photo.SymbolNames()
	if err := os.Rename(filepath.Join(other, names[0]), filepath.Join(other, "zebra")); err != nil {
		t.Fatal(err)
	}
	_, _, err := inkling("evaluate", model, "--data", other)
	if err == nil || !strings.Contains(err.Error(), `got the label "zebra", want one of the classes `+strings.Join(names, ", ")) {
		t.Errorf("got %v, want the stranger's name", err)
	}
	if err := os.RemoveAll(filepath.Join(other, "zebra")); err != nil {
		t.Fatal(err)
	}
	if v, _ := measured(t, model, other); v.Count != 4 || v.Accuracy < 0.75 {
		t.Errorf("some classes: got %d images, accuracy %v", v.Count, v.Accuracy)
	}
}

// Names that no class can have are refused before training starts.
func TestNamesRefused(t *testing.T) {
	dir := t.TempDir()
	table := write(t, dir, "d.csv", dotsCSV([]string{"0", "1", "2"}, 4))
	keras := kerasFiles + "keras3/chain.keras"
	long := strings.Repeat("x", 256)
	strokes := func(label string) string {
		return write(t, dir, "s.json", `[{"label":"b","strokes":[[[0,0],[1,1]]]},{"label":`+label+`,"strokes":[[[0,0],[1,1]]]}]`)
	}
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"duplicate", []string{"fit", "--data", table, "--labels", "a,b,a"}, `--labels: got two classes with the name "a"`},
		{"empty", []string{"fit", "--data", table, "--labels", "a,,b"}, "--labels: class 2 of 3 has no name"},
		{"long", []string{"fit", "--data", table, "--labels", "a,b," + long}, "of 256 bytes, want at most 255"},
		{"not UTF-8", []string{"fit", "--data", table, "--labels", "a,b,\xff"}, "want UTF-8"},
		{"one class", []string{"fit", "--data", write(t, dir, "1.csv", dotsCSV([]string{"4"}, 4))}, "got 1 class, 4, want 2..1000"},
		{"too many", []string{"fit", "--data", write(t, dir, "m.csv", dotsCSV(counted(1001), 1))}, "got 1001 classes, at most 1000"},
		{"empty in a table", []string{"fit", "--data", write(t, dir, "e.csv", dotsCSV([]string{"a", "", "c"}, 1))}, "got no label, want one"},
		{"long in a table", []string{"fit", "--data", write(t, dir, "l.csv", dotsCSV([]string{"a", long}, 1))}, ""},
		{"long in strokes", []string{"fit", "--data", strokes(`"` + long + `"`)}, "want a text of 1..255 bytes"},
		{"empty in strokes", []string{"fit", "--data", strokes(`""`)}, "want a text of 1..255 bytes"},
		{"not UTF-8 in strokes", []string{"fit", "--data", strokes("\"\xff\"")}, "want a text of 1..255 bytes of UTF-8"},
		{"import: duplicate", []string{"import", keras, "--labels", "a,a,b,c,d,e,f,g,h,i"}, `--labels: got two classes with the name "a"`},
		{"import: empty", []string{"import", keras, "--labels", "a,,b,c,d,e,f,g,h,i"}, "class 2 of 10 has no name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "m.ink")
			_, stderr, err := inkling(append(c.args, "--out", out)...)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(stderr, "to train on") {
				t.Errorf("got %v, want %q\n%s", err, c.want, stderr)
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("a model was written")
			}
		})
	}
}

// TestManyClasses trains on 300 and on 1,000 classes, measures them and makes their
// cards.
func TestManyClasses(t *testing.T) {
	for _, n := range []int{300, 1000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			dir := t.TempDir()
			train, model := write(t, dir, "many.csv", dotsCSV(counted(n), 2)), filepath.Join(dir, "m.ink")
			if _, _, err := inkling("fit", "--data", train, "--layers", "dense 64 relu", "--split", "0", "--epochs", "20", "--batch", "32", "--learning-rate", "0.01", "--out", model); err != nil {
				t.Fatal(err)
			}
			test := write(t, dir, "test.csv", tableOf(dots(counted(n), 1)[n/2:]))
			v, _ := measured(t, model, test)
			if v.Accuracy < 0.9 || v.Count != n-n/2 || len(v.Classes) != n {
				t.Errorf("got accuracy %v of %d images, %d classes", v.Accuracy, v.Count, len(v.Classes))
			}
			if _, _, err := inkling("card", model, "--data", test); err != nil {
				t.Fatal(err)
			}
			var c card
			file := content(t, filepath.Join(dir, "m.card.json"))
			decode(t, string(file), &c)
			if s := c.Sets[0]; len(s.Classes) != 20 || len(s.Confusion) != 20 || s.Accuracy != v.Accuracy || len(file) > 64<<10 {
				t.Errorf("card: got %d classes, a matrix of %d, accuracy %v, %d bytes", len(s.Classes), len(s.Confusion), s.Accuracy, len(file))
			}
		})
	}
}

package main

import (
	"encoding/csv"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/photo"
	"github.com/seed-c844a918/inkling/internal/predict"
)

// TestPredictSet asks about the test images of a data set, in every form.
func TestPredictSet(t *testing.T) {
	out := filepath.Join(t.TempDir(), "answers.csv")
	stdout, _, err := inkling("predict", trained(t), "--data", "synthetic", "--out", out)
	if err != nil {
		t.Fatal(err)
	}
	set := synthetic(t).Test
	lines := strings.Split(stdout, "\n")
	if want := fmt.Sprintf("predictions: (%d, 10)", set.Len()); lines[0] != want || !strings.HasPrefix(strings.TrimSpace(lines[1]), "image") {
		t.Errorf("got\n%s, want %q first", stdout, want)
	}
	if want := fmt.Sprintf("and %d more: --out", set.Len()-10); !strings.Contains(stdout, want) {
		t.Errorf("got\n%s, want %q in it", stdout, want)
	}
	file, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != set.Len()+1 || strings.Join(rows[0], ",") != "file,index,truth,label,sure,confidence,0,1,2,3,4,5,6,7,8,9" {
		t.Fatalf("CSV: got %v, %d rows, head %v", err, len(rows), rows[0])
	}
	right := 0
	for i, row := range rows[1:] {
		if row[0] != "synthetic" || row[1] != fmt.Sprint(i) || row[2] != set.Classes[set.Labels[i]] || len(row) != 16 {
			t.Fatalf("row %d: got %v", i, row)
		}
		if row[2] == row[3] {
			right++
		}
	}
	if want := fmt.Sprintf("%d of %d right", right, set.Len()); !strings.Contains(stdout, want) {
		t.Errorf("got\n%s, want %q in it", stdout, want)
	}
}

// TestPredictShow draws pictures, drawings and IDX images on one sheet.
func TestPredictShow(t *testing.T) {
	dir := t.TempDir()
	strokes := write(t, dir, "one.json", `[[[0.5,0.1],[0.5,0.5],[0.49,0.9]]]`)
	picture, blank := filepath.Join(dir, "wave.png"), filepath.Join(dir, "blank.png")
	savePNG(t, picture, 1)
	savePNG(t, blank, 0)
	sheet, out := filepath.Join(dir, "sheet.png"), filepath.Join(dir, "answers.json")
	stdout, _, err := inkling("predict", trained(t), picture, strokes, blank, "--show", sheet, "--out", out)
	if err != nil || !strings.Contains(stdout, "nothing drawn") {
		t.Fatalf("got %v\n%s", err, stdout)
	}
	var answers []predict.Prediction
	decode(t, string(content(t, out)), &answers)
	if len(answers) != 3 || answers[2].Label != "" {
		t.Errorf("JSON: got %+v, want three answers, the last without a label", answers)
	}
	file, err := os.Open(sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if config, err := png.DecodeConfig(file); err != nil || config.Width < 3*(2*84+100) || config.Height < 100 {
		t.Errorf("sheet: got %+v, %v, want three answers in a row", config, err)
	}
}

// savePNG writes a picture of the first strokes of a wave.
func savePNG(t *testing.T, path string, strokes int) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, photo.Render(photo.Symbol("wave", 3)[:strokes], photo.Transparent, 3)); err != nil {
		t.Fatal(err)
	}
}

func TestPredictMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"nothing to ask about", nil, "want files, or a data set as --data"},
		{"both", []string{"x.png", "--data", "synthetic"}, "want files, or a data set as --data"},
		{"out", []string{"x.png", "--out", "x.txt"}, "want the name of a .csv or .json file"},
		{"show", []string{"x.png", "--show", "x.gif"}, "want the name of a .png file"},
		{"submission as JSON", []string{"x.csv", "--submission", "--out", "x.json"}, "--submission wants --out FILE.csv"},
		{"submission of two", []string{"x.csv", "y.csv", "--submission", "--out", "z.csv"}, "--submission wants one file, got 2"},
		{"data", []string{"--data", "minst"}, `"minst", want mnist`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := inkling(append([]string{"predict", trained(t)}, c.args...)...)
			if err == nil || !strings.Contains(err.Error(), c.want) || exitCode(err) != 2 {
				t.Errorf("error: got %v, want a usage error with %q", err, c.want)
			}
		})
	}
}

// photographs writes pen digits of writers 21-25 as pictures, all kinds in turn, and
// returns their paths and labels.
func photographs(t *testing.T, dir string, n int) (paths []string, labels []int) {
	t.Helper()
	file, err := strokes.Read(filepath.Join(os.Getenv("INKLING_DATA"), "pen", "pen_train.json.gz"))
	if err != nil {
		t.Skipf("the pen digits are not there: %v", err)
	}
	var others []strokes.Drawing
	for _, d := range file.Drawings {
		if d.Writer >= 21 && d.Writer <= 25 {
			others = append(others, d)
		}
	}
	kinds := photo.Kinds()
	for i := range n {
		d := others[i*len(others)/n]
		path := filepath.Join(dir, fmt.Sprintf("%03d.png", i))
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if err := png.Encode(file, photo.Render(strokes.Place(d, 1, i), kinds[i%len(kinds)], uint64(i))); err != nil {
			t.Fatal(err)
		}
		paths, labels = append(paths, path), append(labels, d.Label)
	}
	return paths, labels
}

// TestPhotographs wants 95 of 100 pen digits read right from pictures with
// shading, coloured ink, light on dark or transparency.
func TestPhotographs(t *testing.T) {
	const model = "../web/models/digits.ink"
	if _, err := os.Stat(model); err != nil {
		t.Skipf("%s is not there", model)
	}
	paths, labels := photographs(t, t.TempDir(), 100)
	stdout, _, err := inkling(append([]string{"predict", model, "--json"}, paths...)...)
	if err != nil {
		t.Fatal(err)
	}
	var answers []predict.Prediction
	decode(t, stdout, &answers)
	right := 0
	for i, a := range answers {
		if a.Label == fmt.Sprint(labels[i]) {
			right++
		} else {
			t.Logf("%s, %s: read %q, is %d", filepath.Base(a.File), photo.Kinds()[i%4], a.Label, labels[i])
		}
	}
	if right < 95 {
		t.Errorf("got %d of 100 right, want 95", right)
	}
}

// TestKaggle goes from Kaggle's train.csv to the submission for its test.csv, which
// has no labels.
func TestKaggle(t *testing.T) {
	dir := t.TempDir()
	labels := []string{"2", "3", "5", "7"}
	var names []string
	for i := range 64 {
		names = append(names, fmt.Sprint("pixel", i))
	}
	head, lines := strings.Join(names, ","), dots(labels, 8)
	train, model := write(t, dir, "train.csv", "label,"+head+"\n"+strings.Join(lines, "\n")+"\n"), filepath.Join(dir, "k.ink")
	if _, _, err := inkling("fit", "--data", train, "--epochs", "40", "--batch", "8", "--labels", "two,three,five,seven", "--out", model); err != nil {
		t.Fatal(err)
	}
	test, want := head+"\n", "ImageId,Label\n"
	for i, line := range lines[:12] {
		label, image, _ := strings.Cut(line, ",")
		test, want = test+image+"\n", want+fmt.Sprintf("%d,%s\n", i+1, label)
	}
	path, out := write(t, dir, "test.csv", test), filepath.Join(dir, "submission.csv")
	for _, args := range [][]string{{path}, {"--data", path}} {
		stdout, _, err := inkling(append([]string{"predict", model, "--out", out, "--submission"}, args...)...)
		if err != nil || !strings.Contains(stdout, "two") {
			t.Fatalf("got %v\n%s", err, stdout)
		}
		if got := string(content(t, out)); got != want {
			t.Errorf("%v: got\n%s, want\n%s", args, got, want)
		}
	}
	stdout, _, err := inkling("predict", model, path, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var answers []predict.Prediction
	if decode(t, stdout, &answers); len(answers) != 12 || answers[0].Label != "two" || answers[0].Truth != "" {
		t.Errorf("got %d answers, first %+v", len(answers), answers[0])
	}
}

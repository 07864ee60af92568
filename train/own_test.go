package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/photo"
)

// symbols writes a folder of pictures of three made-up symbols and returns its path.
func symbols(t *testing.T, perClass int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "symbols")
	if err := photo.WriteSymbols(dir, perClass, 1); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestOwnPictures goes from a folder of pictures to answers about new ones.
func TestOwnPictures(t *testing.T) {
	dir := symbols(t, 8)
	path := filepath.Join(t.TempDir(), "symbols.ink")
	_, stderr, err := inkling("fit", "--data", dir, "--epochs", "20", "--out", path)
	if err != nil || !strings.Contains(stderr, "18 images to train on, 6 to validate, recipe drawing\n") {
		t.Fatalf("fit: got %v\n%s", err, stderr)
	}
	fresh := t.TempDir()
	if err := photo.WriteSymbols(fresh, 4, 99); err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(filepath.Join(fresh, "spiral")) // what is there of the classes is measured
	stdout, _, err := inkling("evaluate", path, "--data", fresh, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var v evaluate.Evaluation
	decode(t, stdout, &v)
	if v.Count != 8 || v.Accuracy < 0.8 || !slices.Equal(v.Classes, photo.SymbolNames()) {
		t.Errorf("evaluate: got %d pictures, accuracy %v, classes %v", v.Count, v.Accuracy, v.Classes)
	}
	stdout, _, err = inkling("summary", path)
	if err != nil || !strings.Contains(stdout, "Classes: fork, spiral, wave\nTrained on symbols: ") {
		t.Errorf("summary: got %v\n%s", err, stdout)
	}
	if _, _, err := inkling("evaluate", path); err == nil || !strings.Contains(err.Error(), "was trained on symbols: give --data and its path") {
		t.Errorf("evaluate without --data: got %v", err)
	}
}

// TestFromFolderToModel takes three commands from a folder of pictures to a model: look,
// fit, predict. TestWithoutGo (internal/e2e) goes on to a page of it.
func TestFromFolderToModel(t *testing.T) {
	dir, out := symbols(t, 30), t.TempDir()
	path := filepath.Join(out, "symbols.ink")
	for _, args := range [][]string{
		{"data", dir},
		{"fit", "--data", dir, "--out", path},
		{"predict", path, filepath.Join(dir, "wave", "003.png"), "--show", filepath.Join(out, "sheet.png")},
	} {
		if _, _, err := inkling(args...); err != nil {
			t.Fatal(err)
		}
	}
	m, err := readModel(path)
	if err != nil || !slices.Equal(m.Labels, photo.SymbolNames()) {
		t.Fatalf("the model: got %v, %v, want the classes %v", m, err, photo.SymbolNames())
	}
	if accuracy, _ := m.Training.Metric("val_accuracy"); accuracy < 0.95 {
		t.Errorf("val_accuracy: got %v, want 0.95", accuracy)
	}
}

// TestCompletion asks as a shell does.
func TestCompletion(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"__complete", "fit", "--optimizer", "ada"}, "adagrad"},
		{[]string{"__complete", "fit", "--recipe", "p"}, "picture\tfitted and scaled"},
		{[]string{"__complete", "fit", "--monitor", "val_a"}, "val_accuracy"},
		{[]string{"__complete", "evaluate", "--data", "fa"}, "fashion-mnist"},
		{[]string{"__complete", "pre"}, "predict"},
		{[]string{"completion", "bash"}, "__start_inkling"},
	} {
		if stdout, _, err := inkling(c.args...); err != nil || !strings.Contains(stdout, c.want) {
			t.Errorf("%v: got %v, %.200q, want %q in it", c.args, err, stdout, c.want)
		}
	}
}

// TestEveryCommandShowsExamples wants them in the help of each.
func TestEveryCommandShowsExamples(t *testing.T) {
	for _, command := range newRootCommand().Commands() {
		if command.Example == "" || command.Long == "" && command.Short == "" {
			t.Errorf("%s: got no examples in its help", command.Name())
		}
	}
}

// TestOwnBadPictures wants them listed, counted, and skipped only when asked.
func TestOwnBadPictures(t *testing.T) {
	dir := symbols(t, 2)
	bad := write(t, filepath.Join(dir, "wave"), "bad.png", "not a picture")
	args := []string{"fit", "--data", dir, "--epochs", "1", "--size", "16x20", "--recipe", "picture", "--out", filepath.Join(t.TempDir(), "x.ink")}
	_, stderr, err := inkling(args...)
	if err == nil || !strings.Contains(err.Error(), "1 of 7 pictures cannot be read; --skip-bad leaves them out") || !strings.Contains(stderr, bad) {
		t.Errorf("got %v and\n%s", err, stderr)
	}
	_, stderr, err = inkling(append(args, "--skip-bad")...)
	if err != nil || !strings.Contains(stderr, bad) || !strings.Contains(stderr, "1 pictures are left out") || !strings.Contains(stderr, "recipe picture") {
		t.Errorf("skipping: got %v and\n%s", err, stderr)
	}
	stdout, _, err := inkling("summary", args[len(args)-1])
	if err != nil || !strings.Contains(stdout, "Input: (20, 16, 1), recipe picture") {
		t.Errorf("summary: got %v\n%s", err, stdout)
	}
}

// TestOwnMixture trains on a folder and on strokes of the same classes.
func TestOwnMixture(t *testing.T) {
	strokes := write(t, t.TempDir(), "waves.json", `[{"label":"wave","strokes":[[[0,5],[2,2],[5,8],[7,5]]]},{"label":"spiral","strokes":[[[0,5],[2,2],[5,8],[1,1]]]}]`)
	path := filepath.Join(t.TempDir(), "mixed.ink")
	_, stderr, err := inkling("fit", "--data", symbols(t, 4)+","+strokes+"*3", "--labels", "fork,spiral,wave", "--augment", "dense", "--split", "0", "--epochs", "2", "--out", path)
	if err != nil || !strings.Contains(stderr, "18 images to train on") {
		t.Errorf("got %v\n%s", err, stderr)
	}
}

// TestBackground trains on a folder beside pictures that show none of its classes.
func TestBackground(t *testing.T) {
	others, dir := symbols(t, 2), symbols(t, 4)
	os.RemoveAll(filepath.Join(dir, "wave"))
	path := filepath.Join(t.TempDir(), "two.ink")
	_, stderr, err := inkling("fit", "--data", dir, "--labels", "fork,spiral", "--background", others, "--split", "0", "--epochs", "2", "--out", path)
	if err != nil || !strings.Contains(stderr, "14 images to train on") {
		t.Fatalf("got %v\n%s", err, stderr)
	}
	m, err := readModel(path)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Background || !slices.Equal(m.Labels, []string{"fork", "spiral"}) {
		t.Errorf("got the labels %v, background %v", m.Labels, m.Background)
	}
}

func TestOwnMistakes(t *testing.T) {
	dir := symbols(t, 1)
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"size", []string{"--data", dir, "--size", "28x"}, `got "28x", want WIDTHxHEIGHT`},
		{"too large", []string{"--data", dir, "--size", "28x9999"}, "at most 1024 a side"},
		{"size of a named set", []string{"--data", "synthetic", "--size", "28x28"}, "--size belongs to data of your own"},
		{"labels of a named set", []string{"--data", "synthetic", "--labels", "a,b"}, "--labels belongs to data of your own"},
		{"other classes", []string{"--data", dir, "--labels", "a,b"}, `got the label "fork", want one of the names a, b`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := inkling(append([]string{"fit", "--out", filepath.Join(t.TempDir(), "x.ink")}, c.args...)...)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

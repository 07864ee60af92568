package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/history"
)

// TestEvaluateReport checks the folder and that its figures agree with each other.
func TestEvaluateReport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "report")
	stdout, _, err := inkling("evaluate", trained(t), "--report", dir, "--json")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"classes.png", "confidence.png", "confusion.png", "evaluation.json", "mistakes.png", "reliability.png", "robustness.png"}
	if got := namesIn(t, dir); !slices.Equal(got, want) {
		t.Errorf("files: got %v, want %v", got, want)
	}
	data, err := os.ReadFile(filepath.Join(dir, "evaluation.json"))
	if err != nil || string(data) != stdout {
		t.Errorf("evaluation.json: got %v or other figures than those printed", err)
	}
	var e evaluate.Evaluation
	decode(t, stdout, &e)
	if e.Count != 1000 || e.Accuracy < 0.7 || e.K != 2 || e.TopK < e.Accuracy || e.Loss <= 0 {
		t.Errorf("got %d images, accuracy %v, top %d %v, loss %v", e.Count, e.Accuracy, e.K, e.TopK, e.Loss)
	}
	if e.Interval[0] >= e.Accuracy || e.Interval[1] <= e.Accuracy {
		t.Errorf("interval: got %v around %v", e.Interval, e.Accuracy)
	}
	if e.Refused != 0 || e.ShownAccuracy != e.Accuracy {
		t.Errorf("without a threshold: got %v refused, %v shown, want 0 and %v", e.Refused, e.ShownAccuracy, e.Accuracy)
	}
	if len(e.PerClass) != 10 || len(e.Bins) != 15 || len(e.Robustness) != 21 {
		t.Errorf("got %d classes, %d bins, %d perturbations, want 10, 15, 21", len(e.PerClass), len(e.Bins), len(e.Robustness))
	}
	delete(e.AUROC, evaluate.Clothes) // which only some machines have
	if got := slices.Sorted(maps.Keys(e.AUROC)); !slices.Equal(got, slices.Sorted(slices.Values(synth.NonDigitKinds()))) {
		t.Errorf("AUROC: got the kinds %v, want %v", got, synth.NonDigitKinds())
	}
}

// The text has the tables that were asked for and no others.
func TestEvaluateText(t *testing.T) {
	plain, _, err := inkling("evaluate", trained(t))
	if err != nil || !strings.Contains(plain, "95 % interval: 0.") || strings.Contains(plain, "AUROC") || strings.Contains(plain, "perturbation") {
		t.Errorf("got %v\n%s", err, plain)
	}
	all, _, err := inkling("evaluate", trained(t), "--non-digits", "--robustness")
	if err != nil || !strings.Contains(all, "\nscribble ") || !strings.Contains(all, "\nrotated ") || !strings.HasPrefix(all, plain[:80]) {
		t.Errorf("got %v\n%s", err, all)
	}
}

// For a model that reads no digits, asking about non-digits is an error, and a
// report goes without them.
func TestEvaluatePictures(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pictures.ink")
	if _, _, err := inkling("fit", "--data", "synthetic", "--recipe", "picture", "--epochs", "1", "--out", path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := inkling("evaluate", path, "--non-digits"); err == nil || !strings.Contains(err.Error(), "by the recipe picture, want the ten digits or the letters by drawing") {
		t.Errorf("--non-digits: got %v", err)
	}
	stdout, _, err := inkling("evaluate", path, "--report", filepath.Join(dir, "report"))
	if err != nil || strings.Contains(stdout, "AUROC") || !strings.Contains(stdout, "perturbation") {
		t.Errorf("--report: got %v\n%s", err, stdout)
	}
	if _, _, err := inkling("evaluate", path, "--report", path); err == nil || !strings.Contains(err.Error(), "evaluate: --report: ") {
		t.Errorf("--report of a file: got %v", err)
	}
}

func TestReport(t *testing.T) {
	dir := t.TempDir()
	data, err := os.ReadFile(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "tiny.ink", string(data))
	out := filepath.Join(dir, "results.md")
	if _, _, err := inkling("report", "--models", dir, "--out", out); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, name := range namesIn(t, filepath.Join(dir, "results")) {
		if !strings.Contains(string(page), "(results/"+name+")") {
			t.Errorf("%s is there, but not on the page", name)
		}
		shown++
	}
	if links := strings.Count(string(page), "]("); links != shown || shown != 5 {
		t.Errorf("got %d files and %d links, want 5", shown, links)
	}
	for _, line := range []string{"| tiny | synthetic | 1000 | ", "| scribble | 0.", "| rotated, degrees, either way | 10: "} {
		if !strings.Contains(string(page), "\n"+line) {
			t.Errorf("got no line %q in\n%s", line, page)
		}
	}
}

// Models of data that have no name are left out by name, and the others measured.
func TestReportLeavesOut(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "results.md")
	m, err := readModel(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	m.Training.Data, m.Labels = "symbols", strings.Split("abcdefghij", "")
	if err := writeModel(filepath.Join(dir, "own.ink"), m); err != nil {
		t.Fatal(err)
	}
	if _, _, err := inkling("import", kerasFiles+"keras3/chain.keras", "--labels", "a,b,c,d,e,f,g,h,i,j", "--out", filepath.Join(dir, "keras.ink")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := inkling("report", "--models", dir, "--out", out); err == nil || !strings.Contains(err.Error(), "no model of ") {
		t.Errorf("with nothing to measure: got %v", err)
	}
	write(t, dir, "tiny.ink", string(content(t, trained(t))))
	_, stderr, err := inkling("report", "--models", dir, "--out", out)
	if want := "own.ink left out: trained on symbols; inkling evaluate "; err != nil || !strings.Contains(stderr, want) {
		t.Fatalf("got %v and %q, want %q", err, stderr, want)
	}
	if want := "\nLeft out: keras (not trained by inkling), own (trained on symbols).\n"; !strings.Contains(string(content(t, out)), want) {
		t.Errorf("got no line %q in\n%s", want, content(t, out))
	}
}

func TestPlot(t *testing.T) {
	dir := t.TempDir()
	history := history.Path(trained(t))
	for _, args := range [][]string{{history, "curves.png"}, {history, "curves.svg"}, {trained(t), "weights.png"}, {trained(t), "weights.svg"}} {
		out := filepath.Join(dir, args[1])
		if _, _, err := inkling("plot", args[0], "--out", out); err != nil {
			t.Errorf("%s: %v", args[1], err)
		}
		if kind, err := os.ReadFile(out); err != nil || strings.HasSuffix(out, "png") != strings.HasPrefix(string(kind), "\x89PNG") {
			t.Errorf("%s: got %v or another format", args[1], err)
		}
	}
	for name, c := range map[string]struct {
		file, out, want string
		code            int
	}{
		"no out":       {history, "", `got --out "", want the name of a .png or .svg file`, 2},
		"other format": {history, "x.gif", "want the name of a .png or .svg file", 2},
		"no folder":    {history, filepath.Join(dir, "none", "x.png"), "there is no folder", 1},
		"empty":        {write(t, dir, "empty.csv", ""), filepath.Join(dir, "x.png"), "got no line of an epoch", 1},
		"no number":    {write(t, dir, "bad.csv", "epoch,loss\n1,high\n"), filepath.Join(dir, "x.png"), `epoch 1: got loss "high", want a finite number`, 1},
		"no history":   {write(t, dir, "bad.ink", "x"), filepath.Join(dir, "x.png"), "bad.ink: ink: signature", 1},
	} {
		_, _, err := inkling("plot", c.file, "--out", c.out)
		if err == nil || !strings.Contains(err.Error(), c.want) || exitCode(err) != c.code {
			t.Errorf("%s: got %v, want %q and exit code %d", name, err, c.want, c.code)
		}
	}
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// synthetic returns the set that needs no download.
func synthetic(t *testing.T) dataset.Pair {
	t.Helper()
	pair, err := dataset.Open("synthetic", "")
	if err != nil {
		t.Fatal(err)
	}
	return pair
}

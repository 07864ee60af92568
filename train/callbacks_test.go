package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/history"
)

// TestStopsEarly stops a run that improves too little, reads its history back,
// draws it, and begins again over the finished run's checkpoint.
func TestStopsEarly(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	args := []string{"fit", "--data", "synthetic", "--epochs", "9", "--out", path("a.ink"), "--history", path("a.json"), "--checkpoint", path("a.ckpt"),
		"--early-stopping", "2", "--min-delta", "5", "--reduce-on-plateau", "1", "--monitor", "val_accuracy", "--class-weights", "3=2,7=0.5"}
	stdout, stderr, err := inkling(args...)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stdout, "the weights of epoch 1\nstopped early after epoch 3: val_accuracy had not improved for 2 epochs\n") {
		t.Errorf("fit: got\n%s", stdout)
	}
	if strings.Contains(stderr, "trains longer") {
		t.Errorf("progress: got %q, want no advice to train longer", stderr)
	}
	epochs, err := history.Read(path("a.json"))
	if err != nil || len(epochs) != 3 || epochs[2].ValLoss <= 0 {
		t.Errorf("history: got %v, %v, want three epochs", epochs, err)
	}
	if _, _, err := inkling("plot", path("a.json"), "--out", path("a.svg")); err != nil {
		t.Error(err)
	}
	first := content(t, path("a.ink"))
	os.Remove(path("a.ink"))
	if _, _, err := inkling("fit", "--resume", path("a.ckpt")); err != nil || !bytes.Equal(content(t, path("a.ink")), first) {
		t.Errorf("resumed after the end: got %v, want the same model", err)
	}
	if _, _, err := inkling(args...); err != nil {
		t.Errorf("over the checkpoint of a run that has stopped: got %v", err)
	}
}

// Top-k accuracy is in the epochs' lines, both forms of the history, the result
// and what evaluate prints, by Keras's name.
func TestTopK(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	stdout, stderr, err := inkling(quick(path("a.ink"), "--top-k", "3", "--history", path("a.csv"), "--json")...)
	if err != nil || !regexp.MustCompile(`accuracy: 0\.\d+ - top_k_categorical_accuracy: 0\.\d+ - val_.* - val_top_k_categorical_accuracy: 0\.\d+\n`).MatchString(stderr) {
		t.Fatalf("fit: got %v and %q", err, stderr)
	}
	var fitted struct {
		K            int     `json:"top_k"`
		TestAccuracy float64 `json:"test_accuracy"`
		TestTopK     float64 `json:"test_top_k_categorical_accuracy"`
	}
	decode(t, stdout, &fitted)
	if fitted.K != 3 || !(fitted.TestTopK > fitted.TestAccuracy && fitted.TestTopK < 1) {
		t.Errorf("fit: got %+v", fitted)
	}
	head, rest, _ := strings.Cut(string(content(t, path("a.csv"))), "\n")
	if head != "epoch,loss,accuracy,val_loss,val_accuracy,top_k_categorical_accuracy,val_top_k_categorical_accuracy" || strings.Count(rest, ",") != 12 {
		t.Errorf("history: got %s\n%s", head, rest)
	}
	if _, err := history.Read(path("a.csv")); err != nil {
		t.Error(err)
	}
	stdout, _, err = inkling("evaluate", path("a.ink"), "--top-k", "3")
	if want := fmt.Sprintf("- top 3: %.4f -", fitted.TestTopK); err != nil || !strings.Contains(stdout, want) {
		t.Errorf("evaluate: got %v\n%s\nwant %q", err, stdout, want)
	}
	for _, k := range []string{"0", "10"} { // all ten classes always hold the label
		_, _, err := inkling("evaluate", path("a.ink"), "--top-k", k)
		if want := "got --top-k " + k + ", want 1..9 of 10 classes"; err == nil || exitCode(err) != 2 || !strings.Contains(err.Error(), want) {
			t.Errorf("evaluate --top-k %s: got %v, want a usage error, %q", k, err, want)
		}
	}
	if _, _, err := inkling(quick(path("b.ink"), "--top-k", "10")...); err == nil || exitCode(err) != 2 {
		t.Errorf("fit --top-k 10: got %v, want a usage error", err)
	}
}

func TestClassWeightFlags(t *testing.T) {
	set := &dataset.Set{Classes: []string{"a", "b", "c"}, Labels: []uint16{0, 0, 0, 1, 1, 2}}
	for _, c := range []struct {
		flag string
		want []float32
	}{
		{"", nil},
		{"balanced", []float32{6. / 9, 1, 2}},
		{"b=2.5, c=0", []float32{1, 2.5, 0}},
	} {
		got, err := fit.ParseWeights(c.flag, fit.All(set))
		if err != nil || len(got) != len(c.want) {
			t.Fatalf("%q: got %v, %v, want %v", c.flag, got, err, c.want)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: got %v, want %v", c.flag, got, c.want)
			}
		}
	}
	for _, flag := range []string{"d=2", "a", "a=-1", "a=NaN"} {
		if _, err := fit.ParseWeights(flag, fit.All(set)); err == nil || !strings.Contains(err.Error(), "one of the classes a, b, c") {
			t.Errorf("%q: got %v, want an error that lists the classes", flag, err)
		}
	}
}

func TestCallbackMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"patience", []string{"--early-stopping", "-1"}, "--early-stopping -1"},
		{"factor", []string{"--reduce-on-plateau", "2", "--plateau-factor", "1"}, "0 < factor < 1"},
		{"monitor", []string{"--monitor", "loss"}, `"loss", want val_loss or val_accuracy`},
		{"best", []string{"--early-stopping", "2", "--best"}, "leave --best out"},
		{"cosine", []string{"--reduce-on-plateau", "2", "--schedule", "cosine"}, "belongs to --schedule constant"},
		{"no validation", []string{"--early-stopping", "2", "--split", "0"}, "want a validation part"},
		{"top k", []string{"--top-k", "-1"}, "got --top-k -1, want at least 1"},
		{"history", []string{"--history", "h.txt"}, "want the name of a .csv or .json file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := inkling(append([]string{"fit", "--data", "synthetic", "--out", filepath.Join(t.TempDir(), "x.ink")}, c.args...)...)
			if err == nil || !strings.Contains(err.Error(), c.want) || exitCode(err) != 2 {
				t.Errorf("error: got %v, want a usage error with %q", err, c.want)
			}
		})
	}
}

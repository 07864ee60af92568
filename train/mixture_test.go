package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/model"
)

// syntheticStrokes writes n synthetic digits as a stroke file.
func syntheticStrokes(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mine.json")
	var out bytes.Buffer
	if err := strokes.Write(&out, synth.Digits(n, 9)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMixture trains on several sets and non-digits, and checks what the model
// says of drawings of no digit.
func TestMixture(t *testing.T) {
	data := "synthetic," + syntheticStrokes(t, 200) + "*3,non-digits"
	var first []byte
	for _, cores := range []int{1, 2} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		path := filepath.Join(t.TempDir(), "mixed.ink")
		if _, _, err := inkling("fit", "--data", data, "--augment", "dense", "--epochs", "3", "--learning-rate", "0.003",
			"--layers", "conv 8 5x5 stride 2 norm relu, pool 2, dense 32 relu", "--precision", "int4", "--refuse", "0.02", "--out", path); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = file
		} else if !bytes.Equal(file, first) {
			t.Error("on two cores: got another model than on one")
		}
		if cores == 1 {
			continue
		}
		m, err := model.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		if !m.Background || len(m.Labels) != 10 || m.Precision != model.Int4 || m.Threshold <= 0 || m.Threshold >= 1 || m.Temperature == 1 {
			t.Errorf("model: got background %v, %d labels, %s, threshold %g, temperature %g", m.Background, len(m.Labels), m.Precision, m.Threshold, m.Temperature)
		}
		stdout, _, err := inkling("evaluate", path, "--non-digits", "--json")
		if err != nil {
			t.Fatal(err)
		}
		var v evaluate.Evaluation
		if err := json.Unmarshal([]byte(stdout), &v); err != nil {
			t.Fatal(err)
		}
		if v.Data != "synthetic" || v.Accuracy < 0.9 || v.Refused > 0.06 || v.AUROC["scribble"] < 0.9 {
			t.Errorf("evaluate: got %s, accuracy %.3f, refused %.3f, AUROC %v", v.Data, v.Accuracy, v.Refused, v.AUROC)
		}
	}
}

func TestMixtureMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"times", []string{"--data", "synthetic*0"}, `got "synthetic*0", want NAME*TIMES`},
		{"nothing with classes", []string{"--data", "non-digits"}, "got only non-digits"},
		{"unknown set", []string{"--data", "synthetic,digits"}, `got "digits", want mnist`},
		{"writers", []string{"--data", "synthetic,non-digits", "--validation-writers", "3"}, "--validation-writers belongs to --data pen, unipen-digits"},
		{"augment", []string{"--augment", "much"}, `--augment: got "much", want none, dense, conv or picture`},
		{"refuse", []string{"--data", "synthetic", "--refuse", "0.1", "--split", "0"}, "--refuse wants a validation part"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := inkling(append([]string{"fit", "--out", filepath.Join(t.TempDir(), "x.ink")}, c.args...)...)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

func TestEvaluateValidation(t *testing.T) {
	path := trained(t)
	stdout, _, err := inkling("evaluate", path, "--validation", "0.3", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var v evaluate.Evaluation
	if err := json.Unmarshal([]byte(stdout), &v); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := m.Training.Metric("val_accuracy")
	if got := fmt.Sprintf("%.5f", v.Accuracy); got != fmt.Sprintf("%.5f", want) || v.Count != 1800 {
		t.Errorf("got %s of %d images, want fit's val_accuracy %.5f of 1800", got, v.Count, want)
	}
	own, _, err := inkling("evaluate", path, "--validation", "own", "--json")
	if err != nil || own != stdout {
		t.Errorf("own: got %v and another answer than of 0.3", err)
	}
	for text, want := range map[string]string{"0.4": "got 0.4, but fit --split 0.3 kept another share of synthetic", "1": "want own or the share"} {
		if _, _, err := inkling("evaluate", path, "--validation", text); err == nil || exitCode(err) != 2 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}

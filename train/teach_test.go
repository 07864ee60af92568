package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/teach"
)

// figure returns stroke JSON of a figure drawn by hand: its corners moved a little, with
// points between them.
func figure(label string, random *rand.Rand, corners ...[2]float64) string {
	var points []string
	for i, c := range corners {
		x, y := c[0]+0.05*random.NormFloat64(), c[1]+0.05*random.NormFloat64()
		if i > 0 {
			points = append(points, fmt.Sprintf("[%.3f,%.3f]", (x+corners[i-1][0])/2, (y+corners[i-1][1])/2))
		}
		points = append(points, fmt.Sprintf("[%.3f,%.3f]", x, y))
	}
	if label != "" {
		label = fmt.Sprintf(`"label":%q,`, label)
	}
	return fmt.Sprintf(`{%s"strokes":[[%s]]}`, label, strings.Join(points, ","))
}

// figures are what the tests teach.
var figures = map[string][][2]float64{
	"triangle": {{0.5, 0}, {1, 1}, {0, 1}, {0.5, 0}},
	"zigzag":   {{0, 0}, {0.3, 1}, {0.6, 0}, {1, 1}},
	"hook":     {{0, 0}, {1, 0}, {1, 1}, {0.6, 0.8}},
}

// drawings writes a number of drawings of each figure and returns the file.
func drawings(t *testing.T, each int, seed uint64) string {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 0))
	var list []string
	for range each {
		for _, name := range []string{"triangle", "zigzag", "hook"} {
			list = append(list, figure(name, random, figures[name]...))
		}
	}
	path := filepath.Join(t.TempDir(), "figures.json")
	if err := os.WriteFile(path, []byte("["+strings.Join(list, ",\n")+"]"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// A few drawings make a model that the other commands take.
func TestTeach(t *testing.T) {
	set, out := drawings(t, 3, 1), filepath.Join(t.TempDir(), "mine.ink")
	text, _, err := inkling("teach", set, "--out", out, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var r teach.Result
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	if r.Examples != 9 || len(r.Symbols) != 3 || r.Asked != 9 || *r.Accuracy != 1 || r.Model != out || r.Bytes > 120000 {
		t.Errorf("got %s", text)
	}
	var measured struct{ Accuracy, Count float64 }
	text, _, err = inkling("evaluate", out, "--data", drawings(t, 5, 2), "--json")
	if err != nil || json.Unmarshal([]byte(text), &measured) != nil || measured.Accuracy != 1 || measured.Count != 15 {
		t.Errorf("evaluate: got %s, %v", text, err)
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"Symbols from 9 examples", []string{"summary", out}},
		{"zigzag", []string{"predict", out, drawings(t, 1, 3)}},
		{"", []string{"export", out, "--out", filepath.Join(t.TempDir(), "mine.onnx")}},
		{"in the whole set 18 examples of 3 symbols", []string{"teach", drawings(t, 3, 4), "--encoder", out, "--out", filepath.Join(t.TempDir(), "more.ink")}},
		{"", []string{"teach", set, "--fixed", "--out", out}},
	} {
		if got, _, err := inkling(c.args...); err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%v: got %s, %v, want %s", c.args, got, err, c.want)
		}
	}
	if _, _, err := inkling("teach", set, "--encoder", out, "--out", out+"2"); err == nil || !strings.Contains(err.Error(), "cannot be edited") {
		t.Errorf("nothing kept: got %v", err)
	}
}

func TestTeachMistakes(t *testing.T) {
	unlabelled := filepath.Join(t.TempDir(), "figures.json")
	random := rand.New(rand.NewPCG(1, 0))
	if err := os.WriteFile(unlabelled, []byte("["+figure("", random, figures["hook"]...)+"]"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "mine.ink")
	for _, c := range []struct {
		want string
		args []string
	}{
		{"give --out", []string{drawings(t, 1, 1)}},
		{"want the name of what it shows", []string{unlabelled, "--out", out}},
		{"--drawings keeps what --fixed leaves out", []string{unlabelled, "--out", out, "--fixed", "--drawings"}},
		{"want an encoder, or a set of symbols", []string{drawings(t, 1, 1), "--out", out, "--encoder", "../web/models/notebook-plain.ink"}},
		{"nothing.json", []string{"nothing.json", "--out", out}},
	} {
		if _, _, err := inkling(append([]string{"teach"}, c.args...)...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %v, want %s", c.args, err, c.want)
		}
	}
}

// An encoder is no model to ask.
func TestEncoderIsRefused(t *testing.T) {
	for _, args := range [][]string{{"predict", "../web/models/symbols.ink", "x.png"}, {"export", "../web/models/symbols.ink", "--out", "x.onnx"}} {
		if _, _, err := inkling(args...); err == nil || !strings.Contains(err.Error(), "inkling teach") {
			t.Errorf("%v: got %v, want what makes a model of it", args, err)
		}
	}
	if text, _, err := inkling("summary", "../web/models/symbols.ink"); err != nil || !strings.Contains(text, "An encoder") {
		t.Errorf("summary: got %s, %v", text, err)
	}
}

// A metric loss trains features, and an encoder of them, on synthetic digits, here with
// weights of 4 bits.
func TestMetricLosses(t *testing.T) {
	for loss, least := range map[string]float64{"cosine": 0.9, "prototypes": 0.85} {
		out := filepath.Join(t.TempDir(), loss+".ink")
		text, _, err := inkling(quick(out, "--loss", loss, "--precision", "int4", "--json")...)
		var r struct {
			Accuracy float64 `json:"val_accuracy"`
		}
		if err != nil || json.Unmarshal([]byte(text), &r) != nil || r.Accuracy < least {
			t.Errorf("%s: got %s, %v, want an accuracy of %v", loss, text, err, least)
		}
		if _, _, err := inkling(quick(out, "--loss", loss, "--encoder", "--precision", "int4", "--epochs", "1")...); err != nil {
			t.Fatal(err)
		}
		if _, _, err := inkling("teach", drawings(t, 2, 1), "--encoder", out, "--out", filepath.Join(t.TempDir(), "mine.ink")); err != nil {
			t.Errorf("%s: an encoder of it: %v", loss, err)
		}
	}
	for want, flags := range map[string][]string{
		"--encoder belongs to":    {"--encoder"},
		"--symmetries belongs to": {"--symmetries", "8"},
		"0 <= margin < 1":         {"--loss", "cosine", "--margin", "1"},
		"want 1, 4 or 8":          {"--classes", "union", "--symmetries", "5"},
		"--background belongs to": {"--loss", "cosine", "--background", "non-digits"},
		"do not belong to --loss": {"--loss", "prototypes", "--top-k", "3"},
	} {
		if _, _, err := inkling(quick("x.ink", flags...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want %s", flags, err, want)
		}
	}
}

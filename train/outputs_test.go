//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFilesThatMeet gives fit the same file twice, in ways that lost it before: exit
// code 2, and the file stays.
func TestFilesThatMeet(t *testing.T) {
	dir := t.TempDir()
	data := write(t, dir, "data.csv", "1,2\n3,4\n")
	drawings := write(t, dir, "drawings.json", `[{"label":1,"strokes":[[[5,1],[5,9]]]}]`)
	model := filepath.Join(dir, "model.ink")
	if err := os.WriteFile(model, content(t, trained(t)), 0o644); err != nil {
		t.Fatal(err)
	}
	latest := filepath.Join(dir, "latest.ink")
	if err := os.Symlink(model, latest); err != nil {
		t.Skip(err)
	}
	if err := os.Link(data, filepath.Join(dir, "linked.png")); err != nil {
		t.Skip(err)
	}
	waiting := fifo(t, dir, "fifo.ink")
	cases := map[string][]string{
		"--history and --data":         {"fit", "--data", data, "--history", data},
		"--history and stroke files":   {"fit", "--data", drawings, "--history", drawings},
		"--out and --data of several":  {"fit", "--data", "synthetic," + data, "--out", data},
		"--checkpoint and --data":      {"fit", "--data", data, "--checkpoint", data},
		"--out and --history":          {"fit", "--data", "synthetic", "--out", data, "--history", data},
		"--out and --checkpoint":       {"fit", "--data", "synthetic", "--out", model, "--checkpoint", model},
		"--out and --init":             {"fit", "--data", "synthetic", "--out", model, "--init", model},
		"--out and --teacher":          {"fit", "--data", "synthetic", "--out", model, "--teacher", model},
		"--out and the lock":           {"fit", "--data", "synthetic", "--out", model + ".lock", "--checkpoint", model},
		"a link":                       {"fit", "--data", "synthetic", "--out", latest},
		"a FIFO":                       {"fit", "--data", "synthetic", "--out", waiting},
		"a device":                     {"fit", "--data", "synthetic", "--out", os.DevNull},
		"predict onto its input":       {"predict", model, drawings, "--out", drawings},
		"predict onto the data":        {"predict", model, "--data", drawings, "--out", drawings},
		"plot onto the history":        {"plot", data, "--out", filepath.Join(dir, "linked.png")},
		"import onto its input":        {"import", model, "--out", model},
		"import onto the architecture": {"import", data, "--like", model, "--out", model},
		"a card onto its own data":     {"card", model, "--data", filepath.Join(dir, "model.card.json")},
		"a sheet onto the data":        {"data", drawings, "--sheet", drawings},
	}
	before := map[string]string{}
	for _, name := range []string{data, drawings, model} {
		before[name] = string(content(t, name))
	}
	names := list(t, dir)
	for name, args := range cases {
		_, _, err := inkling(args...)
		if err == nil || exitCode(err) != 2 || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one line and exit code 2", name, err)
		}
	}
	for name, want := range before {
		if string(content(t, name)) != want {
			t.Errorf("%s has changed", name)
		}
	}
	if got := list(t, dir); !slices.Equal(got, names) {
		t.Errorf("folder: got %v, want %v", got, names)
	}
}

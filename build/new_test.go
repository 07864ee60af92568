package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNew makes a site twice. Other files in the folder stay.
func TestNew(t *testing.T) {
	root := checkoutOf(t, "digits")
	t.Chdir(root)
	folder, mine := filepath.Join(t.TempDir(), "mine"), filepath.Join(t.TempDir(), "symbols.ink")
	write(t, mine, modelFile(t, 7))
	for range 2 {
		if err := run(t.Context(), []string{"new", folder, "--model", mine}, io.Discard, io.Discard); err != nil {
			t.Fatal(err)
		}
		models, err := filepath.Glob(filepath.Join(folder, "site", "models", "*.ink"))
		if err != nil || len(models) != 1 || !strings.HasPrefix(filepath.Base(models[0]), "symbols-") {
			t.Fatalf("models: got %v, %v, want symbols alone", models, err)
		}
		kept, err := os.ReadFile(filepath.Join(folder, "site", serviceWorkerName))
		if err != nil || !strings.Contains(string(kept), "models/"+filepath.Base(models[0])) {
			t.Errorf("%s: got %v and\n%s", serviceWorkerName, err, kept)
		}
		got, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(workflowName)))
		if err != nil || !bytes.Contains(got, []byte("path: site")) || !bytes.HasPrefix(got, workflow[:20]) {
			t.Errorf("workflow: got %v and\n%s", err, got)
		}
		write(t, filepath.Join(folder, filepath.FromSlash(workflowName)), append(workflow, "# mine\n"...))
	}
	got, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(workflowName)))
	if err != nil || !bytes.HasSuffix(got, []byte("# mine\n")) {
		t.Errorf("a workflow that was there: got %v and\n%s", err, got)
	}
}

func TestNewMistakes(t *testing.T) {
	for _, args := range [][]string{{"new"}, {"new", "dir"}, {"new", "--model", "x.ink"}, {"new", "dir", "--model", "x.ink", "more"}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); exitStatus(err) != 2 {
			t.Errorf("%q: got %v, want a mistake in the command line", args, err)
		}
	}
}

package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestRehearsal wants what fails at the end said before the first epoch.
func TestRehearsal(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "a.ink")
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"layers": {[]string{"--layers", strings.TrimSuffix(strings.Repeat("dense 2,", 400), ",")}, "layers"},
		"label":  {[]string{"--data", write(t, dir, "long.csv", "1,0\n"+strings.Repeat("x", 300)+",1\n")}, "at most 255"},
	} {
		_, stderr, err := inkling(append([]string{"fit", "--data", "synthetic", "--out", out}, c.args...)...)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(stderr, "Epoch") {
			t.Errorf("%s: got %v, %q, want %q before the first epoch", name, err, stderr, c.want)
		}
	}
	if got := list(t, dir); len(got) != 1 {
		t.Errorf("folder: got %v, want long.csv alone", got)
	}
}

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWriteFile wants a file replaced as a whole, and nothing else in its folder.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.ink")
	for _, want := range []string{"", "a longer first content", "second"} {
		if err := writeFile(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		if got := string(content(t, path)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if err := writeFile(filepath.Join(dir, "none", "a.ink"), nil); err == nil {
		t.Error("a folder that is not there: got no error")
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, "folder"), nil); err == nil {
		t.Error("a folder in the file's place: got no error")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("folder: got %v, %v, want a.ink and folder alone", entries, err)
	}
}

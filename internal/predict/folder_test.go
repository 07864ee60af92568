package predict

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFolder checks that a folder stands for the files in it that can be read.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	below := filepath.Join(dir, "below")
	if err := os.MkdirAll(filepath.Join(dir, ".hidden"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	idx(t, dir)
	idx(t, below)
	idx(t, filepath.Join(dir, ".hidden"))
	for _, name := range []string{"Thumbs.db", "notes.txt", ".x.png"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("no picture"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := New(newModel(t), 0)
	if bad := r.Files([]string{dir}); len(bad) > 0 || len(r.Predictions) != 4 || r.Predictions[0].File != filepath.Join(below, "two.idx") {
		t.Errorf("got %v, %+v, want two images of each of two files", bad, r.Predictions)
	}
	bad := r.Files([]string{filepath.Join(dir, ".hidden", "none"), t.TempDir()})
	if len(bad) != 2 || !strings.Contains(bad[1].Error(), "got a folder without pictures, want PNG") {
		t.Errorf("got %v, want a missing file and an empty folder", bad)
	}
}

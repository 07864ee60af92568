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
	var log strings.Builder
	r.Data.Log = &log
	heic := filepath.Join(below, "IMG_1")
	if err := os.WriteFile(heic, []byte("\x00\x00\x00\x18ftypheic"), 0o644); err != nil {
		t.Fatal(err)
	}
	if bad := r.Files([]string{dir}); len(bad) != 1 || !strings.Contains(bad[0].Error(), heic+": format: got HEIC") {
		t.Errorf("a picture that is not read: got %v, want it by name", bad)
	}
	if want := dir + ": left out notes.txt: neither pictures nor stroke JSON nor IDX files\n"; !strings.HasPrefix(log.String(), want) {
		t.Errorf("others: got %q, want %q", log.String(), want)
	}
	linked := t.TempDir()
	if err := os.Symlink(below, filepath.Join(linked, "class")); err != nil {
		t.Skip(err)
	}
	r = New(newModel(t), 0)
	if bad := r.Files([]string{linked}); len(bad) != 1 || len(r.Predictions) != 2 {
		t.Errorf("a link to a folder: got %v, %d answers, want those of the folder", bad, len(r.Predictions))
	}
	bad := r.Files([]string{filepath.Join(dir, ".hidden", "none"), t.TempDir()})
	if len(bad) != 2 || !strings.Contains(bad[1].Error(), "got a folder without pictures, want PNG") {
		t.Errorf("got %v, want a missing file and an empty folder", bad)
	}
}

package outputs

import (
	"os"
	"path/filepath"
	"testing"
)

// content returns a file's bytes as text.
func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// place writes a file and returns its path.
func place(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	return path
}

// names returns what lies in a folder.
func names(t *testing.T, dir string) []string {
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

// A file is replaced as a whole, and nothing else is left in its folder.
func TestReplace(t *testing.T) {
	for name, replace := range map[string]func(string, []byte) error{"unnamed": Replace, "named": replaceNamed} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.ink")
			for _, want := range []string{"", "a longer first content", "second"} {
				if err := replace(path, []byte(want)); err != nil {
					t.Fatal(err)
				}
				if got := content(t, path); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
			if err := replace(filepath.Join(dir, "none", "a.ink"), nil); err == nil {
				t.Error("a folder that is not there: got no error")
			}
			if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := replace(filepath.Join(dir, "folder"), nil); err == nil {
				t.Error("a folder in the file's place: got no error")
			}
			if got := names(t, dir); len(got) != 2 {
				t.Errorf("folder: got %v, want a.ink and folder alone", got)
			}
		})
	}
}

// A file that is replaced keeps its mode.
func TestReplaceKeepsTheMode(t *testing.T) {
	path := place(t, filepath.Join(t.TempDir(), "a.ink"), "old")
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := Replace(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(path)
	if err != nil || after.Mode() != before.Mode() {
		t.Errorf("got %v, %v, want %v", after.Mode(), err, before.Mode())
	}
}

package outputs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/usage"
)

// refused fails the test unless the error is a usage.Error with these words.
func refused(t *testing.T, err error, words ...string) {
	t.Helper()
	if !usage.Is(err) {
		t.Fatalf("got %v, want a usage.Error", err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("got %q, want %q in it", err, word)
		}
	}
}

// link makes a link, symbolic or hard, or skips the test.
func link(t *testing.T, make func(old, new string) error, old, new string) {
	t.Helper()
	if err := make(old, new); err != nil {
		t.Skip(err)
	}
}

// Two flags that name one file are refused, however they name it.
func TestFilesThatMeet(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	data := place(t, in("data.csv"), "1,2")
	if err := os.Mkdir(in("folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	link(t, os.Link, data, in("hard.csv"))
	link(t, os.Symlink, data, in("linked.csv"))
	link(t, os.Symlink, dir, in("way"))
	picture := place(t, filepath.Join(in("folder"), "1.png"), "")
	for name, c := range map[string]struct {
		written []File
		read    []File
		want    string
	}{
		"equal names":             {[]File{{"--out", in("a.csv")}, {"--history", in("a.csv")}}, nil, "--out and --history name the same file"},
		"another path":            {[]File{{"--out", in("a.csv")}, {"--history", in("folder/../a.csv")}}, nil, "--out and --history"},
		"a link on the way":       {[]File{{"--out", in("a.csv")}, {"--history", in("way/a.csv")}}, nil, "--out and --history"},
		"data":                    {[]File{{"--history", data}}, []File{{"--data", data}}, "would overwrite what --data reads"},
		"an argument":             {[]File{{"--out", data}}, []File{{"MODEL", data}}, "would overwrite the MODEL: give"},
		"the drawings":            {[]File{{"--out", data}}, []File{{"the drawings", data}}, "would overwrite the drawings: give"},
		"data by a link":          {[]File{{"--history", in("linked.csv")}}, []File{{"--data", data}}, "what --data reads"},
		"data that is a link":     {[]File{{"--history", data}}, []File{{"--data", in("linked.csv")}}, "what --data reads"},
		"data by a hard link":     {[]File{{"--history", in("hard.csv")}}, []File{{"--data", data}}, "what --data reads"},
		"a picture of a folder":   {[]File{{"--out", picture}}, []File{{"--data", dir}}, "what --data reads"},
		"linked, nothing to meet": {[]File{{"--out", in("linked.csv")}}, nil, "is a link"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, Check(c.written, c.read), c.want) })
	}
	for name, c := range map[string]struct{ written, read []File }{
		"different":         {[]File{{"--out", in("a.ink")}, {"--history", in("a.csv")}}, []File{{"--data", data}}},
		"beside the data":   {[]File{{"--out", in("a.ink")}}, []File{{"--data", dir}}},
		"an older model":    {[]File{{"--out", place(t, in("old.ink"), "")}}, []File{{"--data", dir}}},
		"data not there":    {[]File{{"--out", in("a.ink")}}, []File{{"--data", in("none")}}},
		"other folder":      {[]File{{"--out", in("a.ink")}, {"--history", in("folder/a.ink")}}, nil},
		"differ in letters": {[]File{{"--out", in("a.ink")}, {"--history", in("b.ink")}}, nil},
	} {
		if err := Check(c.written, c.read); err != nil {
			t.Errorf("%s: got %v, want no error", name, err)
		}
	}
	if got := names(t, dir); len(got) != 6 {
		t.Errorf("folder: got %v, want nothing left by Check", got)
	}
}

// Names that differ in the case of letters are one file where the file system says so.
func TestCase(t *testing.T) {
	dir := t.TempDir()
	place(t, filepath.Join(dir, "probe"), "")
	_, err := os.Stat(filepath.Join(dir, "PROBE"))
	got := same(filepath.Join(dir, "model.ink"), filepath.Join(dir, "Model.ink"))
	if want := err == nil; got != want {
		t.Errorf("got %v, want %v as the file system has it", got, want)
	}
}

// A folder that is not there and one in the file's place are no mistake of the command
// line alone: exit code 1.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(dir, "none", "a.ink"): "there is no folder",
		dir:                                 "is a folder, want the name of a file",
	} {
		err := Check([]File{{"--out", path}}, nil)
		if err == nil || !strings.Contains(err.Error(), want) || usage.Is(err) {
			t.Errorf("got %v, want %q and no usage.Error", err, want)
		}
	}
}

// Outside follows links.
func TestOutside(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	link(t, os.Symlink, other, filepath.Join(dir, "away"))
	for path, want := range map[string]bool{
		filepath.Join(dir, "a.ink"):                        false,
		filepath.Join(dir, "sub", "a.ink"):                 false,
		filepath.Join(dir, "sub", "..", "a.ink"):           false,
		filepath.Join(dir, "..", "a.ink"):                  true,
		filepath.Join(dir, "away", "a.ink"):                true,
		filepath.Join(other, "a.ink"):                      true,
		filepath.Join(dir, "none", "..", "..", "x", "a.x"): true,
	} {
		if got := Outside(path, dir); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	if Outside(filepath.Join(other, "a.ink"), dir, other) {
		t.Error("in the second folder: got outside")
	}
}

// A file that cannot be written is saved elsewhere, and the error says where.
func TestSave(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	gone := filepath.Join(t.TempDir(), "gone", "mine.ink")
	err := Save(gone, []byte("weights"))
	saved, ok := errors.AsType[*SavedError](err)
	if !ok || !strings.HasSuffix(saved.Instead, ".ink") || !strings.Contains(err.Error(), saved.Instead) {
		t.Fatalf("got %v, want a SavedError that names a .ink file", err)
	}
	defer os.Remove(saved.Instead)
	if got := content(t, saved.Instead); got != "weights" {
		t.Errorf("got %q, want what was to be written", got)
	}
	path := filepath.Join(t.TempDir(), "a.ink")
	if err := Save(path, []byte("weights")); err != nil || content(t, path) != "weights" {
		t.Errorf("got %v", err)
	}
}

// One lock at a time, and a temporary file that a kill left is removed.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "run.ckpt")
	place(t, filepath.Join(dir, ".run.ckpt4711"), "")
	place(t, filepath.Join(dir, ".run.ckpt.old"), "")
	first, err := Acquire(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); len(got) != 2 || got[0] != ".run.ckpt.old" || got[1] != "run.ckpt.lock" {
		t.Errorf("folder: got %v, want .run.ckpt.old and run.ckpt.lock", got)
	}
	if _, err := Acquire(path); !errors.As(err, new(*InUseError)) {
		t.Errorf("locked: got %v, want an InUseError", err)
	}
	first.Release()
	second, err := Acquire(path)
	if err != nil {
		t.Fatalf("released: got %v", err)
	}
	second.Release()
}

package outputs

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// disk mounts a file system of some bytes, or skips the test.
func disk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("mounting wants root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// A full disk is found at the start; the old file stays whole; the new one goes to a
// second place.
func TestFullDisk(t *testing.T) {
	dir := disk(t, "size=256k")
	path := place(t, filepath.Join(dir, "a.ink"), "old")
	one, two := Need{File{"--out", path}, 150_000}, Need{File{"--checkpoint", filepath.Join(dir, "b")}, 150_000}
	if err := Reserve(one); err != nil {
		t.Errorf("one file: got %v, want room", err)
	}
	if err := Reserve(one, two); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "--checkpoint: "+dir+" has no room for 150000 bytes") {
		t.Errorf("both: got %v, want no room", err)
	}
	place(t, filepath.Join(dir, "filler"), strings.Repeat("x", 256<<10-4096))
	if err := Check([]File{{"--out", path}}, nil); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("full: got %v, want ENOSPC", err)
	}
	if err := Replace(path, make([]byte, 100_000)); !errors.Is(err, syscall.ENOSPC) || content(t, path) != "old" {
		t.Errorf("full: got %v and %q, want ENOSPC and the old file", err, content(t, path))
	}
	t.Setenv("TMPDIR", t.TempDir())
	saved, ok := errors.AsType[*SavedError](Save(path, make([]byte, 100_000)))
	if !ok || len(content(t, saved.Instead)) != 100_000 {
		t.Errorf("got %v, want the content in another place", saved)
	}
	if got := names(t, dir); len(got) != 2 {
		t.Errorf("folder: got %v, want a.ink and filler", got)
	}
}

// A disk that can only be read is found at the start.
func TestReadOnlyDisk(t *testing.T) {
	dir := disk(t, "size=64k")
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip(err)
	}
	if err := Check([]File{{"--out", filepath.Join(dir, "a.ink")}}, nil); !errors.Is(err, syscall.EROFS) {
		t.Errorf("got %v, want EROFS", err)
	}
}

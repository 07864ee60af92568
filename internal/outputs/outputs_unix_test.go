//go:build !windows

package outputs

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A device, a FIFO and a socket are refused and stay what they are.
func TestOnlyRegularFiles(t *testing.T) {
	dir, err := os.MkdirTemp("", "o") // a socket's name has to be short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(in("fifo"), 0o600); err != nil {
		t.Skip(err)
	}
	listener, err := net.Listen("unix", in("socket"))
	if err != nil {
		t.Skip(err)
	}
	defer listener.Close()
	cases := map[string]string{in("fifo"): "a FIFO", in("socket"): "a socket", os.DevNull: "a device", "/dev/stdout": ""}
	const null = 1<<8 | 3 // Linux's number of /dev/null
	if syscall.Mknod(in("null"), syscall.S_IFCHR|0o600, null) == nil {
		cases[in("null")] = "a device"
	}
	for path, want := range cases {
		before, err := os.Lstat(path)
		if err != nil {
			continue // a system without it
		}
		refused(t, Check([]File{{"--out", path}}, nil), "--out: "+path, want)
		refused(t, Replace(path, []byte("x")), path, want)
		after, err := os.Lstat(path)
		if err != nil || after.Mode() != before.Mode() {
			t.Errorf("%s: got %v, %v, want %v as before", path, after, err, before.Mode())
		}
	}
}

// A link's target stays as it is.
func TestLinkTargetStays(t *testing.T) {
	dir := t.TempDir()
	target := place(t, filepath.Join(dir, "target.ink"), "old")
	linked := filepath.Join(dir, "latest.ink")
	link(t, os.Symlink, target, linked)
	refused(t, Replace(linked, []byte("new")), "is a link")
	if content(t, target) != "old" {
		t.Error("the target was changed")
	}
}

// A limit on the size of files, which figures of free space do not show, is found by
// Reserve.
func TestReserveFindsLimits(t *testing.T) {
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Skip(err)
	}
	limited := old
	limited.Cur = 1 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limited); err != nil {
		t.Skip(err)
	}
	defer syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old)
	dir := t.TempDir()
	small, large := Need{File{"--out", filepath.Join(dir, "a")}, 1 << 19}, Need{File{"--out", filepath.Join(dir, "a")}, 1 << 21}
	if err := Reserve(small); err != nil {
		t.Errorf("got %v, want room", err)
	}
	err := Reserve(large)
	if !errors.Is(err, syscall.EFBIG) || !strings.Contains(err.Error(), dir+" has no room for 2097152 bytes") {
		t.Errorf("got %v, want no room in %s", err, dir)
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("folder: got %v, want nothing left", got)
	}
}

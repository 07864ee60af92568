package main

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk trains onto a disk that has no room for the model, or for its
// checkpoint: fit says so before the first epoch.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=160k"); err != nil {
		t.Skipf("mounting wants root: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	out, checkpoint := filepath.Join(dir, "a.ink"), filepath.Join(dir, "a.ckpt")
	for flag, args := range map[string][]string{
		"--out":        {"--precision", "float32"},
		"--checkpoint": {"--layers", "dense 16 relu", "--checkpoint", checkpoint},
	} {
		_, stderr, err := inkling(quick(out, args...)...)
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), flag+": "+dir+" has no room for ") || strings.Contains(stderr, "Epoch") {
			t.Errorf("got %v, %q, want no room for %s before the first epoch", err, stderr, flag)
		}
	}
}

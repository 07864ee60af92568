//go:build unix

package predict

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe is refused, by itself and in a folder; opening it would wait for a writer.
func TestPipe(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.png")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]string{pipe: "got a folder, pipe or device, want a file", dir: "got a named pipe, want a picture"} {
		if bad := New(newModel(t), 0).Files([]string{path}); len(bad) != 1 || !strings.Contains(bad[0].Error(), want) {
			t.Errorf("%s: got %v, want %q", path, bad, want)
		}
	}
}

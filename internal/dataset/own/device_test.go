//go:build unix

package own

import (
	"context"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// A named pipe is refused by name, and never opened: that would wait for a writer.
func TestNamedPipe(t *testing.T) {
	dir := t.TempDir()
	layout(t, dir, "a/1.png", "b/1.png")
	pipe := filepath.Join(dir, "a", "pipe.png")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	_, err := Reader{Recipe: ink.Photo}.Read(context.Background(), dir)
	if wrong, ok := err.(*BadFilesError); !ok || !strings.Contains(wrong.Files[0].Error(), pipe+": got a named pipe") {
		t.Errorf("in a folder: got %v, want it by name", err)
	}
	for path, want := range map[string]string{pipe: "got a named pipe", "/dev/null": "got a device"} {
		if _, err := (Reader{Recipe: ink.Photo}).Read(context.Background(), path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
	if _, _, err := picture.Read(pipe); err == nil || !strings.Contains(err.Error(), "pipe") {
		t.Errorf("as a picture: got %v, want it refused", err)
	}
}

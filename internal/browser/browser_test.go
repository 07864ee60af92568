package browser

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	suffix := ""
	if runtime.GOOS == "windows" {
		suffix = ".exe"
	}
	for _, name := range []string{"google-chrome", "chromium-browser", "mine"} {
		if err := os.WriteFile(filepath.Join(dir, name+suffix), []byte("#!/bin/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name, path, chosen, want string
	}{
		{"the likeliest on the PATH", dir, "", "chromium-browser"},
		{"a chosen name", dir, "mine", "mine"},
		{"a chosen path", "", filepath.Join(dir, "mine"), "mine"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("PATH", test.path)
			got, err := find(test.chosen, "linux")
			if want := filepath.Join(dir, test.want+suffix); got != want || err != nil {
				t.Errorf("find: got %q, %v; want %q", got, err, want)
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := find("", "linux"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no browser: got %v, want ErrNotFound", err)
	}
	if _, err := find("nowhere", "linux"); err == nil || !strings.Contains(err.Error(), PathVariable) {
		t.Errorf("a wrong choice: got %v, want an error that names %s", err, PathVariable)
	}
}

func TestStart(t *testing.T) {
	ctx, end, err := Start(t.Context(), Path(t))
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	sum, err := chromedp.Run(ctx, chromedp.Evaluate[int]("20 + 3"))
	if sum != 23 || err != nil {
		t.Errorf("20 + 3 in the browser: got %d, %v", sum, err)
	}
	const mouse = `matchMedia("(hover: hover) and (pointer: fine) and (any-hover: hover) and (any-pointer: fine)").matches`
	if has, err := chromedp.Run(ctx, chromedp.Evaluate[bool](mouse)); !has || err != nil {
		t.Errorf("a mouse, as pages see it: got %v, %v; want true", has, err)
	}
}

func TestStartRefuses(t *testing.T) {
	if _, _, err := Start(t.Context(), filepath.Join(t.TempDir(), "gone")); err == nil {
		t.Error("a browser that is not there: got no error")
	}
}

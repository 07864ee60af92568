//go:build unix

package e2e

import (
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// walkHeading is the section of the README whose first code block a reader types in.
const walkHeading = "## Train your own"

// The commands that the README lists under "Train your own" work as printed, in a
// fresh copy of the checkout, up to drawing on the page with the new model.
func TestWalkOfTheReadme(t *testing.T) {
	lines := walk(t)
	dir := t.TempDir()
	copyCheckout(t, dir)
	for _, line := range lines[:len(lines)-1] {
		cmd := shell(dir, line)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
	}
	address := serveWalk(t, dir, lines[len(lines)-1])
	p := newPage(t, siteAt(t, address, "/"))
	p.visit("?model=mine")
	p.waitState("ready")
	for want, strokes := range map[string][]stroke{"0": zero, "1": one, "7": seven} {
		p.forget()
		p.draw(strokes)
		if got := p.waitFinal(len(strokes)); got.Label != want || got.Model != "mine" {
			t.Errorf("a plain %s: got %q by the model %q, want it read by mine", want, got.Label, got.Model)
		}
		p.click("clear")
		p.waitFinal(0)
	}
}

// walk returns the commands of the README's code block, one per line, without
// comments. The last one serves the site.
func walk(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(checkout, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), walkHeading)
	parts := strings.SplitN(section, "```", 3)
	if !ok || len(parts) < 3 {
		t.Fatalf("README.md: no code block under %q", walkHeading)
	}
	var lines []string
	for line := range strings.Lines(parts[1]) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) < 3 || len(lines) > 10 || lines[len(lines)-1] != "make" {
		t.Fatalf("README.md: %s: got %q, want up to ten commands, the last one make", walkHeading, lines)
	}
	return lines
}

// shell returns the command that runs a line as a reader would in a fresh checkout,
// without data.
func shell(dir, line string) *exec.Cmd {
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "INKLING_DATA=", "ADDR=127.0.0.1:0")
	return cmd
}

// serveWalk starts the command that serves the site and returns its address. The
// command runs in its own process group, which a Ctrl-C ends after the test.
func serveWalk(t *testing.T, dir, line string) *url.URL {
	t.Helper()
	cmd := shell(dir, line)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return serveBy(t, cmd, func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) })
}

// copyCheckout copies only the sources, as git clone would.
func copyCheckout(t *testing.T, dir string) {
	t.Helper()
	source := os.DirFS(checkout)
	err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch name {
			case ".git", "dist", "data", "web/node_modules":
				return fs.SkipDir
			}
			return os.MkdirAll(filepath.Join(dir, name), 0o755)
		}
		if name == "inkling" || !d.Type().IsRegular() {
			return nil
		}
		data, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

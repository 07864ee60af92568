//go:build unix

package e2e

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The page as one file answers from file://, as after a double click, and reaches
// nothing else.
func TestSingleFile(t *testing.T) {
	inkling := get(t, inklingWithPage)
	name := filepath.Join(t.TempDir(), "a page & more.html")
	if err := command(inkling, "site", name, "--single", "--model", "web/models/digits.ink", "--title", "My digits"); err != nil {
		t.Fatal(err)
	}
	s := &site{server: &httptest.Server{URL: "file://"}, folder: (&url.URL{Path: name}).EscapedPath()}
	p := newPage(t, s)
	p.visit("")
	p.answersSeven()
	if got := eval[string](p, `document.title + "|" + document.querySelector("h1").textContent`); got != "My digits|My digits" {
		t.Errorf("title and heading: got %q", got)
	}
	if got := eval[bool](p, `fetch("https://example.com/").then(() => true, () => false)`); got {
		t.Error("the page could reach another host")
	}
	p.wait(`window.breaches.length === 1`)
	p.run(`window.breaches = []`)
	p.expectTrouble("example.com")
	p.expectTrouble("Content Security Policy")
}

// From a downloaded command and a folder of pictures to a page that answers: three
// commands in an empty folder, without Go, node or Python, within a minute.
func TestWithoutGo(t *testing.T) {
	inkling := get(t, inklingWithPage)
	dir := t.TempDir()
	for class, strokes := range map[string][]stroke{"zero": zero, "one": one, "seven": seven} {
		for i := range 12 {
			path := filepath.Join(dir, "symbols", class, fmt.Sprint(i, ".png"))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := writePicture(path, varied(strokes, i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	started := time.Now()
	alone := func(args ...string) *exec.Cmd {
		cmd := exec.Command(inkling, args...)
		cmd.Dir, cmd.Env = dir, []string{"PATH=" + filepath.Join(dir, "nothing"), "HOME=" + dir}
		return cmd
	}
	for _, line := range []string{"fit --data symbols", "site my-page --model symbols.ink"} {
		if out, err := alone(strings.Fields(line)...).CombinedOutput(); err != nil {
			t.Fatalf("inkling %s: %v\n%s", line, err, out)
		}
	}
	p := newPage(t, siteAt(t, serveAlone(t, alone("serve", "my-page", "--addr", "127.0.0.1:0")), "/"))
	p.visit("")
	p.waitState("ready")
	if took := time.Since(started); took > time.Minute {
		t.Errorf("from pictures to a page: %v, want at most a minute", took)
	}
	p.draw(seven)
	if got := p.waitFinal(1); got.Label != "seven" || got.Model != "symbols" {
		t.Errorf("a drawn 7: got %q by %s, want seven by symbols", got.Label, got.Model)
	}
}

// varied returns strokes a little wider, lower or leaning, another way for each i.
func varied(strokes []stroke, i int) []stroke {
	wide, high, lean := 0.9+0.05*float64(i%5), 0.9+0.05*float64(i%4), 0.03*float64(i%3-1)
	var all []stroke
	for _, s := range strokes {
		var moved stroke
		for _, q := range s {
			moved = append(moved, point{0.5 + wide*(q.X-0.5) + lean*(q.Y-0.5), 0.5 + high*(q.Y-0.5)})
		}
		all = append(all, moved)
	}
	return all
}

package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// logBuffer is a log that one goroutine writes and another reads.
type logBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// waitFor fails the test unless ok holds within 20 s.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("waited 20 s in vain: %s", what)
}

// get returns the body at an address, or "" on any failure.
func get(url string) string {
	r, err := http.Get(url)
	if err != nil {
		return ""
	}
	defer r.Body.Close()
	data, _ := io.ReadAll(r.Body)
	return string(data)
}

// events passes on the data of a stream of Server-Sent Events.
func events(t *testing.T, url string) <-chan string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Body.Close() })
	out := make(chan string, 10)
	go func() {
		for lines := bufio.NewScanner(r.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out <- data
			}
		}
	}()
	return out
}

// next returns the next event. It fails the test unless one comes within 20 s.
func next(t *testing.T, events <-chan string) string {
	t.Helper()
	select {
	case e := <-events:
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("no event within 20 s")
		return ""
	}
}

// Watch mode builds what changed and tells open pages. A failed build is reported
// and leaves the site as it was.
func TestWatch(t *testing.T) {
	root := checkoutOf(t, "digits")
	l, err := serve.Listen("127.0.0.1:0", "")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + l.Addr().String() + "/"
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	var log logBuffer
	go func() { done <- serveWatch(ctx, settings{root: root}, l, io.Discard, &log) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("watch: got %v, want nil", err)
		}
	}()

	waitFor(t, "the first build", func() bool { return strings.Contains(get(url), `src="reload.js"`) })
	if script := get(url + reloadScript); !strings.Contains(script, `"`+reloadEvents+`"`) {
		t.Errorf("reload.js: got %q, want a script that listens to %s", script, reloadEvents)
	}
	stream := events(t, url+reloadEvents)
	first, page := next(t, stream), get(url)

	edit(t, filepath.Join(root, "web", "style.css"), "white", "black")
	if second := next(t, stream); second == first {
		t.Errorf("after a change: got the event %q again", second)
	}
	changed := get(url)
	if changed == page {
		t.Error("after a change of the style: the page is the same")
	}

	edit(t, filepath.Join(root, "wasm", "main.go"), "func main() {}", "func main() { nowhere() }")
	waitFor(t, "the failed build", func() bool { return strings.Contains(log.String(), "undefined: nowhere") })
	if get(url) != changed {
		t.Error("after a failed build: the site has changed")
	}
	edit(t, filepath.Join(root, "wasm", "main.go"), "nowhere()", `println("back")`)
	next(t, stream)
	if got := get(url); got == changed {
		t.Error("after the repair: the page still names the old binary")
	}
}

func TestIsSource(t *testing.T) {
	tests := []struct {
		name         string
		source, wasm bool
	}{
		{"web/page/main.ts", true, false},
		{"web/models/digits.ink", true, false},
		{"index.html", true, false},
		{"internal/ink/draw.go", true, true},
		{"internal/kernel/dot_amd64.s", true, true},
		{"go.mod", true, true},
		{"internal/ink/draw_test.go", false, false},
		{"web/page/.main.ts.swp", false, false},
		{"web/page/main.ts~", false, false},
		{"README.md", false, false},
	}
	for _, test := range tests {
		if got := isSource(test.name); got != test.source {
			t.Errorf("isSource(%s): got %v, want %v", test.name, got, test.source)
		}
		if got := isSource(test.name) && isGo(test.name); got != test.wasm {
			t.Errorf("isGo(%s): got %v, want %v", test.name, got, test.wasm)
		}
	}
}

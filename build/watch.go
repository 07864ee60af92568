package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/seed-c844a918/inkling/internal/serve"
	"github.com/seed-c844a918/inkling/internal/site"
)

// Addresses of the watch mode, relative to the page.
const (
	reloadScript = "reload.js"
	reloadEvents = "reload-events"
)

// quiet is how long the files must rest before a build starts: an editor
// writes several times.
const quiet = 60 * time.Millisecond

//go:embed reload.js
var reloadSource []byte

// reloader tells open pages about new builds.
type reloader struct {
	mu     sync.Mutex
	number int           // of the build, from 1
	next   chan struct{} // closed by the next build
}

func newReloader() *reloader { return &reloader{number: 1, next: make(chan struct{})} }

// built announces a new build.
func (r *reloader) built() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.number++
	close(r.next)
	r.next = make(chan struct{})
}

// state returns the number of the current build and the channel that the next
// build closes.
func (r *reloader) state() (int, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.number, r.next
}

// ServeHTTP streams build numbers as Server-Sent Events, starting with the current
// one. Each begins with the time at which the server started, so that a page that
// outlives a server reloads as well.
func (r *reloader) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	for {
		number, next := r.state()
		fmt.Fprintf(w, "data: %d-%d\n\n", started.Unix(), number)
		if http.NewResponseController(w).Flush() != nil {
			return
		}
		select {
		case <-next:
		case <-req.Context().Done():
			return
		}
	}
}

// started tells the builds of this server from those of an earlier one.
var started = time.Now()

// watchHandler returns a handler for the site, the reload script and its events.
func watchHandler(dir string, r *reloader) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /"+reloadEvents, r)
	mux.HandleFunc("GET /"+reloadScript, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", serve.ContentTypes[".js"])
		w.Write(reloadSource)
	})
	mux.Handle("/", serve.NewFolder(dir, ""))
	return mux
}

// serveWatch serves an uncompressed site from a temporary folder and builds it
// again when a source changes. If a build fails, it prints the error to stderr and
// keeps the old site.
func serveWatch(ctx context.Context, s settings, l net.Listener, stdout, stderr io.Writer) error {
	dir, err := os.MkdirTemp("", "inkling-watch-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	w := watcher{
		builder:  &builder{root: s.root, tags: s.tags, watch: true, log: stderr},
		out:      filepath.Join(dir, "site"),
		reloader: newReloader(),
		log:      stderr,
	}
	events, stop, err := watchTree(s.root)
	if err != nil {
		return err
	}
	defer stop()
	if err := w.rebuild(ctx, true); err != nil {
		return err
	}
	go w.run(ctx, events)
	return serve.Serve(ctx, l, watchHandler(w.out, w.reloader), stdout)
}

// watcher builds the site again when sources change.
type watcher struct {
	builder  *builder
	out      string // the served folder
	reloader *reloader
	log      io.Writer
	stale    bool // the wasm binary is older than its sources
}

// run builds after each burst of changes until ctx ends.
func (w *watcher) run(ctx context.Context, changes <-chan string) {
	for {
		select {
		case <-ctx.Done():
			return
		case name := <-changes:
			wasm := collect(name, changes)
			if err := w.rebuild(ctx, wasm); err != nil {
				fmt.Fprintf(w.log, "%v\nwatch      the site stays as it was\n", err)
				continue
			}
			w.reloader.built()
		}
	}
}

// collect waits until there are no more changes and reports whether any of them is
// in a source of the wasm binary. name is the first changed file.
func collect(name string, changes <-chan string) (wasm bool) {
	for {
		wasm = wasm || isGo(name)
		select {
		case name = <-changes:
		case <-time.After(quiet):
			return wasm
		}
	}
}

// rebuild makes the served folder again, with a new binary if wasm is set.
func (w *watcher) rebuild(ctx context.Context, wasm bool) error {
	start := time.Now()
	w.stale = w.stale || wasm
	if w.stale {
		if err := w.builder.compile(ctx); err != nil {
			return err
		}
		w.stale = false
	}
	files, err := w.builder.assemble()
	if err != nil {
		return err
	}
	if err := site.Publish(w.out, files); err != nil {
		return err
	}
	fmt.Fprintf(w.log, "%-10s built in %d ms\n", "watch", time.Since(start).Milliseconds())
	return nil
}

// isGo reports whether a file is a source of the wasm binary.
func isGo(name string) bool {
	base := filepath.Base(name)
	return strings.HasSuffix(base, ".go") || strings.HasSuffix(base, ".s") || base == "go.mod" || base == "go.sum"
}

// isSource reports whether a change to this file concerns the site.
func isSource(name string) bool {
	base := filepath.Base(name)
	if strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasSuffix(base, "_test.go") {
		return false
	}
	switch filepath.Ext(base) {
	case ".html", ".ts", ".css", ".svg", ".png", ".json", ".ink", ".webmanifest", ".woff2":
		return true
	}
	return isGo(name)
}

// watchTree sends the names of changed sources below root until stop is called.
// It watches new folders, too.
func watchTree(root string) (changes <-chan string, stop func(), err error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, nil, fmt.Errorf("watch: %w", err)
	}
	if err := addTree(w, root); err != nil {
		w.Close()
		return nil, nil, fmt.Errorf("watch: %w", err)
	}
	out := make(chan string)
	done := make(chan struct{})
	go forward(w, out, done)
	return out, func() { close(done); w.Close() }, nil
}

// forward passes on the sources among w's events.
func forward(w *fsnotify.Watcher, out chan<- string, done <-chan struct{}) {
	for e := range w.Events {
		if e.Has(fsnotify.Create) {
			if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
				addTree(w, e.Name)
			}
		}
		if e.Op == fsnotify.Chmod || !isSource(e.Name) {
			continue
		}
		select {
		case out <- e.Name:
		case <-done:
			return
		}
	}
}

// addTree watches dir and the folders below it that can hold sources.
func addTree(w *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		switch name := d.Name(); {
		case name == "node_modules", name == "testdata", name == "dist", path != dir && strings.HasPrefix(name, "."):
			return filepath.SkipDir
		}
		return w.Add(path)
	})
}

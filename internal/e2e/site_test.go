package e2e

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/throttle"
)

// A site is what one test's pages see: the real server behind a proxy of its
// own origin.
type site struct {
	server *httptest.Server
	folder string // where the site lies on its host: "/" or "/a/b/"

	mu    sync.Mutex
	rules []rule
	paths []string       // asked for, by pages and workers
	line  *throttle.Line // that all answers take; nil: none
}

// A rule answers requests whose path contains part instead of the server.
type rule struct {
	part   string
	answer http.HandlerFunc
}

// newSite returns the finished site at the root of its host.
func newSite(t testing.TB) *site { return siteAt(t, get(t, finishedSite), "/") }

// siteAt returns the site that a server serves, in a folder of its host.
func siteAt(t testing.TB, server *url.URL, folder string) *site {
	t.Helper()
	s := &site{folder: folder}
	proxy := httputil.NewSingleHostReverseProxy(server)
	mux := http.NewServeMux()
	mux.Handle(folder, http.StripPrefix(strings.TrimSuffix(folder, "/"), proxy))
	files := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.paths = append(s.paths, r.URL.Path)
		s.mu.Unlock()
		if answer := s.ruleFor(r.URL.Path); answer != nil {
			answer(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.line == nil {
			files(w, r)
			return
		}
		s.line.Handler(files).ServeHTTP(w, r)
	}))
	t.Cleanup(s.server.Close)
	return s
}

// url returns the address of the page, with a query such as "?model=digits".
func (s *site) url(query string) string { return s.server.URL + s.folder + query }

// asked returns how often paths with part in them have been asked for.
func (s *site) asked(part string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	count := 0
	for _, path := range s.paths {
		if strings.Contains(path, part) {
			count++
		}
	}
	return count
}

// answer answers requests whose path contains part, until heal is called.
func (s *site) answer(part string, with http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = append(s.rules, rule{part, with})
}

// prepend answers requests whose path contains part with a script and what server says.
func (s *site) prepend(t testing.TB, part string, server *url.URL, script string) {
	s.answer(part, func(w http.ResponseWriter, r *http.Request) {
		rest, err := http.Get(server.JoinPath(r.URL.Path).String())
		if err != nil {
			t.Error(err)
			return
		}
		defer rest.Body.Close()
		w.Header().Set("Content-Type", "text/javascript")
		io.WriteString(w, script)
		io.Copy(w, rest.Body)
	})
}

// hold makes requests whose path contains part wait until release is called.
func (s *site) hold(t testing.TB, part string) (release func()) {
	gate := make(chan struct{})
	server := get(t, finishedSite)
	proxy := httputil.NewSingleHostReverseProxy(server)
	s.answer(part, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-gate:
			proxy.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
	release = sync.OnceFunc(func() { close(gate) })
	t.Cleanup(release)
	return release
}

// sendByTag answers requests whose path contains part with the page, its body tag by tag
// and so slowly that the browser paints between them.
func (s *site) sendByTag(t testing.TB, part string) {
	t.Helper()
	answer, err := http.Get(get(t, finishedSite).String())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(string(page), "<body>")
	s.answer(part, func(w http.ResponseWriter, _ *http.Request) {
		content("text/html", []byte(head))(w, nil)
		for tag := range strings.SplitAfterSeq(body, ">") {
			io.WriteString(w, tag)
			w.(http.Flusher).Flush()
			time.Sleep(17 * time.Millisecond)
		}
	})
}

// heal removes all rules.
func (s *site) heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = nil
}

func (s *site) ruleFor(path string) http.HandlerFunc {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.rules {
		if strings.Contains(path, r.part) {
			return r.answer
		}
	}
	return nil
}

// status returns a handler that answers with a status and no file.
func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, http.StatusText(code), code) }
}

// content returns a handler that answers with a body that no cache keeps.
func content(contentType string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "no-store")
		w.Write(body)
	}
}

// serveAlone starts a server and returns the address that it prints.
func serveAlone(t *testing.T, cmd *exec.Cmd) *url.URL {
	t.Helper()
	return serveBy(t, cmd, func() {
		if cmd.Process.Signal(os.Interrupt) != nil { // Windows has no such signal
			cmd.Process.Kill()
		}
	})
}

// serveBy starts a command that serves a site and returns the address that it prints;
// end makes the command end after the test.
func serveBy(t *testing.T, cmd *exec.Cmd, end func()) *url.URL {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		end()
		cmd.Wait()
	})
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if found := printedURL.FindString(lines.Text()); found != "" {
			address, err := url.Parse(found)
			if err != nil {
				t.Fatal(err)
			}
			return address
		}
	}
	t.Fatalf("%v: ended without an address\n%s", cmd.Args, stderr.String())
	return nil
}

// printedURL matches the address that the server prints.
var printedURL = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

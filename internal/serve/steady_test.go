package serve

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// serving returns the address of a server for dir whose clients may stall for stall.
// ended, if given, hears of the end of each answer.
func serving(t testing.TB, dir string, stall time.Duration, ended ...chan string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := newServer(context.Background(), NewFolder(dir, ""))
	folder := NewFolder(dir, "")
	server.Handler = steady{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		folder.ServeHTTP(w, r)
		for _, e := range ended {
			e <- r.Host
		}
	}), stall}
	go server.Serve(joinedListener{l})
	t.Cleanup(func() { server.Close() })
	return l.Addr().String()
}

// largeSite returns the folder of a site with a file of some MB.
func largeSite(t testing.TB, megabytes int) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string][]byte{PageName: []byte("page"), "large.wasm": make([]byte, megabytes<<20)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// stalled asks for the large file and reads nothing of it.
func stalled(t *testing.T, addr string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.(*net.TCPConn).SetReadBuffer(4096)
	if _, err := io.WriteString(c, "GET /large.wasm HTTP/1.1\r\nHost: stalled\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	return c
}

// A hundred clients that read nothing hold little memory.
func TestSlowReadersHoldLittle(t *testing.T) {
	addr := serving(t, largeSite(t, 16), time.Minute)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for range 100 {
		head := make([]byte, 1)
		if _, err := io.ReadFull(stalled(t, addr), head); err != nil { // the answer has begun
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grew := int64(after.HeapInuse+after.StackInuse) - int64(before.HeapInuse+before.StackInuse); grew > 20<<20 {
		t.Errorf("100 slow readers of 16 MB: %d bytes more, want at most 20 MiB", grew)
	}
}

// A client that takes nothing for a while is let go; one that is slow but takes every
// block gets its file.
func TestStalledReaderIsLetGo(t *testing.T) {
	const stall = 300 * time.Millisecond
	ended := make(chan string, 2)
	addr := serving(t, largeSite(t, 16), stall, ended)
	stalled(t, addr)
	slow, err := http.Get("http://" + addr + "/large.wasm")
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Body.Close()
	read := 0
	for start := time.Now(); time.Since(start) < 3*stall; time.Sleep(stall / 10) {
		n, err := io.CopyN(io.Discard, slow.Body, 256<<10)
		if read += int(n); err != nil {
			t.Fatalf("a slow reader after %d bytes: %v", read, err)
		}
	}
	select {
	case host := <-ended:
		if host != "stalled" {
			t.Errorf("the slow reader of %s was let go", host)
		}
	case <-time.After(20 * time.Second):
		t.Error("a stalled reader: its answer goes on")
	}
}

// The page's policy goes out with the page, its service worker and its scripts, and with
// no other file; what frames may show, and the rest, with every file.
func TestHeaders(t *testing.T) {
	const policy = "default-src 'none'; script-src 'self'"
	page := `<meta http-equiv="Content-Security-Policy" content="default-src 'none';
script-src 'self'">`
	for _, test := range []struct{ name, page, ancestors, want string }{
		{"", page, "", policy},
		{"index.html", page, "", policy},
		{"index.html", page, "'none'", policy + "; frame-ancestors 'none'"},
		{"sw.js", page, "", policy},
		{"worker-ABCDEFGH.js", page, "", policy},
		{"mine.html", page, "", ""},
		{"mine.html", page, "'none'", "frame-ancestors 'none'"},
		{"mine.js", page, "", ""},
		{"element/worker.js", page, "", ""},
		{"element/index.html", page, "", ""},
		{"models/digits-ABCDEFGH.ink", page, "", ""},
		{"index.html", "somebody's page", "https://school.example", "frame-ancestors https://school.example"},
		{"index.html", "somebody's page", "", ""},
	} {
		dir := t.TempDir()
		for _, name := range []string{"sw.js", "worker-ABCDEFGH.js", "mine.html", "mine.js", "element/worker.js", "element/index.html",
			"models/digits-ABCDEFGH.ink"} {
			write(t, filepath.Join(dir, filepath.FromSlash(name)), []byte("a file"))
		}
		write(t, filepath.Join(dir, PageName), []byte(test.page))
		w := httptest.NewRecorder()
		NewFolder(dir, test.ancestors).ServeHTTP(w, httptest.NewRequest("GET", "/"+test.name, nil))
		got := strings.Join(w.Header()["Content-Security-Policy"], ", ")
		if w.Code != http.StatusOK || got != test.want || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("/%s with ancestors %q: got %d, policy %q, %v; want policy %q", test.name, test.ancestors, w.Code, got, w.Header(), test.want)
		}
	}
}

// A site that is replaced while it is served is the one that is served, and so is a file
// of it that changes in its place.
func TestServeFollowsTheFolder(t *testing.T) {
	dir := testSite(t)
	f := NewFolder(dir, "")
	body := func() string {
		time.Sleep(2 * trusted)
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		return w.Body.String()
	}
	body()
	write(t, filepath.Join(dir, PageName), []byte("a changed page"))
	if got := body(); got != "a changed page" {
		t.Errorf("a changed file: got %q, want what it holds now", got)
	}
	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	if got := body(); !strings.Contains(got, "no site here") {
		t.Errorf("without the folder: got %q", got)
	}
	write(t, filepath.Join(dir, PageName), []byte("another page"))
	if got := body(); got != "another page" {
		t.Errorf("another folder: got %q, want its page", got)
	}
}

// sendfile is a client to whom the system sends files: it counts what comes as one.
type sendfile struct {
	*httptest.ResponseRecorder
	blocks int
}

func (s *sendfile) ReadFrom(src io.Reader) (int64, error) {
	if limited, ok := src.(*io.LimitedReader); ok {
		if _, ok := limited.R.(*os.File); ok {
			s.blocks++
		}
	}
	return io.Copy(s.ResponseRecorder, src)
}

// Large files go to the connection as files, block by block.
func TestLargeFilesAreSentAsFiles(t *testing.T) {
	w := &sendfile{ResponseRecorder: httptest.NewRecorder()}
	steady{NewFolder(largeSite(t, 1), ""), time.Minute}.ServeHTTP(w, httptest.NewRequest("GET", "/large.wasm", nil))
	if want := 1 << 20 / blockBytes; w.blocks != want || w.Body.Len() != 1<<20 {
		t.Errorf("1 MiB: got %d blocks of a file and %d bytes, want %d blocks", w.blocks, w.Body.Len(), want)
	}
}

// An answer whose body is larger than net/http's buffer comes in one piece.
func TestWritesAreJoined(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, PageName), bytes.Repeat([]byte("page "), 2000))
	c, err := net.Dial("tcp", serving(t, dir, time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 2 {
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		answer := make([]byte, 64<<10)
		n, err := c.Read(answer)
		if err != nil || n < 10_000 {
			t.Errorf("the first read: got %d bytes, %v; want the head and all 10,000 of the body", n, err)
		}
	}
}

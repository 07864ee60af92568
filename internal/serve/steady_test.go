package serve

import (
	"bufio"
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
	go server.Serve(l)
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

func TestHeadersAreBounded(t *testing.T) {
	addr := serving(t, largeSite(t, 1), time.Minute)
	for size, want := range map[int]int{8 << 10: 200, 20 << 10: 431} {
		r, err := http.NewRequest("GET", "http://"+addr+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Long", strings.Repeat("x", size))
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if got.StatusCode != want {
			t.Errorf("headers of %d bytes: got %d, want %d", size, got.StatusCode, want)
		}
	}
}

func TestHeaders(t *testing.T) {
	page := []byte(`<meta http-equiv="Content-Security-Policy" content="default-src 'none';
script-src 'self'">`)
	for _, test := range []struct{ page, ancestors, want string }{
		{string(page), "", "default-src 'none'; script-src 'self'"},
		{string(page), "'none'", "default-src 'none'; script-src 'self'; frame-ancestors 'none'"},
		{"", "https://school.example", "frame-ancestors https://school.example"},
		{"", "", ""},
	} {
		got := ""
		for _, h := range Headers([]byte(test.page), test.ancestors) {
			if h.Name == "Content-Security-Policy" {
				got = h.Value
			}
		}
		if got != test.want {
			t.Errorf("policy of %q with ancestors %q: got %q, want %q", test.page, test.ancestors, got, test.want)
		}
	}
}

// A site that is replaced while it is served is the one that is served.
func TestServeFollowsTheFolder(t *testing.T) {
	dir := testSite(t)
	f := NewFolder(dir, "")
	body := func() string {
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		return w.Body.String()
	}
	body()
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

// BenchmarkServe asks for the page over connections that stay open.
func BenchmarkServe(b *testing.B) {
	dir := b.TempDir()
	text := bytes.Repeat([]byte("to be read "), 400)
	if err := os.WriteFile(filepath.Join(dir, PageName), text, 0o644); err != nil {
		b.Fatal(err)
	}
	addr := serving(b, dir, time.Minute)
	b.RunParallel(func(pb *testing.PB) {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			b.Error(err)
			return
		}
		defer c.Close()
		r := bufio.NewReader(c)
		for pb.Next() {
			io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n")
			answer, err := http.ReadResponse(r, nil)
			if err != nil {
				b.Error(err)
				return
			}
			io.Copy(io.Discard, answer.Body)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
}

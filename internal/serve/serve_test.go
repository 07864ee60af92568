package serve

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestChoices(t *testing.T) {
	both := []string{"br", "gzip"}
	tests := []struct {
		name, accept string
		offered      []string
		want         []string
	}{
		{"no header", "", both, []string{""}},
		{"a browser of today", "gzip, deflate, br, zstd", both, []string{"br", "gzip", ""}},
		{"gzip only", "gzip", both, []string{"gzip", ""}},
		{"the client prefers gzip", "br;q=0.5, gzip;q=0.9", both, []string{"gzip", "br", ""}},
		{"anything", "*", both, []string{"br", "gzip", ""}},
		{"anything but br", "br;q=0, *", both, []string{"gzip", ""}},
		{"plain preferred", "identity, br;q=0.1", both, []string{"", "br"}},
		{"plain refused", "identity;q=0, gzip", both, []string{"gzip"}},
		{"plain refused, nothing else offered", "identity;q=0, br", nil, nil},
		{"all refused", "*;q=0", both, nil},
		{"capitals and spaces", " GZIP ; Q=1.0 ", both, []string{"gzip", ""}},
		{"the old name", "x-gzip", both, []string{"gzip", ""}},
		{"an unreadable weight", "br;q=high, gzip;q=7", both, []string{""}},
		{"thousandths", "br;q=0.001, gzip;q=0.002", both, []string{"gzip", "br", ""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := choices(test.accept, test.offered); !slices.Equal(got, test.want) {
				t.Errorf("choices(%q, %q): got %q, want %q", test.accept, test.offered, got, test.want)
			}
		})
	}
}

// testSite returns the folder of a small finished site. Its parent holds a file that
// does not belong to the site.
func testSite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dist")
	text := []byte(strings.Repeat("to be compressed ", 50))
	for name, data := range map[string][]byte{
		"index.html": text, "sw.js": text, "manifest.webmanifest": text,
		"main-ABCDEF23.js": text, "inkling-ABCDEF23.wasm": text,
		"models/digits-ABCDEF23.ink": []byte("short"), "icon-ABCDEF23.svg": text,
	} {
		write(t, filepath.Join(dir, name), data)
		for _, e := range Encodings {
			var packed bytes.Buffer
			if err := e.Compress(&packed, data); err != nil {
				t.Fatal(err)
			}
			if packed.Len() < len(data) {
				write(t, filepath.Join(dir, name+e.Ext), packed.Bytes())
			}
		}
	}
	write(t, filepath.Join(dir, "..", "secret.txt"), []byte("secret"))
	if err := os.Symlink("../secret.txt", filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// write writes a file and makes the folders above it.
func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// ask sends one request for target, unchanged: a client would clean the path first.
func ask(t *testing.T, dir, method, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path = target
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	NewFolder(dir, "").ServeHTTP(w, r)
	return w.Result()
}

func TestServeFiles(t *testing.T) {
	dir := testSite(t)
	const forever, check = CacheForever, cacheAsk
	tests := []struct{ path, contentType, cache string }{
		{"/", "text/html; charset=utf-8", check},
		{"/index.html", "text/html; charset=utf-8", check},
		{"/sw.js", "text/javascript; charset=utf-8", check},
		{"/manifest.webmanifest", "application/manifest+json", check},
		{"/main-ABCDEF23.js", "text/javascript; charset=utf-8", forever},
		{"/inkling-ABCDEF23.wasm", "application/wasm", forever},
		{"/icon-ABCDEF23.svg", "image/svg+xml", forever},
		{"/models/digits-ABCDEF23.ink", "application/octet-stream", forever},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			r := ask(t, dir, "GET", test.path, "Accept-Encoding", "br")
			for header, want := range map[string]string{
				"Content-Type": test.contentType, "Cache-Control": test.cache,
				"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff",
			} {
				if got := r.Header.Get(header); got != want {
					t.Errorf("%s: got %q, want %q", header, got, want)
				}
			}
			if r.StatusCode != http.StatusOK {
				t.Errorf("status: got %d, want 200", r.StatusCode)
			}
		})
	}
}

func TestServeRefuses(t *testing.T) {
	dir := testSite(t)
	tests := []struct {
		method, path string
		want         int
	}{
		{"GET", "/nowhere.js", 404},
		{"GET", "/models", 404},
		{"GET", "/models/", 404},
		{"GET", "/index.html/", 404},
		{"GET", "//index.html", 404},
		{"GET", "/../secret.txt", 404},
		{"GET", "/models/../../secret.txt", 404},
		{"GET", `/..\secret.txt`, 404},
		{"GET", "/link.txt", 404},
		{"GET", "/./index.html", 404},
		{"GET", "/index.html\x00", 404},
		{"GET", "/index.html.br", 404},
		{"POST", "/", 405},
		{"DELETE", "/index.html", 405},
	}
	for _, test := range tests {
		t.Run(test.method+" "+test.path, func(t *testing.T) {
			r := ask(t, dir, test.method, test.path)
			body, _ := io.ReadAll(r.Body)
			if r.StatusCode != test.want || bytes.Contains(body, []byte("secret")) {
				t.Errorf("got %d %q, want %d", r.StatusCode, body, test.want)
			}
		})
	}
}

func TestServeEncodings(t *testing.T) {
	dir := testSite(t)
	plain, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		accept, encoding, file string
		status                 int
	}{
		{"", "", "index.html", 200},
		{"gzip, br", "br", "index.html.br", 200},
		{"gzip", "gzip", "index.html.gz", 200},
		{"identity;q=0, deflate", "", "", 406},
	}
	for _, test := range tests {
		t.Run(test.accept, func(t *testing.T) {
			r := ask(t, dir, "GET", "/", "Accept-Encoding", test.accept)
			if r.StatusCode != test.status || r.Header.Get("Content-Encoding") != test.encoding {
				t.Fatalf("got %d %q, want %d %q", r.StatusCode, r.Header.Get("Content-Encoding"), test.status, test.encoding)
			}
			if test.status != 200 {
				return
			}
			want, err := os.ReadFile(filepath.Join(dir, test.file))
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := io.ReadAll(r.Body); !bytes.Equal(got, want) || r.ContentLength != int64(len(want)) {
				t.Errorf("body: got %d bytes and length %d, want the %d of %s", len(got), r.ContentLength, len(want), test.file)
			}
		})
	}
	if len(plain) < 500 {
		t.Fatal("the test's page is too short to be compressed")
	}
}

func TestServeConditional(t *testing.T) {
	dir := testSite(t)
	first := ask(t, dir, "GET", "/", "Accept-Encoding", "br")
	tag := first.Header.Get("ETag")
	if again := ask(t, dir, "GET", "/", "Accept-Encoding", "br", "If-None-Match", tag); again.StatusCode != 304 {
		t.Errorf("the same form again: got %d, want 304", again.StatusCode)
	}
	if other := ask(t, dir, "GET", "/", "If-None-Match", tag); other.StatusCode != 200 {
		t.Errorf("another form: got %d, want 200, as its bytes differ", other.StatusCode)
	}
	write(t, filepath.Join(dir, "index.html.br"), []byte("changed"))
	if changed := ask(t, dir, "GET", "/", "Accept-Encoding", "br", "If-None-Match", tag); changed.StatusCode != 200 {
		t.Errorf("a changed file: got %d, want 200", changed.StatusCode)
	}
	head := ask(t, dir, "HEAD", "/")
	if body, _ := io.ReadAll(head.Body); len(body) > 0 || head.ContentLength < 500 {
		t.Errorf("HEAD: got a body of %d bytes, length %d; want none and the page's length", len(body), head.ContentLength)
	}
	part := ask(t, dir, "GET", "/", "Range", "bytes=0-3")
	if body, _ := io.ReadAll(part.Body); part.StatusCode != 206 || len(body) != 4 {
		t.Errorf("a range: got %d, %d bytes; want 206, 4 bytes", part.StatusCode, len(body))
	}
}

func TestServeStopsWithItsContext(t *testing.T) {
	dir := testSite(t)
	ctx, cancel := context.WithCancel(t.Context())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, NewFolder(dir, ""), &out) }()
	r, err := http.Get("http://" + l.Addr().String() + "/")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("after its context: got %v, want nil", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the server goes on 5 s after its context")
	}
	if want := "http://" + l.Addr().String() + "/"; !strings.HasPrefix(out.String(), want) {
		t.Errorf("printed %q, want the address %s", out.String(), want)
	}
}

func TestListen(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Listen(l.Addr().String(), "--addr HOST:PORT")
	if err == nil || !strings.Contains(err.Error(), "is in use") || !strings.Contains(err.Error(), "--addr HOST:PORT") {
		t.Errorf("a taken port: got %v, want an error that says so and names the next step", err)
	}
	if _, err := Listen("nonsense", ""); !errors.Is(err, ErrAddress) {
		t.Errorf("nonsense: got %v, want ErrAddress", err)
	}
}

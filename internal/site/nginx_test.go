package site

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The configuration for nginx in docs/hosting.md serves a site as the document says,
// where this machine has nginx.
func TestNginx(t *testing.T) {
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		if nginx, err = exec.LookPath("/usr/sbin/nginx"); err != nil {
			t.Skip("no nginx here; Debian's package nginx-light has it")
		}
	}
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	models, err := ReadModels([]string{modelIn(t, dir, "mine", 1)})
	if err != nil {
		t.Fatal(err)
	}
	shell := append(Shell{{"long-ABCDEFGH.js", []byte(strings.Repeat("ink();", 100))}}, testShell...)
	files, err := Make(shell, models, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if files, err = Compress(t.Context(), files, nil); err != nil {
		t.Fatal(err)
	}
	if err := Publish(site, files); err != nil {
		t.Fatal(err)
	}
	address := startNginx(t, nginx, dir, site)
	var ink string
	for path := range made(t, Options{}, filepath.Join(dir, "mine.ink")) {
		if strings.HasSuffix(path, ".ink") {
			ink = path
		}
	}
	tests := []struct{ path, status, kind, cache, encoding string }{
		{"", "200", "text/html; charset=utf-8", "no-cache", ""},
		{"long-ABCDEFGH.js", "200", "text/javascript", "public, max-age=31536000, immutable", "gzip"},
		{"inkling-ABCDEFGH.wasm", "200", "application/wasm", "public, max-age=31536000, immutable", ""},
		{ink, "200", "application/octet-stream", "public, max-age=31536000, immutable", ""},
		{"manifest.webmanifest", "200", "application/manifest+json", "no-cache", ""},
		{"nowhere.js", "404", "text/html; charset=utf-8", "", ""},
		{"_headers", "404", "text/html; charset=utf-8", "", ""},
		{WorkflowName, "404", "text/html; charset=utf-8", "", ""},
	}
	for _, test := range tests {
		r, err := http.NewRequest("GET", address+test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip")
		got, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		h := got.Header
		if fmt.Sprint(got.StatusCode) != test.status || h.Get("Content-Type") != test.kind || h.Get("Cache-Control") != test.cache ||
			test.encoding != "" && h.Get("Content-Encoding") != test.encoding {
			t.Errorf("/%s: got %d %v, want %v", test.path, got.StatusCode, h, test)
		}
	}
}

// startNginx starts nginx with the document's configuration for a site and returns its
// address.
func startNginx(t *testing.T, nginx, dir, site string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/hosting.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(text), "```nginx\n")
	block, _, ok := strings.Cut(block, "```")
	if !ok {
		t.Fatal("docs/hosting.md: no block for nginx")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	block = strings.NewReplacer("listen 80;", "listen "+addr+";", "/srv/my-page", site).Replace(block)
	temporary := ""
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temporary += fmt.Sprintf("%s_temp_path %s;\n", kind, filepath.Join(dir, kind))
	}
	config := filepath.Join(dir, "nginx.conf")
	write(t, config, fmt.Appendf(nil, "daemon off;\nmaster_process off;\npid %s;\nevents {}\nhttp {\naccess_log off;\n%s%s}\n",
		filepath.Join(dir, "pid"), temporary, block))
	cmd := exec.Command(nginx, "-c", config, "-e", filepath.Join(dir, "error.log"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for range 500 {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return "http://" + addr + "/"
		}
		time.Sleep(10 * time.Millisecond)
	}
	said, _ := os.ReadFile(filepath.Join(dir, "error.log"))
	t.Fatalf("nginx does not answer: %s", said)
	return ""
}

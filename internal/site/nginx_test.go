package site

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The configuration for nginx in docs/hosting.md serves a site as the document says,
// where this machine has nginx.
func TestNginx(t *testing.T) {
	nginx := findNginx(t)
	dir := t.TempDir()
	site, ink := servedSite(t, dir)
	address := startNginx(t, nginx, dir, site)
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

// findNginx returns the path of nginx, or skips the test.
func findNginx(t testing.TB) string {
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no nginx here; Debian's package nginx-light has it")
	return ""
}

// servedSite makes a site below dir and returns its folder and the path of its model.
func servedSite(t testing.TB, dir string) (site, ink string) {
	t.Helper()
	site = filepath.Join(dir, "site")
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
	for _, f := range models.files() {
		ink = f.Path
	}
	return site, ink
}

// startNginx starts nginx with the document's configuration for a site and returns its
// address.
func startNginx(t testing.TB, nginx, dir, site string) string {
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
	write(t, config, fmt.Appendf(nil, "daemon off;\nmaster_process off;\npid %s;\nevents {}\nhttp {\naccess_log off;\nkeepalive_requests 1000000000;\n%s%s}\n",
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

// BenchmarkServers asks our server and nginx, where it is, for a script of 7 kB and a
// binary of 400 kB over 16 connections that stay open. Client and servers share the
// machine's cores, so that only figures of one run compare.
func BenchmarkServers(b *testing.B) {
	dir := b.TempDir()
	site, _ := servedSite(b, dir)
	random := make([]byte, 400_000)
	rand.NewChaCha8([32]byte{}).Read(random)
	write(b, filepath.Join(site, "script-ABCDEFGH.js"), random[:7000])
	write(b, filepath.Join(site, "binary-ABCDEFGH.wasm"), random)
	for _, server := range []struct {
		name  string
		start func(b *testing.B) (address string)
	}{
		{"inkling", func(b *testing.B) string { return startOurs(b, site) }},
		{"nginx", func(b *testing.B) string { return startNginx(b, findNginx(b), dir, site) }},
	} {
		b.Run(server.name, func(b *testing.B) {
			address := server.start(b)
			for _, file := range []string{"script-ABCDEFGH.js", "binary-ABCDEFGH.wasm"} {
				b.Run(path.Ext(file), func(b *testing.B) { askInParallel(b, address, "/"+file) })
			}
		})
	}
}

// startOurs starts our server for a site, as a process of its own like nginx, and returns
// its address.
func startOurs(b *testing.B, site string) string {
	program := filepath.Join(b.TempDir(), "build")
	if out, err := exec.Command("go", "build", "-o", program, "../../build").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(program, "serve", "--out", site, "--addr", "127.0.0.1:0")
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	var address string
	if _, err := fmt.Fscan(stdout, &address); err != nil {
		b.Fatal(err)
	}
	return address
}

// askInParallel asks for a file again and again over 16 connections, whose answers all
// have the length of the first.
func askInParallel(b *testing.B, address, target string) {
	host := strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")
	request := []byte("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAccept-Encoding: gzip, br\r\n\r\n")
	b.SetParallelism(16 / runtime.GOMAXPROCS(0))
	b.RunParallel(func(pb *testing.PB) {
		c, err := net.Dial("tcp", host)
		if err != nil {
			b.Error(err)
			return
		}
		defer c.Close()
		length := 0
		buffer := make([]byte, 64<<10)
		for pb.Next() {
			c.Write(request)
			read, wanted := 0, length
			for read == 0 || read < wanted {
				n, err := c.Read(buffer)
				if err != nil {
					b.Error(err)
					return
				}
				if wanted == 0 {
					wanted = answerBytes(buffer[:n])
				}
				read += n
			}
			length = wanted
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
}

// answerBytes returns the length of an answer, head and body, of which the head is there.
func answerBytes(start []byte) int {
	head, _, _ := bytes.Cut(start, []byte("\r\n\r\n"))
	_, after, _ := bytes.Cut(head, []byte("Content-Length: "))
	text, _, _ := bytes.Cut(after, []byte("\r\n"))
	body, _ := strconv.Atoi(string(text))
	return len(head) + 4 + body
}

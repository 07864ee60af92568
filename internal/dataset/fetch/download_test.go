package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
)

// content is the file that the tests fetch, and packed the gzip of it that a
// right mirror holds; too long for one packet, and compressing badly.
var (
	content = func() []byte {
		var blocks []byte
		for i := range 4096 {
			sum := sha256.Sum256(fmt.Append(nil, i))
			blocks = append(blocks, sum[:]...)
		}
		return blocks
	}()
	packed = zipped(content)
	other  = zipped(append(content[32:len(content):len(content)], content[:32]...)) // as long, of other content
)

// mirror is a server on loopback that counts and keeps the Range headers it got.
type mirror struct {
	*httptest.Server
	mu     sync.Mutex
	ranges []string
}

// serve starts a mirror.
func serve(t *testing.T, handle http.HandlerFunc) *mirror {
	m := &mirror{}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		m.ranges = append(m.ranges, r.Header.Get("Range"))
		m.mu.Unlock()
		handle(w, r)
	}))
	t.Cleanup(m.Close)
	return m
}

// right serves the whole file, with ranges and an ETag.
func right(w http.ResponseWriter, r *http.Request) { file(packed, `"v1"`)(w, r) }

// file serves data with ranges and an ETag.
func file(data []byte, tag string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}
}

// cutAt serves at most n of the requested bytes per answer and breaks the connection.
func cutAt(n int, handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { handle(&cutWriter{w, n}, r) }
}

// cutWriter breaks the connection after left bytes.
type cutWriter struct {
	http.ResponseWriter
	left int
}

func (w *cutWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p[:min(len(p), w.left)])
	if w.left -= n; err == nil && w.left == 0 {
		w.ResponseWriter.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	return n, err
}

// noRange serves the whole file whatever part was asked for.
func noRange(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", fmt.Sprint(len(packed)))
	w.Write(packed)
}

// status answers with nothing but a status.
func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// stalling serves some bytes and then nothing until the client goes away.
func stalling(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", fmt.Sprint(len(packed)))
	w.Write(packed[:1000])
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

// endless serves bytes without an end and without a length.
func endless(w http.ResponseWriter, r *http.Request) {
	for {
		if _, err := w.Write(packed); err != nil {
			return
		}
	}
}

// target returns the file that the tests download, in a new folder.
func target(t *testing.T) wanted {
	sum := sha256.Sum256(content)
	file := published.File{Name: "train-images-idx3-ubyte", Packed: ".gz", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	return wanted{path: filepath.Join(t.TempDir(), file.Name+file.Packed), File: file}
}

// quick returns a downloader that gives up after a short wait.
func quick() *downloader {
	d := newDownloader(nil)
	d.stall = 100 * time.Millisecond
	return d
}

// fetchAll fetches the target from mirrors with these handlers.
func fetchAll(t *testing.T, w wanted, handlers ...http.HandlerFunc) ([]*mirror, error) {
	var mirrors []*mirror
	var addresses []string
	for _, handle := range handlers {
		m := serve(t, handle)
		mirrors, addresses = append(mirrors, m), append(addresses, m.URL+"/mnist/")
	}
	d := quick()
	defer d.client.CloseIdleConnections()
	return mirrors, d.fetch(t.Context(), addresses, w)
}

// wantWhole checks that the file is there as fetched, and nothing beside it.
func wantWhole(t *testing.T, w wanted) {
	t.Helper()
	got, err := os.ReadFile(w.path)
	if err != nil || !bytes.Equal(got, packed) {
		t.Errorf("got %d bytes, %v; want the mirror's %d", len(got), err, len(packed))
	}
	wantFiles(t, w, filepath.Base(w.path))
}

// wantFiles checks what is in the folder.
func wantFiles(t *testing.T, w wanted, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(w.path))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("files: got %v, want %v", got, names)
	}
}

func TestFetch(t *testing.T) {
	third := len(packed)/3 + 1
	rest := fmt.Sprintf("bytes=%d-", third)
	for _, test := range []struct {
		name     string
		handlers []http.HandlerFunc
		ranges   []string // that the last mirror was asked for
	}{
		{"right", []http.HandlerFunc{right}, []string{""}},
		{"no ranges", []http.HandlerFunc{noRange}, []string{""}},
		{"truncated, resumed twice", []http.HandlerFunc{cutAt(third, right)}, []string{"", rest, fmt.Sprintf("bytes=%d-", 2*third)}},
		{"truncated, no ranges, next mirror", []http.HandlerFunc{cutAt(third, noRange), right}, []string{""}},
		{"not there, next mirror", []http.HandlerFunc{status(404), right}, []string{""}},
		{"server error, next mirror", []http.HandlerFunc{status(500), right}, []string{""}},
		{"wrong content, next mirror", []http.HandlerFunc{file(other, `"v1"`), right}, []string{""}},
		{"not gzip, next mirror", []http.HandlerFunc{file([]byte("<html>sign in</html>"), `"v1"`), right}, []string{""}},
		{"endless, next mirror", []http.HandlerFunc{endless, right}, []string{""}},
		{"too long, next mirror", []http.HandlerFunc{file(make([]byte, 2*len(content)), `"v1"`), right}, []string{""}},
		{"stalling, next mirror", []http.HandlerFunc{stalling, right}, []string{""}},
		{"replaced between answers", []http.HandlerFunc{inTurn(cutAt(third, file(other, `"old"`)), right)}, []string{"", rest}},
		{"replaced, and no ETag tells", []http.HandlerFunc{inTurn(cutAt(third, file(other, "")), file(packed, ""))}, []string{"", rest, ""}},
		{"shorter than what is there", []http.HandlerFunc{inTurn(cutAt(third, file(other, "")), status(416), right)}, []string{"", rest, ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := target(t)
			mirrors, err := fetchAll(t, w, test.handlers...)
			if err != nil {
				t.Fatal(err)
			}
			wantWhole(t, w)
			if got := mirrors[len(mirrors)-1].ranges; fmt.Sprint(got) != fmt.Sprint(test.ranges) {
				t.Errorf("ranges: got %q, want %q", got, test.ranges)
			}
		})
	}
}

// inTurn serves the first answer with the first handler and so on; the last one
// serves all that follow.
func inTurn(handlers ...http.HandlerFunc) http.HandlerFunc {
	next := 0
	return func(w http.ResponseWriter, r *http.Request) {
		handle := handlers[min(next, len(handlers)-1)]
		next++
		handle(w, r)
	}
}

// TestFetchReasons wants each mirror's reason on one line, and no file.
func TestFetchReasons(t *testing.T) {
	w := target(t)
	mirrors, err := fetchAll(t, w, status(404), file(other, `"v1"`), stalling, endless)
	if err == nil {
		t.Fatal("got no error")
	}
	want := []string{"404 Not Found", "wrong content: got SHA-256 ", "silent for 100ms", "file too large: got more than "}
	for i, reason := range want {
		if entry := strings.TrimPrefix(mirrors[i].URL, "http://") + ": " + reason; !strings.Contains(err.Error(), entry) {
			t.Errorf("got %q, want %q in it", err, entry)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("got %q, want one line", err)
	}
	wantFiles(t, w)
}

// TestFetchUnreachable asks a server that has gone.
func TestFetchUnreachable(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	err := quick().fetch(t.Context(), []string{gone.URL + "/"}, target(t))
	if err == nil || !strings.Contains(err.Error(), "connection refused") || strings.Contains(err.Error(), "Get ") {
		t.Errorf("got %v, want connection refused without the address", err)
	}
}

// TestFetchContinued ends a download by its context and goes on with another.
func TestFetchContinued(t *testing.T) {
	w := target(t)
	m := serve(t, inTurn(stalling, right))
	ctx, cancel := context.WithCancel(t.Context())
	d := quick()
	d.stall = time.Minute
	d.progress = func(_ string, done, _ int64) {
		if done > 0 {
			cancel()
		}
	}
	if err := d.fetch(ctx, []string{m.URL + "/"}, w); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
	wantFiles(t, w, "train-images-idx3-ubyte.gz.part", "train-images-idx3-ubyte.gz.part.from")
	if err := quick().fetch(t.Context(), []string{m.URL + "/"}, w); err != nil {
		t.Fatal(err)
	}
	wantWhole(t, w)
	if got, want := m.ranges[1], "bytes=1000-"; got != want {
		t.Errorf("range: got %q, want %q", got, want)
	}
}

// TestFetchComplete finds a .part that has all its bytes: the program ended before
// it could rename the file.
func TestFetchComplete(t *testing.T) {
	w := target(t)
	m := serve(t, right)
	write(t, w.path+".part", packed)
	write(t, w.path+".part.from", []byte(m.URL+"/"+filepath.Base(w.path)+"\n\"v1\"\n"))
	if err := quick().fetch(t.Context(), []string{m.URL + "/"}, w); err != nil {
		t.Fatal(err)
	}
	wantWhole(t, w)
	if len(m.ranges) != 1 {
		t.Errorf("got requests %q, want one", m.ranges)
	}
}

func TestFetchProgress(t *testing.T) {
	w := target(t)
	m := serve(t, cutAt(len(packed)/2, right))
	d := quick()
	last := int64(-1)
	d.progress = func(file string, done, total int64) {
		if done < last || file != filepath.Base(w.path) || total != int64(len(packed)) {
			t.Errorf("got %s, %d of %d after %d, want %s, more, of %d", file, done, total, last, filepath.Base(w.path), len(packed))
		}
		last = done
	}
	if err := d.fetch(t.Context(), []string{m.URL + "/"}, w); err != nil {
		t.Fatal(err)
	}
	if last != int64(len(packed)) {
		t.Errorf("last: got %d, want %d", last, len(packed))
	}
}

// TestFetchDisk wants the disk's error and no other mirror asked.
func TestFetchDisk(t *testing.T) {
	w := target(t)
	w.path = filepath.Join(filepath.Dir(w.path), "gone", "file.gz")
	mirrors, err := fetchAll(t, w, right, right)
	if !errors.Is(err, os.ErrNotExist) || len(mirrors[1].ranges) != 0 {
		t.Errorf("got %v and %d requests to the second mirror, want a missing folder and none", err, len(mirrors[1].ranges))
	}
}

// TestFiles fetches the one file of two that is not there, into a new folder's place.
func TestFiles(t *testing.T) {
	sum := sha256.Sum256(content)
	m := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/mnist/labels.gz" {
			t.Errorf("got a request for %s", r.URL.Path)
		}
		w.Write(packed)
	})
	dir := filepath.Join(t.TempDir(), "mnist")
	file := published.File{Name: "labels", Packed: ".gz", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	file.Mirrors = []string{m.URL + "/mnist/"}
	there := file
	there.Name = "images"
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "images"), nil)
	for range 2 {
		if err := Files(t.Context(), "mnist", dir, []published.File{there, file}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if path, found := file.Find(dir); !found || path != filepath.Join(dir, "labels.gz") {
		t.Errorf("got %s, %v, want labels.gz there", path, found)
	}
	if len(m.ranges) != 1 {
		t.Errorf("requests: got %d, want 1", len(m.ranges))
	}
}

// zipped returns data as gzip.
func zipped(data []byte) []byte {
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	w.Write(data)
	w.Close()
	return file.Bytes()
}

// write puts data into a file.
func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

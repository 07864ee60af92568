package fetch

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
)

// archived returns a zip archive of the tests' file between others, and where the
// packed bytes of the file lie in it.
func archived(t *testing.T, method uint16, file []byte) (archive []byte, at, n int) {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, member := range []struct {
		name string
		data []byte
	}{{"gzip/other.gz", other}, {"gzip/train-images-idx3-ubyte.gz", file}, {"gzip/last.gz", other}} {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: member.name, Method: method})
		if err == nil {
			_, err = entry.Write(member.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	offset, err := r.File[1].DataOffset()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), int(offset), int(r.File[1].CompressedSize64)
}

// member returns the tests' file as the member of an archive of a size, of which the
// digest of the packed file is known.
func member(t *testing.T, size int) wanted {
	w := target(t)
	sum := sha256.Sum256(packed)
	w.SHA256, w.PackedSHA256 = "", hex.EncodeToString(sum[:])
	w.Archive = published.Archive{Name: "all.zip", Size: int64(size)}
	return w
}

// inOneGo serves all of data whatever part was asked for.
func inOneGo(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		w.Write(data)
	}
}

// fetchMemberOf fetches the file from mirrors of the archive with a downloader that
// asks for 1,100 bytes of its end, and returns how many bytes the last mirror sent.
func fetchMemberOf(t *testing.T, w wanted, handlers ...http.HandlerFunc) (m *mirror, sent int, err error) {
	t.Helper()
	var addresses []string
	var counted *atomic.Int64
	for _, handle := range handlers {
		counted = new(atomic.Int64)
		m = serve(t, func(w http.ResponseWriter, r *http.Request) { handle(counting{w, counted}, r) })
		addresses = append(addresses, m.URL+"/")
	}
	d := quick()
	d.tail = 1100
	defer d.client.CloseIdleConnections()
	err = d.fetch(t.Context(), addresses, w)
	m.Close() // so that nothing is counted any more
	return m, int(counted.Load()), err
}

// counting counts the bytes of an answer.
type counting struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (c counting) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.sent.Add(int64(n))
	return n, err
}

func (c counting) Flush() { c.ResponseWriter.(http.Flusher).Flush() }

// Of an archive on a mirror that sends parts only the directory and the member are
// fetched, whether it is packed once more or not.
func TestMember(t *testing.T) {
	for name, method := range map[string]uint16{"stored": zip.Store, "deflated": zip.Deflate} {
		t.Run(name, func(t *testing.T) {
			archive, _, n := archived(t, method, packed)
			w := member(t, len(archive))
			_, sent, err := fetchMemberOf(t, w, file(archive, `"v1"`))
			if err != nil {
				t.Fatal(err)
			}
			wantWhole(t, w)
			if sent > n+1200 {
				t.Errorf("got %d bytes of an archive of %d, want the member's %d and 1,200 at most", sent, len(archive), n)
			}
		})
	}
}

// What breaks off is resumed; what is wrong is left for the next mirror.
func TestMemberFromMirrors(t *testing.T) {
	archive, at, n := archived(t, zip.Deflate, packed)
	wrong, _, _ := archived(t, zip.Deflate, other)
	damaged := bytes.Clone(archive)
	damaged[at+n/2] ^= 1
	right := file(archive, `"v1"`)
	for _, test := range []struct {
		name     string
		handlers []http.HandlerFunc
		ask      string // a range that the last mirror must have been asked for
	}{
		{"truncated, resumed", []http.HandlerFunc{cutAt(n/2, right)}, fmt.Sprintf("bytes=%d-%d", at+n/2, at+n-1)},
		{"not there, next mirror", []http.HandlerFunc{status(404), right}, "bytes=-1100"},
		{"of other content, next mirror", []http.HandlerFunc{file(wrong, `"v1"`), right}, "bytes=-1100"},
		{"damaged, next mirror", []http.HandlerFunc{file(damaged, `"v1"`), right}, "bytes=-1100"},
		{"no archive, next mirror", []http.HandlerFunc{file(content, `"v1"`), right}, "bytes=-1100"},
		{"another archive, next mirror", []http.HandlerFunc{file(zippedAlone(t), `"v1"`), right}, "bytes=-1100"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := member(t, len(archive))
			m, _, err := fetchMemberOf(t, w, test.handlers...)
			if err != nil {
				t.Fatal(err)
			}
			wantWhole(t, w)
			if !strings.Contains(strings.Join(m.ranges, " ")+" ", test.ask+" ") {
				t.Errorf("ranges: got %q, want %s among them", m.ranges, test.ask)
			}
		})
	}
}

// zippedAlone returns an archive that lacks the tests' file.
func zippedAlone(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if _, err := w.Create("gzip/readme.txt"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A mirror without parts sends the whole archive, which stays for other files and
// serves them without a mirror.
func TestWholeArchive(t *testing.T) {
	archive, _, _ := archived(t, zip.Deflate, packed)
	w := member(t, len(archive))
	_, _, err := fetchMemberOf(t, w, inTurn(inOneGo(archive), cutAt(len(archive)/2, inOneGo(archive))), inOneGo(archive))
	if err != nil {
		t.Fatal(err)
	}
	wantFiles(t, w, "all.zip", filepath.Base(w.path))
	if err := os.Remove(w.path); err != nil {
		t.Fatal(err)
	}
	if err := quick().fetch(t.Context(), nil, w); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, w, "all.zip", filepath.Base(w.path))
}

// A wrong archive is not kept, and a wrong copy is named.
func TestWrongArchive(t *testing.T) {
	wrong, _, _ := archived(t, zip.Store, other)
	w := member(t, len(wrong))
	if _, _, err := fetchMemberOf(t, w, inOneGo(wrong)); err == nil || !strings.Contains(err.Error(), "got SHA-256 ") {
		t.Errorf("got %v, want the wrong digest", err)
	}
	wantFiles(t, w)
	if _, _, err := fetchMemberOf(t, w, inOneGo(append(wrong, make([]byte, len(wrong))...))); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("got %v, want that it is too large", err)
	}
	wantFiles(t, w)
	write(t, w.copyPath(), wrong)
	err := quick().fetch(t.Context(), nil, w)
	if !errors.Is(err, published.ErrWrongContent) || !strings.Contains(err.Error(), w.copyPath()) {
		t.Errorf("got %v, want wrong content of %s", err, w.copyPath())
	}
	wantFiles(t, w, "all.zip")
}

// An interrupted download of a member goes on where it was.
func TestMemberContinued(t *testing.T) {
	archive, at, n := archived(t, zip.Store, packed)
	w := member(t, len(archive))
	m := serve(t, cutAt(n/3, file(archive, `"v1"`)))
	ctx, cancel := context.WithCancel(t.Context())
	d := quick()
	d.tail, d.stall = 1100, time.Minute
	d.progress = func(_ string, done, total int64) {
		if total != int64(n) {
			t.Errorf("progress: got %d in all, want the member's %d", total, n)
		}
		if done > 0 {
			cancel()
		}
	}
	if err := d.fetch(ctx, []string{m.URL + "/"}, w); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
	wantFiles(t, w, filepath.Base(w.path)+".part", filepath.Base(w.path)+".part.from")
	before := part{path: w.path + ".part"}.size()
	d.progress = func(string, int64, int64) {}
	if err := d.fetch(t.Context(), []string{m.URL + "/"}, w); err != nil {
		t.Fatal(err)
	}
	wantWhole(t, w)
	if want := fmt.Sprintf("bytes=%d-%d", int64(at)+before, at+n-1); !strings.Contains(strings.Join(m.ranges, " "), want) {
		t.Errorf("ranges: got %q, want %s among them", m.ranges, want)
	}
}

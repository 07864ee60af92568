package bounded

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReader(t *testing.T) {
	for _, test := range []struct {
		name    string
		content string
		limit   int64
		cut     bool
	}{
		{"empty", "", 3, false},
		{"shorter", "ab", 3, false},
		{"as long as the limit", "abc", 3, false},
		{"longer by one", "abcd", 3, true},
		{"much longer", strings.Repeat("abcd", 1000), 3, true},
		{"nothing allowed", "a", 0, true},
		{"nothing allowed, nothing there", "", 0, false},
	} {
		for way, in := range map[string]io.Reader{
			"at once":       strings.NewReader(test.content),
			"byte by byte":  iotest.OneByteReader(strings.NewReader(test.content)),
			"end with data": iotest.DataErrReader(strings.NewReader(test.content)),
		} {
			got, err := io.ReadAll(Reader(in, test.limit))
			limit, cut := errors.AsType[*LimitError](err)
			if cut != test.cut || !cut && (err != nil || string(got) != test.content) {
				t.Errorf("%s, %s: got %q, %v, want cut %v", test.name, way, got, err, test.cut)
			}
			if cut && limit.Limit != test.limit {
				t.Errorf("%s, %s: got limit %d, want %d", test.name, way, limit.Limit, test.limit)
			}
		}
	}
}

// TestReaderKeepsErrors reads a stream that breaks after its last allowed byte.
func TestReaderKeepsErrors(t *testing.T) {
	broken := errors.New("broken")
	_, err := io.ReadAll(Reader(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)), 3))
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	content := strings.Repeat("0123456789", 200)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, limit := range []int64{2000, 2001, 1 << 40} {
		if got, err := ReadFile(path, limit); err != nil || string(got) != content {
			t.Errorf("limit %d: got %d bytes, %v, want all 2000", limit, len(got), err)
		}
	}
	_, err := ReadFile(path, 1999)
	if _, cut := errors.AsType[*LimitError](err); !cut || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "1999") {
		t.Errorf("limit 1999: got %v, want a LimitError that names the file and the limit", err)
	}
	if _, err := ReadFile(path+".none", 9); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want that it is not there", err)
	}
}

func TestGunzip(t *testing.T) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	io.WriteString(zip, "hello")
	zip.Close()
	for _, test := range []struct {
		name, content, want string
		packed              bool
	}{
		{"plain", "hello", "hello", false},
		{"empty", "", "", false},
		{"one byte", "\x1f", "\x1f", false},
		{"gzip", packed.String(), "hello", true},
	} {
		in, isPacked, err := Gunzip(strings.NewReader(test.content))
		if err != nil || isPacked != test.packed {
			t.Errorf("%s: got packed %v, %v, want %v", test.name, isPacked, err, test.packed)
			continue
		}
		if got, err := io.ReadAll(in); err != nil || string(got) != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.name, got, err, test.want)
		}
	}
	if _, packed, err := Gunzip(strings.NewReader("\x1f\x8b?")); err == nil || !packed {
		t.Errorf("got packed %v, %v, want an error of gzip", packed, err)
	}
}

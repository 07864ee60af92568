package dataset

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
)

// idx returns an IDX file of these dimensions and values.
func idx(values []uint8, dims ...int) []byte {
	file := []byte{0, 0, idxUint8, byte(len(dims))}
	for _, dim := range dims {
		file = binary.BigEndian.AppendUint32(file, uint32(dim))
	}
	return append(file, values...)
}

// zipped returns data compressed with gzip.
func zipped(data []byte) []byte {
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	w.Write(data)
	w.Close()
	return file.Bytes()
}

// count returns n pixels with the values 0, 1, 2, ...
func count(n int) []uint8 {
	values := make([]uint8, n)
	for i := range values {
		values[i] = uint8(i)
	}
	return values
}

// write puts data into a new file.
func write(t *testing.T, path string, data []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadImages(t *testing.T) {
	plain := idx(count(3*2*4), 3, 2, 4)
	for name, data := range map[string][]byte{"plain": plain, "gzip": zipped(plain)} {
		t.Run(name, func(t *testing.T) {
			pixels, width, height, err := ReadImages(write(t, filepath.Join(t.TempDir(), "images"), data))
			if err != nil || width != 4 || height != 2 || !bytes.Equal(pixels, count(24)) {
				t.Errorf("got %v, %dx%d, %v; want 0..23, 4x2", pixels, width, height, err)
			}
		})
	}
}

func TestReadLabels(t *testing.T) {
	plain := idx([]byte{7, 2, 1}, 3)
	for name, data := range map[string][]byte{"plain": plain, "gzip": zipped(plain)} {
		t.Run(name, func(t *testing.T) {
			labels, err := ReadLabels(write(t, filepath.Join(t.TempDir(), "labels"), data))
			if err != nil || !bytes.Equal(labels, []byte{7, 2, 1}) {
				t.Errorf("got %v, %v; want [7 2 1]", labels, err)
			}
		})
	}
}

// TestLargeImages reads more than is allocated on the header's word.
func TestLargeImages(t *testing.T) {
	n := firstIDXBytes/1024 + 3
	values := count(n * 1024)
	pixels, _, _, err := DecodeImages(bytes.NewReader(idx(values, n, 32, 32)))
	if err != nil || !bytes.Equal(pixels, values) {
		t.Errorf("got %d pixels, %v; want all %d", len(pixels), err, len(values))
	}
}

func TestDamagedIDX(t *testing.T) {
	good := idx(count(3*2*4), 3, 2, 4)
	wrongSum := zipped(good)
	wrongSum[len(wrongSum)-8] ^= 1
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "header: got 0 bytes, want 16"},
		{"short header", good[:9], "header: got 9 bytes, want 16"},
		{"not IDX", []byte("\x89PNG\r\n\x1a\n and more"), "magic number: got 0x89504e47, want 0x00000803 (uint8, 3 dimensions)"},
		{"labels for images", idx(count(16), 16), "magic number: got 0x00000801, want 0x00000803 (uint8, 3 dimensions)"},
		{"floats", append([]byte{0, 0, 0x0d, 3}, good[4:]...), "magic number: got 0x00000d03, want 0x00000803 (uint8, 3 dimensions)"},
		{"no images", idx(nil, 0, 2, 4), "number of images: got 0, want at least 1"},
		{"no width", idx(nil, 3, 2, 0), "width: got 0, want at least 1"},
		{"hostile header", idx(nil, 1<<32-1, 1<<32-1, 1<<32-1), "header: got dimensions [4294967295 4294967295 4294967295], want at most 2147483647 values"},
		{"two gigabytes promised", idx(nil, 1<<21, 32, 31), "images: got 0 in a file that ends early, want 2097152 as its header says"},
		{"truncated", good[:len(good)-9], "images: got 1 in a file that ends early, want 3 as its header says"},
		{"trailing byte", append(bytes.Clone(good), 0), "end: got more bytes than the header says, want none after the last value"},
		{"truncated gzip", zipped(good)[:30], "images: got 0 in a file that ends early, want 3 as its header says"},
		{"gzip without its end", zipped(good)[:len(zipped(good))-3], "compression: got a stream that ends early, want a whole gzip stream"},
		{"gzip of a wrong sum", wrongSum, "compression: got gzip: invalid checksum, want a whole gzip stream"},
		{"gzip header only", []byte{0x1f, 0x8b, 8}, "compression: got unexpected EOF, want a whole gzip stream"},
		{"gzip bomb", zipped(idx(make([]byte, 1<<24), 3, 2, 4)), "end: got more bytes than the header says, want none after the last value"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), "images"), test.data)
			_, _, _, err := ReadImages(path)
			format, ok := errors.AsType[*FormatError](err)
			if !ok || format.File != path {
				t.Fatalf("got %v, want a *FormatError of %s", err, path)
			}
			if want := "idx: " + path + ": " + test.want; err.Error() != want {
				t.Errorf("got  %s\nwant %s", err, want)
			}
		})
	}
}

// TestTruncatedIDX cuts a file at every length: each is an error, none a panic.
func TestTruncatedIDX(t *testing.T) {
	for name, data := range map[string][]byte{"plain": idx(count(24), 3, 2, 4), "gzip": zipped(idx(count(24), 3, 2, 4))} {
		for n := range data {
			if _, _, _, err := DecodeImages(bytes.NewReader(data[:n])); err == nil {
				t.Errorf("%s, %d of %d bytes: got no error", name, n, len(data))
			}
		}
	}
}

func TestUnreadableIDX(t *testing.T) {
	dir := t.TempDir()
	_, _, _, err := ReadImages(filepath.Join(dir, "none"))
	if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "idx: "+dir) {
		t.Errorf("missing file: got %v, want idx: %s...: not there", err, dir)
	}
	if _, err := ReadLabels(dir); err == nil || !strings.HasPrefix(err.Error(), "idx: "+dir+": ") {
		t.Errorf("folder: got %v, want idx: %s: ...", err, dir)
	}
	broken := errors.New("broken disk")
	if _, err := DecodeLabels(io.MultiReader(bytes.NewReader(idx(nil, 3)), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("failing reader: got %v, want %v", err, broken)
	}
}

// failing is a reader with an error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// FuzzIDX reads any bytes as images and as labels; what it accepts must come out
// again as the same file.
func FuzzIDX(f *testing.F) {
	f.Add(idx(count(24), 3, 2, 4))
	f.Add(zipped(idx([]byte{7, 2, 1}, 3)))
	f.Fuzz(func(t *testing.T, data []byte) {
		compressed := len(data) > 1 && data[0] == 0x1f
		var pixels []uint8
		var width, height int
		var err error
		memory.Bounded(t, 4*memory.Unpacked, len(data), func() { pixels, width, height, err = DecodeImages(bytes.NewReader(data)) })
		if err == nil && !compressed {
			if again := idx(pixels, len(pixels)/(width*height), height, width); !bytes.Equal(again, data) {
				t.Errorf("images: got %x again, want %x", again, data)
			}
		}
		labels, err := DecodeLabels(bytes.NewReader(data))
		if err == nil && !compressed {
			if again := idx(labels, len(labels)); !bytes.Equal(again, data) {
				t.Errorf("labels: got %x again, want %x", again, data)
			}
		}
	})
}

// A header's word alone allocates little.
func TestIDXAllocates(t *testing.T) {
	header := idx(nil, 30000, 200, 300)
	memory.Bounded(t, 1, len(header), func() {
		if _, _, _, err := DecodeImages(bytes.NewReader(header)); err == nil {
			t.Error("got images of a header")
		}
	})
}

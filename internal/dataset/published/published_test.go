package published

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	content := []byte("what its authors made")
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	zip.Write(content)
	zip.Close()
	sum := sha256.Sum256(content)
	file := File{Name: "made", Packed: ".gz", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	for _, test := range []struct {
		name string
		copy []byte
		want string // "" for a right copy
	}{
		{"plain", content, ""},
		{"gzip", packed.Bytes(), ""},
		{"empty", nil, "got 0 bytes unpacked, want 21"},
		{"short", content[:20], "got 20 bytes unpacked, want 21"},
		{"long", append(content[:21:21], '!'), "got more than 21 bytes unpacked, want 21"},
		{"other", bytes.ToUpper(content), "got SHA-256 "},
		{"gzip that ends early", packed.Bytes()[:30], "compression: got a stream that ends early"},
		{"no gzip", []byte("\x1f\x8b?"), "compression: got "},
	} {
		path := filepath.Join(t.TempDir(), "copy")
		if err := os.WriteFile(path, test.copy, 0o644); err != nil {
			t.Fatal(err)
		}
		err := file.Check(path)
		if test.want == "" && err != nil || test.want != "" && (!errors.Is(err, ErrWrongContent) || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
	if err := file.Check(t.TempDir() + "/none"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no copy: got %v, want that it is not there", err)
	}
}

// Where only the packed file's digest was published, a packed copy is compared with it
// and a plain one by its size.
func TestCheckPacked(t *testing.T) {
	content := []byte("what its authors made")
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	zip.Write(content)
	zip.Close()
	sum := sha256.Sum256(packed.Bytes())
	file := File{Name: "made", Packed: ".gz", Size: int64(len(content)), PackedSHA256: hex.EncodeToString(sum[:])}
	for name, c := range map[string]struct {
		copy []byte
		want string // "" for a right copy
	}{
		"gzip":        {packed.Bytes(), ""},
		"plain":       {content, ""},
		"plain short": {content[:20], "got 20 bytes unpacked, want 21"},
		"longer gzip": {append(packed.Bytes(), 0, 0, 0), "wrong content: "},
		"other":       {append([]byte{0x1f, 0x8b, 8, 0, 1}, packed.Bytes()[5:]...), "got SHA-256 "},
	} {
		path := filepath.Join(t.TempDir(), "copy")
		if err := os.WriteFile(path, c.copy, 0o644); err != nil {
			t.Fatal(err)
		}
		err := file.Check(path)
		if c.want == "" && err != nil || c.want != "" && (!errors.Is(err, ErrWrongContent) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// Package published describes the files that others publish and compares copies of
// them with what their authors made.
package published

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/bounded"
)

// File is a file as its authors publish it. A copy may be unpacked or not.
type File struct {
	Name         string   // unpacked
	Packed       string   // what the packed file's name has behind Name, such as ".gz"; "" where it is published unpacked
	Size         int64    // unpacked, in bytes
	SHA256       string   // of the unpacked bytes, in hexadecimal
	PackedSHA256 string   // of the packed file, where nobody published SHA256
	Mirrors      []string // addresses of folders that hold the packed file or Archive, each ending in /
	Archive      Archive  // the zip archive that holds the packed file; zero: the mirrors hold it by itself
}

// Archive is a zip archive that holds files of a set among others.
type Archive struct {
	Name string
	Size int64 // in bytes
}

// HasDigest reports whether Check can tell a right copy from others.
func (f File) HasDigest() bool { return f.SHA256 != "" || f.PackedSHA256 != "" }

// Find returns the path of the file in dir, unpacked before packed, and whether it
// is there; if not, the path that a download has to write.
func (f File) Find(dir string) (path string, there bool) {
	path = filepath.Join(dir, f.Name)
	for _, path := range []string{path, path + f.Packed} {
		if _, err := os.Stat(path); err == nil {
			return path, true
		}
	}
	return path + f.Packed, false
}

// ErrWrongContent marks a file whose content is not the published one.
var ErrWrongContent = errors.New("wrong content")

// Check unpacks a copy, gzip or plain, and compares its SHA-256 with the published
// one. Of a plain copy of which only the packed file's digest is known it compares the
// size. It unpacks one byte more than f.Size at most, whatever the file unpacks to.
func (f File) Check(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	whole, unpacked := sha256.New(), sha256.New()
	raw := io.TeeReader(file, whole)
	content, packed, err := bounded.Gunzip(raw)
	if err != nil {
		return damaged(err)
	}
	n, err := io.Copy(unpacked, bounded.Reader(content, f.Size))
	if _, longer := errors.AsType[*bounded.LimitError](err); longer {
		return fmt.Errorf("%w: got more than %d bytes unpacked, want %[2]d", ErrWrongContent, f.Size)
	}
	if err != nil {
		return damaged(err)
	}
	if n != f.Size {
		return fmt.Errorf("%w: got %d bytes unpacked, want %d", ErrWrongContent, n, f.Size)
	}
	if f.SHA256 != "" {
		return same(unpacked, f.SHA256)
	}
	if !packed {
		return nil
	}
	if _, err := io.Copy(io.Discard, raw); err != nil { // what follows the gzip stream
		return err
	}
	return same(whole, f.PackedSHA256)
}

// same compares a digest with the published one.
func same(hash hash.Hash, want string) error {
	if got := hex.EncodeToString(hash.Sum(nil)); got != want {
		return fmt.Errorf("%w: got SHA-256 %s, want %s", ErrWrongContent, got, want)
	}
	return nil
}

// damaged makes damage to the compression an ErrWrongContent; an error that reading
// the file gave stays as it is.
func damaged(err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return err
	}
	got := err.Error()
	if errors.Is(err, io.ErrUnexpectedEOF) {
		got = "a stream that ends early"
	}
	return fmt.Errorf("%w: compression: got %s, want a whole gzip stream", ErrWrongContent, got)
}

package site

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/serve"
)

// brotliExt is the extension of the forms that a packed shell holds.
var brotliExt = serve.Encodings[0].Ext

// maxUnpacked bounds one file of a packed shell, in bytes.
const maxUnpacked = 64 << 20

// ErrNoPage says that the command was built without the page.
var ErrNoPage = errors.New("site: this inkling was built without the page; the released ones have it, " +
	"and make inkling builds one that has it")

// Pack writes a shell as a zip: of each file the brotli form where that is smaller,
// taken from known where it is there, or else the file. The same shell makes the same
// bytes.
func Pack(ctx context.Context, w io.Writer, shell Shell, known []File) error {
	all, err := compress(ctx, shell, known, serve.Encodings[:1])
	if err != nil {
		return err
	}
	packed := zip.NewWriter(w)
	for _, f := range all {
		if find(all, f.Path+brotliExt) != nil {
			continue
		}
		entry, err := packed.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Store})
		if err == nil {
			_, err = entry.Write(f.Data)
		}
		if err != nil {
			return fmt.Errorf("site: pack %s: %w", f.Path, err)
		}
	}
	return packed.Close()
}

// Unpack reads what Pack wrote. forms are the brotli forms of the shell's files, which
// [Compress] takes over.
func Unpack(packed []byte) (shell Shell, forms []File, err error) {
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, nil, fmt.Errorf("site: packed page: %w", err)
	}
	for _, entry := range r.File {
		data, err := readEntry(entry)
		if err != nil {
			return nil, nil, fmt.Errorf("site: packed page: %s: %w", entry.Name, err)
		}
		name, isBrotli := strings.CutSuffix(entry.Name, brotliExt)
		if isBrotli {
			forms = append(forms, File{entry.Name, data})
			if data, err = io.ReadAll(bounded.Reader(brotli.NewReader(bytes.NewReader(data)), maxUnpacked)); err != nil {
				return nil, nil, fmt.Errorf("site: packed page: %s: %w", entry.Name, err)
			}
		}
		shell = append(shell, File{name, data})
	}
	return shell, forms, nil
}

// PackedForms returns the brotli forms in a packed shell that fit files: those whose
// content is the same. A zip that cannot be read has none.
func PackedForms(packed []byte, files []File) []File {
	shell, forms, err := Unpack(packed)
	if err != nil {
		return nil
	}
	return unchanged(files, shell, forms)
}

// readEntry returns the content of an entry.
func readEntry(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(bounded.Reader(r, maxUnpacked))
}

// isForm reports whether a file is the compressed form of another.
func isForm(name string) bool {
	for _, e := range serve.Encodings {
		if strings.HasSuffix(name, e.Ext) {
			return true
		}
	}
	return false
}

// Embedded returns the page that is part of the command, see [Unpack]. Without one the
// error is ErrNoPage.
func Embedded() (shell Shell, forms []File, err error) {
	if embedded == nil {
		return nil, nil, ErrNoPage
	}
	return Unpack(embedded)
}

// EmbeddedVersion returns a short name of the page that is part of the command, made
// of its content, or says that there is none.
func EmbeddedVersion() string {
	if embedded == nil {
		return "none (make inkling builds one in)"
	}
	return Hash(embedded)
}

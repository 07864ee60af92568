package table

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/seed-c844a918/inkling/internal/unzip"
)

// source reads a file and says how far it has come.
type source struct {
	ctx      context.Context
	r        *io.SectionReader
	done     int64 // bytes
	progress func(done, total int64)
}

// Read reads on, or returns the context's error once that has ended.
func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(p)
	s.at(s.done + int64(n))
	return n, err
}

// ReadAt implements io.ReaderAt, which archive/zip needs.
func (s *source) ReadAt(p []byte, at int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.ReadAt(p, at)
	s.at(at + int64(n))
	return n, err
}

// at notes how many bytes have been read.
func (s *source) at(done int64) {
	s.done = done
	if s.progress != nil {
		s.progress(done, s.r.Size())
	}
}

// unpack returns the text of a file: itself, or what is packed in it.
func unpack(s *source) (io.Reader, error) {
	var magic [4]byte
	n, err := s.r.ReadAt(magic[:], 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch start := magic[:n]; {
	case bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
		packed, err := gzip.NewReader(s)
		if err != nil {
			return nil, damaged(err)
		}
		return packedReader{packed}, nil
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return unzipped(s)
	}
	return s, nil
}

// unzipped returns the one table of a zip archive.
func unzipped(s *source) (io.Reader, error) {
	archive, err := zip.NewReader(s, s.r.Size())
	if err != nil {
		return nil, damaged(err)
	}
	var found *zip.File
	for _, file := range archive.File {
		if file.Name == "xl/workbook.xml" {
			return nil, &FormatError{Got: "an Excel workbook", Want: "a table of text: save it as CSV"}
		}
		if !isTable(file) {
			continue
		}
		if found != nil {
			got := fmt.Sprintf("several tables (%s, %s)", quoted(found.Name), quoted(file.Name))
			return nil, &FormatError{Got: got, Want: "one in a zip: unpack it"}
		}
		found = file
	}
	if found == nil {
		return nil, &FormatError{Got: "a zip without a table", Want: "one .csv, .tsv or .txt in it"}
	}
	if found.UncompressedSize64 > found.CompressedSize64*unzip.Factor {
		return nil, damaged(errors.New("larger than its bytes can hold"))
	}
	text, err := found.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return packedReader{text}, nil
}

// isTable reports whether a member may be a table: no folder, nothing hidden, and no
// shadow of a file that a Mac adds.
func isTable(file *zip.File) bool {
	base := path.Base(file.Name)
	if file.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(file.Name, "__MACOSX/") {
		return false
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".csv", ".tsv", ".txt", ".tab":
		return true
	}
	return false
}

// packedReader makes what is wrong with the packing a *FormatError.
type packedReader struct{ io.Reader }

func (r packedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	return n, damaged(err)
}

// damaged returns a *FormatError for damaged packing. It returns the error of a context
// that ended unchanged.
func damaged(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &FormatError{Got: "a damaged packed file (" + err.Error() + ")", Want: "a whole one"}
}

package serve

import (
	"compress/gzip"
	"io"

	"github.com/andybalholm/brotli"
)

// Encoding is one way to compress a file: its name in HTTP, the extension of its
// files, and its best compression.
type Encoding struct {
	Name     string // of Accept-Encoding and Content-Encoding
	Ext      string
	Compress func(dst io.Writer, data []byte) error
}

// Encodings holds the encodings of a site, the one with the smaller files first.
var Encodings = []Encoding{
	{"br", ".br", func(dst io.Writer, data []byte) error {
		w := brotli.NewWriterLevel(dst, brotli.BestCompression)
		return writeClose(w, data)
	}},
	{"gzip", ".gz", func(dst io.Writer, data []byte) error {
		w, err := gzip.NewWriterLevel(dst, gzip.BestCompression)
		if err != nil {
			return err
		}
		return writeClose(w, data)
	}},
}

// writeClose writes all of data and closes w.
func writeClose(w io.WriteCloser, data []byte) error {
	if _, err := w.Write(data); err != nil {
		return err
	}
	return w.Close()
}

// encodingNames are the names of Encodings, in order.
var encodingNames = func() (names []string) {
	for _, e := range Encodings {
		names = append(names, e.Name)
	}
	return names
}()

// extension returns the extension of the files of an encoding; "" is no encoding.
func extension(encodingName string) string {
	for _, e := range Encodings {
		if e.Name == encodingName {
			return e.Ext
		}
	}
	return ""
}

package serve

import (
	"compress/gzip"
	"io"

	"github.com/andybalholm/brotli"
)

// Encoding is one way to compress a file: how HTTP calls it, what its files end in,
// and the best it can do.
type Encoding struct {
	Name     string // of Accept-Encoding and Content-Encoding
	Ext      string
	Compress func(dst io.Writer, data []byte) error
}

// Encodings holds the encodings of a site, the one that makes the smaller files first.
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

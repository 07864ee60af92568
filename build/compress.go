package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

// An encoding is one way to compress a file: how HTTP calls it, what its files
// end in, and the best it can do.
type encoding struct {
	name     string // of Accept-Encoding and Content-Encoding
	ext      string
	compress func(dst io.Writer, data []byte) error
}

// encodings, the one that makes the smaller files first.
var encodings = []encoding{
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

// compressAll adds FILE.br and FILE.gz for each file that they make smaller,
// on all cores.
func compressAll(ctx context.Context, files []file, log io.Writer) ([]file, error) {
	start := time.Now()
	results := make([]file, len(files)*len(encodings))
	errs := make([]error, len(results))
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range results {
		free <- struct{}{}
		wg.Go(func() {
			if errs[i] = ctx.Err(); errs[i] == nil {
				results[i], errs[i] = compressed(files[i/len(encodings)], encodings[i%len(encodings)])
			}
			<-free
		})
	}
	wg.Wait()
	all := slices.Clone(files)
	for _, f := range results {
		if f.path != "" {
			all = append(all, f)
		}
	}
	fmt.Fprintf(log, "%-10s %d files in %.1f s\n", "compress", len(files), time.Since(start).Seconds())
	return sorted(all), cmp.Or(errs...)
}

// compressed is f in an encoding, or the empty file when that is not smaller.
func compressed(f file, e encoding) (file, error) {
	var out bytes.Buffer
	if err := e.compress(&out, f.data); err != nil {
		return file{}, fmt.Errorf("compress: %s: %w", f.path, err)
	}
	if out.Len() >= len(f.data) {
		return file{}, nil
	}
	return file{f.path + e.ext, out.Bytes()}, nil
}

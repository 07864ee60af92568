package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// compressAll compresses files on all cores. It adds FILE.br and FILE.gz where
// they are smaller than the file.
func compressAll(ctx context.Context, files []file, log io.Writer) ([]file, error) {
	start := time.Now()
	results := make([]file, len(files)*len(serve.Encodings))
	errs := make([]error, len(results))
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range results {
		free <- struct{}{}
		wg.Go(func() {
			if errs[i] = ctx.Err(); errs[i] == nil {
				results[i], errs[i] = compressed(files[i/len(serve.Encodings)], serve.Encodings[i%len(serve.Encodings)])
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

// compressed returns f in an encoding, or the empty file if that is not smaller.
func compressed(f file, e serve.Encoding) (file, error) {
	var out bytes.Buffer
	if err := e.Compress(&out, f.data); err != nil {
		return file{}, fmt.Errorf("compress: %s: %w", f.path, err)
	}
	if out.Len() >= len(f.data) {
		return file{}, nil
	}
	return file{f.path + e.Ext, out.Bytes()}, nil
}

package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// compressAll compresses files on all cores, those of the same content once. It adds
// FILE.br and FILE.gz where they are smaller than the file.
func compressAll(ctx context.Context, files []file, log io.Writer) ([]file, error) {
	start := time.Now()
	results := make([]file, len(files)*len(serve.Encodings))
	errs := make([]error, len(results))
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	twin := twins(files)
	for i := range results {
		if n := i / len(serve.Encodings); twin[n] != n {
			continue
		}
		free <- struct{}{}
		wg.Go(func() {
			if errs[i] = ctx.Err(); errs[i] == nil {
				results[i], errs[i] = compressed(files[i/len(serve.Encodings)], serve.Encodings[i%len(serve.Encodings)])
			}
			<-free
		})
	}
	wg.Wait()
	for i := range results {
		n, encoding := i/len(serve.Encodings), i%len(serve.Encodings)
		if of := results[twin[n]*len(serve.Encodings)+encoding]; twin[n] != n && of.path != "" {
			results[i] = file{files[n].path + serve.Encodings[encoding].Ext, of.data}
		}
	}
	all := slices.Clone(files)
	for _, f := range results {
		if f.path != "" {
			all = append(all, f)
		}
	}
	fmt.Fprintf(log, "%-10s %d files in %.1f s\n", "compress", len(files), time.Since(start).Seconds())
	return sorted(all), cmp.Or(errs...)
}

// twins returns for each file the index of the first one with the same content.
func twins(files []file) []int {
	first := map[[sha256.Size]byte]int{}
	all := make([]int, len(files))
	for i, f := range files {
		sum := sha256.Sum256(f.data)
		if _, ok := first[sum]; !ok {
			first[sum] = i
		}
		all[i] = first[sum]
	}
	return all
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

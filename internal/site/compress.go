package site

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// Compress returns files and, of each, FILE.br and FILE.gz where they are smaller than
// the file. Forms that are among known it takes over, and files of the same content it
// compresses once. It works on all cores.
func Compress(ctx context.Context, files, known []File) ([]File, error) {
	return compress(ctx, files, known, serve.Encodings)
}

// compress does what Compress does, with the given encodings.
func compress(ctx context.Context, files, known []File, encodings []serve.Encoding) ([]File, error) {
	results := make([]File, len(files)*len(encodings))
	errs := make([]error, len(results))
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	twin := twins(files)
	for i := range results {
		if n := i / len(encodings); twin[n] != n {
			continue
		}
		free <- struct{}{}
		wg.Go(func() {
			f, e := files[i/len(encodings)], encodings[i%len(encodings)]
			if errs[i] = ctx.Err(); errs[i] == nil {
				results[i], errs[i] = compressed(f, e, known)
			}
			<-free
		})
	}
	wg.Wait()
	for i := range results {
		n, e := i/len(encodings), i%len(encodings)
		if of := results[twin[n]*len(encodings)+e]; twin[n] != n && of.Path != "" {
			results[i] = File{files[n].Path + encodings[e].Ext, of.Data}
		}
	}
	all := slices.Clone(files)
	for _, f := range results {
		if f.Path != "" {
			all = append(all, f)
		}
	}
	return sorted(all), cmp.Or(errs...)
}

// twins returns for each file the index of the first one with the same content that
// browsers ask for, or its own.
func twins(files []File) []int {
	first := map[[sha256.Size]byte]int{}
	all := make([]int, len(files))
	for i, f := range files {
		all[i] = i
		if !serve.Serves(f.Path) {
			continue
		}
		sum := sha256.Sum256(f.Data)
		if _, ok := first[sum]; !ok {
			first[sum] = i
		}
		all[i] = first[sum]
	}
	return all
}

// compressed returns f in an encoding, or the empty file if that is not smaller or if
// hosts read f themselves.
func compressed(f File, e serve.Encoding, known []File) (File, error) {
	if !serve.Serves(f.Path) {
		return File{}, nil
	}
	if data := find(known, f.Path+e.Ext); data != nil {
		return File{f.Path + e.Ext, data}, nil
	}
	var out bytes.Buffer
	if err := e.Compress(&out, f.Data); err != nil {
		return File{}, fmt.Errorf("site: compress %s: %w", f.Path, err)
	}
	if out.Len() >= len(f.Data) {
		return File{}, nil
	}
	return File{f.Path + e.Ext, out.Bytes()}, nil
}

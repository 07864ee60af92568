package site

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// Compress returns files and, of each, FILE.br and FILE.gz where they are smaller than
// the file and not among known, whose forms it takes over. It works on all cores.
func Compress(ctx context.Context, files, known []File) ([]File, error) {
	return compress(ctx, files, known, serve.Encodings)
}

// compress is Compress with the given encodings.
func compress(ctx context.Context, files, known []File, encodings []serve.Encoding) ([]File, error) {
	results := make([]File, len(files)*len(encodings))
	errs := make([]error, len(results))
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range results {
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
	all := slices.Clone(files)
	for _, f := range results {
		if f.Path != "" {
			all = append(all, f)
		}
	}
	return sorted(all), cmp.Or(errs...)
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

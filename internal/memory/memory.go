// Package memory tests how much readers of files allocate: at most a multiple of the
// file's size.
package memory

import (
	"runtime"
	"testing"
)

// fixed is what a reader may allocate whatever the file's size, in bytes: buffers
// and tables of decompression.
const fixed = 1 << 20

// Unpacked is how many bytes one byte of gzip makes at most (zlib's Technical
// Details): a factor for readers of packed files.
const Unpacked = 1032

// Bounded fails t if read allocates more than factor*size bytes plus 1 MiB in total,
// freed memory included. Other goroutines must be at rest.
func Bounded(t testing.TB, factor, size int, read func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	read()
	runtime.ReadMemStats(&after)
	if got, most := after.TotalAlloc-before.TotalAlloc, uint64(factor*size+fixed); got > most {
		t.Errorf("reading %d bytes allocated %d, want at most %d", size, got, most)
	}
}

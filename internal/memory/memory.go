// Package memory measures what tests hold a reader of files to: that it allocates
// no more than so many times the file's size.
package memory

import (
	"runtime"
	"testing"
)

// fixed is what a reader may allocate whatever the file's size, in bytes: buffers
// and tables of decompression.
const fixed = 1 << 20

// Bounded fails the test if read allocates more than factor times size bytes, and
// a MiB. What it has given back counts, too; other goroutines must be at rest.
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

// Package hdf5 reads the HDF5 files that h5py writes for Keras: groups, attributes
// of text, and data sets of floats and integers, contiguous, compact or in chunks, deflated
// and shuffled or not.
//
// It follows the HDF5 File Format Specification, version 3.0 (The HDF Group). Of
// what the specification allows and h5py does not use by itself (libver="latest"
// with many members, other filters, other chunk indices, links to other files) it
// says by name that it does not read it. Names of sections in comments are the
// specification's.
package hdf5

import (
	"fmt"
	"math"
	"strings"
)

// Factor bounds what a file can make a reader allocate, in times of its own size.
// No deflated byte makes more than 1032.
const Factor = 1100

// FormatError says what in a file cannot be read, and what can.
type FormatError struct {
	Part      string // "superblock", "group", "filter", ...
	Got, Want string
}

func (e *FormatError) Error() string {
	return "hdf5: " + e.Part + ": got " + e.Got + ", want " + e.Want
}

// signature begins every file.
const signature = "\x89HDF\r\n\x1a\n"

// undefined is the address of an object that is missing.
const undefined = math.MaxUint64

// file holds a file's bytes and how much may still be read of them. Everything read costs
// its size, so that what refers to itself comes to an end.
type file struct {
	data []byte
	left int
}

// Is reports whether data begin as an HDF5 file.
func Is(data []byte) bool { return strings.HasPrefix(string(data[:min(len(data), 8)]), signature) }

// Open returns a file's root group. Whatever the bytes, this and all reading
// of objects returns values or a [FormatError], and allocates at most [Factor] times
// the file's size.
func Open(data []byte) (*Object, error) {
	if !Is(data) {
		return nil, &FormatError{"signature", "other bytes", "an HDF5 file"}
	}
	f := &file{data, len(data) * Factor}
	r := &reader{data: data[len(signature):]}
	version := r.uint(1)
	root, end := 36, uint64(28) // where the root group's address and the file's size are
	if version < 2 {
		r.skip(4)
		root, end = 64+4*int(version), 40+4*version
	}
	sizes := r.uint(2)
	if r.err == nil && (version > 3 || sizes != 0x0808) {
		got := fmt.Sprintf("version %d, sizes %#x", version, sizes)
		return nil, &FormatError{"superblock", got, "version 0 to 3, offsets and lengths of 8 bytes"}
	}
	r = &reader{data: data}
	r.skip(root)
	address := r.uint(8)
	if r.err != nil {
		return nil, r.err
	}
	if size := f.at(end, 8).uint(8); size > uint64(len(data)) {
		return nil, &FormatError{"file", fmt.Sprintf("%d bytes", len(data)), fmt.Sprintf("%d: it is truncated", size)}
	}
	return f.object(address)
}

// spend pays for n bytes.
func (f *file) spend(n int) error {
	if n < 0 || n > f.left {
		return &FormatError{"file", "more than its size can hold", fmt.Sprintf("at most %d times its size", Factor)}
	}
	f.left -= n
	return nil
}

// at returns a reader of n bytes at an address, and counts n bytes of work.
func (f *file) at(address uint64, n uint64) *reader {
	size := uint64(len(f.data))
	if address > size || n > size-address {
		return &reader{err: &FormatError{"address", fmt.Sprintf("%d bytes at %d", n, address), fmt.Sprintf("at most %d", size)}}
	}
	return &reader{data: f.data[address : address+n], err: f.spend(int(n))}
}

// block returns a reader, as at does, of n bytes that begin with a signature and a
// version.
func (f *file) block(part string, address, n uint64, signature string, version byte) *reader {
	r := f.at(address, n)
	if got := string(r.take(len(signature))); r.err == nil && got != signature {
		r.fail(&FormatError{part, fmt.Sprintf("%q", got), fmt.Sprintf("%q", signature)})
	}
	if got := byte(r.uint(1)); r.err == nil && got != version {
		r.fail(&FormatError{part, fmt.Sprintf("version %d", got), fmt.Sprint(version)})
	}
	return r
}

// reader takes little-endian values; after the end of its data it gives zeros and
// err says why.
type reader struct {
	data []byte
	err  error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.data = nil
}

// take returns the next n bytes, nil if there are fewer.
func (r *reader) take(n int) []byte {
	if r.err != nil || n < 0 || n > len(r.data) {
		r.fail(&FormatError{"structure", "its end", "more"})
		return nil
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

func (r *reader) skip(n int) { r.take(n) }

// uint returns a number of 1 to 8 bytes.
func (r *reader) uint(size int) uint64 {
	value := uint64(0)
	for i, b := range r.take(size) {
		value |= uint64(b) << (8 * i)
	}
	return value
}

// rest returns what is left of the data.
func (r *reader) rest() []byte { return r.take(len(r.data)) }

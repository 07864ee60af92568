// Package bounded reads streams whose size strangers decide. A reader that meets
// its limit says so; it never passes on a part as if that were the whole. What is
// packed with gzip is unpacked on the way, and the limit counts what comes out.
package bounded

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// LimitError says that a stream is longer than its reader takes.
type LimitError struct{ Limit int64 } // bytes

// Error names the limit.
func (e *LimitError) Error() string {
	return fmt.Sprintf("got more than %d bytes, want at most that", e.Limit)
}

// Reader returns a reader of the first limit bytes of r. Where r goes on after
// them, it returns a *LimitError instead of io.EOF.
func Reader(r io.Reader, limit int64) io.Reader { return &reader{r, limit, limit} }

type reader struct {
	io.Reader
	left, limit int64
}

// Read reads one byte beyond the limit to learn whether the stream ends there.
func (r *reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if r.left > 0 {
		n, err := r.Reader.Read(p[:min(int64(len(p)), r.left)])
		r.left -= int64(n)
		return n, err
	}
	var beyond [1]byte
	n, err := r.Reader.Read(beyond[:])
	if n > 0 {
		return 0, &LimitError{r.limit}
	}
	return 0, err
}

// ReadFile reads a whole file of at most limit bytes. A longer one is an
// *fs.PathError around a *LimitError, before anything is read where the file
// system knows its size.
func ReadFile(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	size := int64(0)
	if info, err := file.Stat(); err == nil {
		size = info.Size()
	}
	if size > limit {
		return nil, &fs.PathError{Op: "read", Path: path, Err: &LimitError{limit}}
	}
	// As os.ReadFile does: room for all of it and for the read that finds the end.
	data := make([]byte, 0, max(size+1, 512))
	in := Reader(file, limit)
	for {
		n, err := in.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			if _, named := err.(*fs.PathError); !named {
				err = &fs.PathError{Op: "read", Path: path, Err: err}
			}
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// Gunzip returns what a stream holds: itself, or unpacked if it begins as gzip
// does. Damage shows as an error of compress/gzip, at once or while reading.
func Gunzip(r io.Reader) (unpacked io.Reader, packed bool, err error) {
	buffered := bufio.NewReader(r)
	start, err := buffered.Peek(2)
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	if string(start) != "\x1f\x8b" {
		return buffered, false, nil
	}
	unpacked, err = gzip.NewReader(buffered)
	return unpacked, true, err
}

// Package saved tells the files that Keras and NumPy save where a model of inkling is
// wanted.
package saved

import (
	"bytes"
	"errors"

	"github.com/seed-c844a918/inkling/internal/hdf5"
)

// ErrNotInk is the error of such a file.
var ErrNotInk = errors.New("got a file of Keras or NumPy, want an .ink file: inkling import makes one of it")

// Is reports whether a file begins as HDF5 or as an archive.
func Is(data []byte) bool { return hdf5.Is(data) || bytes.HasPrefix(data, []byte("PK")) }

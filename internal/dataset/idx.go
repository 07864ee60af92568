package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/bounded"
)

// IDX, as LeCun's MNIST page specifies it: a magic number of four bytes (0, 0,
// the type of the values, the number of dimensions), then each dimension as a
// big-endian uint32, then the values, the last dimension fastest.
const (
	idxUint8      = 0x08
	idxLabelDims  = 1
	idxImageDims  = 3
	maxIDXBytes   = math.MaxInt32 // of values in one file
	firstIDXBytes = 1 << 16       // allocated on the header's word alone; more only as the values arrive
)

// ReadImages reads an IDX file of images, gzip or plain: pixels (N, height,
// width), 0..255. What is wrong with the file is a *FormatError.
func ReadImages(path string) (pixels []uint8, width, height int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, 0, InFile("idx", path, err)
	}
	defer file.Close()
	pixels, width, height, err = DecodeImages(file)
	return pixels, width, height, InFile("idx", path, err)
}

// ReadLabels reads an IDX file of labels, gzip or plain: (N). What is wrong with
// the file is a *FormatError.
func ReadLabels(path string) ([]uint8, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, InFile("idx", path, err)
	}
	defer file.Close()
	labels, err := DecodeLabels(file)
	return labels, InFile("idx", path, err)
}

// DecodeImages reads images as ReadImages does from a stream, which must end with the last pixel.
func DecodeImages(r io.Reader) (pixels []uint8, width, height int, err error) {
	pixels, dims, err := decodeIDX(r, idxImageDims, "images")
	if err != nil {
		return nil, 0, 0, err
	}
	return pixels, dims[2], dims[1], nil
}

// DecodeLabels reads labels as ReadLabels does from a stream, which must end with the last label.
func DecodeLabels(r io.Reader) ([]uint8, error) {
	labels, _, err := decodeIDX(r, idxLabelDims, "labels")
	return labels, err
}

// decodeIDX reads values of this many dimensions; things names what the first
// dimension counts.
func decodeIDX(r io.Reader, want int, things string) (values []uint8, dims []int, err error) {
	r, err = unpacked(r)
	if err != nil {
		return nil, nil, err
	}
	if dims, err = readIDXHeader(r, want); err != nil {
		return nil, nil, err
	}
	total, err := idxBytes(dims, things)
	if err != nil {
		return nil, nil, err
	}
	values, err = readValues(r, total)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		got := len(values) / (total / dims[0])
		return nil, nil, idxError(things, fmt.Sprintf("%d in a file that ends early", got), fmt.Sprintf("%d as its header says", dims[0]))
	}
	if err == nil {
		err = wantEnd(r)
	}
	if err != nil {
		return nil, nil, err
	}
	return values, dims, nil
}

// unpacked returns what a stream holds: itself, or unpacked if it begins as gzip.
func unpacked(r io.Reader) (io.Reader, error) {
	content, packed, err := bounded.Gunzip(r)
	switch {
	case err != nil && packed:
		return nil, damagedGzip(err)
	case err != nil || !packed:
		return content, err
	}
	return gzipReader{content}, nil
}

// gzipReader makes what is wrong with the compression a *FormatError; a stream
// that ends early stays io.ErrUnexpectedEOF.
type gzipReader struct{ io.Reader }

func (g gzipReader) Read(p []byte) (int, error) {
	n, err := g.Reader.Read(p)
	if err == nil || err == io.EOF || err == io.ErrUnexpectedEOF {
		return n, err
	}
	return n, damagedGzip(err)
}

// damagedGzip returns the error for a broken gzip stream. It returns errors of the
// file below the stream unchanged.
func damagedGzip(err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return err
	}
	return idxError("compression", err.Error(), "a whole gzip stream")
}

// readIDXHeader reads the magic number and the dimensions, of which there must
// be want.
func readIDXHeader(r io.Reader, want int) ([]int, error) {
	header := make([]byte, 4+4*want)
	n, err := io.ReadFull(r, header)
	if n >= 4 {
		got, magic := binary.BigEndian.Uint32(header), uint32(idxUint8<<8|want)
		if got != magic {
			return nil, idxError("magic number", fmt.Sprintf("0x%08x", got), fmt.Sprintf("0x%08x (uint8, %d dimensions)", magic, want))
		}
	}
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, idxError("header", fmt.Sprintf("%d bytes", n), strconv.Itoa(len(header)))
	}
	if err != nil {
		return nil, err
	}
	dims := make([]int, want)
	for i := range dims {
		dims[i] = int(binary.BigEndian.Uint32(header[4+4*i:]))
	}
	return dims, nil
}

// idxBytes returns the number of values that the header claims.
func idxBytes(dims []int, things string) (int, error) {
	names := []string{"number of " + things, "height", "width"}
	total := 1
	for i, dim := range dims {
		if dim < 1 {
			return 0, idxError(names[i], strconv.Itoa(dim), "at least 1")
		}
		if dim > maxIDXBytes/total {
			return 0, idxError("header", fmt.Sprintf("dimensions %v", dims), fmt.Sprintf("at most %d values", maxIDXBytes))
		}
		total *= dim
	}
	return total, nil
}

// readValues reads total bytes straight to where they stay. If the stream ends
// early, it returns the bytes read and io.ErrUnexpectedEOF.
func readValues(r io.Reader, total int) ([]uint8, error) {
	values := make([]uint8, min(total, firstIDXBytes))
	for done := 0; ; {
		n, err := io.ReadFull(r, values[done:])
		done += n
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil || done == total {
			return values[:done], err
		}
		grown := make([]uint8, min(total, 2*len(values)))
		copy(grown, values)
		values = grown
	}
}

// wantEnd reports what follows the values. It reads one byte more at most, and
// with it gzip's checksum.
func wantEnd(r io.Reader) error {
	n, err := io.ReadFull(r, make([]byte, 1))
	switch {
	case n > 0:
		return idxError("end", "more bytes than the header says", "none after the last value")
	case err == io.EOF:
		return nil
	case errors.Is(err, io.ErrUnexpectedEOF):
		return idxError("compression", "a stream that ends early", "a whole gzip stream")
	}
	return err
}

// idxError returns a FormatError for an IDX stream.
func idxError(place, got, want string) error {
	return &FormatError{Format: "idx", Place: place, Got: got, Want: want}
}

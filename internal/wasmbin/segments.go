// Package wasmbin makes a WebAssembly module of Go's linker smaller to send; what it
// does stays the same.
package wasmbin

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// The sections of a WebAssembly module that joining concerns, and the bytes of
// an active segment of memory 0 (WebAssembly core specification 2.0, 5.5).
const (
	dataSection      = 11
	dataCountSection = 12
	activeSegment    = 0x00
	opI32Const       = 0x41
	opEnd            = 0x0b
)

// joinWithin is how many zero bytes between two data segments are cheaper to
// send than the head of another one, after brotli and gzip.
const joinWithin = 64

// wasmHeader is the magic and version of a module.
var wasmHeader = []byte("\x00asm\x01\x00\x00\x00")

// errModule says that bytes are no module of the shape that Go's linker writes.
var errModule = errors.New("not a module as Go's linker writes them")

// segment is bytes that go to an address of the memory.
type segment struct {
	at   int64
	data []byte
}

// Join returns the module with neighbouring data segments put together and the few
// zeros between them written out. Go's linker starts a new one at every eight zeros, 39,000
// in all, whose heads weigh a twelfth of the page, brotli. The memory that the
// module starts with is the same.
func Join(module []byte) ([]byte, error) {
	r := reader{module}
	if !bytes.Equal(r.take(int64(len(wasmHeader))), wasmHeader) {
		return nil, errModule
	}
	out := slices.Clone(wasmHeader)
	for len(r.rest) > 0 {
		id := r.byte()
		content := r.take(r.unsigned())
		switch {
		case content == nil || id == dataCountSection:
			return nil, errModule
		case id == dataSection:
			segments, err := readSegments(content)
			if err != nil {
				return nil, err
			}
			content = appendSegments(nil, join(segments))
		}
		out = append(binary.AppendUvarint(append(out, id), uint64(len(content))), content...)
	}
	return out, nil
}

// readSegments reads a data section whose segments lie apart.
func readSegments(section []byte) ([]segment, error) {
	r := reader{section}
	var segments []segment
	count := r.unsigned()
	for len(r.rest) > 0 {
		flags, op := r.byte(), r.byte()
		at, end := r.signed(), r.byte()
		data := r.take(r.unsigned())
		if flags != activeSegment || op != opI32Const || at < 0 || end != opEnd || data == nil {
			return nil, errModule
		}
		segments = append(segments, segment{at, data})
	}
	if int64(len(segments)) != count {
		return nil, errModule
	}
	slices.SortStableFunc(segments, func(a, b segment) int { return int(a.at - b.at) })
	for i := range segments[:max(len(segments)-1, 0)] {
		if gap(segments[i], segments[i+1]) < 0 {
			return nil, errModule
		}
	}
	return segments, nil
}

// gap returns how many bytes lie between two segments.
func gap(a, b segment) int64 { return b.at - a.at - int64(len(a.data)) }

// join unites the segments, in the order of their addresses, that are near each
// other.
func join(segments []segment) []segment {
	var joined []segment
	for _, s := range segments {
		if last := len(joined) - 1; last >= 0 && gap(joined[last], s) <= joinWithin {
			between := make([]byte, gap(joined[last], s))
			joined[last].data = append(append(joined[last].data, between...), s.data...)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// appendSegments appends a data section's content to b.
func appendSegments(b []byte, segments []segment) []byte {
	b = binary.AppendUvarint(b, uint64(len(segments)))
	for _, s := range segments {
		b = appendSigned(append(b, activeSegment, opI32Const), s.at)
		b = binary.AppendUvarint(append(b, opEnd), uint64(len(s.data)))
		b = append(b, s.data...)
	}
	return b
}

// appendSigned appends v >= 0 as signed LEB128.
func appendSigned(b []byte, v int64) []byte {
	for ; v >= 0x40; v >>= 7 {
		b = append(b, byte(v)|0x80)
	}
	return append(b, byte(v))
}

// reader takes a module apart. Past the end it reads zeros and take is nil.
type reader struct{ rest []byte }

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

// unsigned reads LEB128; -1 is none.
func (r *reader) unsigned() int64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > 1<<32 {
		r.rest = nil
		return -1
	}
	r.rest = r.rest[n:]
	return int64(v)
}

// signed reads a signed LEB128 of 32 bits; -1 is also none.
func (r *reader) signed() int64 {
	var v int64
	for shift := uint(0); shift < 35; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b < 0x80 {
			return v << (57 - shift) >> (57 - shift) // bit 6 is the sign
		}
	}
	return -1
}

// take returns the next n bytes, nil if there are fewer.
func (r *reader) take(n int64) []byte {
	if n < 0 || n > int64(len(r.rest)) {
		r.rest = nil
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

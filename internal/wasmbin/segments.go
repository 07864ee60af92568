package wasmbin

import (
	"encoding/binary"
	"slices"
)

// joinWithin is how many zero bytes between two data segments are cheaper to
// send than the head of another one, after brotli and gzip.
const joinWithin = 64

// segment is bytes that go to an address of the memory.
type segment struct {
	at   int64
	data []byte
}

// Join unites neighbouring data segments and writes out the few zeros between
// them. Go's linker starts a new segment at every eight zeros, 39,000 in all. Their
// heads make up a twelfth of the page, measured in brotli. The memory that the
// module starts with stays the same.
func Join(module []byte) ([]byte, error) {
	return rewrite(module, func(all []segment) ([]segment, error) { return join(all), nil })
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
		if flags != activeSegment || op != opI32Const || at < 0 || at >= 1<<32 || end != opEnd || data == nil {
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

// gap returns the number of bytes between two segments.
func gap(a, b segment) int64 { return b.at - a.at - int64(len(a.data)) }

// join unites segments that are near each other. They must be in the order of their
// addresses.
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

// appendSigned appends v as signed LEB128.
func appendSigned(b []byte, v int64) []byte {
	for ; v < -0x40 || v >= 0x40; v >>= 7 {
		b = append(b, byte(v)|0x80)
	}
	return append(b, byte(v)&0x7f)
}

// Package wasmbin makes WebAssembly modules written by Go's linker smaller without
// changing what they do: [Join] unites data segments, [Cut] takes out what only
// tracebacks read, and [Straighten] makes code shorter and more alike. [AppendSection]
// adds data for who runs a module.
package wasmbin

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// The sections of a WebAssembly module that matter here, and the first byte of an
// active segment of memory 0 (WebAssembly core specification 2.0, 5.5).
const (
	customSection    = 0
	typeSection      = 1
	importSection    = 2
	functionSection  = 3
	startSection     = 8
	codeSection      = 10
	dataSection      = 11
	dataCountSection = 12
	activeSegment    = 0x00
)

// header is the magic and version of a module.
var header = []byte("\x00asm\x01\x00\x00\x00")

// errModule says that bytes are no module of the shape that Go's linker writes.
var errModule = errors.New("wasmbin: not a module as Go's linker writes them")

// rewrite returns the module with other data segments.
func rewrite(module []byte, change func([]segment) ([]segment, error)) ([]byte, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	return rewriteSection(all, dataSection, func(content []byte) ([]byte, error) {
		segments, err := readSegments(content)
		if err != nil {
			return nil, err
		}
		if segments, err = change(segments); err != nil {
			return nil, err
		}
		return appendSegments(nil, segments), nil
	})
}

// rewriteSection returns the module of sections with another one of one kind.
func rewriteSection(all []section, kind byte, change func(content []byte) ([]byte, error)) ([]byte, error) {
	for k, s := range all {
		if s.kind != kind {
			continue
		}
		var err error
		if all[k].content, err = change(s.content); err != nil {
			return nil, err
		}
	}
	return unite(all), nil
}

// section is a section of a module.
type section struct {
	kind    byte
	content []byte
}

// sections takes a module apart.
func sections(module []byte) ([]section, error) {
	r := reader{module}
	if !bytes.Equal(r.take(int64(len(header))), header) {
		return nil, errModule
	}
	var all []section
	for len(r.rest) > 0 {
		s := section{r.byte(), r.take(r.unsigned())}
		if s.content == nil || s.kind == dataCountSection {
			return nil, errModule
		}
		all = append(all, s)
	}
	return all, nil
}

// unite makes a module of sections.
func unite(all []section) []byte {
	out := slices.Clone(header)
	for _, s := range all {
		out = append(binary.AppendUvarint(append(out, s.kind), uint64(len(s.content))), s.content...)
	}
	return out
}

// content returns the content of a section, or nil.
func content(all []section, kind byte) []byte {
	for _, s := range all {
		if s.kind == kind {
			return s.content
		}
	}
	return nil
}

// AppendSection returns the module with a custom section at its end.
// WebAssembly.Module.customSections finds it by its name.
func AppendSection(module []byte, name string, content []byte) []byte {
	section := append(append(binary.AppendUvarint(nil, uint64(len(name))), name...), content...)
	out := append(slices.Clone(module), customSection)
	return append(binary.AppendUvarint(out, uint64(len(section))), section...)
}

// producer returns the version of Go that the section "producers" names, or "" if
// there is none.
func producer(module []byte) string {
	all, _ := sections(module)
	for _, s := range all {
		content := reader{s.content}
		if s.kind != customSection || content.text() != "producers" || content.unsigned() < 1 {
			continue
		}
		if content.text() == "language" && content.unsigned() == 1 && content.text() == "Go" {
			return content.text()
		}
	}
	return ""
}

// reader takes a module apart. Past the end it reads zeros and take returns nil.
type reader struct{ rest []byte }

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

// unsigned reads an unsigned LEB128. It returns -1 if there is none.
func (r *reader) unsigned() int64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > 1<<32 {
		r.rest = nil
		return -1
	}
	r.rest = r.rest[n:]
	return int64(v)
}

// signed reads a signed LEB128 of at most 64 bits. It returns -1 for a longer one.
func (r *reader) signed() int64 {
	var v int64
	for shift := uint(0); shift < 64; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b < 0x80 {
			unused := 64 - min(shift+7, 64)
			return v << unused >> unused // the highest bit is the sign
		}
	}
	return -1
}

// text reads a length and that many bytes.
func (r *reader) text() string { return string(r.take(r.unsigned())) }

// take returns the next n bytes, or nil if there are fewer.
func (r *reader) take(n int64) []byte {
	if n < 0 || n > int64(len(r.rest)) {
		r.rest = nil
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

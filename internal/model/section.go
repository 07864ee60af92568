package model

import (
	"slices"
	"strconv"
)

// Section is a part of the file that this version does not read and may skip: its
// type begins with a small letter. Decode keeps such sections and Encode writes
// them again, unchanged and in their order, behind those that it knows. A program
// that changes a network's weights sets them to nil.
type Section struct {
	Type string // four letters, the first small and the others capital
	Data []byte
}

// The sections that every file of format 3 holds, in this order.
const (
	headSection    = "HEAD"
	classesSection = "CLSS"
	dataSection    = "DATA"
	madeSection    = "MADE"
	layersSection  = "LAYR"
	tensorsSection = "TENS"
)

// known are the sections' types in their order.
var known = []string{headSection, classesSection, dataSection, madeSection, layersSection, tensorsSection}

const (
	sectionHead = 4 + 4 // type and length
	smallLetter = 0x20  // the bit of a letter that tells a section that may be skipped
)

// optional reports whether a reader that does not know a section may skip it.
func (s *Section) optional() bool { return s.Type[0]&smallLetter != 0 }

// valid reports whether the type is one that a section can have.
func (s *Section) valid() bool {
	if len(s.Type) != 4 {
		return false
	}
	for i := range s.Type {
		letter := s.Type[i]
		if i == 0 {
			letter &^= smallLetter
		}
		if letter < 'A' || letter > 'Z' {
			return false
		}
	}
	return true
}

// section appends a section.
func (w *writer) section(kind string, data []byte) {
	*w = append(*w, kind...)
	w.uint32(uint32(len(data)))
	*w = append(*w, data...)
}

// sections divides the body of a file of format 3. It returns the known sections'
// contents in the order of known, and the others. A section that is not known and
// may not be skipped is the error, whatever else the file lacks.
func sections(body []byte) (contents [][]byte, others []Section, err error) {
	var all []Section
	for len(body) > 0 {
		s, rest, err := nextSection(body)
		if err != nil {
			return nil, nil, err
		}
		if !s.optional() && !slices.Contains(known, s.Type) {
			return nil, nil, &FormatError{"section", quote(s.Type), "one that this version knows: a newer inkling wrote the file"}
		}
		all, body = append(all, s), rest
	}
	for i, kind := range known {
		if i >= len(all) || all[i].Type != kind {
			got := "the end"
			if i < len(all) {
				got = quote(all[i].Type)
			}
			return nil, nil, &FormatError{"section " + strconv.Itoa(i), got, quote(kind)}
		}
		contents = append(contents, all[i].Data)
	}
	for i, s := range all[len(known):] {
		if !s.optional() {
			return nil, nil, &FormatError{"section " + strconv.Itoa(len(known)+i), quote(s.Type), "one " + quote(s.Type)}
		}
		others = append(others, Section{s.Type, slices.Clone(s.Data)})
	}
	return contents, others, nil
}

// nextSection returns the first section of a body and what is behind it.
func nextSection(body []byte) (s Section, rest []byte, err error) {
	if len(body) < sectionHead {
		return s, nil, &FormatError{"section", strconv.Itoa(len(body)) + " bytes", "at least " + strconv.Itoa(sectionHead)}
	}
	s.Type = string(body[:4])
	r := reader{data: body[4:sectionHead]}
	length, rest := r.uint32(), body[sectionHead:]
	if !s.valid() {
		return s, nil, &FormatError{"section", "a type that is not four letters", "capital letters, the first may be small"}
	}
	if uint64(length) > uint64(len(rest)) {
		return s, nil, &FormatError{"section " + quote(s.Type), strconv.FormatUint(uint64(length), 10) + " bytes", "at most " + strconv.Itoa(len(rest))}
	}
	s.Data = rest[:length:length]
	return s, rest[length:], nil
}

// validSections checks the sections that are kept.
func validSections(list []Section) error {
	for i := range list {
		if s := &list[i]; !s.valid() || !s.optional() {
			return &FormatError{"section", quote(s.Type), "a small letter and three capital ones"}
		}
	}
	return nil
}

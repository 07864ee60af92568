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

// Section returns the content of the section of a type that may be skipped; nil: there is none.
func (m *Model) Section(kind string) []byte {
	for _, s := range m.Sections {
		if s.Type == kind {
			return s.Data
		}
	}
	return nil
}

// SetSection has the file hold a section of a type that may be skipped, behind the others;
// nil: none of this type. Other models that share the list keep theirs.
func (m *Model) SetSection(kind string, data []byte) {
	m.Sections = slices.DeleteFunc(slices.Clone(m.Sections), func(s Section) bool { return s.Type == kind })
	if data != nil {
		m.Sections = append(m.Sections, Section{kind, data})
	}
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
	r := &reader{part: "sections", data: body}
	for at := 0; len(r.data) > 0; at++ {
		s := r.section()
		want := "a section that may be skipped"
		if at < len(known) {
			want = known[at]
		}
		switch {
		case r.err != nil:
			return nil, nil, r.err
		case s.Type == want:
			contents = append(contents, s.Data)
		case !s.optional() && !slices.Contains(known, s.Type):
			return nil, nil, refusal("section", quote(s.Type), "one that this version knows: a newer inkling wrote the file")
		case at >= len(known) && s.optional():
			others = append(others, s)
		case err == nil:
			err = refusal("section "+strconv.Itoa(at), quote(s.Type), want)
		}
	}
	if err == nil && len(contents) < len(known) {
		err = refusal("sections", strconv.Itoa(len(contents)), strconv.Itoa(len(known))+" or more")
	}
	return contents, others, err
}

// section reads a section, whose content is a view of the file.
func (r *reader) section() (s Section) {
	s.Type = string(r.take(4))
	length := r.uint32()
	if uint64(length) > uint64(len(r.data)) {
		r.fail(s.Type, strconv.FormatInt(int64(length), 10)+" bytes", atMost(len(r.data)))
		return s
	}
	if !s.valid() {
		r.fail("section", "a type that is not four letters", "capital letters, the first may be small")
		return s
	}
	s.Data, r.data = r.data[:length:length], r.data[length:]
	return s
}

// validSections checks the sections that are kept.
func validSections(list []Section) error {
	for i := range list {
		if s := &list[i]; !s.valid() || !s.optional() || s.Type == turnSection {
			return refusal("section", quote(s.Type), "a small letter and three capital ones, not "+turnSection)
		}
	}
	return nil
}

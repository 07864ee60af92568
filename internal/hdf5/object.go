package hdf5

import (
	"fmt"
)

// Object is a group or a data set.
type Object struct {
	file     *file
	messages []message
	blocks   int // of the header, which messages may continue
}

// mostBlocks bounds the blocks of a header: a block may be continued by itself, without end.
const mostBlocks = 1000

// message is one part of an object's header.
type message struct {
	kind uint64
	data []byte
}

// The kinds of messages that are read.
const (
	dataspaceMessage = 0x01
	linkInfoMessage  = 0x02
	datatypeMessage  = 0x03
	linkMessage      = 0x06
	layoutMessage    = 0x08
	filterMessage    = 0x0b
	attributeMessage = 0x0c
	continuation     = 0x10
	symbolsMessage   = 0x11
	attributesIndex  = 0x15
)

// shared is the flag of a message whose content is elsewhere.
const shared = 2

// object reads the header at an address (Data Object Headers, version 1 or 2).
func (f *file) object(address uint64) (*Object, error) {
	o := &Object{file: f}
	r := f.at(address, 16)
	head := r.take(16)
	if r.err != nil {
		return nil, r.err
	}
	var err error
	switch {
	case head[0] == 1:
		size := (&reader{data: head[8:]}).uint(4)
		err = o.readBlock(f.at(address+16, size), 1, 0)
	case string(head[:4]) == "OHDR" && head[4] == 2:
		err = o.readHeader2(address, head[5])
	default:
		err = &FormatError{"object header", "another version", "1 or 2"}
	}
	return o, err
}

// readHeader2 reads a header of version 2.
func (o *Object) readHeader2(address uint64, flags byte) error {
	before := 6
	if flags&0x20 != 0 {
		before += 16 // four times
	}
	if flags&0x10 != 0 {
		before += 4 // when attributes move to an index
	}
	width := 1 << (flags & 3)
	r := o.file.at(address, uint64(before+width))
	r.skip(before)
	size := r.uint(width)
	if r.err != nil {
		return r.err
	}
	return o.readBlock(o.file.at(address+uint64(before+width), size), 2, flags)
}

// readBlock reads the messages of one block and of the blocks that continue it.
func (o *Object) readBlock(r *reader, version int, flags byte) error {
	if o.blocks++; o.blocks > mostBlocks {
		return &FormatError{"object header", fmt.Sprintf("more than %d blocks", mostBlocks), "a file that ends"}
	}
	least := 8
	if version == 2 {
		least = 4
		if flags&4 != 0 {
			least = 6
		}
	}
	for len(r.data) >= least && r.err == nil {
		m, messageFlags := readMessage(r, version, flags)
		switch {
		case r.err != nil:
		case m.kind == continuation:
			if err := o.readContinuation(m, version, flags); err != nil {
				return err
			}
		case messageFlags&shared != 0 && (m.kind == datatypeMessage || m.kind == dataspaceMessage || m.kind == attributeMessage):
			return &FormatError{"object header", "a shared message", "messages of its own"}
		default:
			o.messages = append(o.messages, m)
		}
	}
	return r.err
}

// readMessage reads one message and its flags.
func readMessage(r *reader, version int, flags byte) (m message, messageFlags byte) {
	width := 2
	if version == 2 {
		width = 1
	}
	m.kind = r.uint(width)
	size := r.uint(2)
	messageFlags = byte(r.uint(1))
	switch {
	case version == 1:
		r.skip(3)
	case flags&4 != 0:
		r.skip(2) // order of creation
	}
	m.data = r.take(int(size))
	return m, messageFlags
}

// readContinuation reads the block that a continuation message points to.
func (o *Object) readContinuation(m message, version int, flags byte) error {
	r := &reader{data: m.data}
	address, size := r.uint(8), r.uint(8)
	if r.err != nil || size < 8 {
		return &FormatError{"object header", "an empty continuation", "messages"}
	}
	if version == 1 {
		return o.readBlock(o.file.at(address, size), version, flags)
	}
	block := o.file.at(address, size)
	if string(block.take(4)) != "OCHK" || block.err != nil {
		return &FormatError{"object header", "another block", "OCHK"}
	}
	block.data = block.data[:len(block.data)-4] // the checksum
	return o.readBlock(block, version, flags)
}

// find returns the first message of a kind.
func (o *Object) find(kind uint64) (*reader, bool) {
	for _, m := range o.messages {
		if m.kind == kind {
			return &reader{data: m.data}, true
		}
	}
	return nil, false
}

// IsData reports whether the object is a data set.
func (o *Object) IsData() bool {
	_, ok := o.find(layoutMessage)
	return ok
}

// Strings returns the texts of an attribute, one if it is a single one; false if there
// is no attribute of this name.
func (o *Object) Strings(name string) (texts []string, found bool, err error) {
	for _, m := range o.messages {
		if m.kind == attributesIndex && !allUndefined(m.data) {
			return nil, false, &FormatError{"attributes", "an index of many", "few, in the header"}
		}
		if m.kind != attributeMessage {
			continue
		}
		a, err := readAttribute(m.data)
		if err != nil {
			return nil, false, err
		}
		if a.name == name {
			texts, err := o.file.texts(a)
			return texts, true, err
		}
	}
	return nil, false, nil
}

// allUndefined reports whether an attribute info message points to no index.
func allUndefined(data []byte) bool {
	r := &reader{data: data}
	r.skip(1)
	if flags := r.uint(1); flags&1 != 0 {
		r.skip(2)
	}
	return r.uint(8) == undefined
}

// attribute is an attribute as the file has it.
type attribute struct {
	name  string
	kind  datatype
	shape []int
	data  []byte
}

// readAttribute reads The Attribute Message, versions 1 to 3.
func readAttribute(data []byte) (a attribute, err error) {
	r := &reader{data: data}
	version := r.uint(1)
	flags := r.uint(1)
	sizes := [3]int{int(r.uint(2)), int(r.uint(2)), int(r.uint(2))}
	if version < 1 || version > 3 || version > 1 && flags != 0 {
		return a, &FormatError{"attribute", fmt.Sprintf("version %d, flags %d", version, flags), "versions 1 to 3, nothing shared"}
	}
	if version == 3 {
		r.skip(1) // character set
	}
	var parts [3][]byte
	for i, size := range sizes {
		parts[i] = r.take(size)
		if version == 1 {
			r.skip(min(-size&7, len(r.data)))
		}
	}
	if r.err != nil {
		return a, r.err
	}
	a.name = text(parts[0])
	if a.kind, err = readDatatype(parts[1]); err != nil {
		return a, err
	}
	a.shape, err = readDataspace(parts[2])
	a.data = r.rest()
	return a, err
}

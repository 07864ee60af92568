package hdf5

import (
	"bytes"
	"fmt"
	"strings"
)

// Child returns a member of a group by its path, "model_weights/dense"; false if there
// is none.
func (o *Object) Child(path string) (child *Object, found bool, err error) {
	child = o
	for _, name := range strings.Split(path, "/") {
		members, err := child.members()
		if err != nil {
			return nil, false, err
		}
		address, ok := members[name]
		if !ok {
			return nil, false, nil
		}
		if child, err = o.file.object(address); err != nil {
			return nil, false, err
		}
	}
	return child, true, nil
}

// Names returns the names of a group's members, in no order.
func (o *Object) Names() ([]string, error) {
	members, err := o.members()
	var names []string
	for name := range members {
		names = append(names, name)
	}
	return names, err
}

// members returns the addresses of a group's members: of its symbol table, or of the
// links in its header.
func (o *Object) members() (map[string]uint64, error) {
	members := map[string]uint64{}
	if r, ok := o.find(symbolsMessage); ok {
		tree, heap := r.uint(8), r.uint(8)
		if r.err != nil {
			return nil, r.err
		}
		names, err := o.file.localHeap(heap)
		if err != nil {
			return nil, err
		}
		return members, o.file.symbols(members, names, tree, maxDepth)
	}
	if r, ok := o.find(linkInfoMessage); ok {
		r.skip(1)
		if flags := r.uint(1); flags&1 != 0 {
			r.skip(8)
		}
		if heap := r.uint(8); r.err == nil && heap != undefined {
			return nil, &FormatError{"group", "an index of many links (libver latest)", "a symbol table"}
		}
	}
	for _, m := range o.messages {
		if m.kind == linkMessage {
			if err := readLink(members, m.data); err != nil {
				return nil, err
			}
		}
	}
	return members, nil
}

// readLink adds one link (The Link Message).
func readLink(members map[string]uint64, data []byte) error {
	r := &reader{data: data}
	version, flags := r.uint(1), r.uint(1)
	kind := uint64(0)
	if flags&8 != 0 {
		kind = r.uint(1)
	}
	if flags&4 != 0 {
		r.skip(8) // order of creation
	}
	if flags&16 != 0 {
		r.skip(1) // character set
	}
	name := string(r.take(int(min(r.uint(1<<(flags&3)), uint64(len(data))))))
	address := r.uint(8)
	if r.err != nil {
		return r.err
	}
	if version != 1 || kind != 0 {
		return &FormatError{"link " + name, fmt.Sprintf("version %d, type %d", version, kind), "a hard link"}
	}
	members[name] = address
	return nil
}

// localHeap returns the names of a symbol table (Local Heaps).
func (f *file) localHeap(address uint64) ([]byte, error) {
	r := f.block("local heap", address, 32, "HEAP", 0)
	r.skip(3)
	size := r.uint(8)
	r.skip(8)
	names := f.at(r.uint(8), size)
	if r.err != nil {
		return nil, r.err
	}
	return names.data, names.err
}

// maxDepth bounds the levels of a tree.
const maxDepth = 16

// node reads the head of a tree's node (Version 1 B-trees) and returns a reader of
// its entries, each of a given number of bytes.
func (f *file) node(address uint64, kind uint64, entry int) (r *reader, level, count int, err error) {
	head := f.at(address, 24)
	name, got := string(head.take(4)), head.uint(1)
	level, count = int(head.uint(1)), int(head.uint(2))
	if head.err != nil {
		return nil, 0, 0, head.err
	}
	if name != "TREE" || got != kind {
		return nil, 0, 0, &FormatError{"tree", fmt.Sprintf("%q of type %d", name, got), fmt.Sprintf("%q of type %d", "TREE", kind)}
	}
	r = f.at(address+24, uint64(count*entry))
	return r, level, count, r.err
}

// symbols adds the members below a node of a group's tree.
func (f *file) symbols(members map[string]uint64, names []byte, address uint64, depth int) error {
	r, level, count, err := f.node(address, 0, 16)
	if err != nil {
		return err
	}
	if level >= depth {
		return &FormatError{"tree", fmt.Sprintf("level %d", level), fmt.Sprintf("below %d", depth)}
	}
	for range count {
		r.skip(8) // the key
		child := r.uint(8)
		if level > 0 {
			err = f.symbols(members, names, child, level)
		} else {
			err = f.leaf(members, names, child)
		}
		if err != nil {
			return err
		}
	}
	return r.err
}

// leaf adds the members of one node (Symbol Table Nodes).
func (f *file) leaf(members map[string]uint64, names []byte, address uint64) error {
	head := f.block("symbol table", address, 8, "SNOD", 1)
	head.skip(1)
	count := head.uint(2)
	entries := f.at(address+8, 40*count)
	for range count {
		at, object := entries.uint(8), entries.uint(8)
		cache := entries.uint(4)
		entries.skip(20)
		if entries.err != nil || at >= uint64(len(names)) {
			return &FormatError{"symbol table", "a name outside its heap", "one inside"}
		}
		name := text(names[at:])
		if err := f.spend(len(name)); err != nil {
			return err
		}
		if cache == 2 {
			return &FormatError{"link " + name, "a symbolic link", "a hard link"}
		}
		members[name] = object
	}
	return head.err
}

// text returns a string up to its first zero.
func text(data []byte) string {
	before, _, _ := bytes.Cut(data, []byte{0})
	return string(before)
}

package wasmbin

import (
	"encoding/binary"
	"strings"
)

// runtimePrefix is what the runtime's functions share. A goroutine that starts in
// one of them is the runtime's own.
const runtimePrefix = "runtime."

// keptNames are the names that the runtime reads when it prints no traceback.
type keptNames struct {
	text    []byte
	offsets map[string]uint32
}

// newNames returns names that hold only the empty one, at offset 0.
func newNames() *keptNames {
	return &keptNames{text: []byte{0}, offsets: map[string]uint32{"": 0}}
}

// keep returns the part of a name that the runtime asks for. It needs the names of
// wrappers for the text of a panic (panicwrap), the names of two stubs to find their
// maps of pointers (argMapInternal), and the prefix of its own functions
// (isSystemGoroutine).
func keep(name string, id byte) string {
	switch {
	case name == "reflect.makeFuncStub" || name == "reflect.methodValueCall", id == funcIDWrapper && strings.Contains(name, ".(*"):
		return name
	case strings.HasPrefix(name, runtimePrefix):
		return runtimePrefix
	}
	return ""
}

// offset returns the offset of the kept part of a name, or 0 if nothing is kept.
func (n *keptNames) offset(name string, id byte) uint32 {
	kept := keep(name, id)
	at, ok := n.offsets[kept]
	if !ok {
		at = uint32(len(n.text))
		n.offsets[kept] = at
		n.text = append(append(n.text, kept...), 0)
	}
	return at
}

// keptPCs are the tables of values by pc that stay, at their new offsets.
type keptPCs struct {
	table   []byte
	offsets map[uint32]uint32
}

// unread reports whether a field is the offset of a table by pc that nothing reads
// for GOOS=js but tracebacks: where arguments lie, and where a function must not be
// preempted by a signal (checkIDs makes sure that nothing preempts in this way).
func (f function) unread(field int) bool {
	return field == f.pcdata(pcUnsafePoint) || field == f.pcdata(pcArgLive)
}

// gatherPCs gathers the tables of all functions but for those that nothing reads, in
// the order of the functions.
func (t *tables) gatherPCs(all []function) (*keptPCs, error) {
	kept := &keptPCs{table: []byte{0}, offsets: map[uint32]uint32{0: 0}}
	for _, f := range all {
		for _, field := range pcFields(f) {
			old := f.get(field)
			if _, ok := kept.offsets[old]; ok || f.unread(field) {
				continue
			}
			table, _, err := t.table(old)
			if err != nil {
				return nil, err
			}
			kept.offsets[old] = uint32(len(kept.table))
			kept.table = append(kept.table, table...)
		}
	}
	if len(kept.table) > len(t.pcs) {
		return nil, errTables
	}
	return kept, nil
}

// pcFields returns the fields of a function that are offsets of tables by pc,
// except for file and line.
func pcFields(f function) []int {
	fields := []int{funcSP}
	for kind := range f.pcdataCount() {
		fields = append(fields, f.pcdata(kind))
	}
	return fields
}

// move writes the new offsets into a function.
func (k *keptPCs) move(f function) {
	for _, field := range pcFields(f) {
		if f.unread(field) {
			f.set(field, 0)
			continue
		}
		f.set(field, k.offsets[f.get(field)])
	}
}

// table returns the bytes of a table of values by pc and its largest value, at
// least -1. The table holds pairs: a change of the value and a change of the pc. It
// ends with a change of the value by 0 that is not the first (runtime.step).
func (t *tables) table(at uint32) (table []byte, largest int32, err error) {
	if int64(at) >= int64(len(t.pcs)) {
		return nil, -1, errTables
	}
	rest, value := t.pcs[at:], int32(-1)
	largest = value
	for first := at != 0; ; first = false {
		change, n := binary.Uvarint(rest)
		if n <= 0 {
			return nil, -1, errTables
		}
		rest = rest[n:]
		if change == 0 && !first {
			return t.pcs[at : len(t.pcs)-len(rest)], largest, nil
		}
		value += int32(-(uint32(change) & 1) ^ uint32(change)>>1)
		largest = max(largest, value)
		if _, n = binary.Uvarint(rest); n <= 0 {
			return nil, -1, errTables
		}
		rest = rest[n:]
	}
}

package wasmbin

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Knows reports whether [Cut] knows the tables that a version of Go writes, as
// go env GOVERSION names it.
func Knows(version string) bool {
	return version == goVersion || strings.HasPrefix(version, goVersion+".")
}

// Cut does what [Join] does and takes out the tables that nothing but tracebacks
// reads: names of functions, files and lines, and where arguments lie. Nothing at all
// reads where signals may not preempt. What the runtime needs stays: the sizes of
// frames, the maps of pointers, the tree of inlined calls (recover counts its frames),
// the few names that it asks for (see keep), and the tables that find functions, in part
// written when the program starts (see leaveOut). A fatal error still prints its message,
// without the functions it came through. How the program was built goes as well, which nothing but
// debug.ReadBuildInfo reads. Cut returns an error for a module of a Go whose
// tables it does not know.
func Cut(module []byte) ([]byte, error) {
	if version := producer(module); !Knows(version) {
		return nil, fmt.Errorf("wasmbin: tables of tracebacks of %q, want those of %s", version, goVersion)
	}
	var fill body
	smaller, err := rewrite(module, func(all []segment) ([]segment, error) {
		m, err := newImage(all)
		if err != nil {
			return nil, err
		}
		t, err := m.locate()
		if err != nil {
			return nil, err
		}
		if err := t.cut(); err != nil {
			return nil, err
		}
		fill, err = t.leaveOut()
		m.forgetBuild()
		return m.segments(), err
	})
	if err != nil {
		return nil, err
	}
	if fill.code == nil {
		return nil, errTables // there is no data section
	}
	return withStart(smaller, fill)
}

// function is a _func with its lists of pcdata and funcdata.
type function []byte

func (f function) get(at int) uint32     { return binary.LittleEndian.Uint32(f[at:]) }
func (f function) set(at int, v uint32)  { binary.LittleEndian.PutUint32(f[at:], v) }
func (f function) pcdata(kind int) int   { return funcBytes + 4*kind }
func (f function) pcdataCount() int      { return int(f.get(funcPCData)) }
func (f function) funcdata(kind int) int { return funcBytes + 4*(f.pcdataCount()+kind) }
func (f function) funcdataCount() int    { return int(f[funcFuncData]) }
func (f function) hasFuncdata(kind int) bool {
	return kind < f.funcdataCount() && f.get(f.funcdata(kind)) != missing
}

// cut takes out what only tracebacks read. It reads all tables before it changes
// any.
func (t *tables) cut() error {
	all, err := t.functions()
	if err != nil {
		return err
	}
	if err := t.checkIDs(all); err != nil {
		return err
	}
	pcs, err := t.gatherPCs(all)
	if err != nil {
		return err
	}
	kinds := t.kindsOfData(all)
	inlined, err := t.inlinedCalls(all, kinds)
	if err != nil {
		return err
	}
	names := newNames()
	for _, f := range all {
		f.set(funcName, names.offset(t.name(f.get(funcName)), f[funcID]))
		f.set(funcFile, 0)
		f.set(funcLine, 0)
		f.set(funcUnit, 0)
		f.set(funcStart, 0)
		pcs.move(f)
		for _, kind := range []int{dataArgs, dataArgsLive} {
			if kind < f.funcdataCount() {
				f.set(f.funcdata(kind), missing)
			}
		}
	}
	for _, call := range inlined {
		call.set(inlineName, names.offset(t.name(call.get(inlineName)), call[0]))
		call.set(inlineStart, 0)
	}
	t.clearData(kinds)
	replace(t.names, names.text)
	replace(t.pcs, pcs.table)
	clear(t.units)
	clear(t.files)
	return nil
}

// replace writes b at the start of part and fills the rest with zeros. part must be
// at least as long as b.
func replace(part, b []byte) { clear(part[copy(part, b):]) }

// checkIDs returns an error unless gopanic has the ID that this package expects, by
// which the runtime recognizes functions, and the linker has left out the function that
// asks whether a signal may preempt.
func (t *tables) checkIDs(all []function) error {
	known := false
	for _, f := range all {
		switch t.name(f.get(funcName)) {
		case runtimePrefix + "gopanic":
			known = f[funcID] == funcIDPanic
		case runtimePrefix + "isAsyncSafePoint":
			return errTables
		}
	}
	if !known {
		return errTables
	}
	return nil
}

// functions returns all functions. It checks every field that has bounds.
func (t *tables) functions() ([]function, error) {
	pair := func(i int) (entry, at uint32) {
		return binary.LittleEndian.Uint32(t.funcs[8*i:]), binary.LittleEndian.Uint32(t.funcs[8*i+4:])
	}
	if t.count < 1 || t.count > len(t.funcs)/(8+funcBytes) || len(t.names) == 0 || t.names[len(t.names)-1] != 0 {
		return nil, errTables
	}
	var all []function
	start := 8*t.count + 4
	for i := range t.count {
		entry, at := pair(i)
		end := len(t.funcs)
		if i+1 < t.count {
			_, next := pair(i + 1)
			end = int(next)
		}
		if int(at) < start || end > len(t.funcs) || int(at) > end-funcBytes {
			return nil, errTables
		}
		f := function(t.funcs[at:end:end])
		if f.get(funcEntry) != entry || !t.sound(f) {
			return nil, errTables
		}
		all, start = append(all, f), end
	}
	return all, nil
}

// sound reports whether all of a function lies inside the tables.
func (t *tables) sound(f function) bool {
	counts := f.get(funcPCData) <= mostPCData && f.funcdataCount() <= mostFuncData
	if !counts || f.funcdata(f.funcdataCount()) > len(f) || f[funcFuncData-1] != 0 {
		return false
	}
	for kind := range f.funcdataCount() {
		if f.hasFuncdata(kind) && int64(f.get(f.funcdata(kind))) >= int64(len(t.data)) {
			return false
		}
	}
	return t.isName(f.get(funcName))
}

// isName reports whether a name begins at an offset.
func (t *tables) isName(at uint32) bool {
	return int64(at) < int64(len(t.names)) && (at == 0 || t.names[at-1] == 0)
}

// name returns the text at an offset.
func (t *tables) name(at uint32) string {
	name, _, _ := strings.Cut(string(t.names[at:]), "\x00")
	return name
}

// kindsOfData returns for every offset of funcdata one bit per kind of data stored
// there. Equal data of different kinds share an offset.
func (t *tables) kindsOfData(all []function) map[uint32]uint8 {
	kinds := map[uint32]uint8{}
	for _, f := range all {
		for kind := range f.funcdataCount() {
			if f.hasFuncdata(kind) {
				kinds[f.get(f.funcdata(kind))] |= 1 << kind
			}
		}
	}
	return kinds
}

// clearData zeroes funcdata of the kinds that only tracebacks read. The data at an
// offset end where the next begin.
func (t *tables) clearData(kinds map[uint32]uint8) {
	offsets := slices.Sorted(maps.Keys(kinds))
	for i, at := range offsets {
		end := uint32(len(t.data))
		if i+1 < len(offsets) {
			end = offsets[i+1]
		}
		if kinds[at]&^(1<<dataArgs|1<<dataArgsLive) == 0 {
			clear(t.data[at:end])
		}
	}
}

// inlinedCalls returns the calls of all trees of inlined calls.
func (t *tables) inlinedCalls(all []function, kinds map[uint32]uint8) ([]function, error) {
	var calls []function
	for _, f := range all {
		if !f.hasFuncdata(dataInlines) {
			continue
		}
		at := int64(f.get(f.funcdata(dataInlines)))
		if kinds[uint32(at)] != 1<<dataInlines || f.pcdataCount() <= pcInlineTree {
			return nil, errTables
		}
		_, largest, err := t.table(f.get(f.pcdata(pcInlineTree)))
		end := at + (int64(largest)+1)*inlineBytes
		if err != nil || end > int64(len(t.data)) {
			return nil, errTables
		}
		for ; at < end; at += inlineBytes {
			call := function(t.data[at : at+inlineBytes])
			if !t.isName(call.get(inlineName)) {
				return nil, errTables
			}
			calls = append(calls, call)
		}
	}
	return calls, nil
}

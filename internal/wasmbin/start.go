package wasmbin

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// leaveOut takes out of the tables of functions what follows from the rest: where each
// function's record lies and the function's number, which stands in two places, 12 bytes per
// function, different in each; and the table that finds the function of a pc, 320 bytes
// per function that hold its place 16 times. It returns code that writes them again before
// the program starts.
func (t *tables) leaveOut() (body, error) {
	all, err := t.functions()
	if err != nil {
		return body{}, err
	}
	number, first := binary.LittleEndian.Uint32(t.funcs), binary.LittleEndian.Uint32(t.funcs[4:])
	at := first
	for k, f := range all {
		if f.get(funcEntry) != number+uint32(k) || binary.LittleEndian.Uint32(t.funcs[8*k+4:]) != at {
			return body{}, errTables
		}
		f.set(funcEntry, 0)
		at += uint32(funcBytes+4*(f.pcdataCount()+f.funcdataCount())+recordAlignment-1) &^ (recordAlignment - 1)
	}
	buckets := 0
	for b := range slices.Chunk(t.finds, bucketBytes) {
		if !bytes.HasPrefix(bucket(buckets/bucketsPerFunction), b) {
			return body{}, errTables
		}
		buckets++
	}
	clear(t.funcs[:8*t.count])
	clear(t.finds)
	return t.fill(number, first, buckets), nil
}

// bucketsPerFunction is how many buckets the pcs of a function have, functionPCs/bucketPCs.
const bucketsPerFunction = 1 << bucketsShift

const bucketsShift = 4

// bucket returns a findfuncbucket from which the search begins at a function.
func bucket(function int) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(function)), make([]byte, bucketBytes-bucketIndex)...)
}

// fill returns the code of two loops, over all functions and over all buckets. The first
// function has a number, and its record lies at an offset from the table's beginning.
func (t *tables) fill(number, first uint32, buckets int) body {
	const k, record = 0, 1 // locals
	table := int(t.funcsAt)
	entry := []instruction{indexed(opLocalGet, k), constant(opI32Const, int64(number)), plain(opI32Add)}
	pair := []instruction{indexed(opLocalGet, k), constant(opI32Const, 3), plain(opI32Shl)}
	next := func(count int) []instruction {
		return []instruction{
			indexed(opLocalGet, k), constant(opI32Const, 1), plain(opI32Add), indexed(opLocalTee, k),
			constant(opI32Const, int64(count)), plain(opI32LtU), indexed(opBrIf, 0), plain(opEnd),
		}
	}
	return body{[]locals{{2, typeI32}}, slices.Concat(
		[]instruction{constant(opI32Const, t.funcsAt+int64(first)), indexed(opLocalSet, record), constant(opLoop, typeVoid)},
		pair, entry, []instruction{access(opI32Store, 2, table)},
		pair, []instruction{indexed(opLocalGet, record), constant(opI32Const, t.funcsAt), plain(opI32Sub), access(opI32Store, 2, table+4)},
		[]instruction{indexed(opLocalGet, record)}, entry, []instruction{access(opI32Store, 2, funcEntry)},
		[]instruction{
			indexed(opLocalGet, record),
			indexed(opLocalGet, record), access(opI32Load, 2, funcPCData),
			indexed(opLocalGet, record), access(opI32Load8U, 0, funcFuncData), plain(opI32Add),
			constant(opI32Const, 2), plain(opI32Shl), constant(opI32Const, funcBytes+recordAlignment-1), plain(opI32Add),
			constant(opI32Const, -recordAlignment), plain(opI32And),
			plain(opI32Add), indexed(opLocalSet, record),
		},
		next(t.count),
		[]instruction{
			constant(opI32Const, 0), indexed(opLocalSet, k), constant(opLoop, typeVoid),
			indexed(opLocalGet, k), constant(opI32Const, bucketBytes), plain(opI32Mul),
			indexed(opLocalGet, k), constant(opI32Const, bucketsShift), plain(opI32ShrU), access(opI32Store, 2, int(t.findsAt)),
		},
		next(buckets),
		[]instruction{plain(opEnd)},
	)}
}

// withStart returns the module with a function that runs as soon as its memory is
// there. It is the last one, so that all others keep their numbers.
func withStart(module []byte, start body) ([]byte, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	imports, err := countImports(all)
	if err != nil {
		return nil, err
	}
	var types, number uint64
	for k, s := range all {
		switch s.kind {
		case typeSection:
			types, all[k].content = oneMore(s.content)
			all[k].content = append(all[k].content, typeFunc, 0, 0)
		case functionSection:
			number, all[k].content = oneMore(s.content)
			all[k].content = binary.AppendUvarint(all[k].content, types)
		case codeSection:
			_, all[k].content = oneMore(s.content)
			all[k].content = start.append(all[k].content)
		}
	}
	at := slices.IndexFunc(all, func(s section) bool { return s.kind >= startSection })
	if at < 0 || all[at].kind == startSection {
		return nil, errModule
	}
	return unite(slices.Insert(all, at, section{startSection, binary.AppendUvarint(nil, imports+number)})), nil
}

// oneMore returns how many entries a section has, and its content with the count of one
// more.
func oneMore(content []byte) (count uint64, more []byte) {
	r := reader{content}
	count = uint64(r.unsigned())
	return count, append(binary.AppendUvarint(nil, count+1), r.rest...)
}

// countImports returns how many functions a module imports. It must import nothing else.
func countImports(all []section) (uint64, error) {
	r := reader{content(all, importSection)}
	count := r.unsigned()
	for range count {
		r.text()
		r.text()
		if kind := r.byte(); kind != 0 || r.unsigned() < 0 {
			return 0, errModule
		}
	}
	return uint64(max(count, 0)), nil
}

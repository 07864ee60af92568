package simd

import "encoding/binary"

// Bytes of the binary format (WebAssembly core specification 2.0, chapter 5; those of
// vectors begin with 0xfd).
const (
	typeI32, typeF32, typeV128 = 0x7f, 0x7d, 0x7b
	typeFunction, typeNone     = 0x60, 0x40

	typeSection, importSection, functionSection, exportSection, codeSection = 1, 2, 3, 7, 10
	functionExport, memoryImport                                            = 0, 2

	opLoop, opIf, opElse, opEnd, opBranchIf, opSelect = 0x03, 0x04, 0x05, 0x0b, 0x0d, 0x1b
	opLocalGet, opLocalSet                            = 0x20, 0x21
	opI32Load, opF32Load                              = 0x28, 0x2a
	opI32Const, opF32Const                            = 0x41, 0x43
	opI32Eqz, opI32Eq, opI32Ne, opI32LtU, opF32Ne     = 0x45, 0x46, 0x47, 0x49, 0x5c
	opI32Add, opI32Sub, opI32Mul, opI32And, opI32Shl  = 0x6a, 0x6b, 0x6c, 0x71, 0x74

	opVector                                 = 0xfd
	vecLoad, vecLoadSplat, vecStore          = 0, 9, 11
	vecSplat, vecAdd, vecMultiply, vecLarger = 19, 0xe4, 0xe6, 0xe9
	vecOr, vecAnyTrue                        = 80, 83
)

// local is the index of a parameter or variable of a function.
type local int

// function is one exported function as it is written: its methods append instructions
// in the order of the stack machine.
type function struct {
	name   string
	params []byte // types
	locals []byte // types of the variables
	code   []byte
}

// param adds a parameter; all parameters come before the first variable.
func (f *function) param(kind byte) local {
	f.params = append(f.params, kind)
	return local(len(f.params) - 1)
}

// variable adds a variable, which begins as 0.
func (f *function) variable(kind byte) local {
	f.locals = append(f.locals, kind)
	return local(len(f.params) + len(f.locals) - 1)
}

// variables adds n variables.
func (f *function) variables(kind byte, n int) []local {
	all := make([]local, n)
	for i := range all {
		all[i] = f.variable(kind)
	}
	return all
}

// op appends an instruction without operands.
func (f *function) op(codes ...byte) { f.code = append(f.code, codes...) }

// vector appends an instruction of vectors.
func (f *function) vector(code uint64) {
	f.code = binary.AppendUvarint(append(f.code, opVector), code)
}

// get pushes locals, the last one on top.
func (f *function) get(all ...local) {
	for _, l := range all {
		f.code = binary.AppendUvarint(append(f.code, opLocalGet), uint64(l))
	}
}

// set pops a local's new value.
func (f *function) set(l local) {
	f.code = binary.AppendUvarint(append(f.code, opLocalSet), uint64(l))
}

// number pushes an integer, at least 0.
func (f *function) number(v int) {
	f.op(opI32Const)
	for ; v >= 0x40; v >>= 7 { // bit 6 of the last byte is the sign
		f.op(byte(v) | 0x80)
	}
	f.op(byte(v))
}

// sum pushes the sum of two integers.
func (f *function) sum(a, b local) {
	f.get(a, b)
	f.op(opI32Add)
}

// advance adds by to a local.
func (f *function) advance(l, by local) {
	f.sum(l, by)
	f.set(l)
}

// advanceBy adds a number to a local.
func (f *function) advanceBy(l local, by int) {
	f.get(l)
	f.number(by)
	f.op(opI32Add)
	f.set(l)
}

// bytes pops a number of values of four bytes each and pushes their size in bytes.
func (f *function) bytes() {
	f.number(2)
	f.op(opI32Shl)
}

// least pushes the smaller of l+by and most, as unsigned numbers.
func (f *function) least(l local, by int, most local) {
	push := func() {
		f.get(l)
		if by > 0 {
			f.number(by)
			f.op(opI32Add)
		}
	}
	push()
	f.get(most)
	push()
	f.get(most)
	f.op(opI32LtU, opSelect)
}

// loadInt, loadFloat, load and loadSplat pop an address and push what is there: an
// integer, a float32, four float32 and one float32 four times.
func (f *function) loadInt()   { f.op(opI32Load, aligned, 0) }
func (f *function) loadFloat() { f.op(opF32Load, aligned, 0) }
func (f *function) load()      { f.memory(vecLoad) }
func (f *function) loadSplat() { f.memory(vecLoadSplat) }

// store pops four float32 and, below them, the address that they go to.
func (f *function) store() { f.memory(vecStore) }

func (f *function) memory(code uint64) {
	f.vector(code)
	f.op(aligned, 0)
}

// aligned says of an address that it is a multiple of four, as a power of two.
const aligned = 2

// multiplyAdd adds a*b to a vector: two roundings, as in Go. push pushes b.
func (f *function) multiplyAdd(sum, a local, push func()) {
	f.get(sum, a)
	push()
	f.vector(vecMultiply)
	f.vector(vecAdd)
	f.set(sum)
}

// loop repeats a body for as long as what condition pushes is not 0.
func (f *function) loop(body, condition func()) {
	f.op(opLoop, typeNone)
	body()
	condition()
	f.op(opBranchIf, 0, opEnd)
}

// when runs a body if what condition pushes is not 0.
func (f *function) when(condition, body func()) {
	condition()
	f.op(opIf, typeNone)
	body()
	f.op(opEnd)
}

// below pushes whether a < b, as unsigned numbers.
func (f *function) below(a, b local) {
	f.get(a, b)
	f.op(opI32LtU)
}

// countDown takes 1 off a local and pushes the rest.
func (f *function) countDown(l local) {
	f.get(l)
	f.number(1)
	f.op(opI32Sub)
	f.set(l)
	f.get(l)
}

// encode returns the function's code as it stands in the code section.
func (f *function) encode() []byte {
	b := binary.AppendUvarint(nil, uint64(len(f.locals)))
	for _, kind := range f.locals {
		b = append(b, 1, kind)
	}
	return sized(append(append(b, f.code...), opEnd))
}

// encode returns a module of functions that return an integer and share one memory,
// imported as "go" "mem".
func encode(functions []*function) []byte {
	var types, indices, exports, codes [][]byte
	for i, f := range functions {
		types = append(types, append(append([]byte{typeFunction}, sized(f.params)...), 1, typeI32))
		indices = append(indices, []byte{byte(i)})
		exports = append(exports, append(sized([]byte(f.name)), functionExport, byte(i)))
		codes = append(codes, f.encode())
	}
	memory := append(append(sized([]byte("go")), sized([]byte("mem"))...), memoryImport, 0, 0)
	module := []byte("\x00asm\x01\x00\x00\x00")
	for _, s := range []struct {
		id      byte
		entries [][]byte
	}{
		{typeSection, types}, {importSection, [][]byte{memory}}, {functionSection, indices}, {exportSection, exports}, {codeSection, codes},
	} {
		content := binary.AppendUvarint(nil, uint64(len(s.entries)))
		for _, entry := range s.entries {
			content = append(content, entry...)
		}
		module = append(append(module, s.id), sized(content)...)
	}
	return module
}

// sized returns b behind its length.
func sized(b []byte) []byte { return append(binary.AppendUvarint(nil, uint64(len(b))), b...) }

package wasmbin

import (
	"encoding/binary"
	"errors"
)

// errCode says that a function has instructions that [Straighten] does not know.
var errCode = errors.New("wasmbin: code not as Go's compiler writes it")

// Opcodes and types (WebAssembly core specification 2.0, 5.3 and 5.4).
const (
	opUnreachable  = 0x00
	opNop          = 0x01
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0b
	opBr           = 0x0c
	opBrIf         = 0x0d
	opBrTable      = 0x0e
	opReturn       = 0x0f
	opCall         = 0x10
	opCallIndirect = 0x11
	opDrop         = 0x1a
	opSelect       = 0x1b
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opTableSet     = 0x26
	opI32Load      = 0x28
	opI32Load8U    = 0x2d
	opI32Store     = 0x36
	opI64Store     = 0x37
	opI64Store32   = 0x3e
	opMemorySize   = 0x3f
	opMemoryGrow   = 0x40
	opI32Const     = 0x41
	opI64Const     = 0x42
	opF32Const     = 0x43
	opF64Const     = 0x44
	opI32Eqz       = 0x45
	opI32LtU       = 0x49
	opI32Add       = 0x6a
	opI32Sub       = 0x6b
	opI32Mul       = 0x6c
	opI32And       = 0x71
	opI32Shl       = 0x74
	opI32ShrU      = 0x76
	opI64Add       = 0x7c
	opI64Or        = 0x84
	opI32WrapI64   = 0xa7
	opI64ExtendU   = 0xad // i64.extend_i32_u
	opExtend32     = 0xc4 // the last one of a single byte without an immediate
	opPrefix       = 0xfc
	opMemoryCopy   = 10 // behind the prefix
	opMemoryFill   = 11

	typeVoid = -0x40 // of a block
	typeI32  = 0x7f
	typeI64  = 0x7e
	typeFunc = 0x60
)

// instruction is one instruction with its encoding.
type instruction struct {
	op  byte
	arg int64 // label, index, constant, offset of an access to memory, or type of a block
	raw []byte
}

// is reports whether an instruction is one with this argument.
func (i instruction) is(op byte, arg int64) bool { return i.op == op && i.arg == arg }

// indexed returns an instruction whose immediate is a label or an index.
func indexed(op byte, arg int) instruction {
	return instruction{op, int64(arg), binary.AppendUvarint([]byte{op}, uint64(arg))}
}

// constant returns an instruction whose immediate is signed: a constant or a type.
func constant(op byte, arg int64) instruction {
	return instruction{op, arg, appendSigned([]byte{op}, arg)}
}

// access returns an access to memory at an offset from an address.
func access(op byte, alignment, offset int) instruction {
	raw := binary.AppendUvarint([]byte{op, byte(alignment)}, uint64(offset))
	return instruction{op, int64(offset), raw}
}

// plain returns an instruction without an immediate.
func plain(op byte) instruction { return instruction{op: op, raw: []byte{op}} }

// instruction reads an instruction. It reports false for one that Go's compiler does not
// write.
func (r *reader) instruction() (i instruction, known bool) {
	start := r.rest
	i.op, known = r.byte(), true
	switch op := i.op; {
	case op >= opBlock && op <= opIf, op == opI32Const, op == opI64Const:
		i.arg = r.signed()
	case op == opBr || op == opBrIf || op == opCall || op >= opLocalGet && op <= opTableSet:
		i.arg = r.unsigned()
	case op == opBrTable:
		labels := r.unsigned()
		known = labels >= 0 && labels < int64(len(r.rest))
		for k := int64(0); known && k <= labels; k++ {
			r.unsigned()
		}
	case op == opCallIndirect || op >= opI32Load && op <= opI64Store32:
		r.unsigned() // a type, or an alignment
		i.arg = r.unsigned()
	case op == opMemorySize || op == opMemoryGrow:
		r.byte()
	case op == opF32Const:
		r.take(4)
	case op == opF64Const:
		r.take(8)
	case op == opPrefix:
		i.arg = r.unsigned()
		switch {
		case i.arg == opMemoryCopy:
			r.take(2)
		case i.arg == opMemoryFill:
			r.byte()
		default:
			known = i.arg >= 0 && i.arg < 8 // conversions that saturate
		}
	default:
		known = op <= opNop || op == opElse || op == opEnd || op == opReturn || op == opDrop || op == opSelect || op >= opI32Eqz && op <= opExtend32
	}
	i.raw = start[:len(start)-len(r.rest)]
	return i, known
}

// labels returns the labels of a br_table, the default last.
func (i instruction) labels() []int {
	r := reader{i.raw[1:]}
	labels := make([]int, r.unsigned()+1)
	for k := range labels {
		labels[k] = int(r.unsigned())
	}
	return labels
}

// locals are a count of locals of one type, as a function declares them.
type locals struct {
	count int64
	kind  byte
}

// body is the code of a function.
type body struct {
	locals []locals
	code   []instruction // the last one is the end of the function
}

// body reads a function's code. It returns an error for code that Go's compiler does
// not write.
func (r *reader) body() (b body, err error) {
	content := reader{r.take(r.unsigned())}
	groups := content.unsigned()
	if groups > int64(len(content.rest)) {
		return b, errCode
	}
	for range groups {
		b.locals = append(b.locals, locals{content.unsigned(), content.byte()})
	}
	depth := 1
	for len(content.rest) > 0 {
		i, known := content.instruction()
		switch i.op {
		case opBlock, opLoop, opIf:
			depth++
		case opEnd:
			depth--
		}
		if !known || depth < 0 || depth == 0 && len(content.rest) > 0 {
			return b, errCode
		}
		b.code = append(b.code, i)
	}
	if depth != 0 {
		return b, errCode
	}
	return b, nil
}

// append appends a function's code with its length.
func (b body) append(out []byte) []byte {
	content := binary.AppendUvarint(nil, uint64(len(b.locals)))
	for _, l := range b.locals {
		content = append(binary.AppendUvarint(content, uint64(l.count)), l.kind)
	}
	for _, i := range b.code {
		content = append(content, i.raw...)
	}
	return append(binary.AppendUvarint(out, uint64(len(content))), content...)
}

package wasmbin

import (
	"encoding/binary"
	"slices"
)

// The locals of a Go function: the number of the block that it begins at, its
// parameter, and the stack pointer, in the global spGlobal between calls.
const (
	blockLocal = 0
	spLocal    = 1
	spGlobal   = 0
)

// Straighten makes the code of Go's functions shorter and more alike, so that it
// compresses better. What it computes stays the same, instruction by instruction:
//
//   - A jump to a block further down goes there. Go's compiler writes the block's
//     number into a local, continues a loop around the function and leaves it to a
//     br_table at its start.
//   - A function that must return after a call, for another goroutine to run, returns.
//     Go's compiler leaves a block around the function, by a label that differs from
//     call to call.
//   - The return address, a function's number and a block's, is put together from a local
//     and the block's number. Go's compiler writes all of it before each call.
//   - An offset is added to the stack pointer in 32 bits, not in 64.
//
// It relies on nothing that it does not check, so that it serves every version of Go. A
// function of another form stays as it is.
func Straighten(module []byte) ([]byte, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	ours, err := goFunctions(all)
	if err != nil {
		return nil, err
	}
	return rewriteSection(all, codeSection, func(content []byte) ([]byte, error) {
		r := reader{content}
		if r.unsigned() != int64(len(ours)) {
			return nil, errModule
		}
		out := binary.AppendUvarint(nil, uint64(len(ours)))
		for _, is := range ours {
			b, err := r.body()
			if err != nil {
				return nil, err
			}
			if is && len(b.locals) > 0 && b.locals[0] == (locals{1, typeI32}) {
				b.straighten()
			}
			out = b.append(out)
		}
		return out, nil
	})
}

// goFunctions reports for each function with code whether it takes the number of a
// block and tells whether to return, as Go's functions do: one i32 each.
func goFunctions(all []section) ([]bool, error) {
	r := reader{content(all, typeSection)}
	ours := make([]bool, 0, 16) // by type
	for range r.unsigned() {
		if r.byte() != typeFunc {
			return nil, errModule
		}
		parameters, results := r.text(), r.text()
		ours = append(ours, parameters == string(rune(typeI32)) && results == parameters)
	}
	r = reader{content(all, functionSection)}
	var functions []bool
	for range r.unsigned() {
		kind := r.unsigned()
		if kind < 0 || kind >= int64(len(ours)) {
			return nil, errModule
		}
		functions = append(functions, ours[kind])
	}
	return functions, nil
}

func (b *body) straighten() {
	b.code = shortOffsets(b.code)
	if d := dispatchOf(b.code); d != nil && d.sound(b.code) {
		b.code = d.jumpDirectly(b.code)
	}
	b.code = returnDirectly(b.code)
	b.shareNumber()
}

// shortOffsets adds constants to addresses in 32 bits.
func shortOffsets(code []instruction) []instruction {
	var out []instruction
	for _, i := range code {
		n := len(out)
		if i.op == opI32WrapI64 && n >= 3 && out[n-3].op == opI64ExtendU && out[n-2].op == opI64Const && out[n-1].op == opI64Add {
			out = append(out[:n-3], constant(opI32Const, int64(int32(out[n-2].arg))), plain(opI32Add))
			continue
		}
		out = append(out, i)
	}
	return out
}

// frames are where the blocks, loops and ifs begin that are open, the innermost last.
type frames []int

// pass passes the k-th instruction.
func (f *frames) pass(k int, op byte) {
	switch op {
	case opBlock, opLoop, opIf:
		*f = append(*f, k)
	case opEnd:
		*f = (*f)[:max(len(*f)-1, 0)]
	}
}

// target returns where the frame of a label begins, or -1 for the function itself.
func (f frames) target(label int64) int {
	if label < 0 || label >= int64(len(f)) {
		return -1
	}
	return f[len(f)-1-int(label)]
}

// label returns the label of the frame that begins at k, or -1 if it is not open.
func (f frames) label(k int) int {
	at := slices.Index(f, k)
	if at < 0 {
		return -1
	}
	return len(f) - 1 - at
}

// targets returns where the frames begin that an instruction may branch to.
func (f frames) targets(i instruction) []int {
	switch i.op {
	case opBr, opBrIf:
		return []int{f.target(i.arg)}
	case opBrTable:
		var all []int
		for _, label := range i.labels() {
			all = append(all, f.target(int64(label)))
		}
		return all
	}
	return nil
}

// dispatch is the start of a Go function, which goes on at the block whose number is
// in blockLocal.
type dispatch struct {
	at     int   // of the br_table
	loop   int   // around it, which jumps continue, or -1
	blocks []int // by number: where the WebAssembly block begins behind which the code stands
}

// dispatchOf returns the dispatch of a function, or nil if it has none.
func dispatchOf(code []instruction) *dispatch {
	var open frames
	loop := -1
	for k, i := range code {
		switch i.op {
		case opLoop:
			if loop >= 0 {
				return nil
			}
			loop = k
		case opBrTable:
			d := &dispatch{at: k, loop: loop, blocks: open.targets(i)}
			if k == 0 || !code[k-1].is(opLocalGet, blockLocal) {
				return nil
			}
			return d
		case opGlobalGet, opLocalSet:
			if loop >= 0 {
				return nil // a jump that goes straight would pass over it
			}
		case opLocalGet:
		case opBlock:
			if i.arg != typeVoid {
				return nil
			}
		default:
			return nil
		}
		open.pass(k, i.op)
	}
	return nil
}

// block returns where the WebAssembly block of a number begins.
func (d *dispatch) block(number int64) int {
	if number < 0 || number >= int64(len(d.blocks)) {
		number = int64(len(d.blocks)) - 1 // the default
	}
	return d.blocks[number]
}

// jump reports whether the instructions from k on jump to the block of a number.
func (d *dispatch) jump(code []instruction, k int, open frames) bool {
	return k+2 < len(code) && code[k].op == opI32Const && code[k+1].is(opLocalSet, blockLocal) &&
		code[k+2].op == opBr && d.loop >= 0 && open.target(code[k+2].arg) == d.loop
}

// sound reports whether nothing but the br_table needs the number that a jump writes,
// and whether nothing but a jump continues the loop.
func (d *dispatch) sound(code []instruction) bool {
	var open frames
	for k, i := range code {
		open.pass(k, i.op)
		switch {
		case i.is(opLocalTee, blockLocal):
			return false
		case i.is(opLocalGet, blockLocal) && k != d.at-1 && (k < 2 || !code[k-2].is(opLocalSet, blockLocal) || code[k-1].op != opI32Const):
			return false
		case slices.Contains(open.targets(i), d.loop) && d.loop >= 0 && (k < 2 || !d.jump(code, k-2, open)):
			return false
		}
	}
	return true
}

// jumpDirectly turns jumps to blocks further down into branches.
func (d *dispatch) jumpDirectly(code []instruction) []instruction {
	var out []instruction
	var open frames
	for k := 0; k < len(code); k++ {
		i := code[k]
		if label := open.label(d.block(i.arg)); label >= 0 && d.jump(code, k, open) {
			if last := len(out) - 1; out[last].is(opIf, typeVoid) && code[k+3].op == opEnd {
				out[last] = indexed(opBrIf, label-1)
				open.pass(k, opEnd)
				k += 3
				continue
			}
			out = append(out, indexed(opBr, label))
			k += 2
			continue
		}
		open.pass(k, i.op)
		out = append(out, i)
	}
	return out
}

// returnDirectly turns branches to the end of a function, where it returns 1, into
// returns. The block that they left goes.
func returnDirectly(code []instruction) []instruction {
	exit := slices.IndexFunc(code, func(i instruction) bool { return i.op >= opBlock && i.op <= opIf })
	end := len(code) - 3
	if exit < 0 || !code[exit].is(opBlock, typeVoid) || end <= exit || code[end-1].op != opUnreachable || !code[end+1].is(opI32Const, 1) {
		return code
	}
	var out []instruction
	var open frames
	for k, i := range code[:end] {
		open.pass(k, i.op)
		if k > exit && len(open) == 0 {
			return code // the block ends before
		}
		switch targets := open.targets(i); {
		case k == exit:
		case slices.Contains(targets, -1):
			return code
		case !slices.Contains(targets, exit):
			out = append(out, i)
		case i.op != opBrIf:
			return code
		default:
			out = append(out, constant(opIf, typeVoid), constant(opI32Const, 1), plain(opReturn), plain(opEnd))
		}
	}
	return append(out, code[len(code)-1])
}

// numberBits are the bits of a return address that hold the number of a block. Above
// them stands the function's.
const numberBits = 16

// returnAddress returns the number of the function in the address to return to that
// the k-th instruction puts on the stack, for the next one to store it where the
// stack pointer has just been set to. It is 0 for other instructions. A constant
// that a function stores there for itself looks the same.
func returnAddress(code []instruction, k int) int64 {
	if k < 2 || k+1 >= len(code) || code[k].op != opI64Const || !code[k-2].is(opGlobalSet, spGlobal) ||
		!code[k-1].is(opLocalGet, spLocal) || !code[k+1].is(opI64Store, 0) {
		return 0
	}
	return max(code[k].arg>>numberBits, 0)
}

// shareNumber keeps the function's number of all return addresses in a local, the
// one behind the stack pointer.
func (b *body) shareNumber() {
	const local = spLocal + 1
	var function int64
	var out []instruction
	for k, i := range b.code {
		number := returnAddress(b.code, k)
		if function == 0 {
			function = number
		}
		switch {
		case number != 0 && number == function:
			out = append(out, indexed(opLocalGet, local), constant(opI64Const, i.arg-number<<numberBits), plain(opI64Or))
		case i.op >= opLocalGet && i.op <= opLocalTee && i.arg >= local:
			out = append(out, indexed(i.op, int(i.arg)+1))
		default:
			out = append(out, i)
		}
	}
	if function == 0 {
		return
	}
	b.code = append([]instruction{constant(opI64Const, function<<numberBits), indexed(opLocalSet, local)}, out...)
	if len(b.locals) > 1 && b.locals[1].kind == typeI64 {
		b.locals[1].count++
		return
	}
	b.locals = slices.Insert(b.locals, 1, locals{1, typeI64})
}

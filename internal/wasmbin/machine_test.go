package wasmbin

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
)

// assembled is a Go function as a test writes it: a dispatch of blocks in a loop, in the
// block that a call leaves when its function must return.
type assembled struct {
	code  []instruction
	depth int // of what is open
	loop  int // depth of the loop
}

// startFunction begins a function whose numbers lead to that many blocks.
func startFunction(blocks int) *assembled {
	a := &assembled{loop: 2}
	a.add(indexed(opGlobalGet, spGlobal), indexed(opLocalSet, spLocal), constant(opBlock, typeVoid), constant(opLoop, typeVoid))
	for range blocks {
		a.add(constant(opBlock, typeVoid))
	}
	table := binary.AppendUvarint([]byte{opBrTable}, uint64(blocks-1))
	for k := range blocks {
		table = binary.AppendUvarint(table, uint64(k))
	}
	a.add(indexed(opLocalGet, blockLocal), instruction{op: opBrTable, raw: table}, plain(opEnd))
	return a
}

func (a *assembled) add(code ...instruction) {
	for _, i := range code {
		switch i.op {
		case opBlock, opLoop, opIf:
			a.depth++
		case opEnd:
			a.depth--
		}
		a.code = append(a.code, i)
	}
}

// jump continues at the block of a number.
func (a *assembled) jump(number int) {
	a.add(constant(opI32Const, int64(number)), indexed(opLocalSet, blockLocal), indexed(opBr, a.depth-a.loop))
}

// call calls a function and returns if that returns 1.
func (a *assembled) call(function, number int) {
	a.add(indexed(opLocalGet, spLocal), constant(opI32Const, 8), plain(opI32Add), indexed(opLocalTee, spLocal), indexed(opGlobalSet, spGlobal),
		indexed(opLocalGet, spLocal), constant(opI64Const, 0x1234<<numberBits|int64(number)), access(opI64Store, 3, 0),
		constant(opI32Const, 0), indexed(opCall, function), indexed(opGlobalGet, spGlobal), indexed(opLocalSet, spLocal), indexed(opBrIf, a.depth-1))
}

// end ends the function.
func (a *assembled) end() []instruction {
	a.add(plain(opEnd), plain(opUnreachable), plain(opEnd), constant(opI32Const, 1), plain(opEnd))
	return a.code
}

// text returns code in words, without what ends blocks.
func text(code []instruction) string {
	names := map[byte]string{opBr: "br", opBrIf: "br_if", opReturn: "return", opI32Const: "i32", opI64Const: "i64", opLocalGet: "get", opLocalSet: "set",
		opLocalTee: "tee", opIf: "if", opEnd: "end", opI32Add: "i32.add", opI64Or: "or", opI64Store: "store", opCall: "call", opUnreachable: "unreachable"}
	var words []string
	for _, i := range code {
		word := names[i.op]
		switch i.op {
		case opReturn, opIf, opEnd, opI32Add, opI64Or, opUnreachable:
		default:
			word += fmt.Sprint(" ", i.arg)
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// machine interprets what randomFunction writes and keeps what is seen from outside.
type machine struct {
	random  *rand.Rand
	sp      int64
	locals  [8]int64
	stack   []int64
	seen    []string
	maximum int
}

func newMachine(seed uint64) *machine {
	return &machine{random: rand.New(rand.NewPCG(seed, 3)), sp: 1 << 20, maximum: 100}
}

func (m *machine) pop() int64 {
	v := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	return v
}

// run runs a function from the block of a number on, and returns what it does: its
// stores, its calls and how it ends.
func (m *machine) run(b body, number int) []string {
	m.locals[0] = int64(number)
	ends := endsOf(b.code)
	var open frames
	for k, steps := 0, 0; k < len(b.code); k++ {
		if steps++; steps > 3_000 || len(m.seen) > m.maximum {
			return append(m.seen[:min(len(m.seen), 10)], "runs on") // as long as it may; another form takes other steps
		}
		i := b.code[k]
		open.pass(k, i.op)
		label := int64(-1)
		switch i.op {
		case opIf:
			if m.pop() == 0 {
				k = ends[k]
				open.pass(k, opEnd)
			}
		case opBr:
			label = i.arg
		case opBrIf:
			if m.pop() != 0 {
				label = i.arg
			}
		case opBrTable:
			labels := i.labels()
			label = int64(labels[min(uint64(m.pop()), uint64(len(labels)-1))])
		case opReturn, opUnreachable:
			return append(m.seen, m.end(i.op))
		default:
			m.compute(i)
		}
		if label >= 0 {
			target := open.target(label)
			open = open[:len(open)-1-int(label)]
			if k = ends[target]; b.code[target].op == opLoop {
				k = target - 1
			}
		}
	}
	return append(m.seen, m.end(opReturn))
}

// endsOf returns where the frame ends that begins at an instruction.
func endsOf(code []instruction) map[int]int {
	ends := map[int]int{}
	var open frames
	for k, i := range code {
		if i.op == opEnd && len(open) > 0 {
			ends[open[len(open)-1]] = k
		}
		open.pass(k, i.op)
	}
	return ends
}

func (m *machine) end(op byte) string {
	if op == opUnreachable {
		return "traps"
	}
	return fmt.Sprint("returns ", m.pop())
}

func (m *machine) compute(i instruction) {
	switch i.op {
	case opGlobalGet:
		m.stack = append(m.stack, m.sp)
	case opGlobalSet:
		m.sp = m.pop()
	case opLocalGet:
		m.stack = append(m.stack, m.locals[i.arg])
	case opLocalSet:
		m.locals[i.arg] = m.pop()
	case opLocalTee:
		m.locals[i.arg] = m.stack[len(m.stack)-1]
	case opI32Const, opI64Const:
		m.stack = append(m.stack, i.arg)
	case opI32Add:
		m.stack = append(m.stack, int64(int32(m.pop()+m.pop())))
	case opI64Add:
		m.stack = append(m.stack, m.pop()+m.pop())
	case opI64Or:
		a, b := m.pop(), m.pop()
		m.stack = append(m.stack, a|b)
	case opI64ExtendU:
		m.stack = append(m.stack, int64(uint32(m.pop())))
	case opI32WrapI64:
		m.stack = append(m.stack, int64(int32(m.pop())))
	case opI64Store:
		value := m.pop()
		m.seen = append(m.seen, fmt.Sprint("stores ", value, " at ", uint32(m.pop()), "+", i.arg))
	case opCall:
		m.stack = append(m.stack, int64(m.random.IntN(8)/7)) // must return now and then
		m.seen = append(m.seen, fmt.Sprint("calls ", i.arg))
		m.sp = 1 << 20
	}
}

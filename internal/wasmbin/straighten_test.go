package wasmbin

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestStraightenJumps(t *testing.T) {
	a := startFunction(4)
	start := len(a.code)
	a.add(indexed(opLocalGet, 2), constant(opIf, typeVoid))
	a.jump(3)
	a.add(plain(opEnd), plain(opEnd))
	a.jump(99) // as the last
	a.add(plain(opEnd))
	a.jump(1) // back
	a.add(plain(opEnd))
	b := body{[]locals{{1, typeI32}}, a.end()}
	b.straighten()
	const want = "get 2, br_if 2, end, br 1, end, i32 1, set 0, br 1, end, end, unreachable, end"
	if got := text(b.code[start-1:]); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestStraightenCalls(t *testing.T) {
	a := startFunction(2)
	start := len(a.code)
	a.call(7, 1)
	a.add(plain(opEnd), indexed(opLocalGet, 2), indexed(opLocalGet, spLocal), plain(opI64ExtendU), constant(opI64Const, 1<<32-8), plain(opI64Add), plain(opI32WrapI64))
	b := body{[]locals{{1, typeI32}, {3, typeI64}}, a.end()}
	b.straighten()
	const head = "i64 305397760, set 2"
	if got := text(b.code[:2]); got != head {
		t.Errorf("got %s, want %s", got, head)
	}
	const want = "get 1, i32 8, i32.add, tee 1,  0, get 1, get 2, i64 1, or, store 0, i32 0, call 7,  0, set 1, if, i32 1, return, end, " +
		"end, get 3, get 1, i32 -8, i32.add, end, unreachable, end"
	if got := text(b.code[start+1:]); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !slices.Equal(b.locals, []locals{{1, typeI32}, {4, typeI64}}) {
		t.Errorf("got locals %v, want one of 64 bits more", b.locals)
	}
}

// TestStraightenLeaves checks what it must leave as it is.
func TestStraightenLeaves(t *testing.T) {
	const jump, exit = "i32 2, set 0, br 2", "unreachable, end, i32 1, end"
	for name, test := range map[string]struct {
		more func(a *assembled)
		want string
	}{
		"the number is read":       {func(a *assembled) { a.add(indexed(opLocalGet, blockLocal), plain(opReturn)) }, jump},
		"the number is kept":       {func(a *assembled) { a.add(constant(opI32Const, 1), indexed(opLocalTee, blockLocal), plain(opReturn)) }, jump},
		"the loop without number":  {func(a *assembled) { a.add(indexed(opBr, a.depth-a.loop)) }, jump},
		"the loop by a condition":  {func(a *assembled) { a.add(constant(opI32Const, 1), indexed(opBrIf, a.depth-a.loop)) }, jump},
		"an exit without question": {func(a *assembled) { a.add(indexed(opBr, a.depth-1)) }, exit},
	} {
		a := startFunction(3)
		a.jump(2)
		a.add(plain(opEnd))
		test.more(a)
		a.add(plain(opEnd))
		b := body{[]locals{{1, typeI32}}, a.end()}
		b.straighten()
		if got := text(b.code[4:]); !strings.Contains(got, test.want) {
			t.Errorf("%s: got %s, want %s in it", name, got, test.want)
		}
	}
}

// TestStraightenOtherForms runs functions that look like Go's and are not.
func TestStraightenOtherForms(t *testing.T) {
	store := []instruction{indexed(opLocalGet, spLocal), constant(opI64Const, 5), access(opI64Store, 3, 0), constant(opI32Const, 0), plain(opReturn)}
	inLoop := &assembled{loop: 1}
	inLoop.add(constant(opLoop, typeVoid), indexed(opGlobalGet, spGlobal), indexed(opLocalSet, spLocal), constant(opBlock, typeVoid), constant(opBlock, typeVoid))
	inLoop.add(indexed(opLocalGet, blockLocal), instruction{op: opBrTable, raw: []byte{opBrTable, 1, 0, 1}}, plain(opEnd))
	inLoop.add(constant(opI32Const, 77), indexed(opGlobalSet, spGlobal))
	inLoop.jump(1)
	inLoop.add(append(append([]instruction{plain(opEnd)}, store...), plain(opEnd), plain(opUnreachable), plain(opEnd))...)
	inner := &assembled{}
	inner.add(constant(opLoop, typeVoid), constant(opBlock, typeVoid), constant(opI32Const, 1), indexed(opBrIf, 0), plain(opEnd))
	inner.add(append(store, plain(opUnreachable), plain(opEnd), constant(opI32Const, 1), plain(opEnd))...)
	for name, code := range map[string][]instruction{
		"the stack pointer is read in the loop": inLoop.code,
		"the first block is not the first":      inner.code,
		"a table without a number":              {{op: opBrTable, raw: []byte{opBrTable, 0, 0}}, plain(opEnd)},
	} {
		b := body{[]locals{{1, typeI32}, {1, typeI64}}, code}
		straight := body{slices.Clone(b.locals), slices.Clone(b.code)}
		straight.straighten()
		if name == "a table without a number" {
			continue // it does not run
		}
		if want, got := newMachine(1).run(b, 0), newMachine(1).run(straight, 0); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestStraightenRandom runs random functions before and after.
func TestStraightenRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	jumps, ends := 0, map[string]int{}
	for seed := range uint64(2_000) {
		blocks := 2 + r.IntN(9)
		b := body{[]locals{{1, typeI32}, {1, typeI64}}, randomFunction(r, blocks)}
		straight := body{slices.Clone(b.locals), slices.Clone(b.code)}
		straight.straighten()
		for start := range blocks + 1 {
			want, got := newMachine(seed).run(b, start), newMachine(seed).run(straight, start)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d, from block %d: got\n%s\nwant\n%s\n%s\n%s", seed, start, strings.Join(got, "\n"), strings.Join(want, "\n"), text(b.code), text(straight.code))
			}
			jumps += len(want)
			ends[want[len(want)-1]]++
		}
	}
	if jumps < 10_000 || ends["returns 0"] < 100 || ends["returns 1"] < 100 {
		t.Errorf("the functions did %d things and ended as %v: too few to tell", jumps, ends)
	}
}

// randomFunction returns a function that computes, stores, calls and jumps about.
func randomFunction(r *rand.Rand, blocks int) []instruction {
	a := startFunction(blocks)
	for k := range blocks {
		for range r.IntN(4) {
			switch r.IntN(4) {
			case 0:
				a.add(indexed(opLocalGet, 2), constant(opI64Const, r.Int64N(1000)), plain(opI64Add), indexed(opLocalSet, 2))
			case 1:
				a.add(indexed(opLocalGet, spLocal), plain(opI64ExtendU), constant(opI64Const, r.Int64N(1<<33)-1<<32), plain(opI64Add), plain(opI32WrapI64),
					indexed(opLocalGet, 2), access(opI64Store, 3, r.IntN(300)))
			case 2:
				a.add(indexed(opLocalGet, 2), plain(opI32WrapI64), constant(opIf, typeVoid))
				a.jump(r.IntN(blocks + 1))
				a.add(plain(opEnd))
			case 3:
				a.add(constant(opI32Const, r.Int64N(9)), indexed(opLocalSet, blockLocal), constant(opI32Const, 0), indexed(opLocalGet, blockLocal),
					indexed(opCall, 3), indexed(opBrIf, a.depth-1))
			}
		}
		switch r.IntN(4) {
		case 0:
			a.jump(r.IntN(blocks + 1))
		case 1:
			a.call(r.IntN(9), k+1)
		case 2:
			a.add(constant(opI32Const, 0), plain(opReturn))
		}
		if k < blocks-1 {
			a.add(plain(opEnd))
		}
	}
	return a.end()
}

// TestStraightenProgram checks the module around the code.
func TestStraightenProgram(t *testing.T) {
	module := theProgram(t)
	straight, err := Straighten(module)
	if err != nil {
		t.Fatal(err)
	}
	if saved := len(module) - len(straight); saved < 10_000 {
		t.Errorf("%d bytes are saved, want 10,000 or more", saved)
	}
	before, after := partsOf(t, module), partsOf(t, straight)
	for kind := range byte(dataCountSection) {
		if same := bytes.Equal(content(after, kind), content(before, kind)); same == (kind == codeSection) {
			t.Errorf("section %d: got the same: %v", kind, same)
		}
	}
	tail := []byte{opUnreachable, opEnd, opI32Const, 1, opEnd}
	last := bytes.LastIndex(module, tail)
	with := func(at int, b ...byte) []byte {
		return append(append(bytes.Clone(module[:at]), b...), module[at+len(b):]...)
	}
	count := bytes.Index(module, content(before, codeSection))
	types := bytes.Index(module, content(before, typeSection))
	for name, bad := range map[string][]byte{
		"nothing":                nil,
		"half a module":          module[:len(module)/2],
		"another count":          with(count, module[count]-1),
		"an unknown instruction": with(last, 0x06), // try
		"a function without end": with(last+4, opI32Const),
		"a type that is none":    with(types+1, 0x5f),
	} {
		if _, err := Straighten(bad); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

// TestStraightenUnknown checks instructions of WebAssembly that Go's compiler does not write.
func TestStraightenUnknown(t *testing.T) {
	for _, op := range []byte{0x06, 0x07, 0x08, 0x09, 0x0a, 0x12, 0x13, 0x14, 0x15, 0x18, 0x19, 0x1c, 0x1f, 0x27, 0xc5, 0xfb, 0xfd, 0xfe} {
		r := reader{[]byte{op, 0, opEnd}}
		if i, known := r.instruction(); known {
			t.Errorf("%#x: read as an instruction of %d bytes, want it refused", op, len(i.raw))
		}
	}
	long := binary.AppendUvarint(binary.AppendUvarint(nil, 4), 1<<28-1) // groups of locals in four bytes
	r := reader{long}
	if b, err := r.body(); err == nil || len(b.locals) > 0 {
		t.Errorf("more groups of locals than bytes: got %d and %v, want an error", len(b.locals), err)
	}
}

// partsOf returns a module's sections.
func partsOf(t *testing.T, module []byte) []section {
	t.Helper()
	all, err := sections(module)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

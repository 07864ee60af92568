package wasmbin

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// compile builds the test's program with flags of go build.
func compile(t *testing.T, experiments string, flags ...string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "program.wasm")
	args := append(append([]string{"build", "-trimpath"}, flags...), "-o", out, "./testdata/program")
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT="+experiments)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	binary, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// needKnownGo skips the test if Cut does not know this Go.
func needKnownGo(t *testing.T) {
	t.Helper()
	if !Knows(runtime.Version()) {
		t.Skipf("Cut does not know the tables of %s", runtime.Version())
	}
}

func needNode(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no node on the PATH")
	}
}

// TestCutProgram runs a program that needs what stays. It prints the same as it was
// compiled and, straightened, without the tables of tracebacks, and a fatal error still
// prints its message.
func TestCutProgram(t *testing.T) {
	needKnownGo(t)
	needNode(t)
	builds := map[string]func(t *testing.T) []byte{
		"inlined": func(t *testing.T) []byte { return compile(t, "") },
		"as the page": func(t *testing.T) []byte {
			return compile(t, "nogreenteagc,nosizespecializedmalloc", "-ldflags=-s -w", "-gcflags=all=-l")
		},
	}
	for name, build := range builds {
		t.Run(name, func(t *testing.T) {
			whole := build(t)
			straight, err := Straighten(whole)
			if err != nil {
				t.Fatal(err)
			}
			cut, err := Cut(straight)
			if err != nil {
				t.Fatal(err)
			}
			for _, mode := range []string{"checks", "exports"} {
				want, got := runProgram(t, whole, mode), runProgram(t, cut, mode)
				if got != want || strings.Count(want, "\n") < 4 {
					t.Errorf("%s: cut, it prints\n%s\nwant\n%s", mode, got, want)
				}
			}
			checkFatal(t, cut)
		})
	}
}

// checkFatal ends the program in fatal errors. It checks that the program says why
// and that the page learns of its end.
func checkFatal(t *testing.T, program []byte) {
	t.Helper()
	for mode, want := range map[string]string{
		"panic":     "a deferred call\npanic: assignment to entry in nil map\n\ngoroutine 1 [running]:\n",
		"goroutine": "panic: asked for in a goroutine\n",
		"deadlock":  "fatal error: all goroutines are asleep - deadlock!\n",
		"overflow":  "fatal error: stack overflow\n",
	} {
		got := runProgram(t, program, mode)
		if !strings.Contains(got, want) || !strings.HasSuffix(got, "exit 2\nprogram ended\n") {
			t.Errorf("%s: got\n%s\nwant %q and the program's end", mode, got, want)
		}
	}
}

// runProgram returns what node prints.
func runProgram(t *testing.T, program []byte, mode string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program.wasm")
	if err := os.WriteFile(file, program, 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	host := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	out, err := exec.CommandContext(t.Context(), "node", filepath.Join("testdata", "run.mjs"), host, file, mode).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", mode, err, out)
	}
	return string(out)
}

// program is the test's program, compiled once.
var program struct {
	sync.Once
	module []byte
}

func theProgram(t *testing.T) []byte {
	t.Helper()
	needKnownGo(t)
	program.Do(func() { program.module = compile(t, "") })
	return program.module
}

func TestCutIsSmaller(t *testing.T) {
	module := theProgram(t)
	cut, err := Cut(module)
	if err != nil {
		t.Fatal(err)
	}
	joined, err := Join(module)
	if err != nil {
		t.Fatal(err)
	}
	if saved := len(joined) - len(cut); saved < 100_000 {
		t.Errorf("cut saves %d bytes, want 100,000 or more", saved)
	}
	for _, gone := range []string{"main.descend", "runtime/panic.go", "build\t-compiler=gc"} {
		if data := memoryOf(t, cut); bytes.Contains(data, []byte(gone)) {
			t.Errorf("cut still holds %s", gone)
		}
	}
	if data := memoryOf(t, cut); !bytes.Contains(data, []byte("main.(*base).call")) {
		t.Error("cut does not hold the wrapper main.(*base).call, which a panic names")
	}
	again, err := Cut(module)
	if err != nil || !bytes.Equal(again, cut) {
		t.Errorf("cut twice: %v, or not the same bytes", err)
	}
	if _, err := Cut(cut); err == nil {
		t.Error("cut of what is cut: got no error")
	}
}

// TestCutStarts checks that a cut module writes what was left out of the tables of functions
// before the program begins.
func TestCutStarts(t *testing.T) {
	needNode(t)
	module := theProgram(t)
	cut, err := Cut(module)
	if err != nil {
		t.Fatal(err)
	}
	var ranges []string
	changeMemory(t, module, func(m image) {
		tab, err := m.locate()
		if err != nil {
			t.Fatal(err)
		}
		all, err := tab.functions()
		if err != nil {
			t.Fatal(err)
		}
		for at, length := range map[int64]int{tab.funcsAt: 8*tab.count + 4, tab.findsAt: len(tab.finds)} {
			ranges = append(ranges, fmt.Sprint(at), fmt.Sprint(length))
		}
		for k := range all {
			record := int64(binary.LittleEndian.Uint32(tab.funcs[8*k+4:]))
			ranges = append(ranges, fmt.Sprint(tab.funcsAt+record+funcEntry), "4")
		}
	})
	memory := func(module []byte) []byte {
		file := filepath.Join(t.TempDir(), "program.wasm")
		if err := os.WriteFile(file, module, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), "node", append([]string{filepath.Join("testdata", "memory.mjs"), file}, ranges...)...)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	want, got := memory(module), memory(cut)
	if !bytes.Equal(got, want) || len(want) < 100_000 {
		t.Errorf("%d bytes of the tables are not the same as the %d of before, or too few", len(got), len(want))
	}
	left := memoryOf(t, cut)
	if zeros := bytes.Count(left, make([]byte, 1<<10)); zeros < 100 {
		t.Errorf("the module holds %d kB of zeros, want them where the tables were", zeros)
	}
}

// memoryOf returns the memory that a module starts with.
func memoryOf(t *testing.T, module []byte) (data []byte) {
	t.Helper()
	changeMemory(t, module, func(m image) { data = m.data })
	return data
}

// changeMemory returns a module with another memory.
func changeMemory(t *testing.T, module []byte, change func(m image)) []byte {
	t.Helper()
	changed, err := rewrite(module, func(all []segment) ([]segment, error) {
		m, err := newImage(all)
		if err != nil {
			t.Fatal(err)
		}
		change(m)
		return m.segments(), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// TestCutRefuses changes what Cut relies on, one thing at a time.
func TestCutRefuses(t *testing.T) {
	module := theProgram(t)
	if _, err := Cut(changeMemory(t, module, func(image) {})); err != nil {
		t.Fatalf("nothing changed: %v", err)
	}
	first := func(tab *tables) function { return function(tab.funcs[binary.LittleEndian.Uint32(tab.funcs[4:]):]) }
	for name, change := range map[string]func(m image, tab *tables){
		"another magic":            func(m image, _ *tables) { m.data[bytes.Index(m.data, magic)] = 0xf2 },
		"another size of pointers": func(m image, _ *tables) { m.data[bytes.Index(m.data, magic)+7] = 4 },
		"one function more":        func(m image, _ *tables) { m.data[bytes.Index(m.data, magic)+8]++ },
		"names elsewhere":          func(m image, _ *tables) { m.data[bytes.Index(m.data, magic)+32]++ },
		"names without an end":     func(_ image, tab *tables) { tab.names[len(tab.names)-1] = 'x' },
		"another entry":            func(_ image, tab *tables) { first(tab).set(funcEntry, 7) },
		"a name inside another":    func(_ image, tab *tables) { first(tab).set(funcName, 2) },
		"a name behind all":        func(_ image, tab *tables) { first(tab).set(funcName, 1<<31) },
		"frames behind all":        func(_ image, tab *tables) { first(tab).set(funcSP, uint32(len(tab.pcs))) },
		"a sixth kind of pcdata":   func(_ image, tab *tables) { first(tab).set(funcPCData, mostPCData+1) },
		"a ninth kind of funcdata": func(_ image, tab *tables) { first(tab)[funcFuncData] = mostFuncData + 1 },
		"a function behind all":    func(_ image, tab *tables) { binary.LittleEndian.PutUint32(tab.funcs[4:], 1<<31) },
		"a function that asks for safe points": func(_ image, tab *tables) {
			const asks = "runtime.isAsyncSafePoint"
			all, err := tab.functions()
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range all {
				if at := f.get(funcName); len(tab.name(at)) >= len(asks) {
					replace(tab.names[at:][:len(tab.name(at))], []byte(asks))
					return
				}
			}
		},
		"a function of another number": func(_ image, tab *tables) {
			at := binary.LittleEndian.Uint32(tab.funcs[8+4:])
			for _, number := range [][]byte{tab.funcs[8:], tab.funcs[at:]} {
				binary.LittleEndian.PutUint32(number, binary.LittleEndian.Uint32(number)+1)
			}
		},
		"a search from elsewhere": func(_ image, tab *tables) { tab.finds[bucketsPerFunction*bucketBytes]++ },
		"a gap between functions": func(_ image, tab *tables) {
			all, err := tab.functions()
			if err != nil {
				t.Fatal(err)
			}
			f := all[slices.IndexFunc(all, func(f function) bool { return f.funcdataCount() > 2 })]
			f[funcFuncData] -= 2 // 8 bytes less
		},
		"another number of gopanic": func(_ image, tab *tables) {
			all, err := tab.functions()
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range all {
				if f[funcID] == funcIDPanic {
					f[funcID]++
				}
			}
		},
	} {
		changed := changeMemory(t, module, func(m image) {
			tab, err := m.locate()
			if err != nil {
				t.Fatal(err)
			}
			change(m, tab)
		})
		if _, err := Cut(changed); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestCutRefusesOtherVersions(t *testing.T) {
	module := theProgram(t)
	other := bytes.ReplaceAll(module, []byte("\x08go1.26."), []byte("\x08go1.27."))
	if _, err := Cut(other); err == nil || !strings.Contains(err.Error(), "go1.27") {
		t.Errorf("Go 1.27: got %v, want an error that names it", err)
	}
	noData := AppendSection(unite([]section{{codeSection, []byte{0}}}), "producers", []byte("\x01\x08language\x01\x02Go\x06go1.26"))
	for name, bad := range map[string][]byte{"nothing": nil, "a cut module": module[:len(module)/2], "no data": noData} {
		if _, err := Cut(bad); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	for version, want := range map[string]bool{
		"go1.26": true, "go1.26.8": true, "go1.260": false, "go1.27.1": false, "go1.26rc1": false, "devel": false, "": false,
	} {
		if got := Knows(version); got != want {
			t.Errorf("Knows(%q): got %v, want %v", version, got, want)
		}
	}
}

func TestImageKeepsMemory(t *testing.T) {
	in := []segment{{16, []byte("ab")}, {20, []byte("c\x00\x00")}, {20 + 2*joinWithin, []byte("d")}}
	m, err := newImage(in)
	if err != nil {
		t.Fatal(err)
	}
	out := m.segments()
	if len(out) != 2 || out[0].at != 16 || string(out[0].data) != "ab\x00\x00c" || out[1].at != 20+2*joinWithin {
		t.Errorf("got %v, want abc together and d apart", out)
	}
	if _, err := newImage([]segment{{0, []byte("a")}, {memoryAtMost, []byte("b")}}); err == nil {
		t.Error("a memory of more than 256 MB: got no error")
	}
}

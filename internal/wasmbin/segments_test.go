package wasmbin

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// module returns a module with one data section.
func module(segments ...segment) []byte {
	section := appendSegments(nil, segments)
	return append(append(bytes.Clone(header), dataSection, byte(len(section))), section...)
}

// memory returns the first size bytes of memory as the segments of a module's data
// section fill them, and the number of segments.
func memory(t *testing.T, module []byte, size int) (memory []byte, count int) {
	t.Helper()
	memory = make([]byte, size)
	r := reader{module[len(header):]}
	for len(r.rest) > 0 {
		id := r.byte()
		if content := r.take(r.unsigned()); id == dataSection {
			segments, err := readSegments(content)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range segments {
				copy(memory[s.at:], s.data)
			}
			count += len(segments)
		}
	}
	return memory, count
}

func TestJoin(t *testing.T) {
	apart := int64(joinWithin)
	in := module(
		segment{100, []byte("b")},
		segment{8, []byte("a")},
		segment{101 + apart, []byte("c")},
		segment{103 + 2*apart, []byte("d")},
	)
	out, err := Join(in)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := memory(t, in, 1024)
	got, count := memory(t, out, 1024)
	if !bytes.Equal(got, want) {
		t.Errorf("the memory is not the same: %q, want %q", got, want)
	}
	if count != 3 {
		t.Errorf("got %d segments, want a, bc and d", count)
	}
}

func TestJoinRefuses(t *testing.T) {
	good := module(segment{0, []byte("a")}, segment{9, []byte("b")})
	for name, bad := range map[string][]byte{
		"nothing":            nil,
		"another magic":      append([]byte("\x00abc"), good[4:]...),
		"a component":        append([]byte("\x00asm\x0d\x00\x01\x00"), good[8:]...),
		"a cut section":      good[:len(good)-1],
		"a count section":    append(bytes.Clone(good), dataCountSection, 1, 2),
		"overlap":            module(segment{0, []byte("ab")}, segment{1, []byte("c")}),
		"a passive segment":  append(bytes.Clone(header), dataSection, 4, 1, 0x01, 1, 'a'),
		"another count":      append(bytes.Clone(header), dataSection, 7, 2, 0, opI32Const, 0, opEnd, 1, 'a'),
		"a place behind all": module(segment{1 << 32, []byte("a")}),
		"a negative place":   append(bytes.Clone(header), dataSection, 7, 1, 0, opI32Const, 0x7f, opEnd, 1, 'a'),
	} {
		if _, err := Join(bad); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestSignedNumbers(t *testing.T) {
	for range 1000 {
		v := rand.Int64N(1 << 31)
		r := reader{appendSigned(nil, v)}
		if got := r.signed(); got != v || len(r.rest) != 0 {
			t.Fatalf("%d: read as %d, %d bytes left", v, got, len(r.rest))
		}
	}
}

// TestJoinOfGo joins what this Go's linker writes.
func TestJoinOfGo(t *testing.T) {
	dir := t.TempDir()
	source, out := filepath.Join(dir, "main.go"), filepath.Join(dir, "main.wasm")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() { println(1) }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", out, source)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	binary, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	joined, err := Join(binary)
	if err != nil {
		t.Fatal(err)
	}
	const size = 8 << 20
	want, before := memory(t, binary, size)
	got, after := memory(t, joined, size)
	if !bytes.Equal(got, want) {
		t.Error("the memory is not the same")
	}
	if after > before/10 {
		t.Errorf("%d segments of %d are left", after, before)
	}
}

func FuzzJoinSegments(f *testing.F) {
	f.Add(module(segment{0, []byte("a")}, segment{9, []byte("b")}))
	f.Fuzz(func(t *testing.T, module []byte) {
		joined, err := Join(module)
		if err != nil {
			return
		}
		if again, err := Join(joined); err != nil || !bytes.Equal(again, joined) {
			t.Errorf("joined once more: %v, or it is not the same", err)
		}
	})
}

func TestAppendSection(t *testing.T) {
	content := bytes.Repeat([]byte("x"), 300)
	got := AppendSection(header, "simd", content)
	want := string(header) + "\x00\xb1\x02\x04simd" + string(content)
	if string(got) != want {
		t.Errorf("got % x..., want % x...", got[:16], want[:16])
	}
}

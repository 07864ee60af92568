package simd

import (
	"bytes"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write simd.wasm again")

// TestModule generates the module and compares it with the committed one.
func TestModule(t *testing.T) {
	got := generate()
	if *update {
		if err := os.WriteFile("simd.wasm", got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, Module) {
		t.Errorf("simd.wasm: %d bytes, generated now %d others; go test -update writes them", len(Module), len(got))
	}
}

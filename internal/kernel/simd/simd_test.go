//go:build !js

package simd

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
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

// TestInNode runs the tests with the tag inklingsimd, which compare SIMD with Go bit for
// bit (bits_js_test.go), in node.
func TestInNode(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no node on the PATH")
	}
	host, err := filepath.Abs("exec.cjs")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-tags", "inklingsimd", "-exec", "node --stack-size=8192 "+host, ".")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

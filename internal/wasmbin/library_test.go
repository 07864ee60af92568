package wasmbin

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestStraightenStandardLibrary runs tests of Go's own packages, straightened, where
// INKLING_SLOW is set.
func TestStraightenStandardLibrary(t *testing.T) {
	if os.Getenv("INKLING_SLOW") == "" {
		t.Skip("two minutes; INKLING_SLOW=1 runs it")
	}
	needNode(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-short", "-exec", self, "bytes", "compress/flate", "encoding/json", "fmt", "internal/runtime/maps",
		"iter", "math", "math/big", "reflect", "regexp", "runtime", "runtime/debug", "slices", "sort", "strconv", "strings", "sync", "text/template", "time")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", runsStraight+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil || bytes.Count(out, []byte("ok  \t")) != 19 {
		t.Errorf("%v\n%s", err, out)
	}
}

// runsStraight tells the test's binary to run a program for wasm, as go test -exec
// asks it to: PROGRAM [ARGUMENT...].
const runsStraight = "INKLING_TEST_RUNS_STRAIGHT"

func TestMain(m *testing.M) {
	if os.Getenv(runsStraight) == "" {
		os.Exit(m.Run())
	}
	if err := runStraight(os.Args[1], os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func runStraight(file string, args []string) error {
	module, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if module, err = Straighten(module); err != nil {
		return err
	}
	if err := os.WriteFile(file, module, 0o700); err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd.Run()
}

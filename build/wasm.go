package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/wasmbin"
)

// probePackage is a package of the standard library that compiles in a moment:
// it tells whether this Go takes a flag.
const probePackage = "unicode/utf8"

// A sizeFlag makes the binary smaller and nothing else. Go may drop it in a
// later version; the build then goes on without it.
//
// Both experiments are defaults of Go 1.26 turned off, and -l turns inlining
// off: together 445 kB become 403 kB, brotli, with the notebook's network
// (make size prints today's figures).
type sizeFlag struct {
	experiment string   // one word of GOEXPERIMENT, or
	args       []string // arguments of go build
}

// String returns the flag as one would type it.
func (f sizeFlag) String() string {
	if f.experiment != "" {
		return "GOEXPERIMENT=" + f.experiment
	}
	return strings.Join(f.args, " ")
}

// sizeFlags are tried one by one. The last one turns inlining off everywhere but
// in the module itself, whose loops decide the speed. Seven of the module's packages
// hold no such loops, and are 3 kB smaller without inlining.
var sizeFlags = []sizeFlag{
	{experiment: "nogreenteagc"},
	{experiment: "nosizespecializedmalloc"},
	{args: []string{"-gcflags=all=-l", "-gcflags=./...=", "-gcflags=./internal/activation=-l", "-gcflags=./internal/model=-l",
		"-gcflags=./internal/nn=-l", "-gcflags=./internal/quantize=-l", "-gcflags=./internal/similarity=-l", "-gcflags=./internal/windows=-l",
		"-gcflags=./wasm=-l"}},
}

// simdTag builds a binary whose network computes in SIMD, by what its host provides
// (internal/kernel/simd).
const simdTag = "inklingsimd"

// cutTables is listed among the refused flags if the tables of tracebacks of this
// version of Go cannot be taken out.
var cutTables = sizeFlag{args: []string{"wasmbin.Cut"}}

// toolchain is the go command with GOOS=js and GOARCH=wasm.
type toolchain struct {
	root    string     // folder of go.mod
	flags   []sizeFlag // those it takes
	refused []sizeFlag // those it refuses
	whole   bool       // wasmbin.Cut does not know the tables of tracebacks that it writes
}

// probe sorts flags into those that this Go takes and those it refuses. It returns
// an error if there is no working go command.
func probe(ctx context.Context, root string, flags []sizeFlag) (toolchain, error) {
	t := toolchain{root: root}
	if err := t.try(ctx, nil); err != nil {
		return t, fmt.Errorf("wasm: go build %s for js/wasm: %w", probePackage, err)
	}
	for _, f := range flags {
		if err := t.try(ctx, []sizeFlag{f}); err != nil {
			t.refused = append(t.refused, f)
			continue
		}
		t.flags = append(t.flags, f)
	}
	version, err := t.run(ctx, nil, "env", "GOVERSION")
	if t.whole = !wasmbin.Knows(strings.TrimSpace(version)); t.whole {
		t.refused = append(t.refused, cutTables)
	}
	return t, err
}

// try compiles the probe package with flags.
func (t toolchain) try(ctx context.Context, flags []sizeFlag) error {
	var args []string
	for _, f := range flags {
		args = append(args, f.args...)
	}
	_, err := t.run(ctx, flags, append(append([]string{"build"}, args...), "-o", os.DevNull, probePackage)...)
	return err
}

// compile builds ./wasm and returns the binary as Go's linker writes it. The binary
// holds no path of this machine, no symbol table and no build id.
func (t toolchain) compile(ctx context.Context, tags string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "inkling-wasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "inkling.wasm")
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-tags=" + simdTag + "," + tags, "-o", out}
	for _, f := range t.flags {
		args = append(args, f.args...)
	}
	if _, err := t.run(ctx, t.flags, append(args, "./wasm")...); err != nil {
		return nil, fmt.Errorf("wasm: go build ./wasm: %w", err)
	}
	return os.ReadFile(out)
}

// shrink returns a smaller form of a compiled binary. It straightens the code, joins
// the data segments and, unless whole is set, removes the tables of tracebacks. It
// leaves out what it cannot do; kept says why code or tables stayed.
func shrink(binary []byte, whole bool) (smaller []byte, kept error) {
	straight, kept := wasmbin.Straighten(binary)
	if kept == nil {
		binary = straight
	}
	if !whole {
		cut, err := wasmbin.Cut(binary)
		if err == nil {
			return cut, kept
		}
		kept = errors.Join(kept, err)
	}
	if joined, err := wasmbin.Join(binary); err == nil {
		return joined, kept
	}
	return binary, kept
}

// goroot returns the folder of the Go that compiles. A binary runs only with the
// wasm_exec.js of the Go that compiled it.
func (t toolchain) goroot(ctx context.Context) (string, error) {
	out, err := t.run(ctx, nil, "env", "GOROOT")
	return strings.TrimSpace(out), err
}

// run calls the go command for js/wasm and returns its standard output. An error
// holds what the command printed.
func (t toolchain) run(ctx context.Context, flags []sizeFlag, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = t.root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if words := experiments(flags); words != "" {
		cmd.Env = append(cmd.Env, "GOEXPERIMENT="+words)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return "", errors.New("no go command on the PATH; install Go from go.dev/dl")
	}
	if err != nil && stderr.Len() > 0 {
		err = errors.New(strings.TrimSpace(stderr.String()))
	}
	return stdout.String(), err
}

// experiments returns the experiments among flags in the form of GOEXPERIMENT.
func experiments(flags []sizeFlag) string {
	var words []string
	for _, f := range flags {
		if f.experiment != "" {
			words = append(words, f.experiment)
		}
	}
	return strings.Join(words, ",")
}

package main

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/seed-c844a918/inkling/internal/wasmbin"
)

// TestShrink removes the tables of tracebacks from the page's binary, unless it is
// to stay whole.
func TestShrink(t *testing.T) {
	tools, err := probe(t.Context(), checkoutOf(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	binary, err := tools.compile(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	name := []byte("runtime.gopark")
	whole, kept := shrink(binary, true)
	if kept != nil || !bytes.Contains(whole, name) || len(whole) < len(binary)/2 {
		t.Errorf("whole: %v, %d bytes of %d; want it with the name %s", kept, len(whole), len(binary), name)
	}
	smaller, kept := shrink(binary, false)
	if known := wasmbin.Knows(runtime.Version()); known != (kept == nil) || known == bytes.Contains(smaller, name) {
		t.Errorf("not whole: got %v; want it without the name %s: %v", kept, name, known)
	}
	other := []byte("no module")
	if same, kept := shrink(other, false); kept == nil || !bytes.Equal(same, other) {
		t.Errorf("no module: got %q and %v, want it unchanged and why", same, kept)
	}
}

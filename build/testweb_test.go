package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The command bundles the tests of web/ with what they import and runs them with
// node. It fails if node fails.
func TestTestWeb(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no node on the PATH")
	}
	root := t.TempDir()
	s := settings{root: root}
	run := func() (string, error) {
		var out strings.Builder
		err := runTestWeb(t.Context(), s, &out, &out)
		return out.String(), err
	}
	if err := os.MkdirAll(filepath.Join(root, "web", "page"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := run(); err == nil || !strings.Contains(err.Error(), "found no *.test.ts") {
		t.Errorf("without tests: got %v, want an error that says so", err)
	}
	write(t, filepath.Join(root, "web", "page", "sum.ts"), []byte(`export const sum = (a: number, b: number) => a + b;`))
	test := filepath.Join(root, "web", "page", "sum.test.ts")
	write(t, test, []byte(`
		import assert from "node:assert/strict";
		import { test } from "node:test";
		import { sum } from "./sum";
		declare const INKLING_ROOT: string;
		test("sum", () => assert.equal(sum(20, 3), 23));
		test("root", () => assert.ok(INKLING_ROOT.length > 0));
	`))
	if out, err := run(); err != nil {
		t.Errorf("tests that pass: got %v\n%s", err, out)
	}
	edit(t, test, "23", "24")
	if out, err := run(); err == nil || !strings.Contains(out, "23") {
		t.Errorf("a test that fails: got %v and %q, want an error and what node says", err, out)
	}
	edit(t, test, "./sum", "./nowhere")
	if _, err := run(); err == nil || !strings.Contains(err.Error(), `Could not resolve "./nowhere"`) {
		t.Errorf("a test that cannot be bundled: got %v, want esbuild's message", err)
	}
}

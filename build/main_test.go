package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCommandLine(t *testing.T) {
	tests := []struct {
		name   string
		args   []string
		status int
		want   string // in the error, or on standard output
	}{
		{"help", []string{"-h"}, 0, "usage: build"},
		{"help as a verb", []string{"help"}, 0, "usage: build"},
		{"help of a verb", []string{"serve", "--help"}, 0, "usage: build"},
		{"an unknown verb", []string{"bild"}, 2, `unknown verb "bild"`},
		{"an unknown flag", []string{"--fast"}, 2, "-fast"},
		{"another verb's flag", []string{"size", "--addr", "x"}, 2, "-addr"},
		{"a bad number", []string{"size", "--limit", "much"}, 2, "much"},
		{"a stray argument", []string{"dist", "out"}, 2, `unexpected argument "out"`},
		{"a bad address", []string{"serve", "--addr", "nonsense"}, 2, "nonsense"},
		{"nothing to weigh", []string{"size", "--out", "/nonexistent"}, 1, "make dist builds the site"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			err := run(t.Context(), test.args, &out, io.Discard)
			if got := exitStatus(err); got != test.status {
				t.Errorf("status: got %d (%v), want %d", got, err, test.status)
			}
			if err != nil {
				out.WriteString(err.Error())
			}
			if !strings.Contains(out.String(), test.want) {
				t.Errorf("said %q, want %q in it", out.String(), test.want)
			}
		})
	}
}

func TestCheckout(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"), nil)
	below := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := checkout(below); got != root || err != nil {
		t.Errorf("checkout(%s): got %s, %v; want %s", below, got, err, root)
	}
	if _, err := checkout(t.TempDir()); err == nil {
		t.Error("checkout outside any: got no error")
	}
}

package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
)

func TestServeWithoutASite(t *testing.T) {
	s := settings{addr: "127.0.0.1:0", out: filepath.Join(t.TempDir(), "dist")}
	err := runServe(t.Context(), s, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "make dist builds the site") {
		t.Errorf("serving nothing: got %v, want an error that names make dist", err)
	}
}

package main

import (
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
)

func TestListenOnATakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = listen(l.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "is in use") || !strings.Contains(err.Error(), "make ADDR=") {
		t.Errorf("a taken port: got %v, want an error that says so and names the next step", err)
	}
	if _, err := listen("nonsense"); exitStatus(err) != 2 {
		t.Errorf("listen on nonsense: got %v, want a usage error", err)
	}
}

func TestServeWithoutASite(t *testing.T) {
	s := settings{addr: "127.0.0.1:0", out: filepath.Join(t.TempDir(), "dist")}
	err := runServe(t.Context(), s, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "make dist builds the site") {
		t.Errorf("serving nothing: got %v, want an error that names make dist", err)
	}
}

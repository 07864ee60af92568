package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTeacher lets a network learn from another's answers: the same model twice,
// another one than alone.
func TestTeacher(t *testing.T) {
	fit := func(more ...string) []byte {
		path := filepath.Join(t.TempDir(), "pupil.ink")
		if _, _, err := inkling(append([]string{"fit", "--data", "synthetic", "--epochs", "1", "--layers", "dense 8 relu", "--out", path}, more...)...); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	taught := fit("--teacher", trained(t), "--precision", "int4")
	if !bytes.Equal(taught, fit("--teacher", trained(t), "--precision", "int4")) {
		t.Error("the second time: got another model")
	}
	if bytes.Equal(taught, fit("--precision", "int4")) {
		t.Error("a teacher changes nothing")
	}
	if bytes.Equal(taught, fit("--teacher", trained(t)+","+trained(t), "--teacher-share", "1", "--precision", "int4")) {
		t.Error("--teacher-share changes nothing")
	}
}

func TestTeacherMistakes(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"no file", []string{"--teacher", filepath.Join(dir, "none.ink")}, "none.ink"},
		{"share", []string{"--teacher-share", "1.5"}, "share"},
		{"temperature", []string{"--teacher-temperature", "0"}, "temperature"},
		{"a class for non-digits", []string{"--data", "synthetic,non-digits", "--augment", "none", "--teacher", trained(t)}, "want input (28, 28, 1), classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and a background"},
	} {
		args := append([]string{"fit", "--data", "synthetic", "--epochs", "1", "--out", filepath.Join(dir, "x.ink")}, c.args...)
		if _, _, err := inkling(args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

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

// TestBackgroundClasses trains a network whose background is of several classes, which
// teaches one whose background is one class, and is not taught by that.
func TestBackgroundClasses(t *testing.T) {
	dir := t.TempDir()
	fit := func(out string, more ...string) (string, error) {
		path := filepath.Join(dir, out)
		_, _, err := inkling(append([]string{"fit", "--data", "synthetic,non-digits", "--epochs", "1", "--layers", "dense 8 relu", "--out", path}, more...)...)
		return path, err
	}
	teacher, err := fit("teacher.ink", "--background-classes")
	if err != nil {
		t.Fatal(err)
	}
	m, err := readModel(teacher)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Background || len(m.Labels) != 10 || m.Network.Classes() != 13 {
		t.Errorf("got %d labels and %d classes, background %v, want 10 and 13", len(m.Labels), m.Network.Classes(), m.Background)
	}
	pupil, err := fit("pupil.ink", "--teacher", teacher)
	if err != nil {
		t.Fatal(err)
	}
	if m, err = readModel(pupil); err != nil || m.Network.Classes() != 11 {
		t.Errorf("pupil: got %v, %v, want a network of 11 classes", m, err)
	}
	_, err = fit("other.ink", "--background-classes", "--teacher", pupil)
	if want := "and a background, want input (28, 28, 1), classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and a background of 3 classes"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("a teacher with fewer classes: got %v, want %q", err, want)
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

package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fitCommand matches a command line of fit, over several lines where they end in a
// backslash or in an open quote, without what a shell does after it.
var fitCommand = regexp.MustCompile(`\./inkling (fit (?:[^'\n\\\x60|;]|\\\n|'[^']*')*)`)

// The commands that train the shipped models, as make runs them and as MODELS.md tells
// them, have flags that fit takes: all that they lack here is data.
func TestModelsCommands(t *testing.T) {
	makefile, models := filepath.Join("..", "Makefile"), filepath.Join("..", "web", "models", "MODELS.md")
	told, err := os.ReadFile(models)
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{models: string(told)}
	if _, err := exec.LookPath("make"); err != nil {
		t.Log("no make here: its commands are not tried")
	} else {
		run, err := exec.Command("make", "-C", filepath.Dir(makefile), "-n", "-B", "models").Output()
		if err != nil {
			t.Fatal(err)
		}
		sources[makefile] = string(run)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "web", "models"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for name, text := range sources {
		commands := fitCommand.FindAllStringSubmatch(text, -1)
		if len(commands) < 4 {
			t.Errorf("%s: got %d commands of fit, want at least 4", name, len(commands))
		}
		for _, command := range commands {
			_, _, err := inkling(append(shellWords(t, command[1]), "--data-dir", filepath.Join(dir, "none"))...)
			if !errors.Is(err, fs.ErrNotExist) || exitCode(err) != 1 {
				t.Errorf("%s: %s\ngot %v, want the error that data are missing", name, command[1], err)
			}
		}
	}
}

// shellWords returns the words of a command line as a shell takes it apart.
func shellWords(t *testing.T, line string) []string {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell: ", err)
	}
	out, err := exec.Command("sh", "-c", `seed=1; printf '%s\0' `+line).Output() // commands of several seeds are a loop
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

package limits

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// How many lines of Go a package has at most, tests and assembly not counted, and how
// many lines of the sources may be longer than lineMost characters.
const (
	commandMost = 2800 // of a package main
	packageMost = 2200
	lineMost    = 140
	longMost    = 10
)

// source matches the files that are written by hand and read by people.
var source = regexp.MustCompile(`\.(go|s|ts|js|css|html|py)$`)

// test matches what only tests need.
var test = regexp.MustCompile(`_test\.go$|\.test\.ts$|(^|/)testdata/`)

// generated matches the head of files that a program wrote.
var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// eachSource calls visit for every source of the repository but tests.
func eachSource(t *testing.T, visit func(name string, data []byte)) {
	t.Helper()
	root := os.DirFS("../..")
	skip := []string{".git", "web/node_modules", "dist", "data", "release"}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(skip, name):
			return fs.SkipDir
		case d.IsDir() || !source.MatchString(name) || test.MatchString(name):
			return nil
		}
		data, err := fs.ReadFile(root, name)
		if err == nil && !generated.Match(data) {
			visit(name, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestArchitectureNamesPackages looks for every package in the table of docs/architecture.md.
func TestArchitectureNamesPackages(t *testing.T) {
	text, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("`([a-z0-9/-]+)`").FindAllSubmatch(text, -1) {
		named[strings.TrimSuffix(string(m[1]), "/")] = true
	}
	eachSource(t, func(name string, _ []byte) {
		folder := path.Dir(name)
		if strings.HasPrefix(name, "internal/") && strings.HasSuffix(name, ".go") && !named[folder] {
			named[folder] = true
			t.Errorf("docs/architecture.md does not name %s", folder)
		}
	})
}

func TestPackages(t *testing.T) {
	lines, commands := map[string]int{}, map[string]bool{}
	eachSource(t, func(name string, data []byte) {
		if strings.HasSuffix(name, ".go") {
			folder := path.Dir(name)
			lines[folder] += bytes.Count(data, []byte("\n"))
			commands[folder] = commands[folder] || bytes.Contains(data, []byte("\npackage main\n"))
		}
	})
	for folder, n := range lines {
		most := packageMost
		if commands[folder] {
			most = commandMost
		}
		if n > most {
			t.Errorf("%s: got %d lines of Go, want at most %d: move what is an idea of its own into a package", folder, n, most)
		}
	}
	if lines["train"] == 0 || lines["internal/nn"] == 0 {
		t.Error("the packages train and internal/nn were not found")
	}
}

func TestLongLines(t *testing.T) {
	var long []string
	eachSource(t, func(name string, data []byte) {
		for line := range strings.Lines(string(data)) {
			if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > lineMost {
				long = append(long, name+": "+strings.TrimSpace(line[:60]))
			}
		}
	})
	if len(long) > longMost {
		t.Errorf("got %d lines longer than %d characters, want at most %d:\n%s", len(long), lineMost, longMost, strings.Join(long, "\n"))
	}
}

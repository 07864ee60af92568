package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// place writes a file below a folder.
func place(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAdd(t *testing.T) {
	dir := t.TempDir()
	root := place(t, dir, "m/LICENSE", "a")
	font := place(t, dir, "m/font/LICENSE-SIL.txt", "b")
	place(t, dir, "m/font/a/doc.go", "package a")
	named := place(t, dir, "m/licenses/ftl.txt", "what LICENSE names")
	place(t, dir, "m/other/COPYING", "of a package that is not linked")
	goLicence := place(t, dir, "go/LICENSE", "c")
	type of = struct {
		Path, Version, Dir string
		Main               bool
	}
	found := map[string]*module{}
	for _, l := range []listed{
		{Dir: filepath.Join(dir, "m", "font", "a"), Module: &of{Path: "x.org/m", Version: "v1", Dir: filepath.Join(dir, "m")}},
		{Dir: filepath.Join(dir, "go", "src", "os"), Standard: true},
		{Dir: filepath.Join(dir, "inkling"), Module: &of{Path: "x.org/inkling", Main: true}},
	} {
		if err := add(found, l, "page", filepath.Join(dir, "go")); err != nil {
			t.Fatal(err)
		}
	}
	if len(found) != 2 {
		t.Errorf("got %d modules, want 2", len(found))
	}
	if got, want := found["x.org/m"].licences, []string{root, font, named}; !slices.Equal(got, want) {
		t.Errorf("module: got %q, want %q", got, want)
	}
	if got, want := found[goModule].licences, []string{goLicence}; !slices.Equal(got, want) {
		t.Errorf("Go: got %q, want %q", got, want)
	}
}

func TestLicenceName(t *testing.T) {
	for name, want := range map[string]bool{
		"LICENSE": true, "LICENSE.txt": true, "Licence.md": true, "LICENSE-SIL": true, "COPYING": true, "NOTICE": true,
		"PATENTS": true, "licensed": false, "README.md": false, "notices": false,
	} {
		if got := licenceName.MatchString(name); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestRender(t *testing.T) {
	dir := t.TempDir()
	a, b := place(t, dir, "a", "same\r\ntext \n"), place(t, dir, "b", "\nsame\ntext\n\n")
	page, err := render([]*module{
		{goModule, "", []string{"command", "page"}, []string{a}},
		{"x.org/m", "v1.2.0", []string{"command"}, []string{b, place(t, dir, "c", "other")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "| Go |  | command, page | [1](#text-1) |\n| x.org/m | v1.2.0 | command | [1](#text-1), [2](#text-2) |\n" +
		"\n## Text 1\n\nGo, x.org/m\n\n~~~~\nsame\ntext\n~~~~\n\n## Text 2\n\nx.org/m\n\n~~~~\nother\n~~~~\n"
	if got := strings.TrimPrefix(string(page), head); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := render([]*module{{"x.org/m", "v1", nil, []string{place(t, dir, "d", "~~~~\n")}}}); err == nil {
		t.Error("a text that ends its fence: got no error")
	}
}

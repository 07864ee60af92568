package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// imports maps each TypeScript file of web/ to the files that it imports,
// including types and files fetched on demand. All paths are relative to web/.
type imports map[string][]string

// importPath matches the relative path in an import, export or import().
var importPath = regexp.MustCompile(`(?:from |import |import\()"(\.[^"]+)"`)

// readImports reads the imports of all files but tests below web, which is web/.
func readImports(web fs.FS) (imports, error) {
	found := imports{}
	err := fs.WalkDir(web, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Name() == "node_modules" {
			return fs.SkipDir
		}
		if path.Ext(name) != ".ts" || strings.HasSuffix(name, ".test.ts") {
			return nil
		}
		source, err := fs.ReadFile(web, name)
		found[name] = nil
		for _, m := range importPath.FindAllSubmatch(source, -1) {
			if target := resolve(web, path.Join(path.Dir(name), string(m[1]))); target != "" {
				found[name] = append(found[name], target)
			}
		}
		return err
	})
	return found, err
}

// resolve returns the file that a path without its ending stands for, or "" if
// it is not TypeScript.
func resolve(web fs.FS, name string) string {
	for _, candidate := range []string{name + ".ts", name + "/index.ts"} {
		if _, err := fs.Stat(web, candidate); err == nil {
			return candidate
		}
	}
	return ""
}

// circle returns the files of a circle of imports in their order, with the first
// one at both ends. It returns nil if there is no circle.
func (all imports) circle() []string {
	done := map[string]bool{}
	var names, way []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	var visit func(name string) []string
	visit = func(name string) []string {
		if i := slices.Index(way, name); i >= 0 {
			return append(slices.Clone(way[i:]), name)
		}
		if done[name] {
			return nil
		}
		way = append(way, name)
		for _, next := range all[name] {
			if found := visit(next); found != nil {
				return found
			}
		}
		way = way[:len(way)-1]
		done[name] = true
		return nil
	}
	for _, name := range names {
		if found := visit(name); found != nil {
			return found
		}
	}
	return nil
}

// mayImport lists for each folder of web/ the other folders that its files may
// import; "." stands for the files that run everywhere.
var mayImport = map[string][]string{
	".":                 nil,
	"i18n":              {"."},
	"boot":              {"."},
	"worker":            {"."},
	"sw":                nil,
	"element":           {".", "i18n", "worker/calls.ts"},
	"element/package":   nil, // what others' compilers read
	"page":              {".", "i18n", "element", "later/index.ts"},
	"later":             {".", "i18n", "element", "page", "worker/calls.ts", "later/symbols/index.ts", "later/corrections/index.ts"},
	"later/symbols":     {".", "i18n", "element", "page", "later", "worker/symbols.ts"},
	"later/corrections": {".", "i18n", "element", "page", "later", "worker/symbols.ts", "later/symbols"},
}

// No file of web/ imports itself through others, and each folder imports only
// code that can run where it runs.
func TestImports(t *testing.T) {
	all, err := readImports(os.DirFS("../web"))
	if err != nil {
		t.Fatal(err)
	}
	if found := all.circle(); found != nil {
		t.Errorf("a circle of imports: %s", strings.Join(found, " -> "))
	}
	for name, targets := range all {
		folder := path.Dir(name)
		allowed, known := mayImport[folder]
		if !known {
			t.Errorf("%s: what may web/%s import? mayImport says it of every folder", name, folder)
		}
		for _, target := range targets {
			if to := path.Dir(target); to != folder && !slices.Contains(allowed, to) && !slices.Contains(allowed, target) {
				t.Errorf("%s imports %s; files of %s may import %q", name, target, folder, allowed)
			}
		}
	}
}

func TestCircle(t *testing.T) {
	tests := []struct {
		name  string
		files imports
		want  string
	}{
		{"none", imports{"a": {"b", "c"}, "b": {"c"}, "c": nil}, ""},
		{"of itself", imports{"a": {"a"}}, "a a"},
		{"of three, entered from outside", imports{"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"b"}}, "b c d b"},
	}
	for _, test := range tests {
		if got := strings.Join(test.files.circle(), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

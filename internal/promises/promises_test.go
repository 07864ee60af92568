package promises

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// page returns docs/reliability.md.
func page(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "reliability.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNamedTestsAreThere looks for every test, of Go and of the fuzz targets, that the
// page names.
func TestNamedTestsAreThere(t *testing.T) {
	there := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return fs.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path)
		for _, m := range function.FindAllSubmatch(source, -1) {
			there[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)[`/]").FindAllStringSubmatch(page(t), -1)
	if len(named) < 20 {
		t.Errorf("got %d tests named, want at least 20", len(named))
	}
	for _, m := range named {
		if !there[m[1]] {
			t.Errorf("docs/reliability.md names %s, which is not there", m[1])
		}
	}
}

// limitRow is a row of the table of limits: package, constant, value.
var limitRow = regexp.MustCompile("(?m)^\\| `(\\S+)` \\| `(\\w+)` \\| ([\\d,]+) \\|")

// TestLimits compares the table of limits with the code.
func TestLimits(t *testing.T) {
	rows := limitRow.FindAllStringSubmatch(page(t), -1)
	if len(rows) < 20 {
		t.Fatalf("got %d rows, want at least 20", len(rows))
	}
	packages, told := map[string]*types.Scope{}, map[string]bool{}
	for _, row := range rows {
		dir, name, want := row[1], row[2], strings.ReplaceAll(row[3], ",", "")
		if packages[dir] == nil {
			packages[dir] = constants(t, dir)
		}
		told[dir+" "+name] = true
		c, ok := packages[dir].Lookup(name).(*types.Const)
		if !ok {
			t.Errorf("%s: there is no constant %s", dir, name)
			continue
		}
		if got := constant.ToInt(c.Val()).ExactString(); got != want {
			t.Errorf("%s: %s: the code has %s, the page %s", dir, name, got, want)
		}
	}
	for _, name := range packages["internal/model"].Names() {
		if strings.HasPrefix(strings.ToLower(name), "max") && !told["internal/model "+name] {
			t.Errorf("internal/model: the page lacks the limit %s", name)
		}
	}
}

// onlyMath imports package math, whose constants limits use, and nothing else.
type onlyMath struct{ types.Importer }

func (i onlyMath) Import(path string) (*types.Package, error) {
	if path != "math" {
		return nil, fmt.Errorf("%s is not needed", path)
	}
	return i.Importer.Import(path)
}

// constants returns what the package in a folder declares, as far as it can be told
// without most of the packages that it imports.
func constants(t *testing.T, dir string) *types.Scope {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: no Go files, %v", dir, err)
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return strings.HasSuffix(path, "_test.go") })
	set := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	check := types.Config{Importer: onlyMath{importer.ForCompiler(set, "source", nil)}, Error: func(error) {}, IgnoreFuncBodies: true}
	checked, _ := check.Check(dir, set, files, nil) // what it cannot import are errors, but no constants
	return checked.Scope()
}

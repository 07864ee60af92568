package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// product is one thing that ships, with the platforms (GOOS/GOARCH) it is built for.
type product struct {
	name, pkg string
	platforms []string
}

var products = []product{
	{"command", "./train", []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}},
	{"page", "./wasm", []string{"js/wasm"}},
}

// goModule is the name of the standard library and runtime among the modules.
const goModule = "Go"

// A module is one that ships, or Go itself.
type module struct {
	path, version string
	products      []string // names of products, sorted
	licences      []string // paths of the texts, sorted
}

// listed is what go list says of a package.
type listed struct {
	Dir      string
	Standard bool
	Module   *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// modulesInUse returns all modules in the products, sorted by path, Go first.
func modulesInUse() ([]*module, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	found := map[string]*module{}
	for _, p := range products {
		for _, platform := range p.platforms {
			packages, err := list(p.pkg, platform)
			if err != nil {
				return nil, fmt.Errorf("go list %s for %s: %w", p.pkg, platform, err)
			}
			for _, l := range packages {
				if err := add(found, l, p.name, strings.TrimSpace(string(goroot))); err != nil {
					return nil, err
				}
			}
		}
	}
	all := slices.SortedFunc(maps.Values(found), func(a, b *module) int {
		first := func(m *module) string { return strings.TrimPrefix(m.path, goModule) }
		return cmp.Compare(first(a), first(b))
	})
	for _, m := range all {
		if len(m.licences) == 0 {
			return nil, fmt.Errorf("%s %s: no file with a licence", m.path, m.version)
		}
	}
	return all, nil
}

// list returns the packages that pkg links on a platform.
func list(pkg, platform string) ([]listed, error) {
	goos, goarch, _ := strings.Cut(platform, "/")
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,Standard,Module", pkg)
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := decoder.Decode(&l); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
}

// add records the module of a package in a product, and the texts between the folder
// of the package and the root of the module. It skips packages of Inkling itself.
func add(found map[string]*module, l listed, product, goroot string) error {
	path, version, dir, root := goModule, "", goroot, goroot
	switch {
	case l.Standard:
	case l.Module.Main:
		return nil
	default:
		path, version, dir, root = l.Module.Path, l.Module.Version, l.Dir, l.Module.Dir
	}
	m := found[path]
	if m == nil {
		m = &module{path: path, version: version}
		found[path] = m
	}
	m.products = include(m.products, product)
	for ; ; dir = filepath.Dir(dir) {
		texts, err := licencesIn(dir)
		if err != nil {
			return err
		}
		m.licences = include(m.licences, texts...)
		if dir == root || dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// include returns the sorted list with the elements of more that it lacks.
func include(list []string, more ...string) []string {
	return slices.Compact(slices.Sorted(slices.Values(append(list, more...))))
}

// licenceName matches the files that hold a licence or a notice.
var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-_.][-_.a-z0-9]*)?$`)

// licencesIn returns the paths of the texts in a folder: the files whose names match
// licenceName, and all files of a folder called licenses, to which they refer.
func licencesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, e := range entries {
		if e.Type().IsRegular() && licenceName.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	more, err := filepath.Glob(filepath.Join(dir, "licenses", "*.txt"))
	return append(paths, more...), err
}

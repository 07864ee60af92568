package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/seed-c844a918/inkling/internal/site"
)

// The element for others' pages: its script, and the folder of what its package holds
// beside what is built.
const (
	elementSource  = "web/element/index.ts"
	elementPackage = "web/element/package"
	elementName    = "inkling-pad"
	licencesSource = "web/licences.txt"
)

// element returns what the folder element/ holds in every site: the script and the
// package's own files. internal/site adds the worker's script, the binary and the model.
// All keep their names from one release to the next, so that people can copy the folder
// over an older one.
func (b *builder) element() ([]site.File, error) {
	files, err := b.bundler().module(elementSource, elementName)
	if err != nil {
		return nil, err
	}
	published, err := packageFiles(b.root)
	if err != nil {
		return nil, err
	}
	files = append(files, published...)
	for i := range files {
		files[i].Path = site.ElementFolder + files[i].Path
		b.say("element", files[i])
	}
	return files, nil
}

// module makes one ES module, called name, of one entry, with lazy chunks beside it that
// keep their names.
func (b bundler) module(entry, name string) ([]site.File, error) {
	o := b.options()
	o.EntryPointsAdvanced = []api.EntryPoint{{InputPath: entry, OutputPath: name}}
	o.Format, o.Splitting, o.ChunkNames = api.FormatESModule, true, "[name]"
	o.Loader[".html"] = api.LoaderText
	result := api.Build(o)
	if err := buildError(result.Errors); err != nil {
		return nil, err
	}
	return b.outputs(result), nil
}

// packageFiles returns the files of the package that nothing is built for, and the
// licences.
func packageFiles(root string) ([]site.File, error) {
	dir := filepath.Join(root, filepath.FromSlash(elementPackage))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("element: %w", err)
	}
	var files []site.File
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("element: %w", err)
		}
		files = append(files, site.File{Path: e.Name(), Data: data})
	}
	licences, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(licencesSource)))
	if err != nil {
		return nil, fmt.Errorf("element: %w", err)
	}
	return append(files, site.File{Path: "LICENSE", Data: licences}), nil
}

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// The element for others' pages: its folder in dist/, its script, and the folder of
// what its package holds beside what is built.
const (
	elementFolder  = "element"
	elementSource  = "web/element/index.ts"
	elementPackage = "web/element/package"
	elementName    = "inkling-pad"
	licencesSource = "web/licences.txt"
)

// elementInfo is what the element's script knows about its files, as INKLING_ELEMENT.
type elementInfo struct {
	Version    string `json:"version"` // changes with any of the files
	WasmBytes  int    `json:"wasmBytes"`
	Model      string `json:"model"`
	ModelBytes int    `json:"modelBytes"`
}

// element returns the folder element/: the script, the worker's script, the binary, the
// default model and the package's own files. They keep their names from one release to
// the next, so that people can copy the folder over an older one.
func (b *builder) element(worker file, models modelSet) ([]file, error) {
	model := models.files[models.defaultName]
	files := []file{{"worker.js", worker.data}, {"inkling.wasm", b.wasm}, {"model.ink", model.data}}
	info := elementInfo{WasmBytes: len(b.wasm), Model: models.defaultName, ModelBytes: len(model.data)}
	var all []byte
	for _, f := range files {
		all = append(all, hashOf(f.data)...)
	}
	info.Version = hashOf(all)
	text, err := json.Marshal(info)
	if err != nil {
		return nil, err
	}
	scripts, err := b.bundler().module(elementSource, elementName, map[string]string{"INKLING_ELEMENT": string(text)})
	if err != nil {
		return nil, err
	}
	published, err := packageFiles(b.root)
	if err != nil {
		return nil, err
	}
	files = append(append(files, scripts...), published...)
	for i := range files {
		files[i].path = path.Join(elementFolder, files[i].path)
		b.say("element", files[i])
	}
	return files, nil
}

// module makes one ES module, called name, of one entry, with lazy chunks beside it that
// keep their names.
func (b bundler) module(entry, name string, defines map[string]string) ([]file, error) {
	o := b.options(defines)
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
func packageFiles(root string) ([]file, error) {
	dir := filepath.Join(root, filepath.FromSlash(elementPackage))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("element: %w", err)
	}
	var files []file
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("element: %w", err)
		}
		files = append(files, file{e.Name(), data})
	}
	licences, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(licencesSource)))
	if err != nil {
		return nil, fmt.Errorf("element: %w", err)
	}
	return append(files, file{"LICENSE", licences}), nil
}

package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// ElementFolder is the folder of a site that holds the element for others' pages.
const ElementFolder = "element/"

// elementScript is the element's script, which others' pages import.
const elementScript = ElementFolder + "inkling-pad.js"

// elementInfo is what the element's script knows about its files, as INKLING_ELEMENT in
// its first line.
type elementInfo struct {
	Version    string `json:"version"` // changes with any of the files
	WasmBytes  int    `json:"wasmBytes"`
	Model      string `json:"model"`
	ModelBytes int    `json:"modelBytes"`
}

// element returns the files of [ElementFolder] that depend on the site: the worker's
// script, the binary and the default model, which keep their names, and the script, which
// asks for all files by the version. A shell without the element has none.
func element(shell Shell, models Models, info Info) ([]File, error) {
	script := find(shell, elementScript)
	if script == nil {
		return nil, nil
	}
	model := models.inks[models.defaultName].Data
	files := []File{
		{ElementFolder + "worker.js", find(shell, info.Worker)},
		{ElementFolder + "inkling.wasm", find(shell, info.Wasm)},
		{ElementFolder + "model.ink", model},
	}
	about := elementInfo{WasmBytes: info.WasmBytes, Model: models.defaultName, ModelBytes: len(model)}
	parts := lazyParts(shell)
	var all []byte
	for _, f := range append(parts, files...) {
		all = append(all, Hash(f.Data)...)
	}
	about.Version = Hash(all)
	for _, f := range parts {
		name := `"./` + path.Base(f.Path)
		if !bytes.Contains(script, []byte("import("+name+`")`)) {
			return nil, fmt.Errorf("site: %s imports no %s, so that its version is unknown there", elementScript, f.Path)
		}
		script = bytes.ReplaceAll(script, []byte(name+`"`), []byte(name+"?"+about.Version+`"`))
	}
	text, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	return append(files, File{elementScript, fmt.Appendf(nil, "const INKLING_ELEMENT=%s;\n%s", text, script)}), nil
}

// lazyParts returns what the element's script imports when it needs it.
func lazyParts(shell Shell) []File {
	var parts []File
	for _, f := range sorted(slices.Clone(shell)) {
		if strings.HasPrefix(f.Path, ElementFolder) && path.Ext(f.Path) == ".js" && f.Path != elementScript {
			parts = append(parts, f)
		}
	}
	return parts
}

package site

import (
	"encoding/json"
	"fmt"
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
// script, the binary and the default model, which keep their names, and the script. A
// shell without the element has none.
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
	var all []byte
	for _, f := range files {
		all = append(all, Hash(f.Data)...)
	}
	about.Version = Hash(all)
	text, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	return append(files, File{elementScript, fmt.Appendf(nil, "const INKLING_ELEMENT=%s;\n%s", text, script)}), nil
}

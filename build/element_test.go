package main

import (
	"path"
	"slices"
	"strings"
	"testing"
)

// The element's folder is whole, its files keep their names, and its script knows them by
// a version that changes with them.
func TestBuildMakesTheElement(t *testing.T) {
	root := checkoutOf(t, "digits")
	site := buildSite(t, root)
	var names []string
	for name := range site {
		if path.Dir(name) == elementFolder {
			names = append(names, path.Base(name))
		}
	}
	slices.Sort(names)
	if want := []string{"LICENSE", "inkling-pad.js", "inkling.wasm", "model.ink", "package.json", "worker.js"}; !slices.Equal(names, want) {
		t.Errorf("element/: got %q, want %q", names, want)
	}
	script := site["element/inkling-pad.js"]
	for _, part := range []string{`model:"digits"`, `wasmBytes:`, `version:"`, "<p>pad</p>", `new URL("./worker.js",import.meta.url)`} {
		if !strings.Contains(script, part) {
			t.Errorf("inkling-pad.js: got %s, want %s in it", script, part)
		}
	}
	if kept := site[serviceWorkerName]; strings.Contains(kept, elementFolder+"/") {
		t.Error("sw.js: keeps the element, which the page does not need offline")
	}
	write(t, root+"/web/models/digits.ink", modelFile(t, 7))
	if again := buildSite(t, root)["element/inkling-pad.js"]; again == script {
		t.Error("with another model: the script is the same, want another version in it")
	}
}

// Files of the same content are compressed once, and each has its forms.
func TestCompressTwins(t *testing.T) {
	text := []byte(strings.Repeat("ink ", 100))
	files, err := compressAll(t.Context(), []file{{"a.js", text}, {"b/c.js", text}, {"d.js", []byte("d")}}, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	got := contents(files)
	if len(got) != 7 || got["a.js.br"] == "" || got["a.js.br"] != got["b/c.js.br"] || got["a.js.gz"] != got["b/c.js.gz"] {
		t.Errorf("compressed: got %d files, want seven, those of a.js and b/c.js alike", len(got))
	}
}

package main

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/site"
)

// The element's folder is whole, its files keep their names, and its script knows them by
// a version that changes with them.
func TestBuildMakesTheElement(t *testing.T) {
	root := checkoutOf(t, "digits")
	built := buildSite(t, root)
	var names []string
	for name := range built {
		if path.Dir(name)+"/" == site.ElementFolder {
			names = append(names, path.Base(name))
		}
	}
	slices.Sort(names)
	if want := []string{"LICENSE", "inkling-pad.js", "inkling.wasm", "model.ink", "package.json", "worker.js"}; !slices.Equal(names, want) {
		t.Errorf("element/: got %q, want %q", names, want)
	}
	script := built["element/inkling-pad.js"]
	for _, part := range []string{`"model":"digits"`, `"wasmBytes":`, `"version":"`, "<p>pad</p>", `new URL("./worker.js",import.meta.url)`} {
		if !strings.Contains(script, part) {
			t.Errorf("inkling-pad.js: got %s, want %s in it", script, part)
		}
	}
	if kept := built[serviceWorkerName]; strings.Contains(kept, site.ElementFolder) {
		t.Error("sw.js: keeps the element, which the page does not need offline")
	}
	write(t, root+"/web/models/digits.ink", modelFile(t, 7))
	if again := buildSite(t, root)["element/inkling-pad.js"]; again == script {
		t.Error("with another model: the script is the same, want another version in it")
	}
}

package model_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	_ "github.com/seed-c844a918/inkling/internal/fewshot" // its kinds of layers
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Both descriptions of the format, this package's and docs/ink-format.md, name every section
// that some package reads and every kind of layer.
func TestDocumentsNameAll(t *testing.T) {
	var names []string
	for _, kind := range nn.Kinds() {
		names = append(names, kind.Name)
	}
	sources, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	section := regexp.MustCompile(`(?i:section)\w*\s*= "([a-zA-Z][A-Z]{3})"`)
	for _, source := range sources {
		for _, m := range section.FindAllStringSubmatch(text(t, source), -1) {
			names = append(names, m[1])
		}
	}
	if len(names) < 25 {
		t.Errorf("got the names %v, want those of all sections and layers", names)
	}
	spec, _, _ := strings.Cut(text(t, "model.go"), "\npackage model\n")
	for _, document := range []struct{ name, text string }{{"model.go", spec}, {"docs/ink-format.md", text(t, "../../docs/ink-format.md")}} {
		for _, name := range names {
			if !regexp.MustCompile(`\b` + name + `\b`).MatchString(document.text) {
				t.Errorf("%s does not name %s", document.name, name)
			}
		}
	}
}

// text returns a file's content.
func text(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

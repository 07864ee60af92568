package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// licencesName is the file that the page links to.
const licencesName = "web/licences.txt"

// Every built site names the licences of Inkling, of Go and of the data sets whose
// images its sheets show.
func TestLicences(t *testing.T) {
	root := ".."
	licences := text(t, filepath.Join(root, licencesName))
	if !strings.Contains(text(t, filepath.Join(root, pageName)), `href="`+licencesName+`"`) {
		t.Errorf("%s: no link to %s", pageName, licencesName)
	}
	if !strings.Contains(licences, text(t, filepath.Join(root, "LICENSE"))) {
		t.Errorf("%s: Inkling's licence is not LICENSE", licencesName)
	}
	sheets, err := filepath.Glob(filepath.Join(root, "web", "models", "*.*.png"))
	if err != nil || len(sheets) == 0 {
		t.Fatalf("sheets: got %d, %v", len(sheets), err)
	}
	for _, sheet := range sheets {
		set := strings.Split(filepath.Base(sheet), ".")[1]
		if !strings.Contains(licences, "\nmodels/NAME."+set+"-*.png\n") {
			t.Errorf("%s: nothing about the images of %s in %s", licencesName, set, sheet)
		}
	}
	goroot, err := toolchain{root: root}.goroot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(goroot, "LICENSE")
	if _, err := os.Stat(path); err != nil {
		t.Skip("this Go came without its licence: ", err)
	}
	if !strings.Contains(licences, text(t, path)) {
		t.Errorf("%s: Go's licence is not that of %s", licencesName, path)
	}
}

// text returns the content of a file.
func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

package site

import (
	"encoding/json"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The pictures of our manifest have the sizes that it says, and a maskable icon reaches
// its corners.
func TestManifestPictures(t *testing.T) {
	const root = "../.."
	data, err := os.ReadFile(filepath.Join(root, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	type entry struct{ Src, Type, Sizes, Purpose string }
	var manifest struct{ Icons, Screenshots []entry }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, e := range append(manifest.Icons, manifest.Screenshots...) {
		if e.Type != "image/png" {
			continue
		}
		file, err := os.Open(filepath.Join(root, filepath.FromSlash(e.Src)))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(file)
		file.Close()
		if err != nil {
			t.Fatalf("%s: %v", e.Src, err)
		}
		if size := picture.Bounds().Size(); fmt.Sprintf("%dx%d", size.X, size.Y) != e.Sizes {
			t.Errorf("%s: got %v, the manifest says %s", e.Src, size, e.Sizes)
		}
		want := uint8(255)
		if e.Purpose == "any" {
			want = 0
		}
		if got := color.NRGBAModel.Convert(picture.At(0, 0)).(color.NRGBA).A; got != want {
			t.Errorf("%s: its corner has the alpha %d, want %d", e.Src, got, want)
		}
	}
}

// Another site's manifest speaks of its own model and shows no pictures of our page,
// whose files the site then does without.
func TestManifestOf(t *testing.T) {
	const shell = `{"name":"Inkling","short_name":"Inkling","description":"Draw a digit","screenshots":[{"src":"page-A.png"},{"src":"phone-A.png"}]}`
	tests := []struct {
		kind               kind
		title              string
		name, description  string
		screenshots, files bool
	}{
		{digits, "", "Inkling", "Draw a digit", true, false},
		{letters, "", "Inkling", words[letters]["description"], false, true},
		{digits, "Ours", "Ours", "", false, true},
	}
	for _, test := range tests {
		data, unused, err := manifestOf([]byte(shell), test.kind, test.title)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Name        string
			Short       string `json:"short_name"`
			Description string
			Screenshots []any
		}
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if got.Name != test.name || got.Short != test.name || got.Description != test.description || (len(got.Screenshots) > 0) != test.screenshots {
			t.Errorf("%s %q: got %+v", test.kind, test.title, got)
		}
		if slices.Equal(unused, []string{"page-A.png", "phone-A.png"}) != test.files {
			t.Errorf("%s %q: unused are %q", test.kind, test.title, unused)
		}
	}
}

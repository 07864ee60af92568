package unipen

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestConvert(t *testing.T) {
	files := map[string]string{
		"include/xyz/page.dat": page,
		"data/1a/xyz/a.dat":    ".INCLUDE xyz/page.dat\n.WRITER_ID anna\n.SEGMENT CHARACTER 0,2 ? \"7\"\n",
		"data/1d/xyz/a.dat":    ".INCLUDE xyz/page.dat\n.WRITER_ID anna\n.SEGMENT CHARACTER 0 ? \"\\\\\"\n.SEGMENT CHARACTER 9 ? \"/\"\n",
	}
	folder := filepath.Join(t.TempDir(), "unipen")
	a, err := Convert(archive(files), folder)
	if err != nil || len(a.Skipped) != 1 {
		t.Fatalf("got %+v, error %v, want one skipped", a, err)
	}
	names, _ := filepath.Glob(filepath.Join(folder, "*"))
	for i := range names {
		names[i] = filepath.Base(names[i])
	}
	if want := []string{"digits.json.gz", "lower.json.gz", "signs.json.gz", "upper.json.gz"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	for name, want := range map[string]string{
		"digits": `[{"label":"7","writer":1,"strokes":[[[0.188,0],[0.438,0.5]],[[0.313,1],[0.813,1]]]}]`,
		"signs":  `[{"label":"\\","writer":1,"strokes":[[[0.25,0],[0.75,1]]]}]`,
		"upper":  `[]`,
	} {
		packed, err := os.ReadFile(filepath.Join(folder, name+".json.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil || !json.Valid(text) {
			t.Errorf("%s: got %q, error %v, want JSON", name, text, err)
		}
		if got := strings.ReplaceAll(string(text), "\n", ""); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestConvertNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "unipen")
	if _, err := Convert(fstest.MapFS{}, folder); err == nil || !strings.Contains(err.Error(), "want the folders data and include") {
		t.Errorf("got error %v, want what to do", err)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was made of nothing")
	}
}

package obtain

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnipen says how to get the sets, and makes them of a small archive.
func TestUnipen(t *testing.T) {
	dir, archive := t.TempDir(), t.TempDir()
	var out, log bytes.Buffer
	if err := Unipen(&out, &log, "", dir); err != nil || !strings.Contains(out.String(), "doi 10.5281/zenodo.1195803") || strings.Contains(out.String(), "there") {
		t.Errorf("nothing there: got %v\n%s", err, &out)
	}
	if err := Unipen(&out, &log, archive, dir); err == nil || !strings.HasPrefix(err.Error(), archive+": ") {
		t.Errorf("no archive: got %v", err)
	}
	for name, text := range map[string]string{
		"include/xyz/page.dat": ".COORD X Y\n.PEN_DOWN\n 10 90\n 60 90\n 30 10\n.PEN_UP\n",
		"data/1a/xyz/a.dat":    ".INCLUDE xyz/page.dat\n.WRITER_ID anna\n.SEGMENT CHARACTER 0 ? \"7\"\n.SEGMENT CHARACTER 9 ? \"8\"\n",
	} {
		path := filepath.Join(archive, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out.Reset()
	if err := Unipen(&out, &log, archive, dir); err != nil || strings.Contains(out.String(), "missing") || !strings.Contains(log.String(), "characters of 1 people") {
		t.Errorf("got %v\n%s%s", err, &out, &log)
	}
	if _, err := os.Stat(filepath.Join(dir, "unipen", "digits.json.gz")); err != nil {
		t.Error(err)
	}
}

package keras

import (
	"os"
	"path/filepath"
	"testing"
)

func TestShared(t *testing.T) {
	files, _ := filepath.Glob("/work/shared/keras/keras*/*")
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Open(data)
		if err != nil {
			t.Log(path, err)
			continue
		}
		if !f.HasArchitecture() {
			t.Log(path, "weights only")
			continue
		}
		a, err := f.Architecture(ByModel)
		if err != nil {
			t.Log(path, err)
			continue
		}
		t.Log(path, a.Pixels, a.Logits, a.Load(f))
	}
}

package idx

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestParseName(t *testing.T) {
	for name, want := range map[string]Name{
		"train-images-idx3-ubyte":                       {},
		"train-images.idx3-ubyte":                       {},
		"a/t10k-labels.idx1-ubyte.gz":                   {Test: true, Labels: true},
		"emnist-letters-train-images-idx3-ubyte.gz":     {Set: "emnist-letters", Transposed: true},
		`C:\data\emnist-byclass-test-labels-idx1-ubyte`: {Set: "emnist-byclass", Test: true, Labels: true, Transposed: true},
		"my-emnist-train-images-idx3-ubyte":             {Set: "my-emnist"},
	} {
		if got, ok := ParseName(name); !ok || got != want {
			t.Errorf("%s: got %+v %v, want %+v", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "images-idx3-ubyte", "train-images", "train-labels-idx3-ubyte", "other-images-idx3-ubyte", "qmnist-train-labels-idx2-int"} {
		if got, ok := ParseName(name); ok {
			t.Errorf("%q: got %+v, want none", name, got)
		}
	}
}

func TestFind(t *testing.T) {
	file := &fstest.MapFile{}
	folder := fstest.MapFS{
		"train-images-idx3-ubyte/train-images-idx3-ubyte": file, "train-labels.idx1-ubyte": file,
		"train-labels.idx1-ubyte.gz": file, "t10k-images-idx3-ubyte.gz": file, "readme.txt": file,
	}
	got, err := Find(folder)
	want := Files{TrainImages: "train-images-idx3-ubyte/train-images-idx3-ubyte", TrainLabels: "train-labels.idx1-ubyte", TestImages: "t10k-images-idx3-ubyte.gz"}
	if err != nil || got != want {
		t.Errorf("got %+v %v, want %+v", got, err, want)
	}
	if got, err := Find(fstest.MapFS{"a.png": file}); err != nil || got != (Files{}) {
		t.Errorf("no IDX: got %+v %v", got, err)
	}
	_, err = Find(fstest.MapFS{"emnist-letters-train-images-idx3-ubyte": file, "emnist-digits-train-images-idx3-ubyte": file})
	if err == nil || !strings.Contains(err.Error(), `several sets ("emnist-digits", "emnist-letters")`) {
		t.Errorf("two sets: got %v", err)
	}
}

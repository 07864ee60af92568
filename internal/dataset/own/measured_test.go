package own

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// It can be said which part a model is asked about, where it lies, and what is left out.
func TestPlace(t *testing.T) {
	dir := t.TempDir()
	array := func(name string, n int) npy.Array {
		a := npy.Array{Name: name, Shape: []int{n, 2, 2}, Type: npy.Uint8}
		for i := range n {
			a.Data = append(a.Data, 0, 9, uint8(i), 255)
		}
		return a
	}
	labels := func(name string, n int) npy.Array { return npy.Floats(name, []int{n}, make([]float32, n)) }
	archive := func(name string, arrays ...npy.Array) string {
		if len(arrays) > 1 && len(arrays) < 4 {
			for _, a := range arrays {
				arrays = append(arrays, labels(strings.Replace(a.Name, "x", "y", 1), a.Shape[0]))
			}
		}
		file, err := npy.EncodeZip(arrays)
		if err != nil {
			t.Fatal(err)
		}
		return place(t, dir, name, file)
	}
	for _, name := range []string{"parts/train/a/1.png", "parts/train/b/1.png", "parts/test/a/1.png", "inner/a/train/1.png", "inner/b/train/2.png",
		"inner/a/Testing/3.png", "whole/a/1.png", "whole/b/2.png"} {
		place(t, dir, name, dot(t))
	}
	images := "\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x02\x00\x00\x00\x02\x00\xff\x07\x08\x01\x02\x03\x04"
	place(t, dir, "idx/train-images-idx3-ubyte", []byte(images))
	place(t, dir, "idx/t10k-images-idx3-ubyte", []byte(images))
	for _, part := range []string{"train", "t10k"} {
		place(t, dir, "idx/"+part+"-labels-idx1-ubyte", []byte("\x00\x00\x08\x01\x00\x00\x00\x02\x01\x02"))
	}
	const split = "split,label,p0,p1,p2,p3\ntrain,a,0,9,200,255\ntrain,b,255,9,0,1\n"
	for path, want := range map[string]string{
		archive("three.npz", array("x_train", 5), array("x_val", 2), array("x_test", 3)):                            "the 3 images to test (x_test); left out 5 to train and 2 to validate",
		archive("two.npz", array("x_train", 5), array("x_val", 2)):                                                  "the 2 images to validate (x_val), as there are none to test; left out 5 to train",
		archive("unlabelled.npz", array("x_train", 5), labels("y_train", 5), array("x_val", 2), array("x_test", 3)): "the 5 images to train (x_train), as those to test have no labels; left out 2 to validate and 3 to test",
		archive("one.npz", array("x_train", 5)):                                                                     "all 5 images (x_train), as there are none to test",
		archive("test.npz", array("x_test", 5)):                                                                     "all 5 images (x_test)",
		filepath.Join(dir, "parts"):                                                                                 "the 1 images to test (test); left out 2 to train",
		filepath.Join(dir, "inner"):                                                                                 "the 1 images to test (Testing); left out 2 to train",
		filepath.Join(dir, "whole"):                                                                                 "",
		filepath.Join(dir, "idx"):                                                                                   "the 2 images to test (t10k-images-idx3-ubyte); left out 2 to train",
		place(t, dir, "split.csv", []byte(split+"test,a,0,9,2,254\n")):                                              "the 1 images to test; left out 2 to train",
		place(t, dir, "whole.csv", []byte(split)):                                                                   "",
	} {
		data, err := Reader{Recipe: ink.Photo}.Read(context.Background(), path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if got := data.Place(data.Labelled()); got != want {
			t.Errorf("%s: got %q, want %q", strings.TrimPrefix(path, dir), got, want)
		}
	}
}

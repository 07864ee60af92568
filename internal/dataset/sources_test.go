package dataset

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// small writes a set of 2x2 images in the folder of a known set.
func small(t *testing.T, name string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	write(t, filepath.Join(dir, name, "train-images-idx3-ubyte"), idx(count(12), 3, 2, 2))
	write(t, filepath.Join(dir, name, "train-labels-idx1-ubyte.gz"), zipped(idx([]byte{0, 9, 4}, 3)))
	write(t, filepath.Join(dir, name, "t10k-images-idx3-ubyte.gz"), zipped(idx(count(4), 1, 2, 2)))
	write(t, filepath.Join(dir, name, "t10k-labels-idx1-ubyte"), idx([]byte{5}, 1))
	return dir
}

func TestOpen(t *testing.T) {
	for name, class := range map[string]string{"mnist": "9", "fashion-mnist": "Ankle boot"} {
		t.Run(name, func(t *testing.T) {
			pair, err := source(t, name).Open(small(t, name))
			if err != nil {
				t.Fatal(err)
			}
			train, test := pair.Train, pair.Test
			if train.Len() != 3 || test.Len() != 1 || train.Width != 2 || train.Height != 2 || train.Name != name {
				t.Errorf("got %d and %d images of %s, %s, want 3 and 1 of 2x2, %s", train.Len(), test.Len(), size(train), train.Name, name)
			}
			if got := train.Image(1); !bytes.Equal(got, []byte{4, 5, 6, 7}) || cap(got) != 4 {
				t.Errorf("image 1: got %v of capacity %d, want 4..7 of 4", got, cap(got))
			}
			if got := train.Classes[train.Labels[1]]; got != class {
				t.Errorf("class of image 1: got %s, want %s", got, class)
			}
		})
	}
}

func TestOpenMissing(t *testing.T) {
	dir := small(t, "mnist")
	if err := os.Remove(filepath.Join(dir, "mnist", "t10k-labels-idx1-ubyte")); err != nil {
		t.Fatal(err)
	}
	_, err := source(t, "mnist").Open(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("got %v, want fs.ErrNotExist", err)
	}
	for _, want := range []string{"t10k-labels-idx1-ubyte", "inkling data mnist", "--data synthetic"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %q, want %q in it", err, want)
		}
	}
}

func TestOpenDamaged(t *testing.T) {
	for _, test := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"fewer labels", "train-labels-idx1-ubyte", idx([]byte{1, 2}, 2), "labels: got 2, want 3, one for each image of "},
		{"no such class", "train-labels-idx1-ubyte", idx([]byte{1, 2, 10}, 3), "label 2: got 10, want 0..9"},
		{"other size in test", "t10k-images-idx3-ubyte", idx(count(6), 1, 2, 3), "image size: got 3x2, want 2x2 as in training"},
		{"swapped", "train-images-idx3-ubyte", idx([]byte{1, 2, 3}, 3), "magic number: got 0x00000801, want 0x00000803"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := small(t, "mnist")
			path := write(t, filepath.Join(dir, "mnist", test.file), test.data)
			_, err := source(t, "mnist").Open(dir)
			if _, ok := errors.AsType[*FormatError](err); !ok || !strings.HasPrefix(err.Error(), "idx: "+path+": "+test.want) {
				t.Errorf("got  %v\nwant idx: %s: %s", err, path, test.want)
			}
		})
	}
}

func TestVerify(t *testing.T) {
	err := source(t, "mnist").Verify(small(t, "mnist"))
	if err == nil || !strings.Contains(err.Error(), "wrong content: got 28 bytes unpacked, want 47040016: remove it and run inkling data mnist") {
		t.Errorf("got %v, want the size of the wrong file and what to do", err)
	}
	if err := source(t, "mnist").Verify(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing there: got %v, want fs.ErrNotExist", err)
	}
}

// TestPublished reads the sets as their authors published them.
func TestPublished(t *testing.T) {
	for _, s := range Catalogue() {
		t.Run(s.Name, func(t *testing.T) {
			dir := os.Getenv("INKLING_DATA")
			if len(s.Files) > 0 && (dir == "" || len(s.Missing(dir)) > 0) {
				t.Skipf("INKLING_DATA: no %s/ there", s.Name)
			}
			if err := s.Verify(dir); err != nil {
				t.Error(err)
			}
			pair, err := s.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			test := 0
			if pair.Test != nil {
				test = pair.Test.Len()
			}
			if pair.Train.Len() != s.Train || test != s.Test || pair.Train.Width != s.Side || pair.Train.Height != s.Side {
				t.Errorf("got %d and %d images of %s, want %d and %d of side %d", pair.Train.Len(), test, size(pair.Train), s.Train, s.Test, s.Side)
			}
			if s.Classes != nil && !slices.Equal(pair.Train.Classes, s.Classes) || pair.Train.Name != s.Name {
				t.Errorf("got classes %q of %s, want %q", pair.Train.Classes, pair.Train.Name, s.Classes)
			}
		})
	}
}

// source returns a row of the catalogue.
func source(t *testing.T, name string) *Source {
	t.Helper()
	s, err := Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

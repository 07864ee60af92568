package own

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/photo"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// symbols writes a folder of pictures, two of each of three classes, and returns its
// path.
func symbols(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := photo.WriteSymbols(dir, 2, 1); err != nil {
		t.Fatal(err)
	}
	return dir
}

// read reads data as sets with these classes, nil for the data's own.
func read(r Reader, path string, names []string) (*Data, dataset.Pair, error) {
	data, err := r.Read(context.Background(), path)
	if err != nil {
		return nil, dataset.Pair{}, err
	}
	pair, err := data.Pair()
	if err == nil && names != nil {
		pair, err = pair.Name(names)
	}
	return data, pair, err
}

// place writes a file below dir.
func place(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, content, 0o644)); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOwnFolder(t *testing.T) {
	dir := symbols(t)
	place(t, dir, ".DS_Store", []byte("x"))
	place(t, dir, "wave/.hidden.png", []byte("x"))
	var last [2]int
	data, pair, err := read(Reader{Recipe: ink.Drawing, Progress: func(done, total int) { last = [2]int{done, total} }}, dir, nil)
	if err != nil || data.Bad != nil || data.Notes != nil || pair.Test != nil {
		t.Fatalf("got %v, %+v", err, data)
	}
	set := pair.Train
	if !slices.Equal(set.Classes, photo.SymbolNames()) || !slices.Equal(set.Labels, []uint16{0, 0, 1, 1, 2, 2}) || set.Width != 28 || set.Height != 28 {
		t.Errorf("got classes %v, labels %v, %dx%d", set.Classes, set.Labels, set.Width, set.Height)
	}
	if last != [2]int{6, 6} {
		t.Errorf("progress: got %v at the end, want 6 of 6", last)
	}
	want := make([]uint8, 28*28)
	p, _, err := picture.Read(filepath.Join(dir, "spiral", "001.png"))
	picture.See(want, ink.Form{Recipe: ink.Drawing, Width: 28, Height: 28}, ink.AnyGround, p)
	if err != nil || !bytes.Equal(set.Image(3), want) {
		t.Errorf("image 3: got others pixels than of its picture; %v", err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	_, alone, err := read(Reader{Recipe: ink.Drawing}, dir, nil)
	if err != nil || alone.Digest() != pair.Digest() {
		t.Errorf("on one core: got another set; %v", err)
	}
}

func TestOwnFolderWithTestPart(t *testing.T) {
	dir := t.TempDir()
	for i, part := range []string{"train", "test"} {
		if err := photo.WriteSymbols(filepath.Join(dir, part), 1+i, 3); err != nil {
			t.Fatal(err)
		}
	}
	os.RemoveAll(filepath.Join(dir, "test", "fork")) // a class may be missing there
	_, pair, err := read(Reader{Width: 20, Height: 24, Recipe: ink.Photo}, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if pair.Train.Len() != 3 || !slices.Equal(pair.Test.Labels, []uint16{1, 1, 2, 2}) || pair.Test.Width != 20 || pair.Test.Height != 24 {
		t.Errorf("got %d to train on and the test labels %v of %dx%d", pair.Train.Len(), pair.Test.Labels, pair.Test.Width, pair.Test.Height)
	}
}

func TestOwnBadPictures(t *testing.T) {
	dir := symbols(t)
	place(t, dir, "fork/notes.txt", []byte("not a picture"))
	place(t, dir, "wave/deeper/cut.png", []byte("\x89PNG\r\n\x1a\n"))
	_, _, err := read(Reader{Recipe: ink.Drawing}, dir, nil)
	wrong, ok := errors.AsType[*BadFilesError](err)
	if !ok || len(wrong.Files) != 2 || wrong.Total != 8 || !strings.Contains(wrong.Files[0].Error(), "notes.txt") || !strings.Contains(wrong.Files[1].Error(), "cut.png") {
		t.Fatalf("got %v, want both files by name", err)
	}
	data, pair, err := read(Reader{Recipe: ink.Drawing, SkipBad: true}, dir, nil)
	if err != nil || len(data.Bad) != 2 || !slices.Equal(pair.Train.Labels, []uint16{0, 0, 1, 1, 2, 2}) {
		t.Errorf("skipping: got %v, %+v", err, pair.Train)
	}
}

// grids are two images of 2x2.
var grids = []uint8{0, 255, 7, 8, 1, 2, 3, 4}

func TestOwnCSV(t *testing.T) {
	for _, c := range []struct {
		name, content string
		own           Reader
		given         []string
		labels        []uint16
		classes       []string
		width, height int
	}{
		{"Kaggle's", "label,pixel0,pixel1,pixel2,pixel3\n3,0,255,7,8\n10,1,2,3,4\n", Reader{}, nil, []uint16{0, 1}, []string{"3", "10"}, 2, 2},
		{"without names", "3,0,255,7,8\n10,1,2,3,4\n", Reader{}, nil, []uint16{0, 1}, []string{"3", "10"}, 2, 2},
		{"label behind", "p,p,p,p,Label\n0,255,7,8,b\n1,2,3,4,a\n", Reader{}, nil, []uint16{1, 0}, []string{"a", "b"}, 2, 2},
		{"named in order", "1,0,255,7,8\n2,1,2,3,4\n", Reader{}, []string{"x", "y"}, []uint16{0, 1}, []string{"x", "y"}, 2, 2},
		{"named by index", "2,0,255,7,8\n0,1,2,3,4\n", Reader{}, []string{"x", "y", "z"}, []uint16{2, 0}, []string{"x", "y", "z"}, 2, 2},
		{"names as classes", "z,0,255,7,8\nx,1,2,3,4\n", Reader{}, []string{"x", "y", "z"}, []uint16{2, 0}, []string{"x", "y", "z"}, 2, 2},
		{"not square", "3,0,255,7,8\n10,1,2,3,4\n", Reader{Width: 4, Height: 1}, nil, []uint16{0, 1}, []string{"3", "10"}, 4, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var packed bytes.Buffer
			zip := gzip.NewWriter(&packed)
			zip.Write([]byte(c.content))
			zip.Close()
			dir := t.TempDir()
			for _, path := range []string{place(t, dir, "mine.csv", []byte(c.content)), place(t, dir, "mine.csv.gz", packed.Bytes())} {
				_, pair, err := read(c.own, path, c.given)
				if err != nil {
					t.Fatal(err)
				}
				set := pair.Train
				if !slices.Equal(set.Labels, c.labels) || !slices.Equal(set.Classes, c.classes) || set.Width != c.width || set.Height != c.height || !slices.Equal(set.Pixels, grids) {
					t.Errorf("got %+v", set)
				}
			}
		})
	}
}

func TestOwnResizes(t *testing.T) {
	path := place(t, t.TempDir(), "mine.csv", []byte("a,0,255,0,255\nb,255,255,0,0\n"))
	data, pair, err := read(Reader{Width: 4, Height: 4, Recipe: ink.Photo}, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "the images, of 2x2, were scaled to 4x4"; !slices.Contains(data.Notes, want) {
		t.Errorf("got the notes %q, want %q", data.Notes, want)
	}
	if got := pair.Train.Image(1)[:4]; !slices.Equal(got, []uint8{255, 255, 255, 255}) {
		t.Errorf("top row of b: got %v, want white", got)
	}
}

func TestOwnNPZ(t *testing.T) {
	floats := make([]float32, len(grids))
	for i, v := range grids {
		floats[i] = float32(v) / 255
	}
	bytesOf := func(name string, shape ...int) npy.Array {
		return npy.Array{Name: name, Shape: shape, Type: npy.Uint8, Data: grids}
	}
	for _, c := range []struct {
		name   string
		arrays []npy.Array
		labels []uint16
	}{
		{"as Keras has it", []npy.Array{bytesOf("x_train", 2, 2, 2), npy.Floats("y_train", []int{2}, []float32{5, 1})}, []uint16{1, 0}},
		{"channels, labels in a column", []npy.Array{bytesOf("x_train", 2, 2, 2, 1), npy.Floats("y_train", []int{2, 1}, []float32{5, 1})}, []uint16{1, 0}},
		{"flat, 0..1, one-hot", []npy.Array{npy.Floats("x_train", []int{2, 4}, floats), npy.Floats("y_train", []int{2, 3}, []float32{0, 0, 1, 1, 0, 0})}, []uint16{1, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			test := []npy.Array{bytesOf("x_test", 2, 2, 2), npy.Floats("y_test", []int{2}, []float32{5, 1})}
			if c.labels[0] == 1 && strings.Contains(c.name, "one-hot") {
				test = []npy.Array{npy.Floats("x_test", []int{2, 4}, floats), npy.Floats("y_test", []int{2}, []float32{2, 0})}
			}
			data, err := npy.EncodeZip(append(c.arrays, test...))
			if err != nil {
				t.Fatal(err)
			}
			_, pair, err := read(Reader{}, place(t, t.TempDir(), "mine.npz", data), nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, set := range []*dataset.Set{pair.Train, pair.Test} {
				if !slices.Equal(set.Labels, c.labels) || !slices.Equal(set.Pixels, grids) || set.Width != 2 || set.Height != 2 {
					t.Errorf("got %+v, want the labels %v", set, c.labels)
				}
			}
		})
	}
}

// idxPair makes IDX files of two images of height 1 and their labels.
func idxPair(t *testing.T, dir, part string) string {
	t.Helper()
	place(t, dir, part+"-"+"labels-idx1-ubyte", []byte{0, 0, 8, 1, 0, 0, 0, 2, 4, 9})
	return place(t, dir, part+"-"+"images-idx3-ubyte", append([]byte{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4}, grids...))
}

func TestOwnIDX(t *testing.T) {
	dir := t.TempDir()
	file := idxPair(t, dir, "train")
	for _, withTest := range []bool{false, true} {
		if withTest {
			idxPair(t, dir, "t10k")
		}
		for _, path := range []string{dir, file} {
			_, pair, err := read(Reader{}, path, []string{"four", "nine"})
			if err != nil {
				t.Fatal(err)
			}
			if set := pair.Train; set.Width != 4 || set.Height != 1 || !slices.Equal(set.Pixels, grids) || !slices.Equal(set.Labels, []uint16{0, 1}) || set.Classes[1] != "nine" {
				t.Errorf("%s: got %+v", path, set)
			}
			if (pair.Test != nil) != (withTest && path == dir) {
				t.Errorf("%s: got the test part %v", path, pair.Test)
			}
		}
	}
}

func TestOwnRefuses(t *testing.T) {
	dir := t.TempDir()
	zip, _ := npy.EncodeZip([]npy.Array{npy.Floats("x", []int{1}, []float32{1})})
	short := npy.Array{Name: "x_train", Shape: []int{2, 2, 2}, Type: npy.Uint8, Data: grids}
	unlabelled, _ := npy.EncodeZip([]npy.Array{short, npy.Floats("y_train", []int{3}, []float32{1, 2, 3})})
	half, _ := npy.EncodeZip([]npy.Array{short, npy.Floats("y_train", []int{2}, []float32{1, 2.5})})
	for _, c := range []struct {
		name, path string
		classes    []string
		want       string
	}{
		{"nothing there", filepath.Join(dir, "none"), nil, syscall.ENOENT.Error()},
		{"another file", place(t, dir, "a.txt", nil), nil, "got no line"},
		{"an empty folder", t.TempDir(), nil, "got no pictures"},
		{"an empty CSV", place(t, dir, "e.csv", nil), nil, "got no line"},
		{"a pixel", place(t, dir, "p.csv", []byte("1,2\n2,300\n")), nil, "p.csv: pixels: got values 2..300, want 0..1 or 0..255; --pixels LOW..HIGH"},
		{"a line", place(t, dir, "l.csv", []byte("1,2\n2,3,4\n")), nil, "line 2: got 3 values, want 2"},
		{"a shape", place(t, dir, "s.csv", []byte("5,2,3\n7,3,99\n")), nil, "got 2 pixels an image, want a square"},
		{"a label", place(t, dir, "n.csv", []byte("1,2\n7,3\n2,99\n")), []string{"a", "b"}, `got the label "2", want 0..1, or as many different numbers as there are names, a, b`},
		{"other arrays", place(t, dir, "o.npz", zip), nil, "x: got the shape [1]"},
		{"too many labels", place(t, dir, "t.npz", unlabelled), nil, "got x_train (2, 2, 2) u1 and y_train (3,) f4, want one label per image"},
		{"half a label", place(t, dir, "h.npz", half), nil, "label 1: got 2.5"},
		{"no zip", place(t, dir, "z.npz", []byte("x")), nil, "npz: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := read(Reader{}, c.path, c.classes); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

// TestLargeNPZ reads a file beyond 2 GB at once; it is all hole and takes no room.
func TestLargeNPZ(t *testing.T) {
	path := place(t, t.TempDir(), "large.npz", []byte("PK"))
	if err := os.Truncate(path, 1<<32); err != nil {
		t.Skip(err)
	}
	memory.Bounded(t, 1, 0, func() {
		if _, _, err := read(Reader{}, path, nil); err == nil || !strings.HasPrefix(err.Error(), "npz: "+path) {
			t.Errorf("got %v, want an error that names the file", err)
		}
	})
}

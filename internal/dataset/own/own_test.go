package own

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/photo"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// symbols is a folder of pictures, two of each of three classes.
func symbols(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := photo.WriteSymbols(dir, 2, 1); err != nil {
		t.Fatal(err)
	}
	return dir
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
	pair, bad, err := Reader{Recipe: ink.Drawing, Progress: func(done, total int) { last = [2]int{done, total} }}.Read(dir)
	if err != nil || bad != nil || pair.Test != nil {
		t.Fatalf("got %v, %v, test part %v", err, bad, pair.Test)
	}
	set := pair.Train
	if !slices.Equal(set.Classes, photo.SymbolNames()) || !slices.Equal(set.Labels, []uint16{0, 0, 1, 1, 2, 2}) || set.Width != 28 || set.Height != 28 {
		t.Errorf("got classes %v, labels %v, %dx%d", set.Classes, set.Labels, set.Width, set.Height)
	}
	if last != [2]int{6, 6} {
		t.Errorf("progress: got %v at the end, want 6 of 6", last)
	}
	want := make([]uint8, 28*28)
	p, err := picture.Read(filepath.Join(dir, "spiral", "001.png"))
	if err != nil || !picture.See(want, 28, 28, ink.Drawing, p) || !bytes.Equal(set.Image(3), want) {
		t.Errorf("image 3: got others pixels than of its picture; %v", err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	alone, _, err := Reader{Recipe: ink.Drawing}.Read(dir)
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
	pair, _, err := Reader{Width: 20, Height: 24, Recipe: ink.Photo}.Read(dir)
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
	_, _, err := Reader{Recipe: ink.Drawing}.Read(dir)
	wrong, ok := errors.AsType[*BadFilesError](err)
	if !ok || len(wrong.Files) != 2 || wrong.Total != 8 || !strings.Contains(wrong.Files[0].Error(), "notes.txt") || !strings.Contains(wrong.Files[1].Error(), "cut.png") {
		t.Fatalf("got %v, want both files by name", err)
	}
	pair, bad, err := Reader{Recipe: ink.Drawing, SkipBad: true}.Read(dir)
	if err != nil || len(bad) != 2 || !slices.Equal(pair.Train.Labels, []uint16{0, 0, 1, 1, 2, 2}) {
		t.Errorf("skipping: got %v, %d bad files, labels %v", err, len(bad), pair.Train.Labels)
	}
}

// grids are two images of 2x2.
var grids = []uint8{0, 255, 7, 8, 1, 2, 3, 4}

func TestOwnCSV(t *testing.T) {
	for _, c := range []struct {
		name, content string
		own           Reader
		labels        []uint16
		classes       []string
		width, height int
	}{
		{"Kaggle's", "label,pixel0,pixel1,pixel2,pixel3\n3,0,255,7,8\n10,1,2,3,4\n", Reader{}, []uint16{0, 1}, []string{"3", "10"}, 2, 2},
		{"without names", "3,0,255,7,8\n10,1,2,3,4\n", Reader{}, []uint16{0, 1}, []string{"3", "10"}, 2, 2},
		{"label behind", "p,p,p,p,Label\n0,255,7,8,b\n1,2,3,4,a\n", Reader{}, []uint16{1, 0}, []string{"a", "b"}, 2, 2},
		{"names as classes", "z,0,255,7,8\nx,1,2,3,4\n", Reader{Classes: []string{"x", "y", "z"}}, []uint16{2, 0}, []string{"x", "y", "z"}, 2, 2},
		{"not square", "3,0,255,7,8\n10,1,2,3,4\n", Reader{Width: 4, Height: 1}, []uint16{0, 1}, []string{"3", "10"}, 4, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var packed bytes.Buffer
			zip := gzip.NewWriter(&packed)
			zip.Write([]byte(c.content))
			zip.Close()
			dir := t.TempDir()
			for _, path := range []string{place(t, dir, "mine.csv", []byte(c.content)), place(t, dir, "mine.csv.gz", packed.Bytes())} {
				pair, _, err := c.own.Read(path)
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
	pair, _, err := Reader{Width: 4, Height: 4, Recipe: ink.Photo}.Read(path)
	if err != nil {
		t.Fatal(err)
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
				test[1] = npy.Floats("y_test", []int{2}, []float32{2, 0})
			}
			data, err := npy.EncodeZip(append(c.arrays, test...))
			if err != nil {
				t.Fatal(err)
			}
			pair, _, err := Reader{}.Read(place(t, t.TempDir(), "mine.npz", data))
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
	place(t, dir, part+"-"+labelsName, []byte{0, 0, 8, 1, 0, 0, 0, 2, 4, 9})
	return place(t, dir, part+"-"+imagesName, append([]byte{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4}, grids...))
}

func TestOwnIDX(t *testing.T) {
	dir := t.TempDir()
	file := idxPair(t, dir, "train")
	for _, withTest := range []bool{false, true} {
		if withTest {
			idxPair(t, dir, "t10k")
		}
		for _, path := range []string{dir, file} {
			pair, _, err := Reader{}.Read(path)
			if err != nil {
				t.Fatal(err)
			}
			if set := pair.Train; set.Width != 4 || set.Height != 1 || !slices.Equal(set.Pixels, grids) || !slices.Equal(set.Labels, []uint16{0, 1}) || set.Classes[1] != "9" {
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
		own        Reader
		want       string
	}{
		{"nothing there", filepath.Join(dir, "none"), Reader{}, syscall.ENOENT.Error()},
		{"another file", place(t, dir, "a.txt", nil), Reader{}, "want a folder of pictures"},
		{"an empty folder", t.TempDir(), Reader{}, "got no pictures"},
		{"an empty CSV", place(t, dir, "e.csv", nil), Reader{}, "got no image"},
		{"a pixel", place(t, dir, "p.csv", []byte("1,2\n2,300\n")), Reader{}, `p.csv: line 2, column 2: got "300", want a pixel`},
		{"a line", place(t, dir, "l.csv", []byte("1,2\n2,3,4\n")), Reader{}, "wrong number of fields"},
		{"a shape", place(t, dir, "s.csv", []byte("1,2,3\n2,3,4\n")), Reader{}, "got 2 pixels an image, want a square"},
		{"a label", place(t, dir, "n.csv", []byte("1,2\n7,3\n2,3\n")), Reader{Classes: []string{"a", "b"}}, `got the label "1", want one of a, b`},
		{"other arrays", place(t, dir, "o.npz", zip), Reader{}, "no array x_train"},
		{"too many labels", place(t, dir, "t.npz", unlabelled), Reader{}, "y_train: got the shape [3], want (2)"},
		{"half a label", place(t, dir, "h.npz", half), Reader{}, "label 1: got 2.5"},
		{"no zip", place(t, dir, "z.npz", []byte("x")), Reader{}, "npz: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := c.own.Read(c.path); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
		})
	}
}

func FuzzDecodeCSV(f *testing.F) {
	f.Add([]byte("label,pixel0\n1,2\n"))
	f.Add([]byte("1,2,3\n\"2\",3,1e2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var pixels []uint8
		var labels []string
		var err error
		memory.Bounded(t, 32*memory.Unpacked, len(data), func() { pixels, labels, err = decodeCSV(bytes.NewReader(data)) })
		if err == nil && (len(labels) == 0 || len(pixels)%len(labels) != 0) {
			t.Errorf("got %d pixels of %d images", len(pixels), len(labels))
		}
		if len(data) < 1<<10 && !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) && len(pixels) > len(data) {
			t.Errorf("got %d pixels of %d bytes", len(pixels), len(data))
		}
	})
}

// The arrays' .npy files are fuzzed apart: what has been changed in a zip seldom
// keeps its checksum.
func FuzzArrays(f *testing.F) {
	f.Add(npy.Encode(npy.Array{Type: npy.Uint8, Shape: []int{2, 1, 3}, Data: []byte{1, 2, 3, 4, 5, 6}}), npy.Encode(npy.Array{Type: npy.Uint8, Shape: []int{2}, Data: []byte{0, 1}}))
	f.Add(npy.Encode(npy.Floats("", []int{1, 4}, []float32{0, 0.5, 1, 0})), npy.Encode(npy.Floats("", []int{1, 2}, []float32{0, 1})))
	f.Add(npy.Encode(npy.Floats("", []int{1, 4}, []float32{0, 0.5, 1, 0})), npy.Encode(npy.Floats("", []int{1, 0}, nil)))
	f.Fuzz(func(t *testing.T, x, y []byte) {
		memory.Bounded(t, 64, len(x)+len(y), func() {
			images, err1 := npy.Decode(x)
			labels, err2 := npy.Decode(y)
			if err1 != nil || err2 != nil {
				return
			}
			pair, err := Reader{}.ofArrays("fuzz.npz", map[string]npy.Array{"x_train": images, "y_train": labels, "x_test": images, "y_test": labels})
			if set := pair.Train; err == nil && len(set.Pixels) != set.Len()*set.Width*set.Height {
				t.Errorf("got %d pixels of %d images of %dx%d", len(set.Pixels), set.Len(), set.Width, set.Height)
			}
		})
	})
}

// TestNPZBeyondTheLimit reads a file that is longer than the reader takes; it is
// all hole and takes no room.
func TestNPZBeyondTheLimit(t *testing.T) {
	path := place(t, t.TempDir(), "large.npz", []byte("PK"))
	if err := os.Truncate(path, maxNPZFile+1); err != nil {
		t.Skip(err)
	}
	_, _, err := Reader{}.Read(path)
	if limit, ok := errors.AsType[*bounded.LimitError](err); !ok || limit.Limit != maxNPZFile {
		t.Errorf("got %v, want a LimitError of %d bytes", err, maxNPZFile)
	}
}

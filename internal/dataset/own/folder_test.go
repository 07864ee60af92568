package own

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

// dot returns a small picture with ink in it; blank returns one without.
func dot(t *testing.T) []byte   { return small(t, 0) }
func blank(t *testing.T) []byte { return small(t, 255) }

// small returns a picture of white with a square of a grey in it.
func small(t *testing.T, grey uint8) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 12, 12))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for y := 4; y < 8; y++ {
		for x := 4; x < 8; x++ {
			m.SetGray(x, y, color.Gray{Y: grey})
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, m); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// layout writes pictures, no two alike, and other files where a name has no .png.
func layout(t *testing.T, dir string, names ...string) {
	t.Helper()
	for i, name := range names {
		switch {
		case strings.HasSuffix(name, "/"):
			if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
				t.Fatal(err)
			}
		case strings.HasSuffix(name, ".png"):
			place(t, dir, name, small(t, uint8(i)))
		default:
			place(t, dir, name, []byte("x"))
		}
	}
}

// shown returns what was read as "train a:2 b:1; test b:1".
func shown(data *Data) string {
	var parts []string
	for i, part := range data.parts() {
		if *part == nil {
			continue
		}
		text := []string{"train", "val", "test"}[i]
		counts := map[string]int{}
		for _, label := range (*part).Labels {
			counts[label]++
		}
		var classes []string
		for class := range counts {
			classes = append(classes, class)
		}
		slices.Sort(classes)
		for _, class := range classes {
			text += fmt.Sprintf(" %s:%d", class, counts[class])
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// Usual layouts of folders are read as they are meant, and notes tell what is left out.
func TestFolderLayouts(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string
		want  string
		notes []string // parts of them, in order
	}{
		{"classes", []string{"a/1.png", "a/deep/2.png", "b/1.png"}, "train a:2 b:1", nil},
		{"a webcam's export", []string{"labels.txt", "Class 1/0.png", "Class 1/1.png", "Class 2/0.png"},
			"train Class 1:2 Class 2:1", []string{"left out labels.txt, in no folder of a class"}},
		{"what systems leave", []string{"a/1.png", "a/Thumbs.db", "a/desktop.ini", "a/.DS_Store", "b/1.png", "b/._1.png", "__MACOSX/a/._1.png", ".git/x", "@eaDir/a/1.png"},
			"train a:1 b:1", nil},
		{"training and testing", []string{"training/a/1.png", "training/b/1.png", "testing/b/1.png"}, "train a:1 b:1; test b:1", nil},
		{"capitals", []string{"Train/a/1.png", "Train/b/1.png", "TEST/a/1.png"}, "train a:1 b:1; test a:1", nil},
		{"validation", []string{"train/a/1.png", "train/b/1.png", "validation/a/1.png"}, "train a:1 b:1; val a:1", nil},
		{"three parts", []string{"train/a/1.png", "train/b/1.png", "valid/a/1.png", "test/b/1.png"}, "train a:1 b:1; val a:1; test b:1", nil},
		{"val", []string{"train/a/1.png", "train/b/1.png", "val/a/1.png"}, "train a:1 b:1; val a:1", nil},
		{"a test part without classes", []string{"train/a/1.png", "train/b/1.png", "test/1.png", "test/2.png"},
			"train a:1 b:1", []string{"left out the folders test, which are beside train"}},
		{"beside parts", []string{"train/a/1.png", "train/b/1.png", "extra/a/1.png", "README.md"},
			"train a:1 b:1", []string{"left out the folders extra", "left out README.md"}},
		{"classes called train and bus", []string{"train/1.png", "bus/1.png"}, "train bus:1 train:1", nil},
		{"wrapped", []string{"digits-master/a/1.png", "digits-master/b/1.png", "digits-master/README", "__MACOSX/x"},
			"train a:1 b:1", []string{"its only folder digits-master was entered", "digits-master: left out README"}},
		{"wrapped twice, in parts", []string{"x/y/train/a/1.png", "x/y/train/b/1.png", "x/y/test/a/1.png"},
			"train a:1 b:1; test a:1", []string{"folder x was", "x: its only folder y was"}},
		{"parts within the classes", []string{"a/train/1.png", "a/test/1.png", "b/Train/1.png", "b/Train/2.png", "b/val/1.png", "c/train/deep/1.png"},
			"train a:1 b:2 c:1; val b:1; test a:1", []string{"the folders in those of the classes are parts: Train, test, train, val"}},
		{"train alone within the classes", []string{"a/train/1.png", "b/train/1.png"}, "train a:1 b:1", nil},
		{"classes with one called train in them", []string{"rail/train/1.png", "rail/tram/1.png", "road/bus/1.png"}, "train rail:2 road:1",
			[]string{"the folders rail, road are the classes; those in them, bus, train, tram, are not"}},
		{"an empty class", []string{"a/1.png", "b/1.png", "c/", "d/deep/"}, "train a:1 b:1", []string{"left out the folders c, d, which hold no pictures"}},
		{"pictures in the top folder", []string{"a/1.png", "b/1.png", "1.png", "2.png", "3.png", "4.png", "5.png", "6.png"},
			"train a:1 b:1", []string{"left out 1.png, 2.png, 3.png, 4.png, 5.png and 1 more, in no folder of a class"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			layout(t, dir, c.files...)
			data, _, err := read(Reader{Recipe: ink.Photo}, dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(data); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if len(data.Notes) != len(c.notes) {
				t.Fatalf("notes: got %q, want %q", data.Notes, c.notes)
			}
			for i, note := range c.notes {
				if !strings.Contains(data.Notes[i], note) {
					t.Errorf("note: got %q, want %q in it", data.Notes[i], note)
				}
			}
		})
	}
}

func TestFolderRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string
		want  string
	}{
		{"no classes", []string{"1.png", "2.png"}, "got 2 files in no folder (1.png, 2.png), want a folder of pictures for each class"},
		{"a table", []string{"train.csv", "test.csv"}, "got no folders of pictures, but test.csv; give "},
		{"a table of pictures", []string{"1.png", "labels.csv"}, "labels.csv, if pixels stand in it"},
		{"no training part", []string{"test/a/1.png", "val/a/1.png"}, "got the folders test, val, want train beside them"},
		{"two training parts", []string{"train/a/1.png", "training/a/1.png"}, "got the folders train and training, want one of them"},
		{"parts without classes", []string{"train/1.png", "Testing/1.png"}, "got the folders Testing, train with pictures in no folder of a class, want a folder for each class in them"},
		{"parts without classes beside one", []string{"train/1.png", "test/1.png", "bus/1.png"}, "got the folders test, train with pictures in no folder of a class"},
		{"parts within some classes", []string{"a/train/1.png", "a/test/1.png", "b/1.png"},
			"got train and another part in the folder a, and pictures elsewhere in b, want train/CLASS, test/CLASS, or all pictures in no such folder"},
		{"a part twice within a class", []string{"a/train/1.png", "a/test/1.png", "a/testing/1.png", "b/train/1.png"}, "got the folders test and testing, want one of them"},
		{"a stranger to test", []string{"train/a/1.png", "train/b/1.png", "test/c/1.png"}, `got the label "c" to test, which training does not have`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			layout(t, dir, c.files...)
			if _, _, err := read(Reader{Recipe: ink.Photo}, dir, nil); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Names that look the same are one class: with blanks around them, or with accents apart,
// as a Mac writes them.
func TestFolderSpelling(t *testing.T) {
	dir := t.TempDir()
	layout(t, dir, "\u00e9/1.png", "e\u0301/2.png", " A/3.png", "A/4.png", "a/5.png")
	_, pair, err := read(Reader{Recipe: ink.Photo}, dir, nil)
	if want := []string{"A", "a", "\u00e9"}; err != nil || !slices.Equal(pair.Train.Classes, want) {
		t.Fatalf("got %v, %+v; want the classes %q", err, pair.Train, want)
	}
	if want := []uint16{0, 0, 1, 2, 2}; !slices.Equal(slices.Sorted(slices.Values(pair.Train.Labels)), want) {
		t.Errorf("got the labels %v, want %v in some order", pair.Train.Labels, want)
	}
}

// Pictures that stand twice are said: with two labels, in training, and in two parts.
func TestTwins(t *testing.T) {
	dir := t.TempDir()
	layout(t, dir, "train/a/1.png", "train/a/2.png", "train/b/3.png", "train/b/4.png", "train/b/5.png", "val/a/6.png", "test/b/7.png", "test/b/8.png")
	for name, grey := range map[string]uint8{"train/a/2.png": 0, "train/b/5.png": 0, "test/b/8.png": 3, "val/a/6.png": 255, "train/b/3.png": 255} {
		place(t, dir, name, small(t, grey)) // 255 is blank, which has no twin
	}
	want := []string{
		"1 of the 5 images to train on are of a single shade each",
		"1 of the images to train on equal another one with a different label",
		"1 of the images to train on equal another one: what --split keeps for validation may have been learned",
		"1 of the 2 images to test are among those to train on",
	}
	data, _, err := read(Reader{Recipe: ink.Photo, SkipBad: true}, dir, nil)
	if err != nil || !slices.Equal(data.Notes, want) {
		t.Errorf("got %v, %q; want %q", err, data.Notes, want)
	}
	data, _, err = read(Reader{Recipe: ink.Photo, SkipBad: true, Kept: &model.Source{}}, dir, nil)
	if err != nil || data.Notes != nil {
		t.Errorf("asked of a model: got %v, %q; want no note", err, data.Notes)
	}
}

// Links are followed, without loops or repeated files.
func TestFolderLinks(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	layout(t, dir, "a/1.png", "b/1.png")
	layout(t, elsewhere, "2/1.png", "2/2.png", "one.png")
	for from, to := range map[string]string{
		"c": filepath.Join(elsewhere, "2"), "a/one.png": filepath.Join(elsewhere, "one.png"),
		"b/loop": dir, "b/again": filepath.Join(dir, "b"),
	} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Skip(err)
		}
	}
	data, err := Reader{Recipe: ink.Photo}.Read(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	// b/loop holds a (2 pictures) and c (2) beside b, which has been entered
	if got, want := shown(data), "train a:2 b:5 c:2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if err := os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "a", "gone.png")); err != nil {
		t.Skip(err)
	}
	_, err = Reader{Recipe: ink.Photo}.Read(context.Background(), dir)
	if wrong, ok := errors.AsType[*BadFilesError](err); !ok || len(wrong.Files) != 2 || !strings.Contains(wrong.Files[0].Error(), "gone.png") {
		t.Errorf("a link to nothing: got %v, want it by name", err)
	}
}

// Photographs in which the recipe drawing finds nothing are not bad by themselves.
func TestMostlyBlank(t *testing.T) {
	dir := t.TempDir()
	layout(t, dir, "a/1.png", "b/1.png")
	for i := range 3 {
		place(t, dir, fmt.Sprintf("a/blank%d.png", i), blank(t))
	}
	const hint = "--recipe picture takes pictures as they are"
	if _, _, err := read(Reader{Recipe: ink.Drawing}, dir, nil); err == nil || !strings.Contains(err.Error(), "nothing is drawn in 3: "+hint) {
		t.Errorf("got %v, want the hint", err)
	}
	data, _, err := read(Reader{Recipe: ink.Drawing, SkipBad: true}, dir, nil)
	if err != nil || len(data.Bad) != 3 || len(data.Notes) < 1 || !strings.Contains(data.Notes[0], hint) {
		t.Errorf("skipping: got %v, %+v, want the hint as a note", err, data)
	}
}

// The second time, the images come from the cache.
func TestFolderCache(t *testing.T) {
	dir, kept := t.TempDir(), t.TempDir()
	layout(t, dir, "a/1.png", "b/1.png")
	var first dataset.Pair
	for range 2 {
		_, pair, err := read(Reader{Recipe: ink.Drawing, Cache: kept}, dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		if first.Train != nil && pair.Digest() != first.Digest() {
			t.Error("from the cache: got other images")
		}
		first = pair
	}
	if entries, err := os.ReadDir(kept); err != nil || len(entries) == 0 {
		t.Errorf("got no cache: %v", err)
	}
}

// A read that is cancelled ends with the context's error.
func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	layout(t, dir, "a/1.png", "b/1.png")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, path := range []string{dir, place(t, t.TempDir(), "x.csv", []byte("1,2,3,4,99\n"))} {
		if _, err := (Reader{Recipe: ink.Photo}).Read(ctx, path); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want %v", path, err, context.Canceled)
		}
	}
}

// Files of other kinds are refused by name, with what helps.
func TestOtherKinds(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"digit.png":  {dot(t), "got one picture, want a folder with a folder of pictures for each class"},
		"mine.ink":   {[]byte("\x89INK\r\n\x1a\n"), "got a model, want data"},
		"data.h5":    {[]byte("\x89HDF\r\n\x1a\n"), "got an HDF5 file, want an .npz file"},
		"mnist.pkl":  {[]byte("\x80\x04\x95"), "got Python objects (pickle), want an .npz file"},
		"d.tgz":      {[]byte("\x1f\x8b\x08"), "got a packed file, want it unpacked"},
		"d.parquet":  {[]byte("PAR1"), `df.to_csv("data.csv", index=False)`},
		"d.unknown":  {[]byte{1, 2, 3}, "got an unknown file"},
		"empty.data": {nil, "got no line"},
	} {
		path := place(t, dir, name, c.content)
		if _, err := (Reader{Recipe: ink.Drawing}).Read(context.Background(), path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// TestPartsByOtherNames wants folders with usual names of parts read as such, and said which
// folders are the classes where pictures lie deeper.
func TestPartsByOtherNames(t *testing.T) {
	for name, want := range map[string]int{
		"train": 0, "Training": 0, "training_set": 0, "trainSet": 0, "trainingSet": 0, "seg_train": 0, "train-images": 0, "TRAIN": 0, "trainset": 0, "data_train": 0,
		"validation": 1, "val_data": 1, "test": 2, "testing images": 2, "testset": 2,
		"trains": -1, "train_station": -1, "testpattern": -1, "fold1": -1, "contest": -1, "": -1, "set": -1,
	} {
		if got := partOf(name); got != want {
			t.Errorf("%s: got part %d, want %d", name, got, want)
		}
	}
	read := func(names ...string) (*Data, error) {
		dir := t.TempDir()
		layout(t, dir, names...)
		return Reader{Recipe: ink.Photo}.Read(context.Background(), dir)
	}
	data, err := read("training_set/a/1.png", "training_set/b/2.png", "test_set/test_set/a/3.png", "test_set/test_set/b/4.png")
	if err != nil || data.Train.Len() != 2 || data.Test == nil || data.Test.Len() != 2 || data.Test.Labels[0] != "a" {
		t.Errorf("parts, one unpacked twice: got %+v, %v", data, err)
	}
	data, err = read("fold1/a/1.png", "fold1/b/2.png", "fold2/a/3.png", "fold2/b/4.png")
	const want = "the folders fold1, fold2 are the classes; those in them, a, b, are not"
	if err != nil || !slices.Contains(data.Notes, want) {
		t.Errorf("folds: got the notes %q, %v, want %q", data.Notes, err, want)
	}
	data, err = read("a/1.png", "a/more/2.png", "b/3.png", "b/other/4.png")
	if err != nil || len(data.Notes) > 0 {
		t.Errorf("pictures beside folders: got the notes %q, %v", data.Notes, err)
	}
}

// TestDimPictures wants a set refused whose pictures are all nearly black, as masks of 0 and 1
// and numbers of few bits are, and read where one is not or the recipe stretches them.
func TestDimPictures(t *testing.T) {
	dim := func(white, black uint8) []byte {
		m := image.NewGray(image.Rect(0, 0, 28, 28))
		for i := range m.Pix {
			m.Pix[i] = white
			if x, y := i%28, i/28; x > 10 && x < 14 && y > 4 && y < 24 {
				m.Pix[i] = black
			}
		}
		var file bytes.Buffer
		if err := png.Encode(&file, m); err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	for _, c := range []struct {
		name                 string
		recipe               ink.Recipe
		ground, line, second uint8
		refused              bool
	}{
		{"0 and 1", ink.Photo, 1, 0, 1, true},
		{"0 and 1 as ink", ink.Drawing, 1, 0, 1, true},
		{"four bits", ink.Photo, 0, 15, 14, true},
		{"four bits as ink", ink.Drawing, 0, 15, 14, false},
		{"below 64", ink.Photo, 63, 0, 63, true},
		{"64", ink.Photo, 64, 0, 63, false},
		{"one light picture", ink.Photo, 1, 0, 255, false},
	} {
		dir := t.TempDir()
		place(t, dir, "a/1.png", dim(c.ground, c.line))
		place(t, dir, "b/2.png", dim(c.second, 0))
		_, err := Reader{Recipe: c.recipe, Cache: filepath.Join(dir, ".cache")}.Read(context.Background(), dir)
		if got := err != nil && strings.Contains(err.Error(), "got pictures that are all nearly black, no value above 63 of 255"); got != c.refused || err != nil && !got {
			t.Errorf("%s: got %v, want it refused: %v", c.name, err, c.refused)
		}
		_, again := Reader{Recipe: c.recipe, Cache: filepath.Join(dir, ".cache")}.Read(context.Background(), dir)
		if fmt.Sprint(again) != fmt.Sprint(err) {
			t.Errorf("%s: got %v from the cache, want %v", c.name, again, err)
		}
	}
}

// TestFaintPictures wants pictures said whose contrast is little, unless tracing stretches it.
func TestFaintPictures(t *testing.T) {
	dir := t.TempDir()
	for name, line := range map[string]uint8{"a/1.png": 200, "a/2.png": 0, "b/3.png": 230} {
		m := image.NewGray(image.Rect(0, 0, 28, 28))
		for i := range m.Pix {
			m.Pix[i] = 230
			if x, y := i%28, i/28; x > 10 && x < 14 && y > 4 && y < 24 {
				m.Pix[i] = line
			}
		}
		var file bytes.Buffer
		if err := png.Encode(&file, m); err != nil {
			t.Fatal(err)
		}
		place(t, dir, name, file.Bytes())
	}
	cache := t.TempDir()
	for range 2 { // the second time from the cache
		data, err := Reader{Recipe: ink.Photo, Cache: cache}.Read(context.Background(), dir)
		want := "1 of 3 pictures have little contrast, fewer than 64 of 256 shades: the network sees them as faint as they are"
		if err != nil || !slices.Contains(data.Notes, want) {
			t.Errorf("got %v, %v, want the note %q", err, data, want)
		}
	}
	data, err := Reader{Recipe: ink.Drawing, SkipBad: true}.Read(context.Background(), dir)
	if err != nil || strings.Contains(strings.Join(data.Notes, ""), "contrast") {
		t.Errorf("traced: got %v, %v", err, data)
	}
}

// TestNothingToSee wants images of a single shade said, and refused where there is nothing else.
func TestNothingToSee(t *testing.T) {
	dir := t.TempDir()
	place(t, dir, "a/1.png", blank(t))
	place(t, dir, "b/2.png", blank(t))
	_, err := Reader{Recipe: ink.Photo}.Read(context.Background(), dir)
	if err == nil || !strings.Contains(err.Error(), "got 2 images that are all of one and the same shade") {
		t.Errorf("blank: got %v", err)
	}
	place(t, dir, "b/3.png", dot(t))
	data, err := Reader{Recipe: ink.Photo}.Read(context.Background(), dir)
	if want := "2 of the 3 images to train on are of a single shade each"; err != nil || !slices.Contains(data.Notes, want) {
		t.Errorf("blank beside others: got the notes %q, %v, want %q", data.Notes, err, want)
	}
}

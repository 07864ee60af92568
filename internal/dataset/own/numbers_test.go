package own

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// digits returns twenty images of 14x14 with light ink on black.
func digits(t *testing.T) *dataset.Set {
	t.Helper()
	set, err := dataset.RasterizeOwn("digits", dataset.DigitNames(), synth.Digits(20, 3), ink.Form{Width: 14, Height: 14})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// rows writes a line per image: its label first, unless that is left out, and its
// values as value writes them.
func rows(set *dataset.Set, separator string, labelled bool, value func(v uint8) string) string {
	var text strings.Builder
	for i := range set.Len() {
		var fields []string
		if labelled {
			fields = append(fields, strconv.Itoa(int(set.Labels[i])))
		}
		for _, v := range set.Image(i) {
			fields = append(fields, value(v))
		}
		text.WriteString(strings.Join(fields, separator) + "\n")
	}
	return text.String()
}

// plain, unit, inverse and flag write pixels as people have them.
func plain(v uint8) string   { return strconv.Itoa(int(v)) }
func unit(v uint8) string    { return strconv.FormatFloat(float64(v)/255, 'g', -1, 32) }
func inverse(v uint8) string { return strconv.Itoa(255 - int(v)) }
func flag(v uint8) string    { return strconv.Itoa(int(v / 128)) }

// header names a label column and the pixels.
func header(label string, n int) string {
	names := []string{label}
	for i := range n {
		names = append(names, fmt.Sprintf("pixel%d", i))
	}
	return strings.Join(names, ",") + "\n"
}

// Tables in all forms give the same images, and notes tell what was assumed.
func TestTables(t *testing.T) {
	set := digits(t)
	flags := slices.Clone(set.Pixels)
	for i, v := range flags {
		flags[i] = v / 128 * 255
	}
	turned := slices.Clone(set.Pixels)
	pixels.Transpose(turned, 14, 14)
	kaggle := header("label", 14*14) + rows(set, ",", true, plain)
	for _, c := range []struct {
		name, file, content string
		reader              Reader
		want                []uint8
		source              model.Source
		note                string
	}{
		{"Kaggle's", "train.csv", kaggle, Reader{}, set.Pixels, model.Source{}, ""},
		{"a byte order mark, CRLF", "train.csv", "\ufeff" + strings.ReplaceAll(kaggle, "\n", "\r\n"), Reader{}, set.Pixels, model.Source{}, ""},
		{"semicolons", "train.csv", strings.ReplaceAll(kaggle, ",", ";"), Reader{}, set.Pixels, model.Source{}, ""},
		{"tabs", "train.tsv", strings.ReplaceAll(kaggle, ",", "\t"), Reader{}, set.Pixels, model.Source{}, ""},
		{"blanks after commas", "train.csv", strings.ReplaceAll(kaggle, ",", ", "), Reader{}, set.Pixels, model.Source{}, ""},
		{"a name that says nothing", "zip.train", rows(set, " ", true, plain), Reader{}, set.Pixels, model.Source{}, "column 1 was taken for the label"},
		{"floats 0..1", "train.csv", header("label", 14*14) + rows(set, ",", true, unit), Reader{}, set.Pixels, model.Source{High: 1}, "values 0..1 became pixels 0..255"},
		{"0 and 1", "train.csv", header("label", 14*14) + rows(set, ",", true, flag), Reader{}, flags, model.Source{High: 1}, "values 0..1 became pixels 0..255"},
		{"dark on light", "train.csv", header("label", 14*14) + rows(set, ",", true, inverse), Reader{}, set.Pixels,
			model.Source{Inverted: true}, "100 % of the images are dark on light: all were inverted"},
		{"light on dark, --invert yes", "train.csv", header("label", 14*14) + rows(set, ",", true, inverse), Reader{Invert: Yes}, set.Pixels, model.Source{Inverted: true}, "--invert yes"},
		{"EMNIST's name", "emnist-letters-train.csv", rows(set, ",", true, plain), Reader{}, turned, model.Source{Transposed: true}, "the name is EMNIST's"},
		{"EMNIST's name, --transpose no", "emnist-letters-train.csv", kaggle, Reader{Transpose: No}, set.Pixels, model.Source{}, ""},
		{"--transpose yes", "letters.csv", kaggle, Reader{Transpose: Yes}, turned, model.Source{Transposed: true}, "--transpose yes"},
		{"--label-column", "train.csv", strings.Replace(kaggle, "label", "pixelled", 1), Reader{LabelColumn: "pixelled"}, set.Pixels, model.Source{}, ""},
		{"--pixels", "train.csv", strings.ReplaceAll(kaggle, ",255", ",256"), Reader{Pixels: pixels.Range{Low: 0, High: 255}}, set.Pixels, model.Source{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.reader.Recipe = ink.Drawing
			path := place(t, t.TempDir(), c.file, []byte(c.content))
			data, pair, err := read(c.reader, path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(pair.Train.Pixels, c.want) || data.Source != c.source {
				t.Errorf("got other pixels than wanted, or the source %+v, want %+v", data.Source, c.source)
			}
			if notes := strings.Join(data.Notes, "\n"); c.note == "" && notes != "" || !strings.Contains(notes, c.note) {
				t.Errorf("notes: got %q, want %q", notes, c.note)
			}
			for i, label := range pair.Train.Labels {
				if pair.Train.Classes[label] != strconv.Itoa(int(set.Labels[i])) {
					t.Fatalf("label %d: got %s, want %d", i, pair.Train.Classes[label], set.Labels[i])
				}
			}
		})
	}
}

// Dark on light stays as it is by recipe picture, and with --invert no.
func TestInvertNot(t *testing.T) {
	set := digits(t)
	path := place(t, t.TempDir(), "train.csv", []byte(rows(set, ",", true, inverse)))
	for _, r := range []Reader{{Recipe: ink.Photo}, {Recipe: ink.Drawing, Invert: No}} {
		data, pair, err := read(r, path, nil)
		if err != nil || data.Source.Inverted || pair.Train.Pixels[0] != 255-set.Pixels[0] {
			t.Errorf("%+v: got %v, %+v", r, err, data)
		}
	}
}

// What training meant is kept: other data of the model are read the same way, even a
// single dark image, or refused.
func TestKept(t *testing.T) {
	set := digits(t)
	one := set.Select([]int{0})
	unitKept, inverted, turned := &model.Source{High: 1}, &model.Source{Inverted: true}, &model.Source{Transposed: true}
	bytesKept := &model.Source{}
	dark := *one
	dark.Pixels = make([]uint8, len(one.Pixels))
	dark.Pixels[5] = 1
	transposed := slices.Clone(set.Pixels)
	pixels.Transpose(transposed, 14, 14)
	for _, c := range []struct {
		name, content string
		reader        Reader
		want          []uint8
		note, err     string
	}{
		{"floats", rows(set, ",", false, unit), Reader{Kept: unitKept}, set.Pixels, "values 0..1 became", ""},
		{"bytes of one", rows(one, ",", false, plain), Reader{Kept: bytesKept}, one.Pixels, "", ""},
		{"one that is nearly empty", rows(&dark, ",", false, plain), Reader{Kept: bytesKept}, dark.Pixels, "", ""},
		{"fractions for bytes", rows(one, ",", false, unit), Reader{Kept: bytesKept}, one.Pixels, "values 0..1 became", ""},
		{"bytes for floats", rows(one, ",", false, plain), Reader{Kept: unitKept}, nil, "", "want 0..1 as in training; --pixels LOW..HIGH"},
		{"bytes for floats, --pixels", rows(one, ",", false, plain), Reader{Kept: unitKept, Pixels: pixels.Bytes}, one.Pixels, "", ""},
		{"inverted", rows(set, ",", false, inverse), Reader{Kept: inverted}, set.Pixels, "inverted as in training (--invert no", ""},
		{"inverted, --invert no", rows(set, ",", false, plain), Reader{Kept: inverted, Invert: No}, set.Pixels, "", ""},
		{"inverted unlike training", rows(set, ",", false, plain), Reader{Kept: bytesKept, Invert: Yes}, nil, "--invert yes", ""},
		{"dark on light unlike training", rows(set, ",", false, inverse), Reader{Kept: bytesKept}, nil, "dark on light, unlike those in training (--invert yes", ""},
		{"on their side", rows(set, ",", false, plain), Reader{Kept: turned}, transposed, "exchanged as in training (--transpose no", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.reader.Recipe, c.reader.Width, c.reader.Height = ink.Drawing, 14, 14
			data, err := c.reader.Read(context.Background(), place(t, t.TempDir(), "test.csv", []byte(c.content)))
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("got %v, want %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if c.want != nil && !bytes.Equal(data.Asked().Pixels, c.want) || data.Asked().Labels != nil {
				t.Errorf("got other images than wanted, or labels")
			}
			if notes := strings.Join(data.Notes, "\n"); !strings.Contains(notes, c.note) {
				t.Errorf("notes: got %q, want %q in them", notes, c.note)
			}
			if _, err := data.Pair(); err == nil || !strings.Contains(err.Error(), "images without labels") {
				t.Errorf("as labelled sets: got %v, want an error", err)
			}
		})
	}
}

// Values without a clear range are refused; the error names the values and the flag.
func TestRangeRefused(t *testing.T) {
	set := digits(t)
	for want, value := range map[string]func(v uint8) string{
		"got values 0..16":                          func(v uint8) string { return strconv.Itoa(int(v) * 16 / 255) },
		"got values 0..65535":                       func(v uint8) string { return strconv.Itoa(int(v) * 257) },
		"such as --pixels -1..1":                    func(v uint8) string { return strconv.FormatFloat(float64(v)/127.5-1, 'g', 5, 64) },
		"got values 0..2.55, want 0..1 or 0..255; ": func(v uint8) string { return strconv.FormatFloat(float64(v)/100, 'g', -1, 64) },
	} {
		path := place(t, t.TempDir(), "train.csv", []byte(header("label", 14*14)+rows(set, ",", true, value)))
		if _, _, err := read(Reader{}, path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// A table as FER2013 has it: pixels in one field, and parts.
func TestTableParts(t *testing.T) {
	text := "emotion,pixels,Usage\n"
	for i, part := range []string{"Training", "Training", "PublicTest", "PrivateTest", "Training"} {
		text += fmt.Sprintf("%d,200 0 0 %d,%s\n", i%2, 90+i, part)
	}
	data, pair, err := read(Reader{}, place(t, t.TempDir(), "fer.csv", []byte(text)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(data); got != "train 0:2 1:1; val 0:1; test 1:1" {
		t.Errorf("got %s", got)
	}
	if pair.Validation.Pixels[3] != 92 || pair.Test.Pixels[3] != 93 {
		t.Errorf("got other images to validate or test: %v, %v", pair.Validation.Pixels, pair.Test.Pixels)
	}
}

// Arrays by usual names, with a part that training's range is used for.
func TestArrays(t *testing.T) {
	set := digits(t)
	var floats, labels []float32
	for _, v := range set.Pixels {
		floats = append(floats, float32(v)/255)
	}
	for _, label := range set.Labels {
		labels = append(labels, float32(label))
	}
	n := set.Len()
	images := npy.Floats("X_train", []int{n, 14, 14, 1}, floats)
	for _, c := range []struct {
		name   string
		arrays []npy.Array
		want   string
	}{
		{"X_train", []npy.Array{images, npy.Floats("y_train", []int{n}, labels)}, "train"},
		{"images", []npy.Array{npy.Floats("images", []int{n, 14 * 14}, floats), npy.Floats("labels", []int{n, 1}, labels)}, "train"},
		{"arr_0", []npy.Array{npy.Floats("arr_0", []int{n, 14, 14}, floats), npy.Floats("arr_1", []int{n}, labels)}, "train"},
		{"validation", []npy.Array{images, npy.Floats("y_train", []int{n}, labels), npy.Floats("x_val", []int{n, 14, 14}, floats), npy.Floats("y_val", []int{n}, labels)}, "train; val"},
		{"a test part without labels", []npy.Array{images, npy.Floats("y_train", []int{n}, labels), npy.Floats("x_test", []int{n, 14, 14}, floats)}, "train; test"},
		{"only a test part", []npy.Array{npy.Floats("x_test", []int{n, 14, 14}, floats), npy.Floats("y_test", []int{n}, labels)}, "train"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := npy.EncodeZip(c.arrays)
			if err != nil {
				t.Fatal(err)
			}
			data, pair, err := read(Reader{Recipe: ink.Drawing}, place(t, t.TempDir(), "mine.npz", file), nil)
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			for i, part := range data.parts() {
				if *part == nil {
					continue
				}
				parts = append(parts, []string{"train", "val", "test"}[i])
				if !bytes.Equal((*part).Pixels, set.Pixels) {
					t.Errorf("part %d: got other pixels than wanted", i)
				}
			}
			if got := strings.Join(parts, "; "); got != c.want || !slices.Equal(pair.Train.Labels, set.Labels) {
				t.Errorf("got %s, labels %v", got, pair.Train.Labels)
			}
		})
	}
}

// Images that a model is asked about are refused where their last side counts them.
func TestArraysTurned(t *testing.T) {
	for _, c := range []struct {
		shape, want []int // of the array, and the sides wanted of an image
		labelled    bool
		err         string // "": read
	}{
		{[]int{9, 14, 14}, []int{14, 14}, false, ""},
		{[]int{14, 14, 14}, []int{14, 14}, false, ""},
		{[]int{14, 14, 9}, []int{14, 14}, false, "got the shape [14 14 9], want (9, 14, 14): np.moveaxis(x, -1, 0)"},
		{[]int{14, 14, 9}, []int{14, 14}, true, ""},
		{[]int{14, 14, 1, 9}, []int{14, 14}, false, "got the shape [14 14 1 9], want (9, 14, 14)"},
		{[]int{30, 20, 30}, []int{20, 30}, false, ""},
		{[]int{20, 20, 30}, []int{20, 30}, false, ""},
		{[]int{20, 30, 8}, []int{20, 30}, false, "got the shape [20 30 8], want (8, 20, 30)"},
		{[]int{9, 196}, []int{14, 14}, false, ""},
		{[]int{196, 196}, []int{14, 14}, false, ""},
		{[]int{196, 16}, []int{14, 14}, false, "got the shape [196 16], want (16, 196): x.T"},
		{[]int{196, 16}, []int{14, 14}, true, ""},
	} {
		x := npy.Array{Name: "x", Shape: c.shape, Type: npy.Uint8}
		x.Data = bytes.Repeat([]byte{0, 255, 9, 7}, x.Len()/4)
		arrays := []npy.Array{x}
		if c.labelled {
			arrays = append(arrays, npy.Floats("y", c.shape[:1], make([]float32, c.shape[0])))
		}
		file, err := npy.EncodeZip(arrays)
		if err != nil {
			t.Fatal(err)
		}
		r := Reader{Recipe: ink.Photo, Height: c.want[0], Width: c.want[1], Kept: &model.Source{}}
		_, err = r.Read(context.Background(), place(t, t.TempDir(), "x.npz", file))
		if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%v: got %v, want %q", c.shape, err, c.err)
		}
	}
	lines := strings.Repeat("0,255,9,7\n", 196)
	r := Reader{Recipe: ink.Photo, Width: 14, Height: 14, Kept: &model.Source{}, LabelColumn: "none"}
	if _, err := r.Read(context.Background(), place(t, t.TempDir(), "x.csv", []byte(lines))); err == nil || !strings.Contains(err.Error(), "want (4, 196)") {
		t.Errorf("a table: got %v", err)
	}
}

// An empty image of numbers that is brought to another size stays empty, and in its place;
// where most are empty, they are no drawings.
func TestEmptyResized(t *testing.T) {
	set := digits(t)
	clear(set.Image(3))
	path := place(t, t.TempDir(), "train.csv", []byte(rows(set, ",", true, plain)))
	for _, kept := range []*model.Source{nil, {}} {
		data, err := Reader{Recipe: ink.Drawing, Width: 10, Height: 10, Kept: kept}.Read(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		want := "1 of the 20 images to train on are of a single shade each"
		if kept != nil {
			want = "nothing is drawn in 1 of 20 images, which stay empty"
		}
		if !slices.Contains(data.Notes, want) || data.Train.Len() != 20 || len(data.Train.Labels) != 20 || slices.Max(data.Train.Image(3)) != 0 {
			t.Errorf("got %d images and the notes %q, want 20 and %q", data.Train.Len(), data.Notes, want)
		}
	}
	for i := range 12 {
		clear(set.Image(i))
	}
	path = place(t, t.TempDir(), "train.csv", []byte(rows(set, ",", true, plain)))
	for _, kept := range []*model.Source{nil, {}} { // evaluate and predict take no recipe
		_, err := Reader{Recipe: ink.Drawing, Width: 10, Height: 10, Kept: kept}.Read(context.Background(), path)
		want := "nothing is drawn in 12 of 20 images, which are traced"
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "--recipe") != (kept == nil) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// IDX files under the names of those who publish them, and by the one rule.
func TestIDXNames(t *testing.T) {
	images := append([]byte{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2}, 0, 255, 7, 8, 1, 2, 3, 4)
	ones := append([]byte{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2}, 0, 1, 1, 0, 1, 0, 0, 0)
	labels := []byte{0, 0, 8, 1, 0, 0, 0, 2, 4, 9}
	for _, c := range []struct {
		name   string
		images []byte
		files  []string // images, then labels
		path   string
		want   []uint8
		note   string
	}{
		{"dots", images, []string{"train-images.idx3-ubyte", "train-labels.idx1-ubyte"}, "", []uint8{0, 255, 7, 8, 1, 2, 3, 4}, ""},
		{"a folder per file", images, []string{"train-images-idx3-ubyte/train-images-idx3-ubyte", "train-labels-idx1-ubyte/train-labels-idx1-ubyte"}, "", []uint8{0, 255, 7, 8, 1, 2, 3, 4}, ""},
		{"EMNIST", images, []string{"emnist-letters-train-images-idx3-ubyte", "emnist-letters-train-labels-idx1-ubyte"}, "", []uint8{0, 7, 255, 8, 1, 3, 2, 4}, "the name is EMNIST's"},
		{"EMNIST's file", images, []string{"emnist-letters-train-images-idx3-ubyte", "emnist-letters-train-labels-idx1-ubyte"}, "emnist-letters-train-images-idx3-ubyte", []uint8{0, 7, 255, 8, 1, 3, 2, 4}, "the name is EMNIST's"},
		{"EMNIST's folder", images, []string{"emnist/train-images-idx3-ubyte", "emnist/train-labels-idx1-ubyte"}, "emnist", []uint8{0, 7, 255, 8, 1, 3, 2, 4}, "the name is EMNIST's"},
		{"other names", images, []string{"my-images-idx3-ubyte", "my-labels-idx1-ubyte"}, "my-images-idx3-ubyte", []uint8{0, 255, 7, 8, 1, 2, 3, 4}, ""},
		{"0 and 1", ones, []string{"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}, "", []uint8{0, 255, 255, 0, 255, 0, 0, 0}, "values 0..1 became"},
		{"only to test", images, []string{"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}, "", []uint8{0, 255, 7, 8, 1, 2, 3, 4}, "there are only images to test"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			place(t, dir, c.files[0], c.images)
			place(t, dir, c.files[1], labels)
			data, pair, err := read(Reader{}, filepath.Join(dir, c.path), nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(pair.Train.Pixels, c.want) || !slices.Equal(pair.Train.Classes, []string{"4", "9"}) {
				t.Errorf("got %v of %v, want %v", pair.Train.Pixels, pair.Train.Classes, c.want)
			}
			if notes := strings.Join(data.Notes, "\n"); c.note == "" && notes != "" || !strings.Contains(notes, c.note) {
				t.Errorf("notes: got %q, want %q", notes, c.note)
			}
		})
	}
	dir := t.TempDir()
	path := place(t, dir, "t10k-images-idx3-ubyte", images)
	data, err := Reader{}.Read(context.Background(), path)
	if err != nil || data.Asked().Len() != 2 || data.Asked().Labels != nil {
		t.Errorf("without labels: got %v, %+v", err, data)
	}
	if err := os.Rename(path, filepath.Join(dir, "mine.bin")); err != nil {
		t.Fatal(err)
	}
	if data, err := (Reader{}).Read(context.Background(), filepath.Join(dir, "mine.bin")); err != nil || data.Train.Len() != 2 {
		t.Errorf("by its first bytes: got %v", err)
	}
}

// A part to test that is dark on light where training is not is said: it is read as it stands.
func TestGroundOfParts(t *testing.T) {
	set := digits(t)
	for name, c := range map[string]struct{ train, test func(v uint8) string }{
		"light on dark, those to train on dark on light": {inverse, plain},
		"dark on light, those to train on light on dark": {plain, inverse},
		"": {inverse, inverse},
	} {
		text := "split," + header("label", 14*14)
		for part, value := range map[string]func(v uint8) string{"train": c.train, "test": c.test} {
			for line := range strings.Lines(rows(set, ",", true, value)) {
				text += part + "," + line
			}
		}
		path := place(t, t.TempDir(), "t.csv", []byte(text))
		data, _, err := read(Reader{Recipe: ink.Drawing}, path, nil)
		said := slices.Contains(data.Notes, "the images to test are "+name+": they do not mean the same")
		if err != nil || said != (name != "") {
			t.Errorf("%q: got %v, notes %q", name, err, data.Notes)
		}
	}
}

// A label that may stand for a missing one is a class, and it is said.
func TestMissingLabels(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gaps.csv")
	if err := os.WriteFile(path, []byte("label,p0,p1,p2,p3\n1,0,255,0,0\nNaN,0,0,255,0\n1,255,0,0,0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	data, err := Reader{Recipe: ink.Drawing}.Read(context.Background(), path)
	const want = "the label NaN is a class as any other: take its images out if it says that none is known"
	if err != nil || !slices.Contains(data.Notes, want) {
		t.Errorf("got %v, %v, want the note %q", data, err, want)
	}
}

// TestArraysLeft wants the arrays named that play no part.
func TestArraysLeft(t *testing.T) {
	file, err := npy.EncodeZip([]npy.Array{
		{Name: "x_train", Shape: []int{2, 1, 2}, Type: npy.Uint8, Data: []byte{0, 255, 255, 0}},
		npy.Floats("y_train", []int{2}, []float32{0, 1}),
		npy.Floats("weights", []int{2}, []float32{0, 1}),
		texts("comments", "a", "b"),
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := Reader{}.Read(context.Background(), place(t, t.TempDir(), "mine.npz", file))
	if want := "left out the arrays weights, comments"; err != nil || !slices.Contains(data.Notes, want) {
		t.Errorf("got %v, %v, want the note %q", data, err, want)
	}
}

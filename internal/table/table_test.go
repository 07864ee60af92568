package table

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/unzip"
)

// read decodes a text.
func read(text string, o Options) (*Table, error) {
	return Decode(context.Background(), strings.NewReader(text), int64(len(text)), "t.csv", o)
}

// values returns the pixels of a table, whatever holds them.
func values(t *Table) []float32 {
	if t.Bytes == nil {
		return t.Floats
	}
	list := make([]float32, len(t.Bytes))
	for i, v := range t.Bytes {
		list[i] = float32(v)
	}
	return list
}

// kaggle is two images of 2x2.
var kaggle = []float32{0, 7, 12, 255, 9, 0, 100, 1}

const kaggleText = "label,pixel0,pixel1,pixel2,pixel3\n5,0,7,12,255\n0,9,0,100,1\n"

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, text string
		o          Options
		labels     string
		pixels     []float32
	}{
		{"Kaggle", kaggleText, Options{}, "5 0", kaggle},
		{"CRLF", strings.ReplaceAll(kaggleText, "\n", "\r\n"), Options{}, "5 0", kaggle},
		{"CR", strings.ReplaceAll(kaggleText, "\n", "\r"), Options{}, "5 0", kaggle},
		{"no last line end", strings.TrimSuffix(kaggleText, "\n"), Options{}, "5 0", kaggle},
		{"blank lines", strings.ReplaceAll(kaggleText, "\n", "\n  \n\n"), Options{}, "5 0", kaggle},
		{"byte order mark", "\ufeff" + kaggleText, Options{}, "5 0", kaggle},
		{"semicolons", strings.ReplaceAll(kaggleText, ",", ";"), Options{}, "5 0", kaggle},
		{"tabs", strings.ReplaceAll(kaggleText, ",", "\t"), Options{}, "5 0", kaggle},
		{"bars", strings.ReplaceAll(kaggleText, ",", "|"), Options{}, "5 0", kaggle},
		{"commas and blanks", strings.ReplaceAll(kaggleText, ",", ", "), Options{}, "5 0", kaggle},
		{"blanks", strings.ReplaceAll(kaggleText, ",", "  "), Options{}, "5 0", kaggle},
		{"blanks at the ends", " 5 0 7 12 255 \n 0 9 0 100 1 \n", Options{}, "5 0", kaggle},
		{"quotes", "\"label\",\"p0\",\"p1\",\"p2\",\"p3\"\n\"5\",\"0\",\"7\",\"12\",\"255\"\n\"0\",\"9\",\"0\",\"100\",\"1\"\n", Options{}, "5 0", kaggle},
		{"sep=", "sep=;\n" + strings.ReplaceAll(kaggleText, ",", ";"), Options{}, "5 0", kaggle},
		{"a comment of names", "# " + kaggleText, Options{}, "5 0", kaggle},
		{"a last separator", strings.ReplaceAll(kaggleText, "\n", ",\n"), Options{}, "5 0", kaggle},
		{"a last separator in the data", "label,p0,p1,p2,p3\n5,0,7,12,255,\n0,9,0,100,1,\n", Options{}, "5 0", kaggle},
		{"row names of R", "label,p0,p1,p2,p3\n1,5,0,7,12,255\n2,0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"no names", "5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"names are numbers", "label,0,1,2,3\n5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"all names are numbers", "0,1,2,3,4\n5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"names are values that pandas told apart", "5,0,0.1,0.2,18\n5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"the label comes last", "pixel1,pixel2,pixel3,pixel4,class\n0,7,12,255,5\n9,0,100,1,0\n", Options{}, "5 0", kaggle},
		{"the label in the middle", "p0,p1,Digit,p2,p3\n0,7,5,12,255\n9,0,0,100,1\n", Options{}, "5 0", kaggle},
		{"a label of another name", "number,p0,p1,p2,p3\n5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"a label by name", "class,p0,p1,p2,p3\n5,0,7,12,255\n0,9,0,100,1\n", Options{Label: "Class"}, "5 0", kaggle},
		{"a label by number", "0,7,12,255,5\n9,0,100,1,0\n", Options{Label: "5"}, "5 0", kaggle},
		{"text labels", "cat,0,7,12,255\ndog,9,0,100,1\n", Options{}, "cat dog", kaggle},
		{"text labels last", "0,7,12,255,cat\n9,0,100,1,\"big, dog\"\n", Options{}, "cat big, dog", kaggle},
		{"codes in hex", "label,p0,p1\n4e00,0,7\n5e0,9,0\n4e8c,1,2\n", Options{}, "4e00 5e0 4e8c", []float32{0, 7, 9, 0, 1, 2}},
		{"a code and the number it looks like", "label,p0,p1\n4,0,7\n4e00,9,0\n", Options{}, "4 4e00", []float32{0, 7, 9, 0}},
		{"codes without names", "4e00,0,7,12,255\n5e0,9,0,100,1\n", Options{}, "4e00 5e0", kaggle},
		{"codes without names, digits first", "4000,0,7,12,255\n4e00,9,0,100,1\n", Options{}, "4000 4e00", kaggle},
		{"True and False as labels", "label,p0,p1\nTrue,0,7\nFalse,9,0\n", Options{}, "True False", []float32{0, 7, 9, 0}},
		{"True and False without names", "0,7,12,255,True\n9,0,100,1,False\n", Options{}, "True False", kaggle},
		{"True and 1", "label,p0,p1\nTrue,0,7\n1,9,0\n", Options{}, "True 1", []float32{0, 7, 9, 0}},
		{"numbers beside a name", "label,p0,p1\n5.0,0,7\n5,9,0\n1.5,1,2\nx,3,4\n", Options{}, "5.0 5 1.5 x", []float32{0, 7, 9, 0, 1, 2, 3, 4}},
		{"forms of one number", "label,p0,p1\n5.000e+00,0,7\n+5,9,0\n-0.0,1,2\n", Options{}, "5 5 0", []float32{0, 7, 9, 0, 1, 2}},
		{"a label with a decimal comma", "label;p0;p1\n5,0;0,5;1\n2,0;0;0,25\n", Options{}, "5 2", []float32{0.5, 1, 0, 0.25}},
		{"whole floats as labels", "5.0,0,7,12,255\n0e+00,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"savetxt", "5.000000000000000000e+00,0.0e+00,7.0e+00,1.2e+01,2.55e+02\n0.0,9.0,0.0,1e2,1\n", Options{}, "5 0", kaggle},
		{"fractions", "1,0,0.5,1.0,0\n2,1e-3,-0.25,.5,1.\n", Options{}, "1 2", []float32{0, 0.5, 1, 0, 0.001, -0.25, 0.5, 1}},
		{"fractions after bytes", "1,0,5,1,0\n2,1,0.25,5,1\n", Options{}, "1 2", []float32{0, 5, 1, 0, 1, 0.25, 5, 1}},
		{"decimal commas", "label;p0;p1\n1;0,5;1\n2;0;0,25\n", Options{}, "1 2", []float32{0.5, 1, 0, 0.25}},
		{"values above 255", "label,p0,p1\n1,256,1\n2,65535,3\n", Options{}, "1 2", []float32{256, 1, 65535, 3}},
		{"an index", "id,label,p0,p1\n10,1,2,3\n11,2,4,5\n", Options{}, "1 2", []float32{2, 3, 4, 5}},
		{"an index without a name", ",label,p0,p1\n0,1,2,3\n1,2,4,5\n", Options{}, "1 2", []float32{2, 3, 4, 5}},
		{"a shuffled index", ",p0,p1,label\n70,2,3,1\n3,4,5,2\n", Options{}, "1 2", []float32{2, 3, 4, 5}},
		{"labels without a name", ",p0,p1\n7,2,3\n7,4,5\n9,4,5\n", Options{}, "7 7 9", []float32{2, 3, 4, 5, 4, 5}},
		{"an index without names", "0,5,0,7,12,255\n1,3,9,0,100,1\n", Options{}, "5 3", kaggle},
		{"Kaggle's test.csv", "pixel0,pixel1,pixel2,pixel3\n0,7,12,255\n9,0,100,1\n", Options{}, "", kaggle},
		{"an index and pixels", "ImageId,pixel0,pixel1,pixel2,pixel3\n1,0,7,12,255\n2,9,0,100,1\n", Options{}, "", kaggle},
		{"pixels alone", "0,7,12,255\n9,0,100,1\n", Options{}, "", kaggle},
		{"pixels alone, not square", "label,p0,p1\n1,0,7\n2,9,8\n", Options{}, "1 2", []float32{0, 7, 9, 8}},
		{"a label and 3x2 pixels", "1,2,3,4,5,6,70\n2,2,3,4,5,6,7\n", Options{Pixels: 6}, "1 2", []float32{2, 3, 4, 5, 6, 70, 2, 3, 4, 5, 6, 7}},
		{"no labels by flag", "9,2,3,4,5\n2,2,3,4,5\n", Options{Label: "none"}, "", []float32{9, 2, 3, 4, 5, 2, 2, 3, 4, 5}},
		{"sorted as texts", "label,pixel0,pixel1,pixel10,pixel2,pixel3,pixel4,pixel5,pixel6,pixel7,pixel8,pixel9\n1,0,1,10,2,3,4,5,6,7,8,9\n", Options{}, "1",
			[]float32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
		{"from the last pixel", "p4,p3,p2,p1,label\n255,12,7,0,5\n1,100,0,9,0\n", Options{}, "5 0", kaggle},
		{"fractions from the last pixel", "p3,p2,p1,p0,label\n1,0.5,0.25,0,5\n", Options{}, "5", []float32{0, 0.25, 0.5, 1}},
		{"rows and columns", "label,1x1,1x2,2x1,2x2\n5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"columns first, by name", "label,r0c0,r1c0,r0c1,r1c1\n5,0,12,7,255\n0,9,100,0,1\n", Options{}, "5 0", kaggle},
		{"columns first, by other names", "label,col_0_row_0,col_0_row_1,col_1_row_0,col_1_row_1\n5,0,12,7,255\n0,9,100,0,1\n", Options{}, "5 0", kaggle},
		{"x and y", "label,x0y0,x1y0,x0y1,x1y1\n5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"columns first, as the flag says", "label,1x1,2x1,1x2,2x2\n5,0,7,12,255\n0,9,0,100,1\n", Options{Turned: true}, "5 0", kaggle},
		{"numbers that say no order", "label,p3,p3,p9,p1\n5,0,7,12,255\n0,9,0,100,1\n", Options{}, "5 0", kaggle},
		{"FER", "emotion,pixels,Usage\n5,0 7 12 255,Training\n0,9 0 100 1,PublicTest\n", Options{}, "5 0", kaggle},
		{"a list in a field", "label,image\n5,\"[0, 7, 12, 255]\"\n0,\"[9, 0, 100, 1]\"\n", Options{}, "5 0", kaggle},
		{"FER's test", "pixels\n0 7 12 255\n9 0 100 1\n", Options{}, "", kaggle},
		{"FER without names", "5,0 7 12 255\n0,9 0 100 1\n", Options{}, "5 0", kaggle},
		{"booleans", "label,p0,p1\n1,True,False\n2,False,True\n", Options{}, "1 2", []float32{1, 0, 0, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := read(c.text, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if labels := strings.Join(got.Labels, " "); labels != c.labels || (got.Labels == nil) != (c.labels == "") {
				t.Errorf("labels: got %q, want %q", labels, c.labels)
			}
			if pixels := values(got); !reflect.DeepEqual(pixels, c.pixels) || got.Rows*got.Pixels != len(pixels) {
				t.Errorf("pixels: got %v (%d x %d), want %v", pixels, got.Rows, got.Pixels, c.pixels)
			}
			if isBool := c.name == "booleans"; got.Bool != isBool {
				t.Errorf("booleans: got %v, want %v", got.Bool, isBool)
			}
		})
	}
}

func TestRefuses(t *testing.T) {
	long := strings.Repeat("x", 1000)
	for _, c := range []struct {
		name, text string
		o          Options
		want       string
	}{
		{"nothing", "", Options{}, "csv: t.csv: got no line, want one line per image"},
		{"blank", " \n\r\n", Options{}, "csv: t.csv: got no line, want one line per image"},
		{"names alone", "label,p0,p1\n", Options{}, "csv: t.csv: line 1: got nothing but the names of columns, want one line per image after it"},
		{"a shorter line", kaggleText + "5,1,2,3\n", Options{}, "csv: t.csv: line 4: got 4 values, want 5, as the lines before it have"},
		{"a longer line", kaggleText + "5,1,2,3,4,5\n", Options{}, "csv: t.csv: line 4: got 6 values, want 5, as the lines before it have"},
		{"more names than values", "label,p0,p1,p2\n1,2\n", Options{}, "csv: t.csv: line 2: got 2 values, want 4, as many as there are names of columns"},
		{"no number", kaggleText + "5,1,2,x,4\n", Options{}, `csv: t.csv: line 4, column 4 (pixel2): got "x", want a number`},
		{"a missing value", kaggleText + "5,1,,3,4\n", Options{}, `csv: t.csv: line 4, column 3 (pixel1): got "", want a pixel's value`},
		{"not a number", kaggleText + "5,1,nan,3,4\n", Options{}, `csv: t.csv: line 4, column 3 (pixel1): got "nan", want a number`},
		{"a long value", kaggleText + "5,1," + long + ",3,4\n", Options{}, `csv: t.csv: line 4, column 3 (pixel1): got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"..., want a number`},
		{"an empty label", kaggleText + ",1,2,3,4\n", Options{}, "csv: t.csv: line 4, column 1 (label): got no label, want one in each line"},
		{"a fraction as label", kaggleText + "0.5,1,2,3,4\n", Options{}, `csv: t.csv: line 4, column 1 (label): got the label "0.5", want a whole number or a name`},
		{"a label in Latin-1", kaggleText + "\xe4,1,2,3,4\n", Options{}, `csv: t.csv: line 4, column 1 (label): got "\xe4", want a label in UTF-8`},
		{"an open quote", kaggleText + "\"5,1,2,3,4\n", Options{}, "csv: t.csv: line 4: got a quote without its end, want quotes in pairs"},
		{"two columns of labels", "label,class,p0\n1,2,3\n", Options{}, "csv: t.csv: column 2 (class): got a second column of labels beside column 1 (label), want one: name it with --label-column"},
		{"a stranger", "label,writer,p0,p1,p2\n1,2,3,4,5\n", Options{}, "csv: t.csv: column 2 (writer): got a column that is neither label nor pixel, want it removed, or its name changed to id if it is to be left out"},
		{"two strangers", "who,writer,p0,p1,p2\n1,2,3,4,5\n", Options{}, "csv: t.csv: column 2 (writer): got a second column that holds no pixels, want the label's named with --label-column, others removed or named id"},
		{"no such label", kaggleText, Options{Label: "klass"}, `csv: t.csv: got the label column "klass", want a name of the first line (label, pixel0, pixel1, pixel2, ...) or a number 1..5`},
		{"another part", "emotion,pixels,Usage\n5,0 7 12 255,other\n", Options{}, `csv: t.csv: line 2, column 3 (Usage): got "other", want Training, PublicTest or PrivateTest, or train, val or test`},
		{"fewer pixels in a field", "emotion,pixels\n5,0 7 12 255\n5,0 7\n", Options{}, "csv: t.csv: line 3, column 2 (pixels): got 2 pixels, want 4, as the lines before it have"},
		{"UTF-16", "\xff\xfel\x00a\x00", Options{}, "csv: t.csv: got text in UTF-16, want UTF-8: save it as CSV UTF-8"},
		{"binary", "\x89PNG\r\n\x1a\n\x00\x00\x00\r\n", Options{}, "csv: t.csv: got bytes that are no text, want a table of text in UTF-8"},
		{"zeros", "\x00\x00\x00\n", Options{}, "csv: t.csv: got bytes that are no text, want a table of text in UTF-8"},
		{"ARFF", "@relation x\n@data\n1,2\n", Options{}, "csv: t.csv: line 1: got an ARFF file, want a table: save it as CSV"},
		{"columns that may come first", "label,1x1,2x1,1x2,2x2\n5,0,7,12,255\n", Options{}, "csv: t.csv: got columns of pixels called 1x1, 2x1, 1x2, 2x2, ..., which does not say whether a row or a column comes first, want --transpose no if"},
		{"a list of pictures", "filename,label\nimages/0.png,5\n", Options{}, `csv: t.csv: line 1: got names of pictures ("images/0.png", ...) and no pixels, want the pictures themselves: a folder for each label`},
		{"labels alone", "id,label\n1,5\n", Options{}, "csv: t.csv: line 1: got no column of pixels, want a column for each pixel, or all in one"},
		{"both may be labels", strings.Repeat("0,1,1,1,1\n1,1,1,1,0\n", 20), Options{}, "csv: t.csv: got column 1 and column 5, which both may be labels, want --label-column 1 or 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := read(c.text, c.o)
			if _, ok := errors.AsType[*FormatError](err); !ok || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestPlace decides between first and last column by their values.
func TestPlace(t *testing.T) {
	for _, c := range []struct {
		name        string
		first, last func(i int) int
		want        string // the first two labels
	}{
		{"labels first, a dark corner last", func(i int) int { return i % 10 }, func(int) int { return 0 }, "0 1"},
		{"labels last, a dark corner first", func(int) int { return 0 }, func(i int) int { return i % 10 }, "0 1"},
		{"labels last, some ink in the corner", func(i int) int { return i / 98 }, func(i int) int { return i % 10 }, "0 1"},
		{"labels last, photographs", func(i int) int { return 100 + i*7%50 }, func(i int) int { return i % 3 }, "0 1"},
		{"labels first, photographs", func(i int) int { return 1 + i%3 }, func(i int) int { return 100 + i*7%50 }, "1 2"},
		{"labels last, two values first", func(i int) int { return i % 2 }, func(i int) int { return i % 10 }, "0 1"},
		{"labels beyond 255 last", func(i int) int { return 7 }, func(i int) int { return i % 50 * 10 }, "0 10"},
		{"labels with gaps last, photographs", func(i int) int { return 3 + i*7%45*2 }, func(i int) int { return i % 3 * 2 }, "0 2"},
		{"one label", func(int) int { return 3 }, func(int) int { return 0 }, "3 3"},
		{"sorted by label", func(i int) int { return 0 }, func(i int) int { return i / 25 }, "0 0"},
		{"a count of lines", func(i int) int { return i }, func(i int) int { return 0 }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var text strings.Builder
			for i := range 100 {
				fmt.Fprintf(&text, "%d,1,2,3,%d\n", c.first(i), c.last(i))
			}
			got, err := read(text.String(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := []uint8{1, 2, 3, uint8(c.last(1))}
			if labels := strings.Join(got.Labels[:min(2, len(got.Labels))], " "); labels != c.want || len(got.Notes) != 1 {
				t.Errorf("got labels %q %q, want %q and a note", labels, got.Notes, c.want)
			}
			if strings.Contains(got.Notes[0], "column 5") {
				want = []uint8{uint8(c.first(1)), 1, 2, 3}
			}
			if !bytes.Equal(got.Bytes[4:8], want) {
				t.Errorf("got pixels %v, want %v", got.Bytes[4:8], want)
			}
		})
	}
}

func TestParts(t *testing.T) {
	together, err := read("emotion,pixels,Usage\n5,0 7 1 2,Training\n0,9 0 3 4,Training\n1,9 9 9 9,PublicTest\n2,8 8 8 8,PrivateTest\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	apart, err := read("label,split,p0,p1\n1,test,0,7\n2,train,1,2\n3,val,3,4\n4,train,5,6\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		t      *Table
		part   Part
		labels string
		pixels []uint8
	}{
		{together, Train, "5 0", []uint8{0, 7, 1, 2, 9, 0, 3, 4}},
		{together, Validation, "1", []uint8{9, 9, 9, 9}},
		{together, Test, "2", []uint8{8, 8, 8, 8}},
		{apart, Train, "2 4", []uint8{1, 2, 5, 6}},
		{apart, Validation, "3", []uint8{3, 4}},
		{apart, Test, "1", []uint8{0, 7}},
	} {
		p := c.t.Part(c.part)
		if strings.Join(p.Labels, " ") != c.labels || !bytes.Equal(p.Bytes, c.pixels) || p.Rows != len(p.Labels) {
			t.Errorf("part %d: got %v %v, want %s %v", c.part, p.Labels, p.Bytes, c.labels, c.pixels)
		}
	}
	whole, err := read(kaggleText, Options{})
	if err != nil || whole.Part(Train) != whole || whole.Part(Test) != nil {
		t.Errorf("without parts: got others than the whole as training and no test, %v", err)
	}
}

// packed returns data as gzip.
func packed(data []byte) []byte {
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	w.Write(data)
	w.Close()
	return file.Bytes()
}

// zipped returns a zip of these members, name and content in turn.
func zipped(members ...string) []byte {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for i := 0; i < len(members); i += 2 {
		member, err := w.Create(members[i])
		if err != nil {
			panic(err)
		}
		member.Write([]byte(members[i+1]))
	}
	w.Close()
	return file.Bytes()
}

func TestPacked(t *testing.T) {
	whole := packed([]byte(kaggleText))
	for _, c := range []struct {
		name string
		data []byte
		want string // of the error; empty: none
	}{
		{"gzip", whole, ""},
		{"zip", zipped("folder/", "", "__MACOSX/._a.csv", "x", "folder/a.CSV", kaggleText, "readme.md", "words"), ""},
		{"half a gzip", whole[:len(whole)/2], "got a damaged packed file (unexpected EOF), want a whole one"},
		{"two tables", zipped("a.csv", kaggleText, "b.csv", kaggleText), `got several tables ("a.csv", "b.csv"), want one in a zip: unpack it`},
		{"no table", zipped("a.png", "x"), "got a zip without a table, want one .csv, .tsv or .txt in it"},
		{"Excel", zipped("xl/workbook.xml", "x"), "got an Excel workbook, want a table of text: save it as CSV"},
		{"half a zip", zipped("a.csv", kaggleText)[:60], "got a damaged packed file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode(context.Background(), bytes.NewReader(c.data), int64(len(c.data)), "t.csv", Options{})
			if c.want == "" {
				if err != nil || !reflect.DeepEqual(values(got), kaggle) {
					t.Errorf("got %v, %v; want %v", got, err, kaggle)
				}
				return
			}
			if _, ok := errors.AsType[*FormatError](err); !ok || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// A line that no image can have is refused early, however long it is.
func TestLongLine(t *testing.T) {
	file := packed(bytes.Repeat([]byte("0,"), 50<<20))
	var read int64
	o := Options{Progress: func(done, total int64) { read = done }}
	memory.Bounded(t, 4, maxLine, func() {
		_, err := Decode(context.Background(), bytes.NewReader(file), int64(len(file)), "t.csv", o)
		want := "csv: t.csv: line 1: got more than 32 MiB, want an image of at most 1024x1024 pixels"
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	})
	if read > int64(len(file)*3/4) {
		t.Errorf("read %d of %d bytes", read, len(file))
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "train.csv")
	if err := os.WriteFile(path, []byte(kaggleText), 0o644); err != nil {
		t.Fatal(err)
	}
	var done, total int64
	got, err := Read(context.Background(), path, Options{Progress: func(d, n int64) { done, total = d, n }})
	if err != nil || !reflect.DeepEqual(values(got), kaggle) || done != total || total != int64(len(kaggleText)) {
		t.Errorf("got %v, %v, %d of %d bytes", got, err, done, total)
	}
	if _, err := Read(context.Background(), dir, Options{}); err == nil || !strings.Contains(err.Error(), "want a file") {
		t.Errorf("a folder: got %v, want an error", err)
	}
	if _, err := Read(context.Background(), filepath.Join(dir, "none"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: got %v, want %v", err, os.ErrNotExist)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, path, Options{}); err != context.Canceled {
		t.Errorf("cancelled: got %v, want %v", err, context.Canceled)
	}
}

// TestGrowth reads more rows than the first estimate foresees, of bytes that become
// float32 late.
func TestGrowth(t *testing.T) {
	var text strings.Builder
	text.WriteString("label,p0,p1\n")
	for i := range 200_000 {
		fmt.Fprintf(&text, "%d,%d,%d\n", i%10, i%256, i*7%256)
	}
	text.WriteString("3,0.5,1\n")
	for name, data := range map[string][]byte{"plain": []byte(text.String()), "gzip": packed([]byte(text.String()))} {
		got, err := Decode(context.Background(), bytes.NewReader(data), int64(len(data)), "t.csv", Options{})
		if err != nil || got.Rows != 200_001 {
			t.Fatalf("%s: got %v, want 200001 rows", name, err)
		}
		for i := range 200_000 {
			if got.Floats[2*i] != float32(i%256) || got.Floats[2*i+1] != float32(i*7%256) {
				t.Fatalf("%s: row %d: got %v", name, i, got.Floats[2*i:2*i+2])
			}
		}
	}
}

// FuzzDecode reads any bytes: a table whose parts fit together or an error, and no
// more memory than the bytes may hold.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{
		kaggleText, "5,0,0.1,0.2,18\n5,0,7,12,255\n", "emotion,pixels,Usage\n5,0 7 12 255,Training\n", "sep=;\n1;0,5;1\n",
		"\ufeff\"a\"\"b\",1,2\r\n", " 1 2  3\n", "# label\n1,2\n", ",p0,p1\r7,2,3\r", "0,1,2,3,9\n1,2,3,4,8\n", "cat,1e5,True\n",
	} {
		f.Add([]byte(text), "")
		f.Add(packed([]byte(text)), "1")
		f.Add(zipped("a.csv", text), "none")
	}
	f.Fuzz(func(t *testing.T, data []byte, label string) {
		factor := 64
		if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) || bytes.HasPrefix(data, []byte("PK")) {
			factor *= unzip.Factor
		}
		memory.Bounded(t, factor, len(data), func() {
			got, err := Decode(context.Background(), bytes.NewReader(data), int64(len(data)), "t", Options{Label: label})
			if err != nil {
				if len(err.Error()) > 500 {
					t.Errorf("a message of %d bytes: %v", len(err.Error()), err)
				}
				return
			}
			if n := got.Rows * got.Pixels; n < 1 || len(got.Bytes)+len(got.Floats) != n || got.Bytes != nil && got.Floats != nil {
				t.Errorf("got %d bytes and %d floats of %d x %d", len(got.Bytes), len(got.Floats), got.Rows, got.Pixels)
			}
			if got.Labels != nil && len(got.Labels) != got.Rows || got.Parts != nil && len(got.Parts) != got.Rows {
				t.Errorf("got %d labels and %d parts of %d rows", len(got.Labels), len(got.Parts), got.Rows)
			}
		})
	})
}

// BenchmarkRead reads 2,000 images of Kaggle's kind; bytes are those of the text.
func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	for i := range 2000 {
		fmt.Fprint(&text, i%10)
		for j := range 784 {
			fmt.Fprint(&text, ",", max(0, (i*31+j*j)%1200-945))
		}
		text.WriteByte('\n')
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if _, err := Decode(context.Background(), bytes.NewReader(text.Bytes()), int64(text.Len()), "", Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// What stands in the column of an index is kept where it is asked for.
func TestIDs(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"by name":  {"p0,ImageId,p1,p2,p3,label\n1,00007,2,3,4,5\n1,x y,2,3,4,6\n", []string{"00007", "x y"}},
		"two":      {"id,row,p0,p1,p2,p3\n8,0,1,2,3,4\n9,1,1,2,3,4\n", []string{"8", "9"}},
		"none":     {"p0,p1,p2,p3,label\n1,2,3,4,5\n", nil},
		"fraction": {"id,p0,p1,p2,p3\na,1,2,3,4\nb,1,0.5,3,4\n", []string{"a", "b"}},
	} {
		for _, asked := range []bool{true, false} {
			table, err := Decode(t.Context(), strings.NewReader(c.text), int64(len(c.text)), "t.csv", Options{IDs: asked})
			if err != nil {
				t.Fatal(err)
			}
			want := c.want
			if !asked {
				want = nil
			}
			if !slices.Equal(table.IDs, want) || table.Pixels != 4 {
				t.Errorf("%s: got %q of %d pixels, want %q", name, table.IDs, table.Pixels, want)
			}
		}
	}
}

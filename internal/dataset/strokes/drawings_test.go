package strokes

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/memory"
)

func decodeDrawings(text string) ([]Drawing, error) {
	file, err := Decode(strings.NewReader(text), "digits.json")
	return file.Drawings, err
}

func TestDecodeDrawings(t *testing.T) {
	two := []ink.Stroke{{{X: 0.5, Y: 1}, {X: -2, Y: 30}}, {{X: 4, Y: 5}}}
	for name, c := range map[string]struct {
		text string
		want []Drawing
	}{
		"list":            {`[{"label":8,"writer":3,"strokes":[[[0.5,1],[-2,3e1]],[[4,5]]]},{"strokes":[]}]`, []Drawing{{Label: 8, Writer: 3, Strokes: two}, {Label: -1, Strokes: []ink.Stroke{}}}},
		"one drawing":     {`{"strokes":[[[0.5,1],[-2,30]],[[4,5]]],"label":255}`, []Drawing{{Label: 255, Strokes: two}}},
		"bare strokes":    {`[[[0.5,1],[-2,30]],[[4,5]]]`, []Drawing{{Label: -1, Strokes: two}}},
		"nothing":         {`[]`, nil},
		"empty stroke":    {`[[]]`, []Drawing{{Label: -1, Strokes: []ink.Stroke{{}}}}},
		"nulls":           {`{"label":null,"writer":null,"strokes":[]}`, []Drawing{{Label: -1, Strokes: []ink.Stroke{}}}},
		"white space":     {" [ {\n\"label\" : 0 ,\t\"strokes\" : [ [ [ 4 , 5 ] ] ] } ]\r\n", []Drawing{{Label: 0, Strokes: two[1:]}}},
		"other keys":      {`{"a\\":"]\"}","b":{"c":[1,{}]},"\u006cabel":7,"d":true,"strokes":[[[4,5]]]}`, []Drawing{{Label: 7, Strokes: two[1:]}}},
		"from a picture":  {`{"traced": true , "strokes":[[[4,5]]]}`, []Drawing{{Label: -1, Strokes: two[1:], Traced: true}}},
		"not said":        {`{"traced":{"by":[1,"]"]},"strokes":[[[4,5]]]}`, []Drawing{{Label: -1, Strokes: two[1:]}}},
		"lines":           {"{\"label\":1,\"strokes\":[[[4,5]]]}\n{\"strokes\":[]}\n\n", []Drawing{{Label: 1, Strokes: two[1:]}, {Label: -1, Strokes: []ink.Stroke{}}}},
		"byte order mark": {"\ufeff[]", nil},
		"times":           {`[[[0.5,1,0],[-2,30,1.5]],[[4,5,20]]]`, []Drawing{{Label: -1, Strokes: two}}},
		"time, pressure":  {`{"strokes":[[[0.5,1,0,0.1],[-2,30,1,1]],[[4,5,2,1]]]}`, []Drawing{{Label: -1, Strokes: two}}},
		"named points":    {`{"strokes":[[{"x":0.5,"y":1},{"t":{"a":1},"y":30,"x":-2}],[{"x":4,"y":5}]]}`, []Drawing{{Label: -1, Strokes: two}}},
		"a list of marks": {`{"marks":[{"x":1}],"strokes":[[[0.5,1],[-2,30]],[[4,5]]]}`, []Drawing{{Label: -1, Strokes: two}}},
		"Quick, Draw!":    {`{"countrycode":"DE","drawing":[[[0.5,-2],[1,30],[0,17]],[[4],[5],[40]]],"recognized":true}`, []Drawing{{Label: -1, Strokes: two}}},
		"... simplified":  {`[{"drawing":[[[0.5,-2],[1,30]],[[4],[5]]]}]`, []Drawing{{Label: -1, Strokes: two}}},
		"... and our own": {`{"drawing":"a.png","label":3,"word":"x","strokes":[[[4,5]]],"drawing":[[[1],[2]]]}`, []Drawing{{Label: 3, Strokes: two[1:]}}},
		"the last counts": {`{"label":1,"strokes":[],"strokes":[[[4,5]]],"label":2}`, []Drawing{{Label: 2, Strokes: two[1:]}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decodeDrawings(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestDecodeDrawingsErrors(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty file":      {``, "the file ends too early"},
		"word":            {`hello`, "got 'h', want a list or an object"},
		"behind the end":  {`[] x`, "got 'x', want the end of the file"},
		"infinite x":      {`[{"strokes":[]},{"strokes":[[],[[1,2],[1e999,2]]]}]`, "drawing 2, stroke 2, point 2: x is 1e999, want a finite number"},
		"beyond float32":  {`[[[1,1e39]]]`, "stroke 1, point 1: y is 1e39, want a finite number"},
		"NaN":             {`[[[NaN,1]]]`, "stroke 1, point 1: x is NaN, want a finite number"},
		"null":            {`[[[1,null]]]`, "stroke 1, point 1: y is null, want a finite number"},
		"no JSON number":  {`[[[.5,1]]]`, "stroke 1, point 1: x is .5, want a finite number"},
		"hexadecimal":     {`[[[0x1p3,1]]]`, "stroke 1, point 1: x is 0x1p3, want a finite number"},
		"spoils the line": {"[[[\x1b[2J,1]]]", `stroke 1, point 1: x is "\x1b", want a finite number`},
		"no x":            {`[[[,1]]]`, "stroke 1, point 1: got ',', want a number for x"},
		"endless number":  {`[[[` + strings.Repeat("1", 99), "stroke 1, point 1: x is longer than 64 characters"},
		"one coordinate":  {`[[[1]]]`, "stroke 1, point 1: got ']', want , between x and y"},
		"five":            {`[[[1,2,3,4,5]]]`, "stroke 1, point 1: got ',', want ] after x and y, or after time and pressure"},
		"all x, all y":    {`[[[1,2,3],[4,5,6]],[[1,2],[3,4]]]`, "stroke 2, point 1: 2 numbers, want 3, as the points before it have"},
		"no y":            {`{"drawing":[[[1,2]]]}`, "stroke 1: no values of y, want all x and all y"},
		"fewer y":         {`{"drawing":[[[1,2],[3]]]}`, "stroke 1: 1 values of y, want 2, as many as of x"},
		"more y":          {`{"drawing":[[[1],[3,4]]]}`, "stroke 1: 2 values of y, want 1, as many as of x"},
		"points or axes":  {`{"label":3,"drawing":[[[0,50],[100,50]],[[50,0],[50,100]]]}`, "its strokes may be points, [[x, y], [x, y]], or all x and all y, [[x, x], [y, y]]: want points under the key strokes; Quick, Draw!'s with their label under the key word"},
		"points, axes":    {`[{"drawing":[[[1,2],[3,4],[5,6],[7,8],[9,10]]]},{"drawing":[[[1,2,3,4,5],[3,4,5,6,7]]]}]`, "drawing 2, stroke 1, point 1: 5 numbers, want x and y, as the points before it have"},
		"axes, points":    {`[{"drawing":[[[1],[3]]]},{"drawing":[[[1,2],[3,4],[5,6],[7,8],[9,10]]]}]`, "drawing 2, stroke 1: 5 lists, want all x and all y, and perhaps all times and pressures, as the strokes before it have"},
		"half a point":    {`[[{"x":1}]]`, "stroke 1, point 1: x or y is missing, want both"},
		"lines, cut":      {"{\"strokes\":[]}\n{\"strokes\":[", "drawing 2, stroke 1: the file ends too early"},
		"too deep":        {`[[[[1,2]]]]`, "stroke 1, point 1: got '[', want a number for x"},
		"flat points":     {`[[1,2]]`, "stroke 1, point 1: got '1', want a point's ["},
		"comma at end":    {`[[[1,2],]]`, "stroke 1, point 2: got ']', want a point's ["},
		"no comma":        {`[[[1,2][3,4]]]`, "stroke 1, point 1: got '[', want , or ]"},
		"mixed list":      {`[{"strokes":[]},[]]`, "drawing 2: got '[', want a drawing's {"},
		"list of numbers": {`[5]`, "drawing 1: got '5', want a drawing's {"},
		"large label":     {`{"label":65536,"strokes":[]}`, "label is 65536, want 0..65535, or a text"},
		"negative label":  {`[{"label":-1,"strokes":[]}]`, "drawing 1: label is -1, want 0..65535, or a text"},
		"label 5.5e-1":    {`{"label":5.5e-1,"strokes":[]}`, "label is 5.5e-1, want 0..65535, or a text"},
		"label no UTF-8":  {"{\"label\":\"\xff\",\"strokes\":[]}", `label is "\"\xff\"", want a text of 1..255 bytes of UTF-8`},
		"label empty":     {`[{"label":"","strokes":[]}]`, `drawing 1: label is "\"\"", want a text of 1..255 bytes of UTF-8`},
		"label too long":  {`{"label":"` + strings.Repeat("x", 256) + `","strokes":[]}`, `label is "\"` + strings.Repeat("x", 39) + `", want a text of 1..255 bytes of UTF-8`},
		"label no JSON":   {`{"label":"\x","strokes":[]}`, `label is "\"\\x\"", want a text of 1..255 bytes of UTF-8`},
		"label 1.5":       {`{"label":1.5,"strokes":[]}`, "label is 1.5, want 0..65535, or a text"},
		"label 08":        {`{"label":08,"strokes":[]}`, "label is 08, want 0..65535, or a text"},
		"writer":          {`{"writer":-2,"strokes":[]}`, "writer is -2, want 0..2147483647"},
		"a list inside":   {`{"version":1,"drawings": [ {"strokes":[]}]}`, `no strokes but a list under the key "drawings", want the list alone: [{"label": ..., "strokes": ...}, ...]`},
		"a long list":     {`{"data":[` + strings.Repeat(`{"strokes":[[[1,2]]]},`, 4000) + `{}]}`, `no strokes but a list under the key "data", want the list alone: [{"label": ..., "strokes": ...}, ...]`},
		"no strokes":      {`[{"label":3}]`, "drawing 1: no strokes, want a list of them by this name, or by Quick, Draw!'s, drawing"},
		"strokes a word":  {`{"strokes":null}`, "got 'n', want the list of strokes"},
		"no key":          {`{"strokes":[],}`, "got '}', want a key"},
		"no colon":        {`{"label" 3}`, `key "\"label\" 3" is not JSON`},
		"value not JSON":  {`{"a":nope,"strokes":[]}`, `the value of "a" is not JSON`},
		"value too long":  {`{"a":"` + strings.Repeat("b", maxSkipped), "a value is longer than 65536 bytes"},
		"damaged gzip":    {"\x1f\x8bxxxxxxxxxxxx", "gzip: invalid header"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decodeDrawings(c.text)
			if want := "strokes: digits.json: " + c.want; err == nil || err.Error() != want {
				t.Errorf("error: got %v, want %s", err, want)
			}
			if got != nil {
				t.Errorf("drawings: got %v, want none", got)
			}
		})
	}
}

func TestDecodeDrawingsTruncated(t *testing.T) {
	plain := `[{"label":8,"writer":3,"x":"y","strokes":[[[0.5,1],[-2,3e1]],[[4,5]]]}]`
	for name, text := range map[string]string{"plain": plain, "gzip": gzipped(t, plain)} {
		if _, err := decodeDrawings(text); err != nil {
			t.Errorf("%s, whole: got error %v", name, err)
		}
		for length := range text {
			if got, err := decodeDrawings(text[:length]); err == nil || got != nil {
				t.Errorf("%s, %d bytes: got %v, error %v, want an error", name, length, got, err)
			}
		}
	}
}

func TestElementsAreBounded(t *testing.T) {
	s, err := newStrokeScanner(strings.NewReader("1,1,1]"))
	if err != nil {
		t.Fatal(err)
	}
	one := func() error { _, err := s.coordinate("x"); return err }
	err = s.elements(&s.point, 2, one)
	if want := "point 3: one more than a file may hold"; err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %s", err, want)
	}
}

// TestTextLabels wants labels that are texts as places in their sorted names.
func TestTextLabels(t *testing.T) {
	for name, c := range map[string]struct {
		labels string // of drawings without strokes
		names  []string
		want   []int
	}{
		"texts":             {`"b" "a" "b"`, []string{"a", "b"}, []int{1, 0, 1}},
		"digits as texts":   {`"10" "9" "9"`, []string{"9", "10"}, []int{1, 0, 0}},
		"texts and numbers": {`"b" 7 null "10"`, []string{"7", "10", "b"}, []int{2, 0, -1, 1}},
		"escaped":           {`"\u00e9" "é" "\""`, []string{"\"", "é"}, []int{1, 1, 0}},
		"numbers":           {`3 0`, nil, []int{3, 0}},
		"whole floats":      {`3.0 2e+01 null`, nil, []int{3, 20, -1}},
	} {
		t.Run(name, func(t *testing.T) {
			var list []string
			for label := range strings.FieldsSeq(c.labels) {
				list = append(list, `{"label":`+label+`,"strokes":[]}`)
			}
			file, err := Decode(strings.NewReader("["+strings.Join(list, ",")+"]"), "names.json")
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, d := range file.Drawings {
				got = append(got, d.Label)
			}
			if !slices.Equal(got, c.want) || !slices.Equal(file.Names, c.names) {
				t.Errorf("got %v of %q, want %v of %q", got, file.Names, c.want, c.names)
			}
		})
	}
}

func TestWrite(t *testing.T) {
	ds := []Drawing{
		{Label: 3, Writer: 7, Strokes: []ink.Stroke{{{X: 0.12345, Y: 100}, {X: -0.00001, Y: 1e20}}, {}}},
		{Label: -1, Traced: true},
	}
	var b bytes.Buffer
	if err := Write(&b, ds); err != nil {
		t.Fatal(err)
	}
	want := `[
{"label":3,"writer":7,"strokes":[[[0.1235,100],[0,100000002004087730000]],[]]},
{"traced":true,"strokes":[]}]
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestWriteDrawingsErrors(t *testing.T) {
	nan := float32(math.NaN())
	for name, c := range map[string]struct {
		d    Drawing
		want string
	}{
		"NaN":   {Drawing{Strokes: []ink.Stroke{{}, {{X: 1, Y: 2}, {X: nan, Y: 1}}}}, "strokes: drawing 1, stroke 2, point 2: (NaN, 1), want finite numbers"},
		"label": {Drawing{Label: 65536}, "strokes: drawing 1: label is 65536, want 0..65535"},
	} {
		if err := Write(new(bytes.Buffer), []Drawing{c.d}); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestDrawingsRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 0))
	some := make([]Drawing, 30)
	for i := range some {
		some[i] = Drawing{Label: i % 10, Writer: i % 3, Traced: i%7 == 0, Strokes: make([]ink.Stroke, 1+i%4)}
		for k := range some[i].Strokes {
			for range 20 {
				some[i].Strokes[k] = append(some[i].Strokes[k], ink.Point{X: random.Float32(), Y: random.Float32()})
			}
		}
	}
	for name, ds := range map[string][]Drawing{"none": nil, "some": some} {
		var first, second bytes.Buffer
		if err := Write(&first, ds); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "digits")
		if err := os.WriteFile(path, []byte(gzipped(t, first.String())), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := Write(&second, got.Drawings); err != nil {
			t.Fatal(err)
		}
		if len(got.Drawings) != len(ds) || first.String() != second.String() {
			t.Errorf("%s: got other drawings after writing and reading", name)
		}
	}
}

func TestReadDrawingsNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "digits.json")
	_, err := Read(path)
	if err == nil || !strings.HasPrefix(err.Error(), "strokes: open "+path) {
		t.Errorf("error: got %v, want one that names %s", err, path)
	}
}

// The pen data: 30 writers, 7,494 digits.
func TestReadPen(t *testing.T) {
	file, err := Read(penFile(t))
	if err != nil {
		t.Fatal(err)
	}
	writers, strokes := map[int]bool{}, 0
	for i, d := range file.Drawings {
		writers[d.Writer] = true
		strokes += len(d.Strokes)
		if d.Label < 0 || d.Label > 9 {
			t.Fatalf("drawing %d: label: got %d, want 0..9", i+1, d.Label)
		}
	}
	got := fmt.Sprint(len(file.Drawings), " digits, ", strokes, " strokes, ", len(writers), " writers")
	if want := "7494 digits, 9433 strokes, 30 writers"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// penFile returns the path of the pen data; without it the test is skipped.
func penFile(t testing.TB) string {
	path := filepath.Join(os.Getenv("INKLING_DATA"), "pen", "pen_train.json.gz")
	if _, err := os.Stat(path); os.Getenv("INKLING_DATA") == "" || err != nil {
		t.Skip("INKLING_DATA: no pen/ there")
	}
	return path
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What can be read can be written, and reads the same again.
func FuzzDecodeDrawings(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		var file File
		var err error
		memory.Bounded(t, 32*memory.Unpacked, len(data), func() { file, err = Decode(bytes.NewReader(data), "fuzz") })
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error: got %q, want one line", err)
			}
			return
		}
		var first, second bytes.Buffer
		if err := Write(&first, file.Drawings); err != nil {
			t.Fatal(err)
		}
		again, err := Decode(bytes.NewReader(first.Bytes()), "again")
		if err != nil {
			t.Fatalf("reading what was written: %v: %s", err, first.String())
		}
		if err := Write(&second, again.Drawings); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Errorf("got %s, want %s", second.String(), first.String())
		}
	})
}

func BenchmarkReadPen(b *testing.B) {
	path := penFile(b)
	for b.Loop() {
		if _, err := Read(path); err != nil {
			b.Fatal(err)
		}
	}
}

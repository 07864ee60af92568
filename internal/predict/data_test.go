package predict

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// Images of 4x4 as lines of a table: ink at the bottom, and at the top.
var (
	bottom = strings.Repeat("0,", 8) + strings.Repeat("255,", 7) + "255"
	top    = strings.Repeat("255,", 8) + strings.Repeat("0,", 7) + "0"
)

// place writes a file below a folder.
func place(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// photograph returns a PNG file of 4x4, light in these rows.
func photograph(t *testing.T, rows ...int) string {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 4, 4))
	for y := range 4 {
		for x := range 4 {
			if slices.Contains(rows, y) {
				p.SetGray(x, y, color.Gray{255})
			}
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, p); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// A picture on the other ground than the model learned from is inverted, and it is said.
func TestGround(t *testing.T) {
	dir := t.TempDir()
	m := newModel(t)
	m.Recipe = ink.Photo
	m.SetGround(ink.DarkGround)
	var log bytes.Buffer
	r := New(m, 0)
	r.Data.Log = &log
	path := place(t, dir, "light.png", photograph(t, 0, 1, 3))
	if bad := r.Files([]string{path}); len(bad) > 0 || r.Predictions[0].Label != "bottom" || !r.Predictions[0].Sure {
		t.Errorf("got %+v, %v, want the dark row below read as ink", r.Predictions, bad)
	}
	if want := "pictures inverted, since the model has learned from others on dark ground: 1\n"; log.String() != want {
		t.Errorf("got %q, want %q", log.String(), want)
	}
}

// An image of little contrast is answered and said, unless tracing stretches it.
func TestFaint(t *testing.T) {
	dir := t.TempDir()
	picture := func(name string, ground, line uint8) string {
		p := image.NewGray(image.Rect(0, 0, 28, 28))
		for i := range p.Pix {
			p.Pix[i] = ground
			if x, y := i%28, i/28; x > 10 && x < 14 && y > 4 && y < 24 {
				p.Pix[i] = line
			}
		}
		var file bytes.Buffer
		if err := png.Encode(&file, p); err != nil {
			t.Fatal(err)
		}
		return place(t, dir, name, file.String())
	}
	var clear bytes.Buffer
	if err := png.Encode(&clear, image.NewNRGBA(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	numbers := func(name, line string) string {
		return place(t, dir, name, strings.ReplaceAll(bottom, "255", line)+"\n")
	}
	for _, c := range []struct {
		name, path string
		recipe     ink.Recipe
		want       string // of what is said; "": nothing
	}{
		{"pencil", picture("pencil.png", 230, 200), ink.Photo, "1 of 1 images have little contrast, fewer than 64 of 256 shades: FILE 200..230\n"},
		{"pencil, traced", picture("traced.png", 230, 200), ink.Drawing, ""},
		{"0..15", picture("bits.png", 0, 15), ink.Photo, "FILE 0..15\n"},
		{"0..15, traced", picture("bits.png", 0, 15), ink.Drawing, ""},
		{"0 and 1, traced", picture("mask.png", 0, 1), ink.Drawing, "FILE 0..1\n"},
		{"blank", picture("blank.png", 255, 255), ink.Photo, "FILE 255..255\n"},
		{"blank, traced", picture("blank.png", 255, 255), ink.Drawing, ""},
		{"transparent", place(t, dir, "clear.png", clear.String()), ink.Photo, ""},
		{"64 shades", picture("dark.png", 0, 64), ink.Photo, ""},
		{"numbers 0..16", numbers("faint.csv", "16"), ink.Photo, "FILE 0..16\n"},
		{"numbers 0..16 as ink", numbers("faint.csv", "16"), ink.Drawing, "FILE 0..16\n"},
		{"numbers 0..255", numbers("full.csv", "255"), ink.Drawing, ""},
	} {
		m := newModel(t)
		m.Recipe = c.recipe
		var log bytes.Buffer
		r := New(m, 0)
		r.Data.Log = &log
		bad := r.Files([]string{c.path})
		if want := strings.ReplaceAll(c.want, "FILE", c.path); len(bad) > 0 || !strings.HasSuffix(log.String(), want) || want == "" && strings.Contains(log.String(), "contrast") {
			t.Errorf("%s: got %v, %q, want %q", c.name, bad, log.String(), want)
		}
	}
}

// Of an animation the first frame is read, and it is said.
func TestSeveralFrames(t *testing.T) {
	frame := func(at int) *image.Paletted {
		p := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.White, color.Black})
		p.SetColorIndex(at, at, 1)
		return p
	}
	var file bytes.Buffer
	if err := gif.EncodeAll(&file, &gif.GIF{Image: []*image.Paletted{frame(1), frame(2)}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	m := newModel(t)
	m.Recipe = ink.Photo
	var log bytes.Buffer
	r := New(m, 0)
	r.Data.Log = &log
	path := place(t, t.TempDir(), "two.gif", file.String())
	if bad := r.Files([]string{path}); len(bad) > 0 || log.String() != path+": holds several pages or frames, of which the first is read\n" {
		t.Errorf("got %v, %q", bad, log.String())
	}
}

// TestData asks about tables, arrays and folders, with labels and without.
func TestData(t *testing.T) {
	dir := t.TempDir()
	head := "p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12,p13,p14,p15"
	unit := strings.ReplaceAll(bottom, "255", "1.0")
	x := npy.Array{Name: "x_test", Shape: []int{2, 4, 4}, Type: npy.Uint8, Data: append(bytes.Repeat([]byte{0}, 8), append(bytes.Repeat([]byte{255}, 16), bytes.Repeat([]byte{0}, 8)...)...)}
	npz, err := npy.EncodeZip([]npy.Array{x})
	if err != nil {
		t.Fatal(err)
	}
	place(t, dir, "classes/9/a.png", photograph(t, 0, 1))
	place(t, dir, "classes/9/b.png", photograph(t, 2, 3))
	place(t, dir, "pictures/a.png", photograph(t, 2, 3))
	place(t, dir, "pictures/b.png", photograph(t, 0, 1))
	place(t, dir, "pictures/.DS_Store", "x")
	for name, c := range map[string]struct{ path, want string }{
		"without labels": {place(t, dir, "test.csv", head+"\n"+bottom+"\n"+top+"\n"), " bottom,  top"},
		"with labels":    {place(t, dir, "all.csv", "label,"+head+"\n7,"+bottom+"\n9,"+bottom+"\n"), "top bottom, bottom bottom"},
		"some labels":    {place(t, dir, "some.csv", "label,"+head+"\n9,"+bottom+"\n"), "bottom bottom"},
		"as in training": {place(t, dir, "dark.csv", head+"\n"+strings.ReplaceAll(bottom, "255", "30")+"\n"), " bottom"},
		"of 0..1":        {place(t, dir, "unit.csv", head+"\n"+unit+"\n"+strings.Replace(unit, "1.0", "0.5", 1)+"\n"), " bottom,  bottom"},
		"semicolons":     {place(t, dir, "test.tsv", strings.ReplaceAll(bottom+"\n"+top+"\n", ",", "\t")), " bottom,  top"},
		"arrays":         {place(t, dir, "test.npz", string(npz)), " bottom,  top"},
		"classes":        {filepath.Join(dir, "classes"), " top,  bottom"},
		"pictures":       {filepath.Join(dir, "pictures"), " bottom,  top"},
	} {
		t.Run(name, func(t *testing.T) {
			m := newModel(t)
			m.Recipe, m.DataLabels = ink.Photo, []string{"7", "9"}
			r := New(m, 0)
			r.Data.Log = t.Output()
			if bad := r.Files([]string{c.path}); bad != nil {
				t.Fatal(bad)
			}
			var got []string
			for _, p := range r.Predictions {
				got = append(got, p.Truth+" "+p.Label)
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// One array alone is refused by what is wanted instead, as by inkling data.
func TestOneArray(t *testing.T) {
	path := place(t, t.TempDir(), "cat.npy", "\x93NUMPY\x01\x00")
	bad := New(newModel(t), 0).Files([]string{path})
	if want := path + `: got one array, want images and labels in one file: np.savez("data.npz", x_train=x, y_train=y)`; len(bad) != 1 || bad[0].Error() != want {
		t.Errorf("got %v, want %s", bad, want)
	}
}

// A label that the model does not know is named.
func TestStranger(t *testing.T) {
	m := newModel(t)
	m.DataLabels = []string{"7", "9"}
	r := New(m, 0)
	r.Data.Log = t.Output()
	bad := r.Files([]string{place(t, t.TempDir(), "t.csv", "7,"+bottom+"\n8,"+top+"\n")})
	if len(bad) != 1 || !strings.Contains(bad[0].Error(), `t.csv: got the label "8", want one of the labels 7, 9, or of their names top, bottom`) || len(r.Predictions) != 0 {
		t.Errorf("got %v, %d answers", bad, len(r.Predictions))
	}
}

// IDX images mean what the data of the model did.
func TestIDXAsInTraining(t *testing.T) {
	m := newModel(t)
	m.Source.Inverted = true
	r := New(m, 0)
	if bad := r.Files([]string{idx(t, t.TempDir())}); bad != nil || r.Predictions[0].Label != "bottom" {
		t.Errorf("got %v, %+v", bad, r.Predictions)
	}
}

// IDX images of 0 and 1 are meant in 0..1, those of 0..16 are refused, and dark ones on light
// are said.
func TestIDXOfOtherRanges(t *testing.T) {
	const head = "\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x04\x00\x00\x00\x04"
	images := func(low, high string) string {
		return head + strings.Repeat(strings.Repeat(low, 6)+strings.Repeat(high, 2)+strings.Repeat(low, 8), 2)
	}
	for content, want := range map[string]string{
		images("\x00", "\x01"): "top, ",
		images("\x00", "\x10"): "got values 0..16, want 0..255 as in training",
		images("\xff", "\x00"): "bottom, 100 % of the images are dark on light, unlike those in training",
	} {
		var log strings.Builder
		r := New(newModel(t), 0)
		r.Data.Log = &log
		got := ""
		if bad := r.Files([]string{place(t, t.TempDir(), "two.idx", content)}); bad != nil {
			got = bad[0].Error()
		} else {
			got = r.Predictions[1].Label + ", " + log.String()
		}
		for part := range strings.SplitSeq(want, ", ") {
			if !strings.Contains(got, part) {
				t.Errorf("%q: got %q, want %q", content, got, want)
			}
		}
	}
}

func TestSubmission(t *testing.T) {
	head := "p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12,p13,p14,p15"
	for name, c := range map[string]struct {
		labels        []string
		content, want string
	}{
		"counted":    {[]string{"7", "9"}, head + "\n" + bottom + "\n" + top + "\n", "1,9\n2,7\n"},
		"with ids":   {[]string{"7", "9"}, "id," + head + "\n0012," + bottom + "\nx," + top + "\n", "0012,9\nx,7\n"},
		"names only": {nil, head + "\n" + bottom + "\n", "1,bottom\n"},
	} {
		m := newModel(t)
		m.DataLabels = c.labels
		r := New(m, 0)
		r.Data.Log = t.Output()
		if bad := r.Files([]string{place(t, t.TempDir(), "test.csv", c.content)}); bad != nil {
			t.Fatal(bad)
		}
		var file bytes.Buffer
		if err := r.WriteSubmission(&file); err != nil || file.String() != "ImageId,Label\n"+c.want {
			t.Errorf("%s: got %v\n%s", name, err, &file)
		}
	}
	r := New(newModel(t), 0)
	if bad := r.Files([]string{place(t, t.TempDir(), "one.json", "[]"), place(t, t.TempDir(), "two.json", `[{"strokes":[]}]`)}); bad != nil {
		t.Fatal(bad)
	}
	if err := r.WriteSubmission(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "two.json: nothing is drawn in image 1") {
		t.Errorf("nothing drawn: got %v", err)
	}
}

// The most probable of many classes are printed, and a set without labels has no
// accuracy.
func TestPrintMany(t *testing.T) {
	m := newModel(t)
	r := New(m, 0)
	r.Predictions = []Prediction{{Label: "b", Probabilities: make([]float32, 40)}}
	m.Labels = nil
	for i := range 40 {
		m.Labels = append(m.Labels, fmt.Sprint("class", i))
		r.Predictions[0].Probabilities[i] = float32(i) / 780
	}
	var text bytes.Buffer
	if err := r.PrintSet(&text); err != nil {
		t.Fatal(err)
	}
	if got := text.String(); !strings.Contains(got, " class39 0.05 class38 0.05") || strings.Contains(got, "class29") || strings.Contains(got, "accuracy") || strings.Contains(got, "label") {
		t.Errorf("got\n%s", got)
	}
}

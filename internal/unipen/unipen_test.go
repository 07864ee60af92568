package unipen

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/memory"
)

// archive returns files by name.
func archive(files map[string]string) fs.FS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// A page of two people's: component 0 is a stroke, 1 the pen above the tablet, 2
// and 3 strokes with nothing between them.
const page = `.VERSION 1.0
.DATA_SOURCE xyz
.COORD T Y X P
.PEN_DOWN
 0 400 100 9
 1 200 200 9
.PEN_UP
 2 210 210 0
 3 220 220 0
.PEN_DOWN
 4 0 150 9
 5 0 350 9
.PEN_UP
.DT 30
.PEN_DOWN 6 100 0 9 7 200
 0 9
 8 400 0 9
.PEN_UP
`

// strokesOf returns the one drawing with this label.
func strokesOf(t *testing.T, a *Archive, label string) []ink.Stroke {
	t.Helper()
	var found []Drawing
	for _, part := range a.Parts {
		for _, d := range part.Drawings {
			if d.Label == label {
				found = append(found, d)
			}
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s: got %d drawings, want 1; skipped: %q", label, len(found), a.Skipped)
	}
	return found[0].Strokes
}

func TestComponents(t *testing.T) {
	for name, c := range map[string]struct {
		where string
		want  []ink.Stroke
	}{
		"one":                {"0", []ink.Stroke{{{X: 0.25, Y: 0}, {X: 0.75, Y: 1}}}},
		"pen up counts":      {"2", []ink.Stroke{{{X: 0, Y: 0.5}, {X: 1, Y: 0.5}}}},
		"an empty one not":   {"3", []ink.Stroke{{{X: 0.5, Y: 1}, {X: 0.5, Y: 0}}}},
		"a range":            {"0-2", []ink.Stroke{{{X: 0.1875, Y: 0}, {X: 0.4375, Y: 0.5}}, {{X: 0.3125, Y: 1}, {X: 0.8125, Y: 1}}}},
		"points":             {"0:1-2:0", []ink.Stroke{{{X: 0.625, Y: 0}}, {{X: 0.375, Y: 1}}}},
		"points of one":      {"3:1-3:2", []ink.Stroke{{{X: 0.5, Y: 1}, {X: 0.5, Y: 0}}}},
		"one point":          {"3:2", []ink.Stroke{{{X: 0.5, Y: 0.5}}}},
		"a list of them":     {"2,0:0-0:0", []ink.Stroke{{{X: 0.3125, Y: 1}, {X: 0.8125, Y: 1}}, {{X: 0.1875, Y: 0}}}},
		"a range with a gap": {"1-2", []ink.Stroke{{{X: 0, Y: 0.5}, {X: 1, Y: 0.5}}}},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Read(archive(map[string]string{
				"include/xyz/page.dat": page,
				"data/1b/xyz/a.dat":    ".INCLUDE xyz/page.dat\n.SEGMENT CHARACTER " + c.where + " ? \"A\"\n",
			}))
			if err != nil {
				t.Fatal(err)
			}
			if got := strokesOf(t, a, "A"); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestSyntax(t *testing.T) {
	const stroke = ".PEN_DOWN\n0 0\n0 10\n.PEN_UP\n"
	tall := []ink.Stroke{{{X: 0.5, Y: 1}, {X: 0.5, Y: 0}}}
	for name, c := range map[string]struct {
		files       map[string]string
		label, want string // want is a drawing's strokes as text, "" for tall
	}{
		"points in the file itself":    {map[string]string{"data/1a/x/f": stroke + `.SEGMENT CHARACTER 0 OK "7"`}, "7", ""},
		"windows":                      {map[string]string{"data/1a/x/f": strings.ReplaceAll(stroke+`.SEGMENT CHARACTER 0 OK "7"`, "\n", "\r\n")}, "7", ""},
		"characters before the points": {map[string]string{"data/1a/x/f": `.SEGMENT CHARACTER 0 OK "7"` + "\n" + stroke}, "7", ""},
		"include in an include": {map[string]string{
			"data/1c/x/f": ".INCLUDE x/1\n.SEGMENT CHARACTER 0 ? \"q\"", "include/x/1": ".INCLUDE x/d/2\n", "include/x/d/2": stroke}, "q", ""},
		"an include that is not there": {map[string]string{"data/1a/x/f": ".INCLUDE x/app.doc\n" + stroke + `.SEGMENT CHARACTER 0 OK "7"`}, "7", ""},
		"components not named":         {map[string]string{"data/1a/x/f": ".SEGMENT CHARACTER ? ? \"7\"\n" + stroke + ".SEGMENT CHARACTER ? ? \"8\"\n.PEN_DOWN\n0 0\n9 0"}, "7", ""},
		"the last one not named":       {map[string]string{"data/1a/x/f": ".SEGMENT CHARACTER ? ? \"8\"\n.PEN_DOWN\n0 0\n9 0\n.SEGMENT CHARACTER ? ? \"7\"\n" + stroke}, "7", ""},
		"a set counts from 0":          {map[string]string{"data/1a/x/f": ".PEN_DOWN\n0 0\n9 0\n.START_SET b\n" + stroke + `.SEGMENT CHARACTER 0 OK "7"`}, "7", ""},
		"a bad one ends the one before": {map[string]string{"data/1a/x/f": ".SEGMENT CHARACTER ? ? \"7\"\n" + stroke +
			".SEGMENT CHARACTER ? BAD \"8\"\n.PEN_DOWN\n0 0\n9 0"}, "7", ""},
		"words are none":    {map[string]string{"data/1a/x/f": stroke + ".SEGMENT WORD 0 OK \"7\"\n.SEGMENT CHARACTER 0 OK \"7\""}, "7", ""},
		"a quote":           {map[string]string{"data/1d/x/f": stroke + `.SEGMENT CHARACTER 0 OK "\""`}, `"`, ""},
		"a backslash":       {map[string]string{"data/1d/x/f": stroke + `.SEGMENT CHARACTER 0 OK "\\"`}, `\`, ""},
		"a backslash alone": {map[string]string{"data/1d/x/f": stroke + `.SEGMENT CHARACTER 0 OK "\"`}, `\`, ""},
		"a hash":            {map[string]string{"data/1d/x/f": stroke + `.SEGMENT CHARACTER 0 OK "#"`}, `#`, ""},
		"resolution": {map[string]string{"data/1a/x/f": ".X_POINTS_PER_INCH 100\n.Y_POINTS_PER_INCH 200\n.PEN_DOWN\n0 0\n10 20\n" + `.SEGMENT CHARACTER 0 OK "7"`},
			"7", "[[{0 1} {1 0}]]"},
		"a line": {map[string]string{"data/1a/x/f": ".PEN_DOWN\n0 0\n1 0.05\n2 0\n10 0\n10 5\n" + `.SEGMENT CHARACTER 0 OK "7"`},
			"7", "[[{0 0.75} {1 0.75} {1 0.25}]]"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Read(archive(c.files))
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				c.want = fmt.Sprint(tall)
			}
			if got := fmt.Sprint(strokesOf(t, a, c.label)); got != c.want || len(a.Skipped) > 0 {
				t.Errorf("got %s, skipped %q, want %s", got, a.Skipped, c.want)
			}
		})
	}
}

func TestSkipped(t *testing.T) {
	const good = ".PEN_DOWN\n0 0\n0 10\n.SEGMENT CHARACTER 0 OK \"7\"\n"
	for name, c := range map[string]struct{ text, want string }{
		"too few components": {`.SEGMENT CHARACTER 4-5 ? "7"`, `data/1a/x/f: "7": component 5 is named, there are 0`},
		"pen up":             {".PEN_UP\n1 2\n" + `.SEGMENT CHARACTER 0 ? "7"`, `data/1a/x/f: "7": no stroke in its components`},
		"no point":           {`.SEGMENT CHARACTER ? ? "7"`, `data/1a/x/f: "7": no stroke in its components`},
		"backwards":          {`.SEGMENT CHARACTER 5-4 ? "7"`, `data/1a/x/f: line 1: got components "5-4", want such as 12-14 or 16:3-17:9`},
		"no number":          {`.SEGMENT CHARACTER a ? "7"`, `data/1a/x/f: line 1: got components "a", want such as 12-14 or 16:3-17:9`},
		"no label":           {`.SEGMENT CHARACTER 0`, `data/1a/x/f: line 1: got ".SEGMENT CHARACTER 0", want .SEGMENT CHARACTER 1-2 OK "a"`},
		"a word":             {".PEN_DOWN\n1 two", `data/1a/x/f: line 2: got "two", want a number up to 1e+09`},
		"not finite":         {".PEN_DOWN\n1 NaN", `data/1a/x/f: line 2: got "NaN", want a number up to 1e+09`},
		"too large":          {".PEN_DOWN\n1 -2e9", `data/1a/x/f: line 2: got "-2e9", want a number up to 1e+09`},
		"no x":               {".COORD T Y", `data/1a/x/f: line 1: got ".COORD T Y", want X and Y in it`},
		"outside":            {".INCLUDE ../../secret", `data/1a/x/f: line 1: got .INCLUDE of ../secret, want a file below include`},
		"in a circle":        {".INCLUDE circle", "data/1a/x/f: line 1: include/circle: line 1: include/circle: line 1: include/circle: line 1: include/circle: line 1: include/circle: line 1: include/circle: line 1: include/circle: line 1: include/circle: line 1: include/circle: includes too many files"},
		"endless line":       {strings.Repeat("x", 1<<17), "data/1a/x/f: bufio.Scanner: token too long"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Read(archive(map[string]string{"data/1a/x/f": c.text, "data/1a/y/g": good, "include/circle": ".INCLUDE circle"}))
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Skipped) != 1 || a.Skipped[0] != c.want || len(a.Parts[0].Drawings) != 1 {
				t.Errorf("got %d drawings and %q, want 1 and %q", len(a.Parts[0].Drawings), a.Skipped, c.want)
			}
		})
	}
}

// People are told apart by contribution and name, have one number in all parts,
// and give at most 8 drawings of a character; names are nowhere in the result.
func TestWriters(t *testing.T) {
	pages := func(writer, label string, n int) string {
		text := ".WRITER_ID " + writer + "\n"
		if writer == "" {
			text = ""
		}
		for i := range n {
			text += fmt.Sprintf(".PEN_DOWN\n0 0\n%d 10\n.PEN_UP\n.SEGMENT CHARACTER %d OK %q\n", i%10, i, label)
		}
		return text
	}
	a, err := Read(archive(map[string]string{
		"data/1a/abc/1": pages("anna", "3", 30), "data/1b/abc/2": pages("anna", "B", 5), "data/1b/abc/3": pages("anna", "B", 6),
		"data/1b/abc/4": pages("bert", "B", 3), "data/1b/xyz/5": pages("anna", "B", 2), "data/1c/mot/6": pages("", "x", 9), "data/1c/mot/7": pages("", "x", 9),
	}))
	if err != nil {
		t.Fatal(err)
	}
	count := func(part int) map[int]int {
		counts := map[int]int{}
		for _, d := range a.Parts[part].Drawings {
			counts[d.Writer]++
		}
		return counts
	}
	if a.Writers != 4 || len(a.Crowds) != 1 || len(a.Skipped) > 0 {
		t.Fatalf("got %d writers, crowds %v, skipped %q, want 4, one and none", a.Writers, a.Crowds, a.Skipped)
	}
	anna := a.Parts[0].Drawings[0].Writer
	if got, want := count(0), map[int]int{anna: 20}; !reflect.DeepEqual(got, want) {
		t.Errorf("digits: got %v, want %v", got, want)
	}
	if upper := count(1); len(upper) != 3 || upper[anna] != 8 {
		t.Errorf("capitals: got %v, want three writers, 8 of writer %d", upper, anna)
	}
	if got, want := count(2), map[int]int{a.Crowds[0]: 18}; !reflect.DeepEqual(got, want) {
		t.Errorf("small letters: got %v, want %v", got, want)
	}
	if text := fmt.Sprintf("%+v", a); strings.Contains(text, "anna") || strings.Contains(text, "bert") {
		t.Error("a writer's name is in the result")
	}
}

func TestNothing(t *testing.T) {
	_, err := Read(archive(map[string]string{"data/1a/x/f": ".PEN_DOWN\n1 two"}))
	const want = `unipen: no character in data/1a to data/1d (data/1a/x/f: line 2: got "two", want a number up to 1e+09), want the folders data and include of train_r01_v07`
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(page + ".SEGMENT CHARACTER 0:1-2:0 ? \"4\"\n"))
	f.Add([]byte(".INCLUDE me\n.COORD X Y\n.SEGMENT CHARACTER ? ? \"\\\"\"\n.PEN_DOWN\n-1e9 2\n1e9 2\n.START_SET\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := fstest.MapFS{"data/1a/x/f": &fstest.MapFile{Data: data}}
		memory.Bounded(t, 100, len(data), func() {
			a, err := Read(files)
			if err != nil {
				return
			}
			for _, part := range a.Parts {
				for _, d := range part.Drawings {
					for _, s := range d.Strokes {
						for _, p := range s {
							if !(p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1) {
								t.Fatalf("got the point %v, want 0..1", p)
							}
						}
					}
				}
			}
		})
	})
}

package strokes

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/memory"
)

// Two digits in the form of pendigits-orig.tra.
const twoDigits = `
.COORD X Y
.HIERARCHY DIGIT
.SEGMENT DIGIT ? ? "8"
.COMMENT 8 12 224
.PEN_DOWN
 100  400
 200  200
.PEN_UP
.DT 100
.PEN_DOWN
.PEN_UP
.DT 30
.PEN_DOWN
 150  0
.PEN_UP
.DT 100
.SEGMENT DIGIT 0-1 ? "1"
.PEN_DOWN
 7  7
.PEN_UP
`

func TestReadUnipen(t *testing.T) {
	want := []Drawing{
		{Label: 8, Strokes: []ink.Stroke{{{X: 0.375, Y: 0}, {X: 0.625, Y: 0.5}}, {{X: 0.5, Y: 1}}}},
		{Label: 1, Strokes: []ink.Stroke{{{X: 0.5, Y: 0.5}}}},
	}
	for name, text := range map[string]string{
		"unix":    twoDigits,
		"windows": strings.ReplaceAll(twoDigits, "\n", "\r\n"),
		"no end":  strings.TrimSuffix(twoDigits, "\n.PEN_UP\n"),
	} {
		got, err := ReadUnipen(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestReadUnipenErrors(t *testing.T) {
	const start = ".SEGMENT DIGIT ? ? \"8\"\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":         {"", "line 1: the file ends, want a .SEGMENT DIGIT"},
		"other text":    {"hello\nworld\n", "line 3: the file ends, want a .SEGMENT DIGIT"},
		"a word":        {".SEGMENT WORD 0 ? \"8\"", `line 1: got .SEGMENT WORD 0 ? "8", want .SEGMENT DIGIT ? ? "0".."9"`},
		"no label":      {".SEGMENT DIGIT", `line 1: got .SEGMENT DIGIT, want .SEGMENT DIGIT ? ? "0".."9"`},
		"a letter":      {".SEGMENT DIGIT ? ? \"a\"", `line 1: label is "a", want "0".."9"`},
		"ten":           {".SEGMENT DIGIT ? ? \"10\"", `line 1: label is "10", want "0".."9"`},
		"pen too early": {".PEN_DOWN\n1 2", "line 1: got .PEN_DOWN, want a .SEGMENT DIGIT first"},
		"no points":     {start + ".PEN_DOWN\n.PEN_UP\n" + start, "line 4: digit 1 ends without a point"},
		"no pen":        {start + "1 2\n", "line 3: digit 1 ends without a point"},
		"three numbers": {start + ".PEN_DOWN\n1 2 3", "line 3: got 3 numbers, want x and y"},
		"not finite":    {start + ".PEN_DOWN\n1 NaN", `line 3: got point "1 NaN", want two finite numbers`},
		"too large":     {start + ".PEN_DOWN\n1e60 1", `line 3: got point "1e60 1", want two finite numbers`},
		"endless line":  {start + strings.Repeat("x", 1<<17), "line 2: bufio.Scanner: token too long"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadUnipen(strings.NewReader(c.text))
			if want := "unipen: " + c.want; err == nil || err.Error() != want || got != nil {
				t.Errorf("got %v, error %v, want error %s", got, err, want)
			}
		})
	}
}

// The pen data was converted from UNIPEN text: written as such text and read
// again, every digit must be what it was, to the rounding of its four decimals.
func TestReadUnipenPen(t *testing.T) {
	file, err := Read(penFile(t))
	if err != nil {
		t.Fatal(err)
	}
	want := file.Drawings
	var text strings.Builder
	for _, d := range want {
		fmt.Fprintf(&text, ".SEGMENT DIGIT ? ? \"%d\"\n", d.Label)
		for _, stroke := range d.Strokes {
			text.WriteString(".PEN_DOWN\n")
			for _, p := range stroke {
				fmt.Fprintf(&text, " %v  %v\n", 500*p.X, -500*p.Y)
			}
			text.WriteString(".PEN_UP\n.DT 100\n")
		}
	}
	got, err := ReadUnipen(strings.NewReader(text.String()))
	if err != nil || len(got) != len(want) {
		t.Fatalf("got %d digits, error %v, want %d", len(got), err, len(want))
	}
	for i := range want {
		if far := farthest(got[i].Strokes, want[i].Strokes); far > 2e-4 || got[i].Label != want[i].Label {
			t.Fatalf("digit %d: got a point %v off, want at most 0.0002", i+1, far)
		}
	}
}

// farthest returns the largest difference of a coordinate; the strokes must have the
// same lengths.
func farthest(a, b []ink.Stroke) float32 {
	most := float32(0)
	for i := range a {
		for j := range a[i] {
			dx, dy := a[i][j].X-b[i][j].X, a[i][j].Y-b[i][j].Y
			most = max(most, dx, -dx, dy, -dy)
		}
	}
	return most
}

func FuzzReadUnipen(f *testing.F) {
	f.Add([]byte(".SEGMENT DIGIT ? ? \"8\"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n.DT 100\n"))
	f.Add([]byte(".SEGMENT DIGIT ? ? 0\n.PEN_DOWN\n-3e38 2\n3e38 2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		memory.Bounded(t, 100, len(data), func() {
			drawings, err := ReadUnipen(bytes.NewReader(data))
			if err == nil && len(drawings) == 0 {
				t.Error("got no drawing and no error")
			}
			for _, d := range drawings {
				for _, s := range d.Strokes {
					for _, p := range s {
						if !(p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1) {
							t.Fatalf("got the point %v, want 0..1", p)
						}
					}
				}
			}
		})
	})
}

package strokes

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// decode reads a text as a file.
func decode(text string) (File, error) { return Decode(strings.NewReader(text), "x.json") }

// TestLiftedPen wants several strokes in one list refused, whichever way the pen's state is
// written, and times, pressures and flags at the ends of a stroke passed over.
func TestLiftedPen(t *testing.T) {
	const refused = "strokes: x.json: drawing 1, stroke 1: the pen is lifted and put down again within it, want a list for each stroke"
	named := func(key string, flags ...any) string {
		var points []string
		for i, flag := range flags {
			points = append(points, fmt.Sprintf(`{"x":%d,%q:%v,"y":0}`, i, key, flag))
		}
		return `[{"strokes":[[` + strings.Join(points, ",") + `]]}]`
	}
	numbers := func(third ...any) string {
		var points []string
		for i, v := range third {
			points = append(points, fmt.Sprintf("[%d,0,%v]", i, v))
		}
		return `[{"strokes":[[` + strings.Join(points, ",") + `]]}]`
	}
	for text, lifted := range map[string]bool{
		named("pen", 1, 0, 1, 0):                                 true,
		named("penDown", true, true, false, true, true):          true,
		named("pen_state", `"down"`, `"down"`, `"up"`, `"down"`): true,
		named("up", 0, 0, 1, 1):                                  true,
		named("pen", 1, 1, 1, 0):                                 false,
		named("pen", 0, 1, 1, 0):                                 false,
		named("down", true, true):                                false,
		named("pressure", 0, 1, 0, 1, 0):                         false,
		numbers(0, 0, 1, 0, 0, 1):                                true,
		numbers(0, 0, 1, 0, 0):                                   true,
		numbers(1, 0, 1, 0):                                      true,
		numbers(0, 1, 1, 0):                                      false,
		numbers(0, 0, 1, 1, 1):                                   false,
		numbers(0, 1, 0, 1, 0.5):                                 false,
		numbers(0, 16, 32, 0):                                    false,
		`[{"strokes":[[[0,0,0],[1,1,1]],[[0,0,0],[1,1,1]]]}]`:    false,
	} {
		_, err := decode(text)
		if got := err != nil && strings.HasPrefix(err.Error(), refused[:len("strokes: x.json: drawing 1, stroke 1")]); got != lifted || err != nil && err.Error() != refused {
			t.Errorf("%s: got %v, want refused %v", text, err, lifted)
		}
	}
}

// fileOf returns a file of drawings of two strokes of eight points.
func fileOf(drawings int, point func(drawing, stroke, i int) string) string {
	var all []string
	for d := range drawings {
		var strokes []string
		for s := range 2 {
			var points []string
			for i := range 8 {
				points = append(points, point(d, s, i))
			}
			strokes = append(strokes, "["+strings.Join(points, ",")+"]")
		}
		all = append(all, `{"strokes":[`+strings.Join(strokes, ",")+`]}`)
	}
	return "[" + strings.Join(all, ",") + "]"
}

// TestTimeFirst wants points of time, x and y refused, but not strokes to the right.
func TestTimeFirst(t *testing.T) {
	file := func(point func(drawing, stroke, i int) string) string { return fileOf(5, point) }
	const want = "strokes: x.json: the first number of each point only grows"
	_, err := decode(file(func(_, s, i int) string { return fmt.Sprintf("[%d,%d,%d]", 200*s+16*i, i, i*(7-i)) }))
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("time, x, y: got %v, want %q", err, want)
	}
	for name, point := range map[string]func(d, s, i int) string{
		"x, y, time":                      func(_, s, i int) string { return fmt.Sprintf("[%d,%d,%d]", 10*s+i, i*(7-i), 200*s+16*i) },
		"x, y, pressure, twice rightward": func(_, _, i int) string { return fmt.Sprintf("[%d,%d,%d]", i, i*(7-i), i*(7-i)) },
		"x, y, rightward":                 func(_, s, i int) string { return fmt.Sprintf("[%d,%d]", 10*s+i, i*(7-i)) },
	} {
		if _, err := decode(file(point)); err != nil {
			t.Errorf("%s: got %v, want it read", name, err)
		}
	}
}

// TestTimeInEachStroke wants points refused that begin with a time that starts again in each
// stroke, one that repeats, or the number of the point or of the stroke; and points of x, y
// and a pressure read.
func TestTimeInEachStroke(t *testing.T) {
	file := func(point func(drawing, stroke, i int) string) string { return fileOf(12, point) }
	const want = "strokes: x.json: the first number of each point only grows"
	for name, point := range map[string]func(d, s, i int) string{
		"time in each stroke": func(_, _, i int) string { return fmt.Sprintf("[%d,%d,%d]", 16*i, i, i*(7-i)) },
		"equal times":         func(_, s, i int) string { return fmt.Sprintf("[%d,%d,%d,1]", 100*s+i/2*16, i, i*(7-i)) },
		"the stroke's number": func(_, s, i int) string { return fmt.Sprintf("[%d,%d,%d]", s, i, i*(7-i)) },
	} {
		if _, err := decode(file(point)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
	few := `[{"strokes":[` + strings.Repeat(`[[0,5,9],[8,4,7],[16,3,8]],[[0,2,9],[8,4,7],[16,6,5]],`, 5) + `[[0,1,9]]]}]`
	if _, err := decode(few); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("time in each of ten strokes: got %v, want %q", err, want)
	}
	if _, err := decode(strings.Replace(few, "[0,2,9]", "[1,2,9]", 1)); err != nil {
		t.Errorf("ten strokes rightward: got %v, want them read", err)
	}
	for name, point := range map[string]func(d, s, i int) string{
		"x, y, pressure": func(d, _, i int) string { return fmt.Sprintf("[%d,%d,%d]", (d%3-1)*i, i, i*(7-i)) },
		"x, y, time":     func(_, s, i int) string { return fmt.Sprintf("[%d,%d,%d]", i, i*(7-i), 16*i) },
		"x, y":           func(_, s, i int) string { return fmt.Sprintf("[%d,%d]", i, i*(7-i)) },
	} {
		if _, err := decode(file(point)); err != nil {
			t.Errorf("%s: got %v, want it read", name, err)
		}
	}
}

// TestTimeInFewStrokes wants a file of few strokes refused whose first numbers go as times do, and
// one of strokes to the right alone read, where the third number is no y.
func TestTimeInFewStrokes(t *testing.T) {
	file := func(strokes, points int, point func(s, i int) string) string {
		var all []string
		for s := range strokes {
			var list []string
			for i := range points {
				list = append(list, point(s, i))
			}
			all = append(all, "["+strings.Join(list, ",")+"]")
		}
		return `{"strokes":[` + strings.Join(all, ",") + `]}`
	}
	jitter := func(i int) float64 { return 16.7*float64(i) + []float64{0, 1, -1, 0.5}[i%4] }
	uneven := func(i int) int { return i * i }
	for name, c := range map[string]struct {
		text    string
		refused bool
	}{
		"two strokes, time restarts":        {file(2, 8, func(s, i int) string { return fmt.Sprintf("[%d,%d,%d]", 16*i, 40+9*s+i, 60+5*s-3*i) }), true},
		"three strokes, time restarts":      {file(3, 8, func(s, i int) string { return fmt.Sprintf("[%v,%d,%d]", jitter(i), 40+9*s+i, 60+5*s-3*i) }), true},
		"five strokes, uneven times":        {file(5, 3, func(s, i int) string { return fmt.Sprintf("[%d,%d,%d]", uneven(i), 40+9*s+i, 60+5*s-3*i) }), true},
		"one stroke in even steps":          {file(1, 12, func(s, i int) string { return fmt.Sprintf("[%v,%d,%d]", jitter(i), i*(9-i), 60-3*i) }), true},
		"time goes on, all strokes down":    {file(2, 8, func(s, i int) string { return fmt.Sprintf("[%d,%d,%d]", 500*s+16*i, 40+9*s, 30-9*s+5*i) }), true},
		"fractions of one unit":             {file(2, 8, func(s, i int) string { return fmt.Sprintf("[%d,0.%d,0.%d]", 16*i, 40+9*s+i, 60+5*s-3*i) }), true},
		"Quick, Draw!'s rows, time first":   {`{"word":"a","drawing":[[[0,16,32,48,64,80],[9,8,7,6,5,4],[9,5,3,2,1,0]],[[0,16,32,48,64,80],[5,6,7,8,9,9],[9,5,3,2,1,0]]]}`, true},
		"rightward, pressure 0..1":          {file(30, 6, func(s, i int) string { return fmt.Sprintf("[%d,%d,0.%d]", 9*i, 40+s+i, 1+i*(5-i)) }), false},
		"rightward from one edge, pressure": {file(6, 6, func(s, i int) string { return fmt.Sprintf("[%d,%d,0.%d]", 9*i, 40+9*s+i, 1+i*(5-i)) }), false},
		"a level line, pressure":            {file(1, 14, func(s, i int) string { return fmt.Sprintf("[%d,50,%v]", 9*i, float64(i*(13-i))/50) }), false},
		"rightward, then time in each":      {file(4, 8, func(s, i int) string { return fmt.Sprintf("[%d,%d,%d]", 90*s+9*i, 40+i*(7-i), 16*i) }), false},
		"rightward from below 0":            {file(30, 6, func(s, i int) string { return fmt.Sprintf("[%d,%d,%d]", 9*i-20, 40+s+i, 200+i*(5-i)) }), false},
		"two strokes, uneven":               {file(2, 8, func(s, i int) string { return fmt.Sprintf("[%d,%d,%d]", uneven(i), 40+9*s+i, 60+5*s-3*i) }), false},
		"two strokes of other edges":        {file(2, 8, func(s, i int) string { return fmt.Sprintf("[%d,%d,%d]", 9*i+s, 40+9*s+i, 60+5*s-3*i) }), false},
	} {
		_, err := decode(c.text)
		if got := err != nil && strings.HasPrefix(err.Error(), "strokes: x.json: the first number of each point only grows"); got != c.refused || err != nil && !got {
			t.Errorf("%s: got %v, want refused %v", name, err, c.refused)
		}
	}
}

// TestQuickOrPoints wants strokes under the key drawing read as points where they are
// points, and short ones as the longer ones of the file.
func TestQuickOrPoints(t *testing.T) {
	const plus = `{"label":"plus","drawing":[[[0,50],[100,50]],[[50,0],[50,100]]]}`
	const down, right = "[{0 50} {100 50}]", "[{0 100} {50 50}]"
	for name, c := range map[string]struct{ text, first string }{
		"long points behind":       {plus + `{"label":"l","drawing":[[[1,2],[3,4],[5,6],[7,8],[9,9]]]}`, down},
		"four points behind":       {plus + `{"label":"l","drawing":[[[1,2],[3,4],[5,6],[7,8]]]}`, down},
		"long points before":       {`{"label":"l","drawing":[[[0,50],[100,50]],[[1,2],[3,4],[5,6],[7,8],[9,9]]]}` + plus, down},
		"all x, all y behind":      {plus + `{"label":"l","drawing":[[[1,3,5,7,9],[2,4,6,8,9]]]}`, right},
		"one point behind":         {plus + `{"label":"l","drawing":[[[1],[2]]]}`, right},
		"a label of Quick, Draw!":  {strings.Replace(plus, "label", "word", 1), right},
		"its own strokes as well":  {strings.Replace(plus, "]]]}", `]]],"strokes":[[[0,50],[100,50]]]}`, 1), down},
		"three points of two rows": {`{"drawing":[[[0,100,7],[50,50,8]]]}`, "[{0 50} {100 50} {7 8}]"},
	} {
		file, err := decode(c.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(file.Drawings[0].Strokes[0]); got != c.first {
			t.Errorf("%s: got the first stroke %s, want %s", name, got, c.first)
		}
	}
}

// TestFarAway wants the form of a drawing kept however far from 0 it lies.
func TestFarAway(t *testing.T) {
	for name, text := range map[string]string{
		"points":       `[{"strokes":[[[10000000.25,-20000000.5],[10000000.5,-20000000]]]}]`,
		"named":        `[{"strokes":[[{"y":-20000000.5,"x":10000000.25},{"x":10000000.5,"y":-20000000}]]}]`,
		"Quick, Draw!": `{"word":"a","drawing":[[[10000000.25,10000000.5],[-20000000.5,-20000000]]]}`,
	} {
		file, err := decode(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s := file.Drawings[0].Strokes[0]
		if dx, dy := s[1].X-s[0].X, s[1].Y-s[0].Y; dx != 0.25 || dy != 0.5 {
			t.Errorf("%s: got a step of %v, %v, want 0.25, 0.5", name, dx, dy)
		}
	}
	file, err := decode(`[{"strokes":[[[1000.5,2000]]]}]`)
	if p := file.Drawings[0].Strokes[0][0]; err != nil || p.X != 1000.5 || p.Y != 2000 {
		t.Errorf("near: got %v, %v, want it as it is", p, err)
	}
}

// TestUpwardNote wants it said that y seems to count upwards, of drawings below 0 alone.
func TestUpwardNote(t *testing.T) {
	for text, want := range map[string]bool{
		`[{"strokes":[[[0,-3],[5,0]]]},{"strokes":[[[9,-30]]]}]`: true,
		`[{"strokes":[[[0,-3],[5,0]]]},{"strokes":[[[9,30]]]}]`:  false,
		`[{"strokes":[[[-1,-3],[5,0]]]}]`:                        false,
		`[{"strokes":[[[0,0],[5,0]]]}]`:                          false,
		`[]`:                                                     false,
	} {
		file, err := decode(text)
		if note := UpwardNote(file.Drawings); err != nil || (note != "") != want {
			t.Errorf("%s: got %q, %v, want something said: %v", text, note, err, want)
		}
	}
}

// TestSpelled wants labels that look the same to be the same.
func TestSpelled(t *testing.T) {
	file, err := decode("[{\"label\":\"caf\u00e9\",\"strokes\":[]},{\"label\":\"cafe\u0301 \",\"strokes\":[]},{\"label\":\"\\tstar\",\"strokes\":[]}]")
	if got := strings.Join(file.Names, "|"); err != nil || got != "caf\u00e9|star" {
		t.Errorf("got the names %q, %v", got, err)
	}
	if _, err := decode(`[{"label":" ","strokes":[]}]`); err == nil || !strings.Contains(err.Error(), "want a text") {
		t.Errorf("a blank label: got %v", err)
	}
}

// TestCases reads what web/later/symbols/drawings.test.ts reads as well: command and page take
// the same files for the same drawings.
func TestCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name, Text string
		Reads      []struct {
			Label   string
			Strokes [][][2]float32
		}
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		file, err := decode(c.Text)
		if (err != nil) != (c.Reads == nil) {
			t.Errorf("%s: got error %v, want one: %v", c.Name, err, c.Reads == nil)
			continue
		}
		var want []string
		for _, d := range c.Reads {
			want = append(want, fmt.Sprint(d.Label, d.Strokes))
		}
		var got []string
		for _, d := range file.Drawings {
			var strokes [][][2]float32
			for _, s := range d.Strokes {
				var points [][2]float32
				for _, p := range s {
					points = append(points, [2]float32{p.X, p.Y})
				}
				strokes = append(strokes, points)
			}
			got = append(got, fmt.Sprint(labelOf(file, d), strokes))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", c.Name, got, want)
		}
	}
}

// labelOf returns a drawing's label as text.
func labelOf(f File, d Drawing) string {
	if f.Names != nil {
		return f.Names[d.Label]
	}
	return strconv.Itoa(d.Label)
}

func TestIsNamed(t *testing.T) {
	for name, want := range map[string]bool{"a.json": true, "b/A.NDJSON": true, "a.jsonl": true, "a.jsonl.gz": true, "a.json5": false, "json": false, "a.gz": false} {
		if got := IsNamed(name); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestUTF16(t *testing.T) {
	if _, err := decode("\xff\xfe[\x00]\x00"); err == nil || err.Error() != "strokes: x.json: got UTF-16, want UTF-8" {
		t.Errorf("got %v", err)
	}
}

package load

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// writeFile writes a file into a folder of its own and returns its path.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// digits writes n synthetic digits as a stroke file.
func digits(t *testing.T, n int) string {
	t.Helper()
	var out bytes.Buffer
	if err := strokes.Write(&out, synth.Digits(n, 9)); err != nil {
		t.Fatal(err)
	}
	return writeFile(t, "mine.json", out.String())
}

// lines writes 60 lines up and down of writers 1 to 3 as a stroke file.
func lines(t *testing.T) string {
	t.Helper()
	var list []string
	for i := range 60 {
		list = append(list, fmt.Sprintf(`{"label":%q,"writer":%d,"strokes":[[[0,%d],[1,%d]]]}`, []string{"up", "down"}[i%2], 1+i%3, i%2, 1-i%2))
	}
	return writeFile(t, "lines.json", "["+strings.Join(list, ",")+"]")
}

// TestMixtureHolds wants a part held for each data set that shows classes, wherever
// the non-digits stand among them.
func TestMixtureHolds(t *testing.T) {
	mine := digits(t, 100)
	for _, data := range []string{"synthetic," + mine + ",non-digits", "synthetic,non-digits," + mine, "non-digits,synthetic," + mine} {
		m := Mixture{Data: Data{Name: data}, Split: 0.2, SplitSeed: 777}
		l, err := m.Learn()
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Held) != 2 || len(l.Held[0].Index) != 1200 || len(l.Held[1].Index) != 20 || l.Background != 1 {
			t.Errorf("%s: got %d parts held, %d classes of background, want 2 of 1200 and 20 and one", data, len(l.Held), l.Background)
		}
		for _, part := range l.Held {
			for _, i := range part.Index {
				if part.Set.Labels[i] == 10 {
					t.Fatalf("%s: got a non-digit among what shows classes", data)
				}
			}
		}
	}
}

// TestNamedWriters learns from a stroke file whose labels are names, and keeps the
// drawings of a writer for validation.
func TestNamedWriters(t *testing.T) {
	m := Mixture{Data: Data{Name: lines(t)}, Image: augment.ForDense(), ValidationWriters: "3"}
	l, err := m.Learn()
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Train.Index) != 40 || len(l.Validation.Index) != 20 || fmt.Sprint(l.Pair.Train.Classes) != "[down up]" {
		t.Errorf("got %d and %d images of %v, want 40 and 20 of down and up", len(l.Train.Index), len(l.Validation.Index), l.Pair.Train.Classes)
	}
	if first := l.Pair.Train.Labels[0]; first != 1 {
		t.Errorf("first label: got %d, want 1, up", first)
	}
	if l.Augment == nil {
		t.Error("got images as they are, want augmented ones")
	}
}

func TestParse(t *testing.T) {
	list, err := Parse("mnist, pen*3")
	if want := []Ingredient{{"mnist", 1}, {"pen", 3}}; err != nil || fmt.Sprint(list) != fmt.Sprint(want) {
		t.Errorf("got %v, %v, want %v", list, err, want)
	}
	for _, text := range []string{"pen*0", "pen*101", "pen*x", "mnist,pen*"} {
		if _, err := Parse(text); !usage.Is(err) {
			t.Errorf("%s: got %v, want a mistake in the command line", text, err)
		}
	}
}

func TestPublic(t *testing.T) {
	for data, want := range map[string]string{
		"mnist,pen*3": "mnist,pen*3", "/home/somebody/symbols, ../mine.json.gz*2": "symbols,mine.json.gz*2", "symbols/": "symbols",
	} {
		if got := Public(data); got != want {
			t.Errorf("%s: got %s, want %s", data, got, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	check := func(text string) error {
		list, err := Parse(text)
		if err != nil {
			return err
		}
		return Check(list)
	}
	pair := func(d Data) error {
		_, err := d.Pair()
		return err
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"nothing with classes", check("non-digits,non-digits*2"), "got only non-digits,non-digits, want a data set with classes"},
		{"unknown set", check("synthetic,digits"), `--data: got "digits", want mnist`},
		{"no writers", CheckWriters("writers", "3", "synthetic", "mnist"), "--writers belongs to --data pen, unipen-digits"},
		{"one set with writers", CheckWriters("writers", "3", "synthetic", "pen"), ""},
		{"the usual ones to validate", CheckWriters("validation-writers", UsualWriters, "mnist", "pen"), ""},
		{"the usual ones to train on", CheckWriters("writers", UsualWriters, "pen"), `--writers: got "usual", want numbers`},
		{"a range that ends nowhere", CheckWriters("writers", "5-", "pen"), `--writers: got "5-", want numbers`},
		{"no range of writers", pair(Data{Name: lines(t), Writers: "1-"}), "--writers: "},
	} {
		switch {
		case c.want == "" && c.err != nil:
			t.Errorf("%s: got %v, want no error", c.name, c.err)
		case c.want != "" && (!usage.Is(c.err) || !strings.Contains(c.err.Error(), c.want)):
			t.Errorf("%s: got %v, want the usage error %q", c.name, c.err, c.want)
		}
	}
}

// TestTest wants images as a model takes them: of the test part, of all drawings on
// the pad where there is none, and none of strokes for a model of pictures.
func TestTest(t *testing.T) {
	mine, digits, arrows := lines(t), drawingModel(t), drawingModel(t)
	arrows.Labels = append([]string{"up", "down"}, arrows.Labels[2:]...)
	for _, c := range []struct {
		data  Data
		model *model.Model
		want  int
	}{
		{Data{Name: "synthetic"}, digits, synth.TestDigits},
		{Data{Name: mine}, arrows, 60},
		{Data{Name: mine, Writers: "2"}, arrows, 20},
	} {
		set, err := c.data.Test(c.model)
		if err != nil || set.Len() != c.want {
			t.Errorf("%s: got %v, %v, want %d images", c.data.Name, set, err, c.want)
		}
	}
	pictures := drawingModel(t)
	pictures.Recipe = ink.Photo
	d := Data{Name: mine}
	if _, err := d.Test(digits); err == nil || !strings.Contains(err.Error(), `got the label "down", want one of the classes 0, 1`) {
		t.Errorf("other classes: got %v", err)
	}
	if _, err := d.Test(pictures); err == nil || !strings.Contains(err.Error(), "holds strokes, but the model's recipe is picture") {
		t.Errorf("strokes for a model of pictures: got %v", err)
	}
}

// TestWhole wants the drawings beside the images.
func TestWhole(t *testing.T) {
	d := Data{Name: lines(t), Writers: "1"}
	w, err := d.Whole()
	if err != nil || len(w.Drawings) != 60 || w.Train.Len() != 60 || !w.Source.Own {
		t.Errorf("got %d drawings, %v, want those of all writers", len(w.Drawings), err)
	}
}

// drawingModel returns the page's smallest model.
func drawingModel(t *testing.T) *model.Model {
	t.Helper()
	data, err := os.ReadFile("../../../web/models/notebook-plain.ink")
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSpread(t *testing.T) {
	if got := fmt.Sprint(spread(10, 4), spread(3, 5)); got != "[0 2 5 7] [0 1 2]" {
		t.Errorf("got %s", got)
	}
}

// TestMixtureLabels unites sets by their labels, which may stand in another order or be
// missing in part.
func TestMixtureLabels(t *testing.T) {
	drawing := func(label string) string { return `{"label":"` + label + `","strokes":[[[0,0],[1,1]]]}` }
	three := writeFile(t, "three.json", "["+drawing("down")+","+drawing("left")+","+drawing("up")+"]")
	two := writeFile(t, "two.json", "["+drawing("up")+","+drawing("down")+"]")
	m := Mixture{Data: Data{Name: three + "," + two}}
	l, err := m.Learn()
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Pair.Train; fmt.Sprint(got.Labels) != "[0 1 2 2 0]" || fmt.Sprint(got.Classes, got.InData()) != "[down left up] [down left up]" {
		t.Errorf("got the labels %v of %v", got.Labels, got.Classes)
	}
	m.Data.Names = []string{"up", "left", "down"}
	if l, err = m.Learn(); err != nil || fmt.Sprint(l.Pair.Train.Labels) != "[2 1 0 0 2]" {
		t.Errorf("with names: got %v", err)
	}
	m = Mixture{Data: Data{Name: two + "," + three}}
	if _, err = m.Learn(); err == nil || !strings.Contains(err.Error(), `got the label "left", want one of the classes down, up`) {
		t.Errorf("a stranger: got %v", err)
	}
}

// TestMeasuredOnTaught wants it said when a model is measured on the data that it has learned
// from, and drawings that stand twice.
func TestMeasuredOnTaught(t *testing.T) {
	path := digits(t, 20)
	m := drawingModel(t)
	m.Training.Data = filepath.Base(path) + "*2"
	var log bytes.Buffer
	d := Data{Name: path, Log: &log}
	if _, err := d.Test(m); err != nil {
		t.Fatal(err)
	}
	if want := ": the model was trained on data of this name, and its file does not tell "; !strings.Contains(log.String(), want) {
		t.Errorf("got %q, want %q in it", log.String(), want)
	}
	log.Reset()
	m.Training.Data = "synthetic"
	if _, err := d.Test(m); err != nil || log.Len() > 0 {
		t.Errorf("other data: got %q, %v", log.String(), err)
	}
	drawing := func(label string) strokes.Drawing {
		return strokes.Drawing{Strokes: []ink.Stroke{{{X: 1}, {Y: 2}}}, Label: len(label)}
	}
	log.Reset()
	upward := Data{Name: writeFile(t, "up.json", `[{"label":1,"strokes":[[[0,-3],[5,0]]]}]`), Log: &log}
	if _, err := upward.Test(m); err != nil || !strings.Contains(log.String(), "up.json: no y lies above 0, as where y counts upwards") {
		t.Errorf("upwards: got %q, %v", log.String(), err)
	}
	notes := DrawingNotes([]strokes.Drawing{drawing("a"), drawing("b"), drawing("bb"), {Strokes: []ink.Stroke{{{X: 1}}, {{Y: 2}}}}})
	if want := "1 of the drawings equal another one with a different label;1 of the drawings equal another one with the same label"; strings.Join(notes, ";") != want {
		t.Errorf("twins: got %q, want %q", notes, want)
	}
}

package evaluate

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// TestWriters wants the median of people's accuracies and the mean of the worst tenth.
func TestWriters(t *testing.T) {
	m, set := newModel(t), corners(80, 5)
	for i := range set.Len() {
		set.Writers = append(set.Writers, 1+i%5) // every image of the last is labelled wrongly
	}
	v, err := Measure(m, set, 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := (WriterEvaluation{Count: 5, Median: 1, WorstTenth: 0}); v.Writers == nil || *v.Writers != want {
		t.Errorf("got %+v, want %+v", v.Writers, want)
	}
	var text bytes.Buffer
	if err := v.Print(&text); err != nil || !strings.Contains(text.String(), "5 writers: median accuracy 1.0000, worst tenth 0.0000\n") {
		t.Errorf("got %v\n%s", err, &text)
	}
	if v, err = Measure(m, corners(80, 5), 1); err != nil || v.Writers != nil {
		t.Errorf("nobody known: got %+v, %v", v.Writers, err)
	}
}

// TestConfused names the most frequent mistakes first.
func TestConfused(t *testing.T) {
	v, err := Measure(newModel(t), corners(16, 4), 1) // every fourth, a d, is labelled a
	if err != nil {
		t.Fatal(err)
	}
	if want := []Confusion{{"a", "d", 4}}; !reflect.DeepEqual(v.Confused, want) || inWords(v.Confused) != "a read as d (4)" {
		t.Errorf("got %v, want %v", v.Confused, want)
	}
	many := map[[2]string]int{}
	for i := range 20 {
		many[[2]string{string(rune('a' + i)), "x"}] = i % 3
	}
	list := mostFrequent(many)
	if len(list) != mostConfusions || list[0] != (Confusion{"c", "x", 2}) || list[1].Label != "f" {
		t.Errorf("got %v", list)
	}
}

// TestAskBackground counts what is answered surely of images of no class, and shows it.
func TestAskBackground(t *testing.T) {
	m, set := newModel(t), corners(40, 100)
	v, err := Measure(m, set, 1)
	if err != nil {
		t.Fatal(err)
	}
	v.Model, v.Data = "x.ink", "corners"
	others := corners(8, 100)
	others.Classes = []string{"P", "Q", "R", "S"}
	clear(others.Pixels[4*16:]) // the last four are white: no corner is bright
	m.Threshold = 0.5
	v.AskBackground(m, "others", others)
	want := []Confusion{{"P", "a", 1}, {"Q", "b", 1}, {"R", "c", 1}, {"S", "d", 1}}
	if b := v.Background[0]; b.Data != "others" || b.Count != 8 || b.Answered != 0.5 || b.AUROC < 0.7 || !reflect.DeepEqual(b.Confused, want) {
		t.Errorf("got %+v", b)
	}
	var text bytes.Buffer
	if err := v.Print(&text); err != nil || !strings.Contains(text.String(), "others      8       0.5000    ") {
		t.Errorf("got %v\n%s", err, &text)
	}
	files, err := v.Folder()
	if err != nil || files["accepted.png"] == nil {
		t.Errorf("folder: got no sheet of what was accepted, %v", err)
	}
	page, pictures, err := Page([]*Measured{v}, nil, "folder")
	if err != nil || pictures["x.ink-corners-accepted.png"] == nil || !strings.Contains(string(page), "| others | 8 | 50.00 % |") {
		t.Errorf("page: got %v\n%s", err, page)
	}
}

// TestLettersAsOne counts I read as L, and L as I, as right for letters, and says so.
func TestLettersAsOne(t *testing.T) {
	e := Evaluation{Count: 4, Classes: strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "")}
	for range e.Classes {
		e.Confusion = append(e.Confusion, make([]int, 26))
		e.PerClass = append(e.PerClass, ClassEvaluation{})
	}
	e.Confusion[0][0], e.Confusion[8][11], e.Confusion[11][8], e.Confusion[1][2] = 1, 1, 1, 1
	if got, letters := e.asOne("I", "L"); got != 0.75 || !letters {
		t.Errorf("got %v, %v, want 0.75 of letters", got, letters)
	}
	e.AUROC = map[string]float64{"scribble": 1}
	var text bytes.Buffer
	if err := e.Print(&text); err != nil || !strings.Contains(text.String(), "I and L as one class: 0.7500\n") || !strings.Contains(text.String(), "not a letter") {
		t.Errorf("got %v\n%s", err, &text)
	}
	e.Classes = strings.Split("abcdefghijklmnopqrstuvwxy|", "")
	if _, letters := e.asOne("I", "L"); letters {
		t.Error("others: got letters")
	}
}

package dataset

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// labelled returns a set of one image of a pixel for each label.
func labelled(classes []string, labels ...string) *Set {
	set := &Set{Name: "test.csv", Width: 1, Height: 1, Classes: classes, Pixels: make([]uint8, len(labels))}
	for _, label := range labels {
		set.Labels = append(set.Labels, uint16(slices.Index(classes, label)))
	}
	return set
}

func TestMatch(t *testing.T) {
	letters, tens := []string{"a", "b", "c", "d"}, []string{"10", "20", "30", "40"}
	clothes := labelled([]string{"shirt", "shoe"}, "shoe")
	clothes.DataLabels = []string{"0", "1"}
	animals := labelled([]string{"dog", "bird"}, "bird", "dog")
	animals.DataLabels = []string{"0", "1"}
	for _, c := range []struct {
		name          string
		set           *Set
		names, labels []string
		want          []uint16
		note, err     string
	}{
		{name: "as they stood", set: labelled(tens, "40", "10"), names: letters, labels: tens, want: []uint16{3, 0}},
		{name: "one lacks", set: labelled(tens[1:], "20", "40"), names: letters, labels: tens, want: []uint16{1, 3}},
		{name: "gaps", set: labelled([]string{"10", "40"}, "40", "10"), names: tens, labels: tens, want: []uint16{3, 0}},
		{name: "by name", set: labelled([]string{"b", "d"}, "d", "b"), names: letters, labels: tens, want: []uint16{3, 1}},
		{name: "fractions of nothing", set: labelled([]string{"10.0", "2e+01"}, "2e+01", "10.0"), names: letters, labels: tens, want: []uint16{1, 0}},
		{name: "labels before names", set: labelled([]string{"1", "2"}, "1", "2"), names: []string{"1", "2", "3"}, labels: []string{"0", "1", "2"}, want: []uint16{1, 2}},
		{name: "a class without images", set: labelled([]string{"10", "50"}, "10"), names: letters, labels: tens, want: []uint16{0}},
		{name: "zeros in front differ", set: labelled([]string{"01", "1"}, "01", "1"), names: []string{"1", "01"}, labels: []string{"1", "01"}, want: []uint16{1, 0}},
		{name: "names beside labels", set: clothes, names: []string{"shoe", "shirt"}, labels: []string{"0", "1"}, want: []uint16{0}},
		{name: "labels beside names", set: clothes, names: []string{"0", "1"}, labels: []string{"0", "1"}, want: []uint16{1},
			note: "test.csv: its classes are matched with the model's by their labels in the data, 0, 1"},
		{name: "a name besides of another", set: animals, names: []string{"dog", "horse"}, labels: []string{"0", "1"}, want: []uint16{1, 0},
			note: "test.csv: its classes are matched with the model's by their labels in the data, 0, 1; taken: bird for horse"},
		{name: "labels against names", set: animals, names: []string{"cat", "dog"}, labels: []string{"0", "1"},
			err: `test.csv: got the class "bird", want one of cat, dog: its labels mean other classes`},
		{name: "places against names", set: animals, names: []string{"cat", "dog"},
			err: `test.csv: got the class "bird", want one of cat, dog: its labels mean other classes`},
		{name: "a stranger", set: labelled([]string{"10", "50"}, "10", "50"), names: letters, labels: tens,
			err: `test.csv: got the label "50", want one of the labels 10, 20, 30, 40, or of their names a, b, c, d`},
		{name: "a folder too many", set: labelled([]string{"a", "e"}, "a", "e"), names: letters, labels: letters,
			err: `test.csv: got the label "e", want one of the classes a, b, c, d`},
		{name: "half labels, half names", set: labelled([]string{"10", "b"}, "10", "b"), names: letters, labels: tens, err: `got the label "b", want one of the labels`},
		{name: "not told: names", set: labelled([]string{"c"}, "c"), names: letters, want: []uint16{2}},
		{name: "not told: places", set: labelled([]string{"0", "3"}, "3", "0"), names: letters, want: []uint16{3, 0},
			note: "test.csv: the model does not tell the labels of its data: 0..3 are taken for the places of a, b, c, d"},
		{name: "not told: numbers as names", set: labelled(tens, "20"), names: tens, want: []uint16{1}},
		{name: "not told: outside", set: labelled([]string{"1", "4"}, "1", "4"), names: letters,
			err: `test.csv: got the label "4", want one of the classes a, b, c, d, or a place among them, 0..3`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, note, err := Match(c.set, c.names, c.labels)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error: got %v, want %q", err, c.err)
				}
				return
			}
			if err != nil || note != c.note {
				t.Fatalf("got %v and the note %q, want %q", err, note, c.note)
			}
			if !slices.Equal(got.Labels, c.want) || !slices.Equal(got.Classes, c.names) || !slices.Equal(got.InData(), (&Set{Classes: c.names, DataLabels: c.labels}).InData()) {
				t.Errorf("got the labels %v of %v, want %v", got.Labels, got.Classes, c.want)
			}
		})
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct {
		name           string
		classes, names []string
		labels         []uint16
		inData         []string
		err            string
	}{
		{"in their order", []string{"1", "2", "10"}, []string{"x", "y", "z"}, []uint16{0, 1, 2}, []string{"1", "2", "10"}, ""},
		{"by place", []string{"0", "2"}, []string{"x", "y", "z"}, []uint16{0, 2}, []string{"0", "1", "2"}, ""},
		{"names", []string{"x", "y", "z"}, []string{"z", "x", "y"}, []uint16{1, 2, 0}, []string{"z", "x", "y"}, ""},
		{"fewer names", []string{"1", "2", "7"}, []string{"x", "y"}, nil, nil, `test.csv: got the label "2", want 0..1, or as many different numbers as there are names, x, y`},
		{"from 0 or from 1", []string{"1", "2"}, []string{"x", "y", "z"}, nil, nil, `test.csv: got 3 names for the labels 1, 2, which may be counted from 0 or from 1: want one name for each of them`},
		{"other names", []string{"circle", "cross"}, []string{"circle", "cros"}, nil, nil, `test.csv: got the label "cross", want one of the names circle, cros`},
	} {
		t.Run(c.name, func(t *testing.T) {
			pair := Pair{Train: labelled(c.classes, c.classes...), Test: labelled(c.classes, c.classes[1])}
			got, err := pair.Name(c.names)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error: got %v, want %q", err, c.err)
				}
				return
			}
			if err != nil || !slices.Equal(got.Train.Labels, c.labels) || !slices.Equal(got.Test.Labels, c.labels[1:2]) {
				t.Fatalf("got %v, labels %v and %v, want %v", err, got.Train.Labels, got.Test.Labels, c.labels)
			}
			if !slices.Equal(got.Train.Classes, c.names) || !slices.Equal(got.Test.InData(), c.inData) {
				t.Errorf("got the classes %v of %v, want %v of %v", got.Train.Classes, got.Test.InData(), c.names, c.inData)
			}
		})
	}
}

// Numbers of a stroke file are digits, or classes of their own; names keep what
// stands in the file.
func TestStrokeClasses(t *testing.T) {
	for _, c := range []struct {
		name, content   string
		names           []string
		labels          []int
		classes, inData []string
	}{
		{"digits", `[{"label":7,"strokes":[]},{"strokes":[]},{"label":2,"strokes":[]}]`, nil, []int{7, -1, 2}, DigitNames(), nil},
		{"numbers", `[{"label":300,"strokes":[]},{"strokes":[]},{"label":12,"strokes":[]}]`, nil, []int{1, -1, 0}, []string{"12", "300"}, nil},
		{"numbers named", `[{"label":300,"strokes":[]},{"label":12,"strokes":[]}]`, []string{"x", "y"}, []int{1, 0}, []string{"x", "y"}, []string{"12", "300"}},
		{"texts", `[{"label":"b","strokes":[]},{"label":"a","strokes":[]}]`, nil, []int{1, 0}, []string{"a", "b"}, nil},
		{"texts in order", `[{"label":"b","strokes":[]},{"label":"a","strokes":[]}]`, []string{"b", "a"}, []int{0, 1}, []string{"b", "a"}, []string{"b", "a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			drawn, err := readStrokes(write(t, filepath.Join(t.TempDir(), "mine.json"), []byte(c.content)), c.names)
			if err != nil {
				t.Fatal(err)
			}
			var labels []int
			for _, d := range drawn.Train {
				labels = append(labels, d.Label)
			}
			if !slices.Equal(labels, c.labels) || !slices.Equal(drawn.Classes, c.classes) || !slices.Equal(drawn.DataLabels, c.inData) {
				t.Errorf("got %v of %v, in the data %v", labels, drawn.Classes, drawn.DataLabels)
			}
		})
	}
}

func TestCheckNames(t *testing.T) {
	for want, names := range map[string][]string{
		"class 2 of 2 has no name":                      {"a", " "},
		`class 1 of 2: got the name "\xff", want UTF-8`: {"\xff", "a"},
		"of 256 bytes, want at most 255":                {"a", strings.Repeat("é", 128)},
		`got two classes with the name "a"`:             {"a", "b", "a"},
	} {
		if err := CheckNames(names); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		if err := CheckClasses(names); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("classes: got %v, want %q", err, want)
		}
	}
	for want, classes := range map[string][]string{"got 1001 classes, at most 1000": numbers(1001), "got 1 class, a, want 2..1000": {"a"}, "got no class": nil} {
		if err := CheckClasses(classes); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if err := CheckClasses(numbers(MaxClasses)); err != nil {
		t.Errorf("%d classes: got %v", MaxClasses, err)
	}
}

// Labels of every image are classes, many or few.
func TestClassify(t *testing.T) {
	many := numbers(MaxClasses + 1)
	for want, labels := range map[string][]string{
		"got an empty label":             {"a", ""},
		"got 1001 classes, at most 1000": many,
		"want UTF-8":                     {"a", "\xfe"},
	} {
		if _, _, err := Classify(labels); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	labels, classes, err := Classify(many[:MaxClasses])
	if err != nil || labels[999] != 999 || classes[999] != strconv.Itoa(999) {
		t.Errorf("%d classes: got %v", MaxClasses, err)
	}
}

// TestFindNumber wants numbers found in each of their forms, and no code that looks like one.
func TestFindNumber(t *testing.T) {
	place := placesOf([]string{"4", "cat"})
	for label, want := range map[string]bool{"4": true, "4.0": true, "4.000e+00": true, "04": true, "4e00": false, "4e0": false, "0x4": false, "cat": true} {
		if _, got := find(place, label); got != want {
			t.Errorf("%s: got %v, want %v", label, got, want)
		}
	}
}

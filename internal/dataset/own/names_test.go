package own

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// texts returns an array of short ASCII texts.
func texts(name string, list ...string) npy.Array {
	a := npy.Array{Name: name, Shape: []int{len(list)}, Type: "S16"}
	for _, text := range list {
		a.Data = append(a.Data, fmt.Appendf(nil, "%s%s", text, strings.Repeat("\x00", 16-len(text)))...)
	}
	return a
}

// named returns an .npz file of an image of 2x2 for each label, and the further arrays.
func named(t *testing.T, labels npy.Array, further ...npy.Array) string {
	t.Helper()
	n := labels.Shape[0]
	x := npy.Array{Name: "X", Shape: []int{n, 2, 2}, Type: npy.Uint8}
	for i := range n {
		x.Data = append(x.Data, 0, 255, uint8(i), 0)
	}
	labels.Name = "y"
	file, err := npy.EncodeZip(append([]npy.Array{x, labels}, further...))
	if err != nil {
		t.Fatal(err)
	}
	return place(t, t.TempDir(), "mine.npz", file)
}

// An array of texts names the classes where it fits the labels; where not, it is said why.
func TestNamesInArchive(t *testing.T) {
	numbers := func(list ...float32) npy.Array { return npy.Floats("y", []int{len(list)}, list) }
	hot := npy.Floats("y", []int{2, 3}, []float32{0, 0, 1, 1, 0, 0})
	animals := texts("class_names", "cat", "dog", "horse")
	for _, c := range []struct {
		name       string
		labels     npy.Array
		further    []npy.Array
		given      bool   // names by a flag
		want, note string // the classes of the images; "": nothing is said
	}{
		{"from 0", numbers(2, 0, 1, 0), []npy.Array{animals}, false, "horse cat dog cat", "the array class_names names the classes 0..2: cat, dog, horse"},
		{"from 0, one lacks", numbers(2, 0), []npy.Array{animals}, false, "horse cat", "names the classes 0..2: cat, dog, horse; there are no images of dog"},
		{"one-hot", hot, []npy.Array{animals}, false, "horse cat", "names the classes 0..2"},
		{"from 1", numbers(3, 1, 2), []npy.Array{animals}, false, "horse cat dog", "the array class_names names the classes 1..3: cat, dog, horse"},
		{"names that are digits", numbers(0, 1), []npy.Array{texts("label_names", "1", "0")}, false, "1 0", "the array label_names names the classes 0..1: 1, 0"},
		{"target_names", numbers(0, 1), []npy.Array{texts("target_names", " a", "b ")}, false, "a b", "names the classes 0..1: a, b"},
		{"from 0 or from 1", numbers(1, 2), []npy.Array{animals}, false, "1 2", "the array class_names is not used: the labels are 1..2, which may be counted from 0 or from 1 among its 3 texts"},
		{"too few", numbers(0, 3), []npy.Array{animals}, false, "0 3", "is not used: the labels are 0..3, and it holds 3 texts, want one for each"},
		{"negative", numbers(-1, 1), []npy.Array{animals}, false, "-1 1", "is not used: the labels are -1..1, and it holds 3 texts"},
		{"twice", numbers(0, 1), []npy.Array{texts("names", "a", "a")}, false, "0 1", `the array names is not used: got two classes with the name "a"`},
		{"one", numbers(0, 0), []npy.Array{texts("classes", "a")}, false, "0 0", "the array classes is not used: got 1 class, a, want 2.."},
		{"labels are the names", texts("y", "dog", "cat"), []npy.Array{animals}, false, "dog cat", ""},
		{"labels are other names", texts("y", "dog", "cow"), []npy.Array{animals}, false, "dog cow", `is not used: the labels are names themselves, such as "cow"`},
		{"two arrays", numbers(0, 1, 2), []npy.Array{animals, texts("categories", "a", "b", "c")}, false, "0 1 2", "the array class_names is not used: categories may name the classes as well"},
		{"given", numbers(0, 1, 2), []npy.Array{animals}, true, "0 1 2", "the array class_names is not used: --labels names the classes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, pair, err := read(Reader{Named: c.given}, named(t, c.labels, c.further...), nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, label := range pair.Train.Labels {
				got = append(got, pair.Train.Classes[label])
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			if notes := strings.Join(data.Notes, "\n"); c.note == "" && strings.Contains(notes, "class_names") || !strings.Contains(notes, c.note) {
				t.Errorf("got the notes %q, want %q", notes, c.note)
			}
		})
	}
}

// Data that a model is asked about are matched by the names that stand beside their labels.
func TestNamesAsked(t *testing.T) {
	labels := npy.Floats("y", []int{3}, []float32{0, 1, 2})
	for _, c := range []struct {
		beside, names, labels []string
		want                  string // the classes of the images, or the error's part
	}{
		{[]string{"dog", "cat", "horse"}, []string{"cat", "dog", "horse"}, []string{"0", "1", "2"}, "dog cat horse"},
		{[]string{"dog", "cat", "horse"}, []string{"cat", "dog", "horse"}, nil, "dog cat horse"},
		{[]string{"Hund", "Katze", "Pferd"}, []string{"cat", "dog", "horse"}, []string{"1", "0", "2"}, "dog cat horse"},
		{[]string{"dog", "cat", "cow"}, []string{"cat", "dog", "horse"}, []string{"0", "1", "2"}, `got the class "cow", want one of cat, dog, horse`},
	} {
		data, err := Reader{Kept: &model.Source{}}.Read(context.Background(), named(t, labels, texts("class_names", c.beside...)))
		if err != nil {
			t.Fatal(err)
		}
		pair, err := data.Pair()
		if err != nil {
			t.Fatal(err)
		}
		set, _, err := dataset.Match(pair.Train, c.names, c.labels)
		var got []string
		if err == nil {
			for _, label := range set.Labels {
				got = append(got, set.Classes[label])
			}
		}
		if text := fmt.Sprint(strings.Join(got, " "), err); !strings.Contains(text, c.want) {
			t.Errorf("%v among %v: got %s, want %s", c.beside, c.names, text, c.want)
		}
	}
}

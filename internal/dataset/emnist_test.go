package dataset

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// EMNIST's images come right way up, with the labels of each set as its classes.
func TestEMNIST(t *testing.T) {
	for name, c := range map[string]struct {
		labels  []byte
		classes string
		data    string
	}{
		"emnist-digits":   {[]byte{0, 9}, "09", "09"},
		"emnist-letters":  {[]byte{1, 26}, "AZ", "1 26"},
		"emnist-balanced": {[]byte{10, 46}, "At", "10 46"},
	} {
		dir := t.TempDir()
		s := source(t, name)
		for i, part := range []string{"train", "test"} {
			write(t, filepath.Join(dir, "emnist", s.Files[2*i].Name), idx(count(12), 2, 2, 3))
			write(t, filepath.Join(dir, "emnist", name+"-"+part+"-labels-idx1-ubyte.gz"), zipped(idx(c.labels, 2)))
		}
		pair, err := s.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		set := pair.Test
		if got, want := set.Image(0), []byte{0, 3, 1, 4, 2, 5}; !bytes.Equal(got, want) || set.Width != 2 || set.Height != 3 {
			t.Errorf("%s: got %v of %s, want rows and columns exchanged, %v", name, got, size(set), want)
		}
		if got := set.Classes[set.Labels[0]] + set.Classes[set.Labels[1]]; got != c.classes {
			t.Errorf("%s: got the classes %s, want %s", name, got, c.classes)
		}
		data := set.InData()
		if got := data[set.Labels[0]] + " " + data[set.Labels[1]]; strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(c.data, " ", "") {
			t.Errorf("%s: got the labels %s in the data, want %s", name, got, c.data)
		}
	}
	dir := t.TempDir()
	s := source(t, "emnist-letters")
	for i := range 2 {
		write(t, filepath.Join(dir, "emnist", s.Files[2*i].Name), idx(count(4), 1, 2, 2))
		write(t, filepath.Join(dir, "emnist", s.Files[2*i+1].Name), idx([]byte{0}, 1))
	}
	if _, err := s.Open(dir); err == nil || !strings.Contains(err.Error(), "got 0, want 1..26") {
		t.Errorf("a letter's label 0: got %v", err)
	}
	if got := len(emnistCharacters()); got != 47 || !slices.IsSorted(emnistCharacters()) {
		t.Errorf("balanced: got %d classes, want 47 in ASCII's order", got)
	}
}

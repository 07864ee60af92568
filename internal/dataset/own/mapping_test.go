package own

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// EMNIST's mapping beside IDX files names the classes where it fits their labels; where not, it
// is said why.
func TestMapping(t *testing.T) {
	images := "\x00\x00\x08\x03\x00\x00\x00\x03\x00\x00\x00\x02\x00\x00\x00\x02\x00\xff\x07\x08\x01\x02\x03\x04\x05\x06\x07\x08"
	labels := func(list string) string { return "\x00\x00\x08\x01\x00\x00\x00\x03" + list }
	for _, c := range []struct {
		name, file, mapping, labels string
		given                       bool
		want, note                  string // the classes of the images; "": nothing is said of a mapping
	}{
		{"letters", "emnist-letters-mapping.txt", "1 65 97\n2 66 98\n3 67 99\n", "\x03\x01\x02", false, "C A B", "the file emnist-letters-mapping.txt names the classes 1..3: A, B, C"},
		{"from 0", "mapping.txt", "0 48\r\n1 49\r\n2 65\r\n\r\n", "\x02\x00\x02", false, "A 0 A", "the file mapping.txt names the classes 0..2: 0, 1, A"},
		{"of another set", "emnist-digits-mapping.txt", "1 65\n2 66\n3 67\n", "\x03\x01\x02", false, "3 1 2", ""},
		{"of other labels", "mapping.txt", "0 65\n1 66\n2 67\n", "\x03\x01\x02", false, "3 1 2", "the file mapping.txt is not used: the labels are 1..3, and it names 0..2"},
		{"too few", "mapping.txt", "0 65\n1 66\n", "\x00\x01\x02", false, "0 1 2", "is not used: the labels are 0..2, and it names 0..1"},
		{"from 1, some lack", "mapping.txt", "1 65\n2 66\n3 67\n4 68\n", "\x03\x01\x03", false, "C A C", "the file mapping.txt names the classes 1..4: A, B, C, D; there are no images of B, D"},
		{"from 10", "mapping.txt", "10 65\n11 66\n", "\x0b\x0a\x0b", false, "B A B", "the file mapping.txt names the classes 10..11: A, B"},
		{"too long", "mapping.txt", strings.Repeat("0 65\n", maxMapping), "\x00\x01\x02", false, "0 1 2", "the file mapping.txt is not used: got more than 65536 bytes"},
		{"no numbers", "mapping.txt", "0: A\n", "\x00\x01\x02", false, "0 1 2", `is not used: line 1: got "0: A", want a label and the codes`},
		{"a gap", "mapping.txt", "0 65\n2 66\n", "\x00\x01\x02", false, "0 1 2", `is not used: line 2: got "2 66", want the label 1`},
		{"no character", "mapping.txt", "0 65\n1 7\n", "\x00\x01\x02", false, "0 1 2", `is not used: line 2: got "1 7"`},
		{"given", "mapping.txt", "0 65\n1 66\n2 67\n", "\x00\x01\x02", true, "0 1 2", "is not used: --labels names the classes"},
	} {
		dir := t.TempDir()
		path := place(t, dir, "emnist-letters-train-images-idx3-ubyte", []byte(images))
		place(t, dir, "emnist-letters-train-labels-idx1-ubyte", []byte(labels(c.labels)))
		place(t, dir, c.file, []byte(c.mapping))
		for _, path := range []string{path, filepath.Dir(path)} {
			data, err := Reader{Named: c.given}.Read(context.Background(), path)
			if err != nil {
				t.Fatal(err)
			}
			pair, err := data.Pair()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, label := range pair.Train.Labels {
				got = append(got, pair.Train.Classes[label])
			}
			notes := fmt.Sprint(data.Notes)
			if strings.Join(got, " ") != c.want || !strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "mapping") {
				t.Errorf("%s: got %v and the notes %s, want %s and %q", c.name, got, notes, c.want, c.note)
			}
		}
	}
}

// FuzzMapping reads any text as a mapping.
func FuzzMapping(f *testing.F) {
	f.Add("0 48\n1 49\n")
	f.Add("1 65 97\n\n2 66 98")
	f.Fuzz(func(t *testing.T, text string) {
		names, _, err := parseMapping(text)
		for _, name := range names {
			if err != nil || name == "" {
				t.Errorf("got the name %q, %v", name, err)
			}
		}
	})
}

package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// hooks returns stroke JSON of one drawing of each label by the writers first,
// first+1 and so on, for each first.
func hooks(labels []string, firsts ...int) []byte {
	var list []string
	for _, first := range firsts {
		for i, label := range labels {
			list = append(list, fmt.Sprintf(`{"label":%q,"writer":%d,"strokes":[[[0,0],[1,0],[1,1]],[[0,0.5],[0.5,0.%d]]]}`, label, first+i, 1+i%9))
		}
	}
	return []byte("[" + strings.Join(list, ",") + "]")
}

// archive writes small files of UNIPEN's names; writers of all three parts draw each.
func archive(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, labels := range map[string][]string{
		"digits": {"3", "4", "7", "3"}, "upper": {"A", "K", "O", "R"}, "lower": {"k", "a", "o", "w"}, "signs": {"&", "|", "@", "%"},
	} {
		write(t, filepath.Join(dir, "unipen", name+".json"), hooks(labels, 1, 14, 37)) // writer % 20 is 1-4, 14-17, 17-19 and 0
	}
	write(t, filepath.Join(dir, "unipen", "noisy-writers.json"), []byte("[2, 15]"))
	return dir
}

func TestUnipen(t *testing.T) {
	dir := archive(t)
	for name, want := range map[string]struct {
		count  int
		class  string // of the first drawing
		inData string
	}{
		"unipen-digits": {12, "3", "3"}, "unipen-upper": {12, "A", "A"}, "unipen-lower": {12, "K", "k"},
		"unipen-letters": {24, "A", "A"}, "unipen-signs": {12, "&", "&"},
	} {
		drawn, err := source(t, name).Drawings(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		label := drawn.Train[0].Label
		if len(drawn.Train) != want.count || drawn.Classes[label] != want.class || drawn.InData()[label] != want.inData {
			t.Errorf("%s: got %d drawings, the first %s, %s", name, len(drawn.Train), drawn.Classes[label], drawn.InData()[label])
		}
	}
	s := source(t, "unipen-digits")
	drawn, err := s.Drawings(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	for ranges, want := range map[string]int{s.Writers.Fit: 5, s.Writers.Evaluate: 3, "17-19": 4} {
		if chosen, err := s.Writers.Choose(drawn.Train, ranges); err != nil || len(chosen) != want {
			t.Errorf("writers %s: got %d, %v, want %d", ranges, len(chosen), err, want)
		}
	}
	quiet, err := s.WithoutNoisy(dir, drawn.Train)
	if err != nil || len(quiet) != 10 {
		t.Errorf("without noisy writers: got %d, %v, want 10", len(quiet), err)
	}
}

func TestUnipenMistakes(t *testing.T) {
	dir := t.TempDir()
	s := source(t, "unipen-upper")
	if _, err := s.Drawings(dir, nil); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "zenodo") || !strings.Contains(err.Error(), "inkling data unipen --unipen DIR") {
		t.Errorf("missing: got %v, want what to do", err)
	}
	write(t, filepath.Join(dir, "unipen", "upper.json"), hooks([]string{"A", "?"}, 1))
	if _, err := s.Drawings(dir, nil); err == nil || !strings.Contains(err.Error(), `drawing 2: label is "?", want one of A`) {
		t.Errorf("a sign: got %v", err)
	}
	if _, err := s.WithoutNoisy(dir, nil); err == nil || !strings.Contains(err.Error(), "noisy-writers.json") {
		t.Errorf("no file of noisy writers: got %v", err)
	}
	if _, err := source(t, "merged").Refused(dir); err == nil {
		t.Error("made of sets that are not there: got no error")
	}
}

// TestMade checks that a row gives the number of drawings it promises, from training
// writers, the same every time, and others to measure on.
func TestMade(t *testing.T) {
	dir := archive(t)
	for _, m := range madeKinds {
		s := source(t, m.name)
		drawn, err := s.Drawings(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		refused, err := s.Refused(dir)
		if err != nil || !reflect.DeepEqual(refused.Train, drawn.Train) {
			t.Errorf("%s: got other drawings the second time, or %v", m.name, err)
		}
		if len(drawn.Train) != s.Train || len(drawn.Test) != s.Test || reflect.DeepEqual(drawn.Train[0], drawn.Test[0]) {
			t.Errorf("%s: got %d and %d drawings, want %d and %d others", m.name, len(drawn.Train), len(drawn.Test), s.Train, s.Test)
		}
	}
	write(t, filepath.Join(dir, "unipen", "upper.json"), hooks([]string{"A"}, 1))
	if _, err := source(t, "merged").Refused(dir); err == nil || !strings.Contains(err.Error(), "no drawings of writers 14-16") {
		t.Errorf("nobody to measure on: got %v", err)
	}
}

func TestOmniglot(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "omniglot", "omniglot.json"), hooks([]string{"Greek/01", "Greek/02"}, 201))
	s := source(t, "omniglot")
	drawn, err := s.Drawings(dir, nil)
	if err != nil || len(drawn.Train) != 2 || drawn.Classes[1] != "Greek/02" {
		t.Fatalf("got %+v, %v", drawn, err)
	}
	if chosen, err := s.Writers.Choose(drawn.Train, "2"); err != nil || len(chosen) != 2 {
		t.Errorf("alphabet 2: got %d, %v, want 2", len(chosen), err)
	}
}

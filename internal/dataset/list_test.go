package dataset

import (
	"os"
	"slices"
	"testing"
)

func TestSplitList(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a,b.csv", "x", "five*5", "c, d,e"} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string][]string{
		"mnist":                  {"mnist"},
		"mnist, pen*3":           {"mnist", "pen*3"},
		"a,b.csv":                {"a,b.csv"},
		"mnist,a,b.csv*2,x":      {"mnist", "a,b.csv*2", "x"},
		"c, d,e,c, d,f":          {"c, d,e", "c", "d", "f"},
		"five*5,x":               {"five*5", "x"},
		"":                       {""},
		"none,such":              {"none", "such"},
		"a,b.csv,a,b.csv,a,b.cs": {"a,b.csv", "a,b.csv", "a", "b.cs"},
	} {
		if got := SplitList(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for part, want := range map[string][2]string{
		"pen*3": {"pen", "3"}, "pen": {"pen", ""}, "pen*": {"pen", ""}, "five*5": {"five*5", ""}, "five*5*2": {"five*5", "2"}, "a,b.csv*2": {"a,b.csv", "2"},
	} {
		if name, times, _ := CutTimes(part); [2]string{name, times} != want {
			t.Errorf("%q: got %q, %q, want %q", part, name, times, want)
		}
	}
}

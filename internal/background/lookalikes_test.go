package background

import (
	"slices"
	"strings"
	"testing"
)

func TestLookAlikes(t *testing.T) {
	for of, want := range map[string]string{
		"digits":  `OIQDSZBGLolqgbszi|()/\-',.` + "`",
		"letters": `0125689+|()/\-',.` + "`",
	} {
		got, wanted := LookAlikes(of), strings.Split(want, "")
		if of == "letters" {
			wanted = append(wanted, "letter") // a kind of non-digits
		}
		slices.Sort(got)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: got %q, want %q", of, got, wanted)
		}
	}
	if LookAlikes("clothes") != nil {
		t.Error("got look-alikes of clothes, want none")
	}
}

func TestLooksLike(t *testing.T) {
	for _, c := range []struct {
		of, label string
		want      bool
	}{
		{"digits", "O", true}, {"digits", "T", false}, {"digits", "p", false}, {"digits", "|", true}, {"digits", "", false},
		{"letters", "4", false}, {"letters", "8", true}, {"clothes", "O", false},
	} {
		if got := LooksLike(c.of, c.label); got != c.want {
			t.Errorf("%s, %q: got %v, want %v", c.of, c.label, got, c.want)
		}
	}
}

func TestAlphabet(t *testing.T) {
	for classes, want := range map[string]string{
		"0123456789": "digits", "ABCDEFGHIJKLMNOPQRSTUVWXYZ": "letters", "abcdefghijklmnopqrstuvwxyz": "letters", "9876543210": "", "ABC": "",
	} {
		if got := Alphabet(strings.Split(classes, "")); got != want {
			t.Errorf("%s: got %q, want %q", classes, got, want)
		}
	}
	if got := Alphabet([]string{"0123456789"}); got != "" {
		t.Errorf("one class: got %q", got)
	}
}

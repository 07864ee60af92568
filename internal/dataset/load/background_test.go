package load

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/background"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// unipen writes small files of UNIPEN's names, of one drawing of each label by the
// writers 1 and 14, to learn from and to choose by.
func unipen(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "unipen"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, labels := range map[string]string{"digits": "34567", "upper": "ABOKR", "lower": "abok", "signs": "&|@"} {
		var list []string
		for _, writer := range []int{1, 14} {
			for _, label := range labels {
				list = append(list, fmt.Sprintf(`{"label":%q,"writer":%d,"strokes":[[[0,0],[1,0],[1,1]],[[0,0.5],[0.5,0.5]]]}`, string(label), writer))
			}
		}
		text := "[" + strings.Join(list, ",") + "]"
		if err := os.WriteFile(filepath.Join(dir, "unipen", name+".json"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestBackground wants what looks like a class left out of a background and said,
// times obeyed, and the usual writers on either side.
func TestBackground(t *testing.T) {
	var log bytes.Buffer
	dir := unipen(t)
	m := Mixture{
		Data:       Data{Name: "unipen-digits*2", Dir: dir, Log: &log},
		Background: "unipen-upper*3,unipen-lower,outlines", ValidationWriters: UsualWriters,
	}
	l, err := m.Learn()
	if err != nil {
		t.Fatal(err)
	}
	// A K R of upper; a k of lower.
	if want := 2*5 + 3*3 + 2 + 3000; len(l.Train.Index) != want || len(l.Validation.Index) != 5+3+2 {
		t.Errorf("got %d and %d images, want %d and 10", len(l.Train.Index), len(l.Validation.Index), want)
	}
	if len(l.Held) != 1 || l.Held[0].Name != "unipen-digits" || len(l.Held[0].Index) != 5 || l.Background != 1 {
		t.Errorf("got %d parts held, %d classes of background, want the five digits and 1", len(l.Held), l.Background)
	}
	if want := "unipen-upper: 6 of 10 are the background; the others look like digits\n"; !strings.Contains(log.String(), want) {
		t.Errorf("got the messages\n%s", log.String())
	}
	m.Background = "unipen-upper*0"
	if _, err := m.Learn(); err == nil || !strings.Contains(err.Error(), `--background: got "unipen-upper*0", want NAME*TIMES`) {
		t.Errorf("no times: got %v", err)
	}
}

// TestBackgroundClasses wants a class for each label of what shows no class, the same for
// the same label of two sets.
func TestBackgroundClasses(t *testing.T) {
	m := Mixture{
		Data:       Data{Name: "unipen-digits,non-digits", Dir: unipen(t), Log: &bytes.Buffer{}},
		Background: "unipen-upper,outlines,unipen-upper", BackgroundClasses: true, ValidationWriters: UsualWriters,
	}
	l, err := m.Learn()
	if err != nil {
		t.Fatal(err)
	}
	set := l.Pair.Train
	want := []string{
		"background scribble", "background letter", "background two-digits", "background A", "background K", "background R", "background outlines",
	}
	if got := set.Classes[10:]; l.Background != len(want) || !slices.Equal(got, want) {
		t.Fatalf("got %d classes of background %q, want %q", l.Background, got, want)
	}
	counts := make([]int, len(set.Classes))
	for _, label := range set.Labels {
		counts[label]++
	}
	m.Background = filepath.Join(t.TempDir(), "none.json")
	if err := os.WriteFile(m.Background, []byte(`[{"strokes":[[[0,0],[1,1]]]},{"label":"x","strokes":[[[0,0],[1,1]]]}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err = m.Learn()
	if err != nil {
		t.Fatalf("drawings without labels: %v", err)
	}
	if got := l.Pair.Train.Classes[13:]; !slices.Equal(got, []string{"background", "background x"}) {
		t.Errorf("drawings without labels: got the classes %q", got)
	}
	if a, outlines := counts[13], counts[16]; a != 2*2 || outlines != 3000 {
		t.Errorf("got %d images of A and %d of outlines, want 4 and 3000", a, outlines)
	}
}

// TestLetters unites capitals and small letters, beside digits that are no letters.
func TestLetters(t *testing.T) {
	m := Mixture{
		Data:       Data{Name: "unipen-upper,unipen-lower", Dir: unipen(t), Log: &bytes.Buffer{}},
		Background: "unipen-digits,unipen-signs,non-digits", ValidationWriters: UsualWriters,
	}
	l, err := m.Learn()
	if err != nil {
		t.Fatal(err)
	}
	set := l.Pair.Train
	if len(set.Classes) != 27 || set.Classes[0] != "A" || l.Held[1].Set.Labels[l.Held[1].Index[0]] != 0 {
		t.Errorf("got the classes %v, want A to Z and the background, a small a of A", set.Classes)
	}
	// 3 4 7 of the digits, & @ of the signs, two of three kinds of non-digits.
	if want := 5 + 4 + 3 + 2 + 6000; len(l.Train.Index) != want {
		t.Errorf("got %d images, want %d", len(l.Train.Index), want)
	}
}

func TestLooksLike(t *testing.T) {
	for _, c := range []struct {
		alphabet, set, label string
		want                 bool
	}{
		{"digits", "unipen-upper", "O", true}, {"digits", "unipen-upper", "K", false}, {"digits", "unipen-upper", "Q", true},
		{"digits", "unipen-letters", "G", true}, {"digits", "unipen-letters", "O", true}, {"digits", "unipen-letters", "K", false},
		{"letters", "unipen-digits", "0", true}, {"letters", "unipen-digits", "4", false}, {"", "unipen-upper", "O", false},
	} {
		source, err := dataset.Lookup(c.set)
		if err != nil {
			t.Fatal(err)
		}
		if got := LooksLike(c.alphabet, source, c.label); got != c.want {
			t.Errorf("%s of %s for %s: got %v, want %v", c.label, c.set, c.alphabet, got, c.want)
		}
	}
	if got := background.Alphabet(strings.Split("abcdefghijklmnopqrstuvwxyz", "")) + background.Alphabet(dataset.DigitNames()) + background.Alphabet([]string{"up"}); got != "lettersdigits" {
		t.Errorf("alphabets: got %q", got)
	}
}

// TestDataBackground reads what a model of digits is to refuse, by the usual writers.
func TestDataBackground(t *testing.T) {
	m := drawingModel(t)
	set, err := (&Data{Name: "unipen-lower", Dir: unipen(t), PadSeed: 1}).Background(m)
	if err != nil || set.Len() != 2 || set.Classes[set.Labels[0]] != "a" || fmt.Sprint(set.Writers) != "[14 14]" {
		t.Errorf("got %+v, %v, want an a and a k of writer 14", set, err)
	}
}

func TestRefusal(t *testing.T) {
	for text, want := range map[string]string{"": "0 0 true", "0.02": "0.02 0.02 false", "mnist 0.004, pen 0": "0.004 1 false", "0": "0 0 true"} {
		r, err := ParseRefusal(text)
		if got := fmt.Sprint(r.Of("mnist"), r.Of("unipen-digits"), r.IsZero()); err != nil || got != want {
			t.Errorf("%q: got %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"1", "-0.1", "much", "mnist", "mnist 2", "mnist 0.1,", "mnist 0.1 0.2"} {
		if _, err := ParseRefusal(text); !usage.Is(err) || !strings.HasPrefix(err.Error(), "fit: --refuse: got ") {
			t.Errorf("%q: got %v, want a usage error", text, err)
		}
	}
	r, _ := ParseRefusal("mnist 0.1")
	if err := r.Check([]Ingredient{{"pen", 1}, {"mnist", 1}}); err != nil {
		t.Errorf("got %v", err)
	}
	if err := r.Check([]Ingredient{{"pen", 1}}); !usage.Is(err) {
		t.Errorf("a set that is not there: got %v", err)
	}
}

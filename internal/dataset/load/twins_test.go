package load

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestTwinsBetweenSets wants it said where two sets hold the same image.
func TestTwinsBetweenSets(t *testing.T) {
	rows := noise(30)
	table := func(rows ...string) string { return writeFile(t, "t.csv", strings.Join(rows, "\n")+"\n") }
	other := func(row string) string { return strings.NewReplacer("a,", "b,", "b,", "a,").Replace(row) }
	torn := append(slices.Clone(rows[15:]), other(rows[0]), other(rows[1]))
	reversed := slices.Clone(rows[:20]) // its split keeps others
	slices.Reverse(reversed)
	drawing := func(label, x string) string { return `{"label":"` + label + `","strokes":[[[0,0],[` + x + `,9]]]}` }
	drawings := func(ds ...string) string { return writeFile(t, "d.json", "["+strings.Join(ds, ",")+"]") }
	for _, c := range []struct {
		name, data string
		split      float64
		want       string // the lines, without the sets' names
	}{
		{"none", table(rows[:15]...) + "," + table(rows[15:]...), 0.3, ""},
		{"labels", table(rows[:15]...) + "," + table(torn...) + "*2", 0, "2 of the images equal one of another set with a different label\n"},
		{"the same", table(rows[:15]...) + "," + table(rows[5:]...), 0, "10 of the images equal one of another set with the same label\n"},
		{"kept", table(rows[:20]...) + "," + table(reversed...), 0.1,
			"20 of the images equal one of another set with the same label\nimages to validate are among those to train on, in another set\n"},
		{"drawings", drawings(drawing("a", "1"), drawing("b", "7")) + "," + drawings(drawing("b", "1"), drawing("a", "4"), drawing("b", "7")), 0,
			"1 of the images equal one of another set with a different label\n1 of the images equal one of another set with the same label\n"},
		{"given twice", table(rows[:15]...) + "*2", 0.2, ""},
	} {
		var log bytes.Buffer
		if _, err := (&Mixture{Data: Data{Name: c.data, Log: &log}, Split: c.split, SplitSeed: 777}).Learn(); err != nil {
			t.Fatal(err)
		}
		var got []string
		for line := range strings.Lines(log.String()) {
			if _, said, ok := strings.Cut(line, ": "); ok && strings.Contains(said, "another set") {
				got = append(got, said)
			}
		}
		want := strings.SplitAfter(c.want, "\n")
		want = want[:len(want)-1]
		if len(got) != len(want) {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
			continue
		}
		for i := range want {
			if !strings.HasSuffix(got[i], want[i]) {
				t.Errorf("%s: got %q, want %q", c.name, got[i], want[i])
			}
		}
	}
}

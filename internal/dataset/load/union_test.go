package load

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// The classes of all sets come together, each symmetry one of its own.
func TestUnion(t *testing.T) {
	m := Mixture{
		Data: Data{Name: "unipen-digits,unipen-upper*2,unipen-lower", Dir: unipen(t), Log: &bytes.Buffer{}}, Union: true, Symmetries: 4,
	}
	l, err := m.Learn()
	if err != nil {
		t.Fatal(err)
	}
	set := l.Pair.Train
	// Ten digits, capitals and small letters; what nobody wrote is a class as well.
	if len(set.Classes) != 4*(10+26+26) || set.Classes[0] != "0" || set.Classes[3] != "0, symmetry 3" || set.Classes[40] != "A" || set.Classes[4*36] != "a" {
		t.Errorf("got %d classes, %v ...", len(set.Classes), set.Classes[:5])
	}
	// Writer 1 of 1 and 14: five digits, five capitals twice, four small letters.
	if want := 4 * (5 + 2*5 + 4); len(l.Train.Index) != want {
		t.Errorf("got %d images, want %d", len(l.Train.Index), want)
	}
	counts := map[int]int{}
	for _, label := range set.Labels {
		counts[int(label)%4]++
	}
	if len(counts) != 4 || counts[0] != counts[3] {
		t.Errorf("symmetries: got the counts %v", counts)
	}
	m.Data.Name = "unipen-digits,synthetic,mnist"
	if _, err := m.Learn(); err == nil || !strings.Contains(err.Error(), "mnist: got images, want strokes") {
		t.Errorf("images: got %v", err)
	}
}

// The symmetries are those of a square, all different, the first of them none.
func TestSymmetries(t *testing.T) {
	corner := []strokes.Drawing{{Strokes: []ink.Stroke{{{X: 1, Y: 2}}}}}
	var all []string
	for k := range symmetries {
		p := seen(corner, k)[0].Strokes[0][0]
		if p.X*p.X+p.Y*p.Y != 5 {
			t.Errorf("symmetry %d: got %v", k, p)
		}
		all = append(all, fmt.Sprint(p))
	}
	slices.Sort(all[1:])
	if all[0] != "{1 2}" || len(slices.Compact(slices.Clone(all))) != MaxSymmetries || corner[0].Strokes[0][0].X != 1 {
		t.Errorf("got %v", all)
	}
	if got := strings.Join(symmetric([]string{"A", "B"}, 2), "+"); got != "A+A, symmetry 1+B+B, symmetry 1" {
		t.Errorf("names: got %s", got)
	}
}

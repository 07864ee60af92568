package load

import (
	"fmt"
	"strings"
	"testing"
)

// TestPlan wants digits measured on all that is there, letters on UNIPEN's, and a
// reason where there is nothing.
func TestPlan(t *testing.T) {
	digits, letters, clothes := drawingModel(t), drawingModel(t), drawingModel(t)
	letters.Labels = strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "")
	clothes.Labels = strings.Split("abcdefghij", "")
	p := Plan{Pen: "26-30", Unipen: "17-19", Alphabets: "6-7", Dir: unipen(t)}
	list, why := p.Of(digits, "mnist")
	if len(list) != 4 || why != "" || list[1].Writers != "26-30" || list[3].Title != "unipen-digits-quiet of writers 17-19" || !list[3].Quiet {
		t.Errorf("digits: got %+v, %s", list, why)
	}
	if got := fmt.Sprint(list[2].Background); got != "[unipen-upper/17-19 unipen-lower/17-19 unipen-signs/17-19]" {
		t.Errorf("digits: got the backgrounds %s", got)
	}
	if list, why = p.Of(letters, "unipen-upper"); len(list) != 4 || why != "" || list[0].Name != "unipen-letters" {
		t.Errorf("letters: got %+v, %s", list, why)
	}
	if list, _ := p.Of(digits, "synthetic"); len(list) != 1 || list[0].Name != "synthetic" {
		t.Errorf("synthetic: got %+v", list)
	}
	for trained, want := range map[string]string{"": "not trained by inkling", "symbols": "trained on symbols", "non-digits": "trained on non-digits"} {
		if list, why := p.Of(clothes, trained); list != nil || why != want {
			t.Errorf("%q: got %+v, %s, want %s", trained, list, why, want)
		}
	}
	p.Dir = t.TempDir()
	if list, _ := p.Of(digits, "mnist"); len(list) != 2 {
		t.Errorf("nothing there: got %+v", list)
	}
}

// TestBackgrounds reads NAME and NAME/WRITERS.
func TestBackgrounds(t *testing.T) {
	d := Data{Dir: unipen(t), PadSeed: 1}
	sets, err := d.Backgrounds(drawingModel(t), []string{"unipen-upper/0-13", " unipen-signs"})
	if err != nil || len(sets) != 2 || sets[0].Title != "unipen-upper/0-13" || sets[0].Len() != 3 || sets[1].Len() != 2 {
		t.Errorf("got %+v, %v", sets, err)
	}
	for name, want := range map[string]string{"mnist/3": "--background NAME/WRITERS belongs to", "unipen-upper/17-19": "no drawings of writers 17-19", "nothing": "--background: "} {
		if _, err := d.Backgrounds(drawingModel(t), []string{name}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
}

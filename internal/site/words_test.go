package site

import (
	"os"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

func TestKindOf(t *testing.T) {
	tests := []struct {
		recipe ink.Recipe
		labels string // with spaces between
		want   kind
	}{
		{ink.Drawing, "0 1 2 3 4 5 6 7 8 9", digits},
		{ink.Drawing, "1 7", digits},
		{ink.Drawing, "10 11", drawings},
		{ink.Drawing, "a b c d e f g h i j k l m n o p q r s t u v w x y z", letters},
		{ink.Drawing, "a b", drawings},
		{ink.Drawing, "circle 7", drawings},
		{ink.Photo, "0 1 2", pictures},
	}
	for _, test := range tests {
		if got := kindOf(&model.Model{Recipe: test.recipe, Labels: strings.Fields(test.labels)}); got != test.want {
			t.Errorf("%s of %s: got %s, want %s", test.labels, test.recipe, got, test.want)
		}
	}
}

// The words that a site begins with are those that the page says when the model is there,
// and each of them has its place in index.html.
func TestWordsAreThePages(t *testing.T) {
	var html string
	for _, name := range []string{"../../index.html", "../../web/element/pad.html"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		html += string(text)
	}
	english, err := os.ReadFile("../../web/i18n/en.ts")
	if err != nil {
		t.Fatal(err)
	}
	for k, texts := range words {
		page := string(spoken([]byte(html), k))
		if strings.Contains(page, "Draw a digit") || strings.Contains(page, "draw a digit") {
			t.Errorf("%s: the page still speaks of digits", k)
		}
		if want := `<html data-kind="` + string(k) + `" lang`; !strings.Contains(page, want) || !strings.Contains(page, `class="sheet" data-kind="`+string(k)+`"`) {
			t.Errorf("%s: neither the page nor its pad is marked so", k)
		}
		for key, text := range texts {
			if !strings.Contains(page, text) {
				t.Errorf("%s: no %q in the page", k, text)
			}
			if key != "description" && !strings.Contains(string(english), `: "`+text+`"`) {
				t.Errorf("%s: web/i18n/en.ts has no %s %q", k, key, text)
			}
		}
	}
}

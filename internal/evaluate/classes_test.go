package evaluate

import (
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/model"
)

func TestSameClasses(t *testing.T) {
	of := func(data, names, labels string) *model.Model {
		m := &model.Model{Labels: strings.Split(names, ""), Training: model.Training{Data: data}}
		if labels != "" {
			m.DataLabels = strings.Split(labels, "")
		}
		return m
	}
	for name, c := range map[string]struct {
		a, b               *model.Model
		same, anotherOrder bool
	}{
		"equal":                   {of("x.csv", "ab", "12"), of("y.csv", "ab", "12"), true, false},
		"other names":             {of("x.csv", "ab", "12"), of("y.csv", "cd", "12"), true, false},
		"other labels":            {of("x.csv", "ab", "12"), of("y.csv", "ab", "34"), false, false},
		"labels in another order": {of("x.csv", "ab", "12"), of("y.csv", "ab", "21"), false, true},
		"names in another order":  {of("x.csv", "ab", ""), of("y.csv", "ba", ""), false, true},
		"both in another order":   {of("x.csv", "ab", "12"), of("y.csv", "ba", "21"), false, true},
		"not told":                {of("x.csv", "ab", ""), of("y.csv", "ab", "12"), true, false},
		"nothing alike":           {of("x.csv", "ab", "12"), of("y.csv", "cd", "34"), false, false},
		"two of the catalogue":    {of("mnist", "ab", "12"), of("fashion-mnist", "cd", "12"), false, false},
		"one is of the catalogue": {of("mnist", "ab", "12"), of("y.csv", "cd", "12"), true, false},
	} {
		if got := SameClasses(c.a, c.b); got != c.same {
			t.Errorf("%s: same: got %v, want %v", name, got, c.same)
		}
		if got := OtherOrder(c.a, c.b); got != c.anotherOrder {
			t.Errorf("%s: another order: got %v, want %v", name, got, c.anotherOrder)
		}
	}
}

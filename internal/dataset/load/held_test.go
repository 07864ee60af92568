package load

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/holdout"
	"github.com/seed-c844a918/inkling/internal/model"
)

// learnedFrom returns a model that holds what a run on data kept, as if it had learned.
func learnedFrom(t *testing.T, mixture Mixture) *model.Model {
	t.Helper()
	mixture.SplitSeed = 777
	mixture.Data.Log = &bytes.Buffer{}
	l, err := mixture.Learn()
	if err != nil {
		t.Fatal(err)
	}
	m := drawingModel(t)
	m.Labels, m.DataLabels = l.Pair.Train.Classes, l.Pair.Train.InData()
	m.Training.Data, m.Training.SplitSeed = Public(mixture.Data.Name), mixture.SplitSeed
	l.Holdout.Put(m)
	return m
}

// noise returns the rows of a table of 28x28 pixels and two labels.
func noise(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]string, n)
	for i := range rows {
		values := make([]string, 1+28*28)
		values[0] = string(rune('a' + i%2))
		for j := 1; j < len(values); j++ {
			values[j] = fmt.Sprint(random.IntN(256))
		}
		rows[i] = strings.Join(values, ",")
	}
	return rows
}

// TestHeldOfModel wants the images that a run kept found again, and others told from them.
func TestHeldOfModel(t *testing.T) {
	rows := noise(40)
	table := func(name string, rows []string) string { return writeFile(t, name, strings.Join(rows, "\n")+"\n") }
	path := table("a.csv", rows)
	reversed := slices.Clone(rows)
	slices.Reverse(reversed)
	m := learnedFrom(t, Mixture{Data: Data{Name: path}, Split: 0.1})
	mixed := learnedFrom(t, Mixture{Data: Data{Name: path + "," + table("b.csv", noise(30)[10:]) + "*2"}, Split: 0.1})
	none := learnedFrom(t, Mixture{Data: Data{Name: path}})
	old := drawingModel(t)
	old.Labels, old.DataLabels, old.Training.Data = m.Labels, m.DataLabels, "a.csv"
	const another = "these are not the images that fit kept"
	for _, c := range []struct {
		name  string
		m     *model.Model
		path  string
		share float64
		want  string // of what is said, or of the error
		count int    // 0: an error
	}{
		{"own", m, path, OwnShare, "", 4},
		{"the same share", m, path, 0.1, "", 4},
		{"a larger one", m, path, 0.3, "got 0.3, but fit --split 0.1 kept another share of a.csv: --validation own", 0},
		{"a larger one of a renamed file", m, table("c.csv", rows), 0.3, "fit --split 0.1 kept another share of c.csv", 0},
		{"of other data", m, table("d.csv", noise(50)[10:]), 0.3, "", 12},
		{"rows in another order", m, table("a.csv", reversed), OwnShare, another, 4},
		{"the first of two sets", mixed, path, OwnShare, "", 4},
		{"none kept", none, path, OwnShare, "fit --split 0 kept none of a.csv", 0},
		{"none kept, a share", none, path, 0.3, "fit --split 0 kept none of a.csv", 0},
		{"an old file", old, path, 0.3, "does not tell which share fit kept: --validation 0.3 is taken for it", 12},
		{"an old file, own", old, path, OwnShare, "does not tell which share fit kept: give the one", 0},
	} {
		var log bytes.Buffer
		set, err := (&Data{Name: c.path, Log: &log}).Held(c.m, c.share)
		said := log.String()
		count := 0
		if err != nil {
			said = err.Error()
		} else {
			count = set.Len()
		}
		if count != c.count || !strings.Contains(said, c.want) || strings.Contains(said, another) != (c.want == another) {
			t.Errorf("%s: got %d images and %q, want %d and %q", c.name, count, said, c.count, c.want)
		}
	}
}

// TestSayLearned wants it said how much of the data a model has learned from.
func TestSayLearned(t *testing.T) {
	rows := noise(40)
	table := writeFile(t, "a.csv", strings.Join(rows, "\n")+"\n")
	inParts := []string{"train,a" + strings.Repeat(",0,255", 28*14), "train,b" + strings.Repeat(",255,0", 28*14)}
	for _, row := range rows {
		inParts = append(inParts, "test,"+row)
	}
	parted := writeFile(t, "p.csv", "split,label"+strings.Repeat(",p", 28*28)+"\n"+strings.Join(inParts, "\n")+"\n")
	slices.Reverse(rows)
	turned := writeFile(t, "a.csv", strings.Join(rows, "\n")+"\n")
	var drawings []string
	for i := range 40 {
		drawings = append(drawings, fmt.Sprintf(`{"label":%q,"writer":%d,"strokes":[[[0,0],[%d,7]]]}`, []string{"a", "b"}[i%2], 1+i/4, i))
	}
	drawn := writeFile(t, "s.json", "["+strings.Join(drawings, ",")+"]")
	for _, c := range []struct {
		name    string
		learned Mixture
		path    string
		writers string
		want    string // "": nothing
	}{
		{"as the part to test", Mixture{Data: Data{Name: table}, Split: 0.5}, parted, "", "learned from some of these: --validation own"},
		{"most", Mixture{Data: Data{Name: table}, Split: 0.1}, table, "", "learned from most of these: --validation own measures those alone that fit --split 0.1 kept"},
		{"half", Mixture{Data: Data{Name: table}, Split: 0.5}, table, "", "learned from some of these: --validation own"},
		{"all", Mixture{Data: Data{Name: table}}, table, "", "learned from all of these: fit --split 0 kept none"},
		{"changed", Mixture{Data: Data{Name: table}, Split: 0.1}, turned, "", "have changed since, or their order: it may have learned from some of these"},
		{"other writers", Mixture{Data: Data{Name: drawn, Writers: "1-5"}, Split: 0.3}, drawn, "6-10", ""},
		{"its writers", Mixture{Data: Data{Name: drawn, Writers: "1-5"}, Split: 0.3}, drawn, "1-5", "learned from most of these: --validation own"},
		{"few of its writers", Mixture{Data: Data{Name: drawn, Writers: "1-5"}, Split: 0.3}, drawn, "5-10", "learned from some of these"},
		{"writers kept", Mixture{Data: Data{Name: drawn}, Split: 0.3, ValidationWriters: "9,10"}, drawn, "9-10", ""},
		{"not only writers kept", Mixture{Data: Data{Name: drawn}, Split: 0.3, ValidationWriters: "9,10"}, drawn, "", "learned from most of these: --writers 9,10 measures"},
	} {
		m := learnedFrom(t, c.learned)
		var log bytes.Buffer
		if _, err := (&Data{Name: c.path, Writers: c.writers, Log: &log}).Test(m); err != nil {
			t.Fatal(err)
		}
		part := map[bool]string{true: "measured ", false: ""}[c.path == parted]
		if said := log.String(); !strings.Contains(said, part) || !strings.Contains(said, c.want) || strings.Contains(said, "learned") != (c.want != "") {
			t.Errorf("%s: got %q, want %q", c.name, said, c.want)
		}
	}
	m := learnedFrom(t, Mixture{Data: Data{Name: drawn}, ValidationWriters: "9,10"})
	if r := holdout.Of(m); len(r.Digests) != 1 {
		t.Errorf("got %d digests, want one", len(r.Digests))
	}
	_, err := (&Data{Name: drawn}).Held(m, OwnShare)
	if err == nil || !strings.Contains(err.Error(), "--validation-writers 9,10 kept the drawings of these writers: give --writers") {
		t.Errorf("writers kept: got %v", err)
	}
}

// TestSayWriters wants it said that a model is measured on drawings of those it learned from.
func TestSayWriters(t *testing.T) {
	dir := unipen(t)
	for _, c := range []struct{ learned, asked, want string }{
		{"", "", ""},
		{"", "0-15", "unipen-digits: 5 of these 10 drawings are by writers whose drawings the model was trained on: --writers chooses those of others"},
		{"14", "", "5 of these 5 drawings"},
	} {
		m := drawingModel(t)
		m.Training.Data = "unipen-digits"
		(&holdout.Record{Share: 0.3, Writers: c.learned}).Put(m)
		var log bytes.Buffer
		if _, err := (&Data{Name: "unipen-digits", Writers: c.asked, Dir: dir, Log: &log}).Test(m); err != nil {
			t.Fatal(err)
		}
		if said := log.String(); !strings.Contains(said, c.want) || c.want == "" && said != "" {
			t.Errorf("%+v: got %q", c, said)
		}
	}
}

// TestValidationWritersAlone wants --validation-writers heeded where nothing else is mixed.
func TestValidationWritersAlone(t *testing.T) {
	drawing := func(writer int) string {
		return fmt.Sprintf(`{"label":"a","writer":%d,"strokes":[[[0,0],[%d,7]]]}`, writer, writer)
	}
	path := filepath.Join(writeFile(t, "s.json", "["+drawing(1)+","+drawing(2)+","+drawing(3)+"]"))
	l, err := (&Mixture{Data: Data{Name: path, Log: &bytes.Buffer{}}, Split: 0.9, ValidationWriters: "2"}).Learn()
	if err != nil || len(l.Train.Index) != 2 || len(l.Validation.Index) != 1 {
		t.Fatalf("got %+v, %v, want two to train on, one to validate", l, err)
	}
}

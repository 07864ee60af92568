package dataset

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

func TestLookup(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]Source{
		"pen":                         {Name: "pen", Strokes: true},
		"fashion-mnist":               {Name: "fashion-mnist"},
		filepath.Join(dir, "d.json"):  {Name: filepath.Join(dir, "d.json"), Own: true, Strokes: true},
		filepath.Join("d.json.gz"):    {Name: "d.json.gz", Own: true, Strokes: true},
		dir:                           {Name: dir, Own: true},
		filepath.Join(dir, "..", "."): {Name: filepath.Dir(dir), Own: true},
	} {
		got, err := Lookup(name)
		if err != nil {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if got.Name != want.Name || got.Own != want.Own || got.Strokes != want.Strokes || got.HasDrawings() != want.Strokes {
			t.Errorf("%s: got %s, own %v, strokes %v, want %+v", name, got.Name, got.Own, got.Strokes, want)
		}
	}
	_, err := Lookup("minst")
	if _, unknown := errors.AsType[*UnknownError](err); !unknown {
		t.Fatalf("got %v, want an UnknownError", err)
	}
	for _, name := range append(Names(), "minst") {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("got %q, want %s in it", err, name)
		}
	}
}

// TestCatalogue wants every row complete: what is forgotten in a new one shows here.
func TestCatalogue(t *testing.T) {
	names, strange := map[string]bool{}, 0
	for _, s := range Catalogue() {
		if names[s.Name] {
			t.Errorf("%s: got two rows of this name", s.Name)
		}
		names[s.Name] = true
		if s.Strange {
			strange++
		}
		check := CheckClasses
		if s.NoClass || len(s.Classes) == 0 {
			check = CheckNames // one kind that is refused is enough, and omniglot's classes are in the data
		}
		if err := check(s.Classes); err != nil {
			t.Errorf("%s: classes: %v", s.Name, err)
		}
		if s.Name == "" || s.Title == "" || s.Recipe == "" || s.Own || len(s.Classes) < 2 && !s.NoClass && s.Name != "omniglot" || s.Side == 0 || s.Train == 0 {
			t.Errorf("%s: got %+v, want name, title, recipe, classes, side and size", s.Name, s)
		}
		if (s.images == nil) == (s.drawings == nil) {
			t.Errorf("%s: want either images or drawings", s.Name)
		}
		if s.NoClass != (s.refused != nil) {
			t.Errorf("%s: want drawings to refuse if it shows none of the classes", s.Name)
		}
		if len(s.Files) > 0 && (s.Licence == "" || s.Command == "" || len(s.Missing(t.TempDir())) != len(s.Files)) {
			t.Errorf("%s: want a licence and a command that gets the files", s.Name)
		}
		if s.Unipen && !s.Strokes {
			t.Errorf("%s: want strokes of a UNIPEN text", s.Name)
		}
		if w := s.Writers; w != nil {
			for _, ranges := range []string{w.Fit, w.Evaluate} {
				if _, err := ParseRanges(ranges); err != nil {
					t.Errorf("%s: %v", s.Name, err)
				}
			}
		}
		checkFiles(t, s)
		if s.Strokes != (s.Writers != nil) {
			t.Errorf("%s: want strokes divided by writers", s.Name)
		}
	}
	if strange != 1 {
		t.Errorf("got %d sets that are Strange, want one", strange)
	}
}

// checkFiles wants files that can be fetched and verified, or words that say how to get
// them.
func checkFiles(t *testing.T, s *Source) {
	digest := regexp.MustCompile(`^[0-9a-f]{64}$`)
	for _, f := range s.Files {
		if len(f.Mirrors) == 0 && s.Obtain == "" {
			t.Errorf("%s: %s: want mirrors, or in Obtain how to get it", s.Name, f.Name)
		}
		if len(f.Mirrors) > 0 && (f.Size <= 0 || !digest.MatchString(f.SHA256+f.PackedSHA256)) {
			t.Errorf("%s: %s: got the size %d and the digest %q, want those of the unpacked file, or the digest of the packed one, in 64 small hexadecimal digits",
				s.Name, f.Name, f.Size, f.SHA256+f.PackedSHA256)
		}
		for _, mirror := range f.Mirrors {
			if !strings.HasSuffix(mirror, "/") {
				t.Errorf("%s: got the mirror %s, want a folder, ending in /", s.Name, mirror)
			}
		}
	}
	own := "inkling data " + s.Name
	if s.Command != "" && s.Command != unipenCommand && s.Command != own && !strings.HasPrefix(s.Command, own+" ") {
		t.Errorf("%s: got the command %q, want %s and its flags, or UNIPEN's", s.Name, s.Command, own)
	}
	idx := slices.ContainsFunc(s.Files, func(f published.File) bool { return f.Name == TrainImages })
	if idx && (len(s.Files) != 4 || s.Test == 0) {
		t.Errorf("%s: got %d files and %d test images, want the four of IDX and how many images its test part has", s.Name, len(s.Files), s.Test)
	}
}

func TestWriters(t *testing.T) {
	var ds []strokes.Drawing
	for writer := range 45 {
		ds = append(ds, strokes.Drawing{Writer: writer})
	}
	by := &Writers{Group: func(writer int) int { return writer % 20 }}
	who := func(ds []strokes.Drawing, err error) []int {
		if err != nil {
			t.Error(err)
		}
		var writers []int
		for _, d := range ds {
			writers = append(writers, d.Writer)
		}
		return writers
	}
	if got, want := who(by.Choose(ds, "0, 17-19")), []int{0, 17, 18, 19, 20, 37, 38, 39, 40}; !slices.Equal(got, want) {
		t.Errorf("by twenties: got %v, want %v", got, want)
	}
	if got, want := who((&Writers{}).Choose(ds, "3,44")), []int{3, 44}; !slices.Equal(got, want) {
		t.Errorf("by writer: got %v, want %v", got, want)
	}
	if got := who((&Writers{}).Choose(ds, "")); len(got) != 45 {
		t.Errorf("everybody: got %v", got)
	}
	if got, want := who(by.Without(ds, "1-19")), []int{0, 20, 40}; !slices.Equal(got, want) {
		t.Errorf("without: got %v, want %v", got, want)
	}
	for _, ranges := range []string{"5-", "7-3", "a", "99"} {
		if _, err := by.Choose(ds, ranges); err == nil {
			t.Errorf("%q: got no error", ranges)
		}
	}
}

// TestNamedStrokes reads a stroke file with names for labels: they are classes, or
// are found among those that are wanted.
func TestNamedStrokes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "named.json")
	text := `[{"label":"b","strokes":[[[0,0]]]},{"label":"a","strokes":[[[0,0]]]},{"strokes":[[[0,0]]]}]`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		classes, want []string
		labels        []int
	}{
		"its own":      {nil, []string{"a", "b"}, []int{1, 0, -1}},
		"a model's":    {[]string{"c", "b", "a"}, []string{"c", "b", "a"}, []int{1, 2, -1}},
		"a stranger's": {[]string{"x", "y", "z"}, nil, nil},
	} {
		drawn, err := source(t, path).Drawings("", c.classes)
		if c.want == nil {
			if err == nil || !strings.Contains(err.Error(), `"a"`) {
				t.Errorf("%s: got %v, want an error that names the label", name, err)
			}
			continue
		}
		var labels []int
		for _, d := range drawn.Train {
			labels = append(labels, d.Label)
		}
		if err != nil || !slices.Equal(drawn.Classes, c.want) || !slices.Equal(labels, c.labels) {
			t.Errorf("%s: got %v of %q, %v, want %v of %q", name, labels, drawn.Classes, err, c.labels, c.want)
		}
	}
}

// TestRoles wants the catalogue to say what models of digits are measured on and asked
// about.
func TestRoles(t *testing.T) {
	if got := strings.Join(Measured(), ","); got != "mnist,pen" {
		t.Errorf("measured: got %s, want mnist,pen", got)
	}
	if got := Stranger(); got.Strokes || got.Recipe != ink.Photo {
		t.Errorf("the stranger: got %s, want pictures", got.Name)
	}
	if Named("nowhere") != nil || Named("pen") == nil {
		t.Error("named: want pen and not nowhere")
	}
}

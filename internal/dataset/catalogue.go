package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// Source says what is known of a data set before it is read, and how it is read.
// It is a row of the catalogue, or somebody's own data.
type Source struct {
	Name    string // as --data takes it; of somebody's own data the path
	Title   string // as its authors write it
	Licence string // licence; authors; "" of what inkling draws itself

	Own     bool       // somebody's own data: an image passes untouched, and a split takes its share of each class
	Strokes bool       // the data are strokes; else images
	NoClass bool       // the data show none of the classes that a network learns: they are what it refuses
	Classes []string   // what the labels mean; nil: the data say it
	Measure bool       // a model of digits is measured on it: cards and reports
	Strange bool       // pictures of no digit, which a model of digits is asked about; exactly one set is
	Recipe  ink.Recipe // how drawings and pictures of its kind become images
	Side    int        // of the images in pixels; 0: the data say it
	Train   int        // images or drawings to train on; 0: the data say it
	Test    int        // images or drawings to test; 0: none, or the data say it

	Folder  string           // in the data directory; "": Name
	Files   []published.File // what lies in Folder; none of what inkling draws itself
	Obtain  string           // what one has to do before Command gets the data; "": nothing
	Command string           // what gets the data where they are missing
	Unipen  bool             // Command converts a UNIPEN text into the first of Files
	Writers *Writers         // how the set is divided by who drew what; nil: nobody knows who

	first      int  // of IDX files, the label of Classes[0]
	transposed bool // of IDX files, the images' rows are columns

	images   func(s *Source, dir string) (Pair, error) // nil: the drawings, each in its own square
	drawings func(s *Source, dir string) (Drawn, error)
	refused  func(s *Source, dir string) (Drawn, error) // of NoClass: what a network is trained to refuse, its kinds as classes
}

// Side is the side of the images that drawings and pictures become, MNIST's.
const Side = 28

// Lookup returns the source of a name: a row of the catalogue, a stroke file, which
// is told by its name and need not be there, or what lies at a path. A name that is
// none of these is an *UnknownError.
func Lookup(name string) (*Source, error) {
	if s := Named(name); s != nil {
		return s, nil
	}
	if strokes.IsNamed(name) {
		return &Source{Name: name, Own: true, Strokes: true, Recipe: ink.Drawing, Writers: &Writers{}}, nil
	}
	if _, err := os.Stat(name); err == nil {
		return &Source{Name: name, Own: true, Recipe: ink.Drawing}, nil
	}
	return nil, &UnknownError{name}
}

// Open looks a name up and opens its source.
func Open(name, dir string) (Pair, error) {
	s, err := Lookup(name)
	if err != nil {
		return Pair{}, err
	}
	return s.Open(dir)
}

// Named returns the row of the catalogue with this name; nil if there is none.
func Named(name string) *Source {
	for _, s := range catalogue {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// IsNamed reports whether the catalogue has a set of this name.
func IsNamed(name string) bool { return Named(name) != nil }

// Catalogue returns the sources that have a name, in the order of lists.
func Catalogue() []*Source { return slices.Clone(catalogue) }

// Names returns the names of the catalogue, in its order.
func Names() []string {
	var names []string
	for _, s := range catalogue {
		names = append(names, s.Name)
	}
	return names
}

// Measured returns the names of the sets that models of digits are measured on.
func Measured() []string {
	var names []string
	for _, s := range catalogue {
		if s.Measure {
			names = append(names, s.Name)
		}
	}
	return names
}

// Stranger returns the set with pictures of no digit that models of digits are asked
// about.
func Stranger() *Source {
	return catalogue[slices.IndexFunc(catalogue, func(s *Source) bool { return s.Strange })]
}

// Forms says what --data takes, for help and messages.
func Forms() string {
	return strings.Join(Names(), ", ") + ", or the path of data of your own: a folder with a folder of pictures for each class, " +
		"a .csv, .npz or IDX file, or a stroke file (.json, .ndjson, .jsonl, .gz of them)"
}

// UnknownError says that a name is neither in the catalogue nor the path of data.
type UnknownError struct{ Name string }

// Error names the sets that are known.
func (e *UnknownError) Error() string {
	if strings.ContainsAny(e.Name, `/\.*`) {
		return fmt.Sprintf("got %q: there is no such file or folder", e.Name)
	}
	return fmt.Sprintf("got %q, want %s", e.Name, Forms())
}

// About says in one line what the set is, with its licence.
func (s *Source) About() string {
	if s.Licence == "" {
		return s.Title
	}
	return s.Title + " (" + s.Licence + ")"
}

// Dir returns the folder of the set in a data directory.
func (s *Source) Dir(dir string) string {
	if s.Folder != "" {
		return filepath.Join(dir, s.Folder)
	}
	return filepath.Join(dir, s.Name)
}

// Path returns where the first file of the set lies in a data directory, or has to
// be written; of a stroke file of somebody's own, its path.
func (s *Source) Path(dir string) string {
	if s.Own {
		return s.Name
	}
	path, _ := s.Files[0].Find(s.Dir(dir))
	return path
}

// Paths returns the files and folders that the set is read from: those of the set
// that are in a data directory, or the path of somebody's own data.
func (s *Source) Paths(dir string) []string {
	if s.Own {
		return []string{s.Name}
	}
	var paths []string
	for _, file := range s.Files {
		if path, there := file.Find(s.Dir(dir)); there {
			paths = append(paths, path)
		}
	}
	return paths
}

// Missing returns the files of the set that are not in a data directory, neither
// packed nor unpacked.
func (s *Source) Missing(dir string) []string {
	var missing []string
	for _, file := range s.Files {
		if _, there := file.Find(s.Dir(dir)); !there {
			missing = append(missing, file.Name)
		}
	}
	return missing
}

// Downloads returns those of Files that can be downloaded.
func (s *Source) Downloads() []published.File {
	return slices.DeleteFunc(slices.Clone(s.Files), func(f published.File) bool { return len(f.Mirrors) == 0 })
}

// Verify compares the files of the set in a data directory with what its authors
// published. A file that differs is an error that names it.
func (s *Source) Verify(dir string) error {
	for _, file := range s.Files {
		path, there := file.Find(s.Dir(dir))
		if !there {
			return s.missing(path)
		}
		if !file.HasDigest() {
			continue
		}
		err := file.Check(path)
		if errors.Is(err, published.ErrWrongContent) {
			return fmt.Errorf("%s: %s: %w: remove it and run %s", s.Name, path, err, s.Command)
		}
		if err != nil {
			return InFile("idx", path, err)
		}
	}
	return nil
}

// Open reads the images of a set from a data directory; drawings become images of
// Side x Side, each drawn in its own square. Files that are missing are an error
// that wraps fs.ErrNotExist and says what helps; damaged files are a *FormatError.
// Images of somebody's own are read by internal/dataset/own; Open returns an
// *UnknownError for them.
func (s *Source) Open(dir string) (Pair, error) {
	switch {
	case s.images != nil:
		return s.images(s, dir)
	case !s.HasDrawings():
		return Pair{}, &UnknownError{s.Name}
	}
	drawn, err := s.Drawings(dir, nil)
	if err != nil {
		return Pair{}, err
	}
	return drawn.Pair(s.Name, ink.Form{Recipe: s.Recipe, Width: Side, Height: Side})
}

// HasDrawings reports whether the images of the set were drawings, which Drawings
// returns.
func (s *Source) HasDrawings() bool { return s.drawings != nil || s.Own && s.Strokes }

// Drawings reads the drawings of a set from a data directory. It panics if the set
// has none. names gives the classes of a user's own stroke file their names; if it is
// nil, the labels are the names, or the digits where they are digits.
func (s *Source) Drawings(dir string, names []string) (Drawn, error) {
	switch {
	case s.drawings != nil:
		return s.drawings(s, dir)
	case s.Own && s.Strokes:
		return readStrokes(s.Name, names)
	}
	panic(errNoDrawings)
}

const errNoDrawings = "dataset: the set has no drawings of its own"

// Refused returns the drawings that a network is trained to refuse. The set shows none
// of the classes; the labels of the drawings are places among their kinds.
func (s *Source) Refused(dir string) (Drawn, error) { return s.refused(s, dir) }

// missing returns the error for a file that is not there, with advice on how to get it.
func (s *Source) missing(path string) error {
	advice := "run " + s.Command
	if s.Obtain != "" {
		advice = s.Obtain + ", and " + advice
	} else {
		advice += " to download it"
	}
	return &missingError{fmt.Sprintf("%s: %s is not there: %s, or use --data synthetic", s.Name, path, advice)}
}

// missingError says that a set is not there and what helps.
type missingError struct{ text string }

func (e *missingError) Error() string { return e.text }

func (e *missingError) Unwrap() error { return fs.ErrNotExist }

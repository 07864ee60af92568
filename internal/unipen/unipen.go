// Package unipen reads isolated characters from the published archive of the
// International Unipen Foundation, train_r01_v07 (Zenodo, doi 10.5281/zenodo.1195803;
// CC BY 4.0), unpacked:
//
//	data/1a/CONTRIBUTION/...   digits: files that name characters
//	data/1b, 1c, 1d            capitals, small letters, signs
//	include/CONTRIBUTION/...   what those include: points, tablets, writers
//
// Of the format (Guyon et al. 1994: UNIPEN project of on-line data exchange and
// recognizer benchmarks) this much counts here; other keywords, and what follows
// them up to the next, are passed over:
//
//	.INCLUDE apb/page7.dat               a file below include, which may include more
//	.COORD X Y T P                       what the numbers of a point are, in any order
//	.X_POINTS_PER_MM 10                  resolution, also PER_INCH, also Y: where
//	                                     x and y differ, the drawing is put right
//	.WRITER_ID 17                        whose the file is
//	.START_SET                           components are counted from 0 again
//	.PEN_DOWN                            a component begins: points, y up, as many lines
//	 267 333 0 12                        as it takes
//	.PEN_UP                              one of points above the tablet: a component too,
//	                                     unless it has none
//	.SEGMENT CHARACTER 12-14 OK "a"      components 12, 13, 14 are an a
//	.SEGMENT CHARACTER 16:3-17:9,20 ? "b"  from point 3 of 16 to point 9 of 17, and 20
//	.SEGMENT CHARACTER ? ? "c"           the components up to the next of these lines
//
// Names of writers are used to tell people apart and then forgotten.
package unipen

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Drawing is one character that somebody wrote.
type Drawing struct {
	Label   string       // one ASCII character
	Writer  int          // from 1, the same person in all parts of the archive
	Strokes []ink.Stroke // in 0..1 of the drawing's own square, y down, thinned
}

// Part is the characters of one section of the archive, sorted by writer.
type Part struct {
	Name     string // "digits", "upper", "lower" or "signs"
	Drawings []Drawing
}

// Archive is what Read finds.
type Archive struct {
	Parts   []Part   // of sections 1a to 1d, in this order
	Writers int      // how many people wrote; a contribution that names nobody counts as one
	Crowds  []int    // the writers that are such contributions, which may be of many hands
	Skipped []string // characters and files that could not be read, one reason each
}

// sections are the folders of data that Read takes.
var sections = []struct {
	folder, part string
	belongs      func(c byte) bool
	most         int // drawings of a character by one writer
}{
	{"1a", "digits", func(c byte) bool { return c >= '0' && c <= '9' }, 20},
	{"1b", "upper", func(c byte) bool { return c >= 'A' && c <= 'Z' }, 8},
	{"1c", "lower", func(c byte) bool { return c >= 'a' && c <= 'z' }, 8},
	{"1d", "signs", isSign, 8},
}

// isSign reports whether c is one of ASCII's 32 signs.
func isSign(c byte) bool {
	return c > ' ' && c <= '~' && !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')
}

// Read reads the archive that archive holds: the folders data and include.
// Writers get numbers by lot, the same for the same files. Of a writer's drawings
// of a character at most 8 are kept (digits 20), at even distances; of a Crowd's
// all. What cannot be read is told in Skipped. An archive without a character is
// an error.
func Read(archive fs.FS) (*Archive, error) {
	r := &reader{archive: archive, byWriter: map[string][]found{}}
	for at, section := range sections {
		if err := r.section(at, path.Join("data", section.folder)); err != nil {
			return nil, fmt.Errorf("unipen: %w", err)
		}
	}
	if len(r.byWriter) == 0 {
		return nil, fmt.Errorf("unipen: no character in data/1a to data/1d%s, "+
			"want the folders data and include of train_r01_v07", r.firstReason())
	}
	return r.gather(), nil
}

// reader is what Read has found so far.
type reader struct {
	archive  fs.FS
	byWriter map[string][]found // by contribution and name
	skipped  []string
}

// found is a drawing and its section.
type found struct {
	section int
	drawing Drawing
}

// firstReason says why a character was skipped, if one was.
func (r *reader) firstReason() string {
	if len(r.skipped) == 0 {
		return ""
	}
	return " (" + r.skipped[0] + ")"
}

// section reads all files below a folder; a folder that is not there is empty.
func (r *reader) section(at int, folder string) error {
	if _, err := fs.Stat(r.archive, folder); err != nil {
		return nil
	}
	return fs.WalkDir(r.archive, folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		contribution, _, _ := strings.Cut(strings.TrimPrefix(name, folder+"/"), "/")
		r.file(at, contribution, name)
		return nil
	})
}

// file adds the characters of a file.
func (r *reader) file(at int, contribution, name string) {
	sets, err := readFile(r.archive, name)
	if err != nil {
		r.skipped = append(r.skipped, err.Error())
		return
	}
	for _, s := range sets {
		for _, one := range s.segments {
			strokes, err := s.cut(one)
			if err != nil {
				r.skipped = append(r.skipped, fmt.Sprintf("%s: %q: %v", name, one.label, err))
				continue
			}
			if len(one.label) == 1 && sections[at].belongs(one.label[0]) {
				key := contribution + "\n" + s.writer
				r.byWriter[key] = append(r.byWriter[key], found{at, Drawing{Label: one.label, Strokes: thinned(strokes)}})
			}
		}
	}
}

// lotSeed is the seed of the writers' numbers.
const lotSeed = 1

// gather numbers the writers and sorts their drawings into parts.
func (r *reader) gather() *Archive {
	var keys []string
	for key := range r.byWriter {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	a := &Archive{Writers: len(keys), Skipped: r.skipped}
	for _, section := range sections {
		a.Parts = append(a.Parts, Part{Name: section.part})
	}
	for writer, k := range rand.New(rand.NewPCG(lotSeed, 0)).Perm(len(keys)) {
		crowd := strings.HasSuffix(keys[k], "\n")
		if crowd {
			a.Crowds = append(a.Crowds, writer+1)
		}
		all := r.byWriter[keys[k]]
		for at, section := range sections {
			for _, d := range some(all, at, section.most, crowd) {
				d.Writer = writer + 1
				a.Parts[at].Drawings = append(a.Parts[at].Drawings, d)
			}
		}
	}
	return a
}

// some returns a writer's drawings in a section, in the order found, at most this many of
// each character unless the writer is a crowd.
func some(all []found, section, most int, crowd bool) []Drawing {
	count, seen := map[string]int{}, map[string]int{}
	for _, f := range all {
		if f.section == section {
			count[f.drawing.Label]++
		}
	}
	var kept []Drawing
	for _, f := range all {
		label := f.drawing.Label
		if f.section != section {
			continue
		}
		i, n := seen[label], count[label]
		seen[label]++
		if crowd || n <= most || (i+1)*most/n > i*most/n {
			kept = append(kept, f.drawing)
		}
	}
	return kept
}

package dataset

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/published"
	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// UNIPEN's characters lie in one folder of the data directory, which a command of its
// own makes of the published archive.
const (
	unipenFolder  = "unipen"
	unipenCommand = "inkling data unipen --unipen DIR"
)

// UNIPEN's characters: 224 people, each the same number in all files.
var (
	unipenDigits  = unipenRow("unipen-digits", "digits of 184 people as strokes", DigitNames(), 9364, "digits")
	unipenUpper   = unipenRow("unipen-upper", "capitals of 195 people as strokes", letterNames(), 15295, "upper")
	unipenLower   = unipenRow("unipen-lower", "small letters of 207 people as strokes", letterNames(), 18790, "lower")
	unipenLetters = unipenRow("unipen-letters", "both as 26 classes", letterNames(), 34085, "upper", "lower")
	unipenSigns   = unipenRow("unipen-signs", "ASCII's 32 signs of 192 people as strokes", signNames(), 8983, "signs")
)

// omniglot holds characters that 20 people drew once each by mouse.
var omniglot = &Source{
	Name:     "omniglot",
	Title:    "156 characters of five alphabets as strokes",
	Licence:  "MIT; B. Lake",
	Strokes:  true,
	Recipe:   ink.Drawing,
	Side:     Side,
	Train:    3120,
	Files:    []published.File{{Name: "omniglot.json", Packed: ".gz"}},
	Obtain:   "convert the stroke files of github.com/brendenlake/omniglot to stroke JSON, writer 100 x alphabet + drawer",
	Command:  "inkling data omniglot",
	Writers:  &Writers{Group: alphabetOf, By: alphabetNames, Apart: true, Fit: "2,3", Evaluate: "2,3"},
	drawings: readCharacters,
}

// alphabetNames says what alphabetOf returns.
const alphabetNames = "writer / 100: 2 Greek, 3 Katakana, 5 Latin, 6 Sanskrit, 7 Tagalog"

func alphabetOf(writer int) int { return writer / 100 }

// unipenRow returns the row of files of UNIPEN. The number of a writer modulo 20 decides
// the use of the drawings: 0-13 training, 14-16 validation, 17-19 the final measurement.
func unipenRow(name, title string, classes []string, drawings int, files ...string) *Source {
	return &Source{
		Name:     name,
		Title:    title,
		Licence:  "CC BY 4.0; International Unipen Foundation",
		Strokes:  true,
		Classes:  classes,
		Recipe:   ink.Drawing,
		Side:     Side,
		Train:    drawings,
		Folder:   unipenFolder,
		Files:    unipenFiles(files...),
		Obtain:   "fetch train_r01_v07 from Zenodo (doi 10.5281/zenodo.1195803, CC BY 4.0), unpack it",
		Command:  unipenCommand,
		Writers:  &Writers{Group: byTwenties, By: "writer % 20", Fit: "0-13", Evaluate: "14-16"},
		drawings: readCharacters,
	}
}

func byTwenties(writer int) int { return writer % 20 }

// UnipenSets returns the sets that are made of the archive of UNIPEN.
func UnipenSets() []*Source {
	return []*Source{unipenDigits, unipenUpper, unipenLower, unipenLetters, unipenSigns}
}

// UnipenDir returns the folder of their files in a data directory.
func UnipenDir(dir string) string { return unipenDigits.Dir(dir) }

// unipenFiles returns UNIPEN's files of these names.
func unipenFiles(names ...string) []published.File {
	var files []published.File
	for _, name := range names {
		files = append(files, published.File{Name: name + ".json", Packed: ".gz"})
	}
	return files
}

// letterNames returns the letters, "A" to "Z".
func letterNames() []string { return strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "") }

// signNames returns ASCII's signs in its order.
func signNames() []string {
	var names []string
	for c := '!'; c <= '~'; c++ {
		if !strings.ContainsRune("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", c) {
			names = append(names, string(c))
		}
	}
	return names
}

// readCharacters reads the stroke files of a set, in which labels name classes. A small
// letter belongs to the class of its capital. A set without classes gets one class per
// label.
func readCharacters(s *Source, dir string) (Drawn, error) {
	drawn := Drawn{Classes: s.Classes}
	for _, published := range s.Files {
		path, _ := published.Find(s.Dir(dir))
		file, err := strokes.Read(path)
		if errors.Is(err, fs.ErrNotExist) {
			return Drawn{}, s.missing(path)
		}
		if err != nil {
			return Drawn{}, err
		}
		if drawn.Classes == nil {
			drawn.Classes = file.Names
		}
		for i, d := range file.Drawings {
			name := strconv.Itoa(d.Label)
			if file.Names != nil && d.Label >= 0 {
				name = file.Names[d.Label]
			}
			d.Label = slices.IndexFunc(drawn.Classes, func(class string) bool { return strings.EqualFold(class, name) })
			if d.Label < 0 {
				return Drawn{}, fmt.Errorf("strokes: %s: drawing %d: label is %q, want one of %s", path, i+1, name, Listed(drawn.Classes))
			}
			drawn.Train = append(drawn.Train, d)
		}
	}
	if s.Name == "unipen-lower" {
		drawn.DataLabels = strings.Split("abcdefghijklmnopqrstuvwxyz", "")
	}
	return drawn, nil
}

// noisyFile names, in the folder of a set, the writers of contributions in which many
// characters are badly cut: a JSON list of numbers.
const noisyFile = "noisy-writers.json"

// NamesNoisy reports whether sets of this kind have a file that names noisy writers.
func (s *Source) NamesNoisy() bool { return s.Folder == unipenFolder }

// WithoutNoisy returns the drawings without those of the writers that the file
// noisy-writers.json in the set's folder names. If sets of this kind have no such file,
// it returns all drawings.
func (s *Source) WithoutNoisy(dir string, ds []strokes.Drawing) ([]strokes.Drawing, error) {
	if !s.NamesNoisy() {
		return ds, nil
	}
	path := filepath.Join(s.Dir(dir), noisyFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %s, a JSON list of writers, is not there", s.Name, path)
	}
	var noisy []int
	if err := json.Unmarshal(text, &noisy); err != nil {
		return nil, fmt.Errorf("%s: %s: want a JSON list of writers: %w", s.Name, path, err)
	}
	return slices.DeleteFunc(slices.Clone(ds), func(d strokes.Drawing) bool { return slices.Contains(noisy, d.Writer) }), nil
}

// Package dataset holds the data that networks learn from and are measured on: the
// catalogue of sets that have a name ([Lookup], [Source]), and sets of images, which
// it reads from IDX files (MNIST, Fashion-MNIST) or draws from strokes, splits and
// samples.
//
// Fashion-MNIST's images are for measuring only where a network reads digits.
//
// # Layout
//
// A data directory has one folder per set:
//
//	DIR/mnist/          train-images-idx3-ubyte   train-labels-idx1-ubyte
//	                    t10k-images-idx3-ubyte    t10k-labels-idx1-ubyte
//	DIR/fashion-mnist/  the same four names
//	DIR/pen/            pen_train.json.gz
//	DIR/unipen/         digits.json.gz   upper.json.gz   lower.json.gz   signs.json.gz
//	                    noisy-writers.json, if somebody has named them
//	DIR/omniglot/       omniglot.json.gz
//	DIR/emnist/         emnist-letters-train-images-idx3-ubyte.gz   and so on, as their authors
//	                    name them, or gzip.zip, the archive that they come from
//
// The files may end in .gz or not; whether they are compressed is decided by
// what is in them. What inkling draws itself needs no folder.
package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Set is a list of images with a class each.
//
// Pixels is (N, Height, Width), row by row, 0..255, and of recipe writing (N, Height,
// Width, channels): see ink.Recipe. Labels is (N), each less than
// len(Classes), or nil of images that are only asked about.
type Set struct {
	Name          string
	Width, Height int
	Recipe        ink.Recipe // of images that are more than ink; "": a byte a pixel
	Pixels        []uint8
	Labels        []uint16
	Classes       []string // what the labels mean, by label
	DataLabels    []string // of each class the label as it stands in the data; nil: its name is the label
	Writers       []int    // who drew each image; nil: nobody knows
	IDs           []string // of each image what tells it from others in the data; nil: its place
}

// Len returns the number of images.
func (s *Set) Len() int {
	if s.Labels == nil && len(s.Pixels) > 0 {
		return len(s.Pixels) / s.Form().Size()
	}
	return len(s.Labels)
}

// Form returns the recipe and the size of the images.
func (s *Set) Form() ink.Form { return ink.Form{Recipe: s.Recipe, Width: s.Width, Height: s.Height} }

// As returns the set as images of another recipe: their ink, which says no more.
func (s *Set) As(recipe ink.Recipe) *Set {
	if recipe.Channels() == s.Recipe.Channels() {
		return s
	}
	as := *s
	as.Recipe = recipe
	form := as.Form()
	as.Pixels = make([]uint8, s.Len()*form.Size())
	for i := range s.Len() {
		form.OfInk(as.Image(i), s.Ink(i))
	}
	return &as
}

// Ink returns the ink of image i, (Height, Width), to be seen.
func (s *Set) Ink(i int) []uint8 { return s.Form().Ink(s.Image(i)) }

// Image returns image i: a view of Pixels, not a copy.
func (s *Set) Image(i int) []uint8 {
	size := s.Form().Size()
	return s.Pixels[i*size : (i+1)*size : (i+1)*size]
}

// Select returns a set of some images, copied, in the order of index.
func (s *Set) Select(index []int) *Set {
	selected := &Set{Name: s.Name, Width: s.Width, Height: s.Height, Recipe: s.Recipe, Classes: s.Classes, DataLabels: s.DataLabels}
	for _, i := range index {
		selected.Pixels = append(selected.Pixels, s.Image(i)...)
		selected.Labels = append(selected.Labels, s.Labels[i])
		if s.Writers != nil {
			selected.Writers = append(selected.Writers, s.Writers[i])
		}
		if s.IDs != nil {
			selected.IDs = append(selected.IDs, s.IDs[i])
		}
	}
	return selected
}

// Sample returns the indices of up to perClass images of each class, chosen at
// random, by class: a pure function of the set and the seed.
func (s *Set) Sample(perClass int, seed uint64) [][]int {
	index := make([][]int, len(s.Classes))
	for _, i := range rand.New(rand.NewPCG(seed, 0)).Perm(s.Len()) {
		if class := s.Labels[i]; len(index[class]) < perClass {
			index[class] = append(index[class], i)
		}
	}
	return index
}

// Pair holds images to learn from; others to validate with, if the data say which; and
// others, never shown to the network before, to measure it on. Validation and Test may
// be nil.
type Pair struct{ Train, Validation, Test *Set }

// DigitNames returns the classes of digits, "0" to "9".
func DigitNames() []string {
	names := make([]string, 10)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	return names
}

// FormatError says where a file is not what its format wants.
type FormatError struct {
	Format string // "idx", "picture"
	File   string // path; empty when the bytes came from elsewhere
	Place  string // "magic number", "label 17"
	Got    string
	Want   string
}

// Error returns one line with all fields that are known.
func (e *FormatError) Error() string {
	var parts []string
	for _, part := range []string{e.Format, e.File, e.Place} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return fmt.Sprintf("%s: got %s, want %s", strings.Join(parts, ": "), e.Got, e.Want)
}

// InFile puts a file's path into an error of reading its format; nil stays nil.
func InFile(format, path string, err error) error {
	if err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*FormatError](err); ok {
		wrong.File = path
		return err
	}
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	return fmt.Errorf("%s: %s: %w", format, path, err)
}

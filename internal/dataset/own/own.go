// Package own reads somebody's own data: folders of pictures, and images in CSV,
// NumPy or IDX files.
package own

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/parallel"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// Reader says how to read somebody's own data: a folder of pictures, or images in
// CSV, NumPy or IDX files.
type Reader struct {
	Width, Height int        // of the set's images, 1..1024; 0: those of the files, of pictures 28
	Recipe        ink.Recipe // how pictures, and images of another size, become images of the set
	Classes       []string   // the labels, in the order of the classes; nil: those that the data have
	SkipBad       bool       // leave out pictures that cannot be read

	Progress func(done, total int) // called while pictures are read; may be nil
}

// maxSide bounds the sides of images, as in the .ink file.
const maxSide = 1024

// Read reads the data at a path, decided by what lies there:
//
//	DIR/CLASS/...             pictures (package picture), a folder per class, in any depth
//	DIR/train/CLASS/...       the same with a test part, in DIR/test
//	DIR/train-images-...      IDX files with MNIST's names, the t10k files may be missing
//	...-images-idx3-ubyte     one IDX file of images, its labels beside it
//	FILE.csv                  Kaggle's: label,pixel0,...; with or without the line of names
//	FILE.npz                  x_train, y_train, x_test, y_test, the last two may be missing
//
// CSV and IDX files may be packed with gzip. Names that begin with a dot are passed
// over. Pictures that cannot be read, or in which nothing is drawn, are a
// *BadFilesError; with SkipBad they are left out and returned as bad. More
// than 1,000 classes are an error, and so are labels that are not among Classes, or
// that no class can have (dataset.CheckNames).
func (o Reader) Read(path string) (pair dataset.Pair, bad []error, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return dataset.Pair{}, nil, err
	}
	switch {
	case info.IsDir() && hasIDX(path):
		pair, err = o.readIDXFolder(path)
	case info.IsDir():
		return o.readFolder(path)
	case strings.HasSuffix(strings.TrimSuffix(strings.ToLower(path), ".gz"), ".csv"):
		pair, err = o.readCSV(path)
	case strings.HasSuffix(strings.ToLower(path), ".npz"):
		pair, err = o.readNPZ(path)
	case strings.Contains(filepath.Base(path), imagesName):
		pair, err = o.readIDXFile(path)
	default:
		return dataset.Pair{}, nil, fmt.Errorf("%s: want a folder of pictures, or a .csv, .npz or %s file", path, imagesName)
	}
	if err != nil {
		return dataset.Pair{}, nil, err
	}
	return o.resized(pair)
}

// BadFilesError says which files could not be read.
type BadFilesError struct {
	Files []error // one for each, with its name; at least one
	Total int     // files there were
}

// Error counts them and names the first.
func (e *BadFilesError) Error() string {
	return fmt.Sprintf("%d of %d pictures cannot be read: %v", len(e.Files), e.Total, e.Files[0])
}

// size is the wanted size of images that have this one.
func (o Reader) size(width, height int) (int, int) {
	if o.Width == 0 {
		return width, height
	}
	return o.Width, o.Height
}

// resized brings the images of a pair to the wanted size, by the recipe.
func (o Reader) resized(pair dataset.Pair) (dataset.Pair, []error, error) {
	width, height := o.size(pair.Train.Width, pair.Train.Height)
	if width == pair.Train.Width && height == pair.Train.Height {
		return pair, nil, nil
	}
	var bad []error
	for _, set := range []**dataset.Set{&pair.Train, &pair.Test} {
		old := *set
		if old == nil {
			continue
		}
		read := func(i int) (ink.Picture, error) { return pictureOf(old.Image(i), old.Width, old.Height), nil }
		name := func(i int) string { return fmt.Sprintf("%s: image %d", old.Name, i) }
		fresh, wrong, err := o.see(old, width, height, name, read)
		if err != nil {
			return dataset.Pair{}, nil, err
		}
		*set, bad = fresh, append(bad, wrong...)
	}
	return pair, bad, nil
}

// pictureOf is a grey image as a picture.
func pictureOf(image []uint8, width, height int) ink.Picture {
	p := ink.Picture{Width: width, Height: height, RGBA: make([]uint8, 4*len(image))}
	for i, v := range image {
		p.RGBA[4*i], p.RGBA[4*i+1], p.RGBA[4*i+2], p.RGBA[4*i+3] = v, v, v, 255
	}
	return p
}

// see makes a set of pictures that read gives, with name, labels and classes of
// like; name is what errors call them.
func (o Reader) see(
	like *dataset.Set, width, height int, name func(i int) string, read func(i int) (ink.Picture, error),
) (*dataset.Set, []error, error) {
	set := &dataset.Set{Name: like.Name, Width: width, Height: height, Classes: like.Classes, Labels: like.Labels}
	set.Pixels = make([]uint8, len(set.Labels)*width*height)
	wrong := make([]error, set.Len())
	var done int
	var counting sync.Mutex
	_ = parallel.For(set.Len(), func(i int) error { // what is wrong is kept for each picture
		p, err := read(i)
		if err == nil && !picture.See(set.Image(i), width, height, o.Recipe, p) {
			err = fmt.Errorf("%s: nothing is drawn in it", name(i))
		}
		wrong[i] = err
		counting.Lock()
		defer counting.Unlock()
		if done++; o.Progress != nil {
			o.Progress(done, set.Len())
		}
		return nil
	})
	return o.without(set, wrong)
}

// without is the set without the images of which something is wrong, and what
// that is; an error unless such images may be skipped.
func (o Reader) without(set *dataset.Set, wrong []error) (*dataset.Set, []error, error) {
	var good []int
	var bad []error
	for i, err := range wrong {
		if err == nil {
			good = append(good, i)
		} else {
			bad = append(bad, err)
		}
	}
	switch {
	case len(bad) == 0:
		return set, nil, nil
	case !o.SkipBad || len(good) == 0:
		return nil, nil, &BadFilesError{bad, set.Len()}
	}
	return set.Select(good), bad, nil
}

// newPair makes the sets of images, (N, height, width), whose labels are given as
// texts; test has none if there are no test images.
func (o Reader) newPair(path string, width, height int, train, test []uint8, trainLabels, testLabels []string) (dataset.Pair, error) {
	if width < 1 || height < 1 || width > maxSide || height > maxSide {
		return dataset.Pair{}, fmt.Errorf("%s: got images of %dx%d, want 1..%d a side", path, width, height, maxSide)
	}
	labels, classes, err := dataset.Classify(slices.Concat(trainLabels, testLabels), o.Classes)
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("%s: %w", path, err)
	}
	n := len(trainLabels)
	set := func(pixels []uint8, labels []uint16) *dataset.Set {
		return &dataset.Set{Name: ownName(path), Width: width, Height: height, Pixels: pixels, Labels: labels, Classes: classes}
	}
	pair := dataset.Pair{Train: set(train, labels[:n:n])}
	if len(testLabels) > 0 {
		pair.Test = set(test, labels[n:])
	}
	return pair, nil
}

// ownName is what a set is called after its path.
func ownName(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return filepath.Base(path)
}

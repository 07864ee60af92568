package own

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// trainFolder and testFolder divide a folder of classes, where there is a train.
const trainFolder, testFolder = "train", "test"

// readFolder reads pictures from a folder a class.
func (o Reader) readFolder(dir string) (pair dataset.Pair, bad []error, err error) {
	names, err := folders(dir)
	if err != nil {
		return dataset.Pair{}, nil, err
	}
	if !slices.Contains(names, trainFolder) {
		pair.Train, bad, err = o.readClasses(dir, dir)
		return pair, bad, err
	}
	if pair.Train, bad, err = o.readClasses(dir, filepath.Join(dir, trainFolder)); err != nil || !slices.Contains(names, testFolder) {
		return pair, bad, err
	}
	o.Classes = pair.Train.Classes
	test, badTest, err := o.readClasses(dir, filepath.Join(dir, testFolder))
	return dataset.Pair{Train: pair.Train, Test: test}, append(bad, badTest...), err
}

// readClasses reads the classes below dir; the set has the name of data.
func (o Reader) readClasses(data, dir string) (*dataset.Set, []error, error) {
	files, labels, err := classFiles(dir)
	if err != nil {
		return nil, nil, err
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("%s: got no pictures, want a folder of them for each class", dir)
	}
	set := &dataset.Set{Name: ownName(data)}
	if set.Labels, set.Classes, err = dataset.Classify(labels, o.Classes); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", dir, err)
	}
	width, height := o.size(dataset.Side, dataset.Side)
	name := func(i int) string { return files[i] }
	return o.see(set, width, height, name, func(i int) (ink.Picture, error) { return picture.Read(files[i]) })
}

// folders are the names of the folders in dir, sorted.
func folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !passedOver(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// classFiles are the files below the folders of dir, with the folder that each
// is in, in the order of their names.
func classFiles(dir string) (files, labels []string, err error) {
	classes, err := folders(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, class := range classes {
		err := filepath.WalkDir(filepath.Join(dir, class), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case passedOver(entry.Name()) && entry.IsDir():
				return fs.SkipDir
			case !entry.IsDir() && !passedOver(entry.Name()):
				files, labels = append(files, path), append(labels, class)
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return files, labels, nil
}

// passedOver tells what systems leave in folders: .DS_Store, __MACOSX and their
// like.
func passedOver(name string) bool { return strings.HasPrefix(name, ".") || name == "__MACOSX" }

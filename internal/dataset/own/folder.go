package own

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/strokes"
	"github.com/seed-c844a918/inkling/internal/picture"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// partNames are the names of folders, in small letters, that divide a folder of
// classes into parts; each in the order of Data.parts.
var partNames = [][]string{{"train", "training"}, {"val", "validation", "valid", "dev"}, {"test", "testing"}}

// partFillers are words that stand beside those: training_set, trainImages, seg_test.
var partFillers = []string{"set", "sets", "data", "dataset", "split", "images", "image", "imgs", "img", "pictures", "folder", "seg"}

// words are those of a folder's name: trainSet, train_set, train-set.
var words = regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]+`)

// partOf returns which part a folder's name says, -1 for none.
func partOf(name string) int {
	found := words.FindAllString(name, -1)
	for i, word := range found {
		found[i] = strings.ToLower(word)
	}
	found = slices.DeleteFunc(found, func(word string) bool { return slices.Contains(partFillers, word) })
	if len(found) != 1 {
		return -1
	}
	return slices.IndexFunc(partNames, func(names []string) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			rest, ok := strings.CutPrefix(found[0], name)
			return ok && (rest == "" || slices.Contains(partFillers, rest))
		})
	})
}

// maxWrapped bounds the folders around all classes that are entered.
const maxWrapped = 8

// readFolder reads pictures from a folder per class, with parts or not.
func (d *reading) readFolder() error {
	if d.Reader.Pixels != (pixels.Range{}) || d.Invert != Auto || d.Transpose != Auto || d.LabelColumn != "" {
		d.note("what flags say of numbers plays no part: pictures say themselves what is ink")
	}
	dir, list, err := d.enter()
	if err != nil {
		return err
	}
	loader := d.newLoader()
	folders, err := d.partFolders(dir, list)
	if err != nil {
		return err
	}
	if folders == nil {
		if err := d.readUndivided(loader, dir, list); err != nil {
			return err
		}
		return d.save(loader)
	}
	for i, part := range d.parts() {
		if folders[i] == "" {
			continue
		}
		path := filepath.Join(dir, folders[i])
		list, err := listFolder(path)
		if err == nil && len(list.folders) == 1 && partOf(list.folders[0]) == i { // as twice unpacked
			path = filepath.Join(path, list.folders[0])
			list, err = listFolder(path)
		}
		if err != nil {
			return err
		}
		if err := d.noteDeep(path, list.folders); err != nil {
			return err
		}
		if *part, err = d.readClasses(loader, path, list, nil); err != nil {
			return err
		}
		(*part).From = strings.TrimSuffix(d.within(path), ": ")
	}
	return d.save(loader)
}

// readUndivided reads the classes of a folder that is not divided into parts. Their folders
// may be.
func (d *reading) readUndivided(loader *picture.Loader, dir string, list *listing) error {
	inner, err := d.innerParts(dir, list)
	if err != nil {
		return err
	}
	if inner == nil {
		if err := d.noteDeep(dir, list.folders); err != nil {
			return err
		}
		d.Train, err = d.readClasses(loader, dir, list, nil)
		return err
	}
	d.noteLeft(dir, list.files)
	for i, part := range d.parts() {
		if len(inner[i]) == 0 {
			continue
		}
		if *part, err = d.readClasses(loader, dir, inner.only(list, i), inner[i]); err != nil {
			return err
		}
		(*part).From = some(innerParts{inner[i]}.names())
	}
	return nil
}

// newLoader returns what makes images of pictures.
func (d *reading) newLoader() *picture.Loader {
	width, height := d.defaultSize()
	return picture.NewLoader(d.form(width, height), d.Reader.Ground, d.Cache)
}

// save keeps what pictures became. A cache that cannot be written only costs time.
func (d *reading) save(loader *picture.Loader) error {
	if err := loader.Save(); err != nil {
		d.note("the cache cannot be written: %v", err)
	}
	return d.ctx.Err()
}

// enter goes into a single folder around all others, as archives unpack to.
func (d *reading) enter() (dir string, list *listing, err error) {
	dir = d.path
	for range maxWrapped {
		if list, err = listFolder(dir); err != nil {
			return "", nil, err
		}
		if len(list.folders) != 1 {
			break
		}
		inner := filepath.Join(dir, list.folders[0])
		within, err := listFolder(inner)
		if err != nil {
			return "", nil, err
		}
		if len(within.folders) == 0 {
			break
		}
		d.noteLeft(dir, list.files)
		d.note("%sits only folder %s was entered, whose folders were read", d.within(dir), list.folders[0])
		dir, list = inner, within
	}
	return dir, list, nil
}

// partFolders returns the names of the folders of the parts, nil if a folder is not
// divided. A folder of pictures that is called train is a class.
func (d *reading) partFolders(dir string, list *listing) ([]string, error) {
	found := make([]string, len(partNames))
	var others, undivided []string
	for _, name := range list.folders {
		part := partOf(name)
		if part < 0 {
			others = append(others, name)
			continue
		}
		within, err := listFolder(filepath.Join(dir, name))
		switch {
		case err != nil:
			return nil, err
		case len(within.folders) == 0:
			others, undivided = append(others, name), append(undivided, name)
		case found[part] != "":
			return nil, fmt.Errorf("%s: got the folders %s and %s, want one of them", dir, found[part], name)
		default:
			found[part] = name
		}
	}
	switch {
	case found[0] == "" && len(undivided) > 1: // one may be a class of its own, such as trains
		return nil, fmt.Errorf("%s: got the folders %s with pictures in no folder of a class, want a folder for each class in them",
			dir, strings.Join(undivided, ", "))
	case found[0] == "" && len(others) == 0 && len(list.folders) > 0:
		return nil, fmt.Errorf("%s: got the folders %s, want train beside them", dir, strings.Join(list.folders, ", "))
	case found[0] == "":
		return nil, nil
	case len(others) > 0:
		d.note("%sleft out the folders %s, which are beside %s", d.within(dir), some(others), strings.Join(nonEmpty(found), ", "))
	}
	d.noteLeft(dir, list.files)
	return found, nil
}

// nonEmpty returns those texts that are not empty.
func nonEmpty(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
}

// readClasses reads the pictures in the folders of dir, which are classes, or in one folder
// in each of them, inner.
func (d *reading) readClasses(loader *picture.Loader, dir string, list *listing, inner map[string]string) (*Part, error) {
	var files, labels, empty []string
	for _, class := range list.folders {
		w := walk{reading: d, seen: map[string]bool{}}
		if err := w.folder(filepath.Join(dir, class, inner[class])); err != nil {
			return nil, err
		}
		if len(w.files) == 0 {
			empty = append(empty, class)
		}
		for range w.files {
			labels = append(labels, class)
		}
		files = append(files, w.files...)
	}
	if len(files) == 0 {
		return nil, noPictures(dir, list)
	}
	d.noteLeft(dir, list.files)
	if len(empty) > 0 {
		d.note("%sleft out the folders %s, which hold no pictures", d.within(dir), some(empty))
	}
	width, height := d.defaultSize()
	part := &Part{Width: width, Height: height, Labels: labels}
	return d.see(part, len(files),
		func(dst []uint8, i int) (picture.Seen, error) { return loader.Load(dst, files[i]) },
		func(i int) string { return files[i] }), nil
}

// noteDeep says which folders are the classes, and which within them are not, where all
// pictures lie one folder deeper.
func (d *reading) noteDeep(dir string, classes []string) error {
	var inner []string
	for _, class := range classes {
		within, err := listFolder(filepath.Join(dir, class))
		if err != nil {
			return err
		}
		if len(within.folders) == 0 || len(within.files) > 0 {
			return nil
		}
		inner = append(inner, within.folders...)
	}
	slices.SortFunc(inner, strokes.CompareLabels)
	if inner = slices.Compact(inner); len(inner) > 1 {
		d.note("%sthe folders %s are the classes; those in them, %s, are not", d.within(dir), some(classes), some(inner))
	}
	return nil
}

// noPictures returns the error for a folder without classes, which tells what the
// folder holds instead.
func noPictures(dir string, list *listing) error {
	want := "a folder of pictures for each class"
	tables := slices.DeleteFunc(slices.Clone(list.files), func(name string) bool {
		ending := strings.ToLower(name)
		return !strings.HasSuffix(ending, ".npz") && !strings.Contains(ending, ".csv") && !strings.HasSuffix(ending, ".tsv")
	})
	switch {
	case len(tables) > 0 && len(tables) == len(list.files):
		return fmt.Errorf("%s: got no folders of pictures, but %s; give %s", dir, tables[0], filepath.Join(dir, tables[0]))
	case len(tables) > 0:
		want += fmt.Sprintf("; or give %s, if pixels stand in it", filepath.Join(dir, tables[0]))
	}
	if len(list.files) > 0 {
		return fmt.Errorf("%s: got %d files in no folder (%s), want %s", dir, len(list.files), some(list.files), want)
	}
	return fmt.Errorf("%s: got no pictures, want %s", dir, want)
}

// noteLeft says which files beside the folders are left out.
func (d *reading) noteLeft(dir string, files []string) {
	if len(files) > 0 {
		d.note("%sleft out %s, in no folder of a class", d.within(dir), some(files))
	}
}

// within returns how a note names a folder below the path that is read: with a colon
// behind it, or not at all if it is the path itself.
func (d *reading) within(dir string) string {
	if rel, err := filepath.Rel(d.path, dir); err == nil && rel != "." {
		return filepath.ToSlash(rel) + ": "
	}
	return ""
}

// some returns the first names of a long list.
func some(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

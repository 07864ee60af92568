package own

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/idx"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// isEMNIST reports whether data have the name of EMNIST's files, whose images lie on
// their side.
func isEMNIST(path string) bool {
	name := strings.ToLower(nameOf(path))
	if n, ok := idx.ParseName(name); ok {
		return n.Transposed
	}
	if after, ok := strings.CutPrefix(name, "emnist"); ok && (after == "" || strings.ContainsAny(after[:1], "-_. ")) {
		return true
	}
	files, err := idx.Find(os.DirFS(path))
	return err == nil && files.Transposed
}

// readIDXFolder reads IDX files that their names say belong together.
func (d *reading) readIDXFolder() error {
	files, err := idx.Find(os.DirFS(d.path))
	if err != nil {
		return err
	}
	for _, one := range []struct {
		part           **Part
		images, labels string
	}{{&d.Train, files.TrainImages, files.TrainLabels}, {&d.Test, files.TestImages, files.TestLabels}} {
		if one.images == "" {
			continue
		}
		labels := ""
		if one.labels != "" {
			labels = filepath.Join(d.path, filepath.FromSlash(one.labels))
		}
		if *one.part, err = d.readIDX(filepath.Join(d.path, filepath.FromSlash(one.images)), labels); err != nil {
			return err
		}
	}
	images := cmp.Or(files.TrainImages, files.TestImages)
	d.readMapping(filepath.Join(d.path, filepath.FromSlash(images)))
	return nil
}

// readIDXFile reads one file of images, and the labels beside it if there are any.
func (d *reading) readIDXFile() (err error) {
	if n, ok := idx.ParseName(d.path); ok && n.Labels {
		return fmt.Errorf("idx: %s: got a file of labels, want the images'", d.path)
	}
	if d.Train, err = d.readIDX(d.path, labelsBeside(d.path)); err != nil {
		return err
	}
	d.Train.From = ""
	d.readMapping(d.path)
	return nil
}

// labelsBeside returns the file of labels that belongs to a file of images, "" if
// there is none in its folder.
func labelsBeside(path string) string {
	folder, name := filepath.Dir(path), filepath.Base(path)
	images, ok := idx.ParseName(path)
	if !ok { // some-images-idx3-ubyte, some-labels-idx1-ubyte
		named := strings.NewReplacer("images", "labels", "idx3", "idx1").Replace(name)
		plain := strings.TrimSuffix(named, ".gz")
		for _, beside := range []string{named, plain, plain + ".gz"} {
			info, err := os.Stat(filepath.Join(folder, beside))
			if err == nil && info.Mode().IsRegular() && strings.Contains(beside, "labels") && beside != name {
				return filepath.Join(folder, beside)
			}
		}
		return ""
	}
	images.Labels = true
	entries, _ := os.ReadDir(folder) // without it there are no labels
	for _, e := range entries {
		if labels, ok := idx.ParseName(e.Name()); ok && labels == images {
			return filepath.Join(folder, e.Name())
		}
	}
	return ""
}

// readIDX reads images, and their labels unless that name is empty.
func (d *reading) readIDX(images, labels string) (*Part, error) {
	for _, path := range []string{images, labels} {
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			return nil, fmt.Errorf("idx: %s: got %s, want a file", path, modeName(info.Mode()))
		}
	}
	part := &Part{From: filepath.Base(images)}
	var err error
	var numbers []uint8
	if labels == "" {
		part.Pixels, part.Width, part.Height, err = dataset.ReadImages(images)
	} else {
		part.Pixels, part.Width, part.Height, numbers, err = dataset.ReadLabelled(images, labels)
		part.Labels = byteLabels(numbers)
	}
	if err != nil {
		return nil, err
	}
	r, err := d.rangeOf(pixels.OfBytes(part.Pixels), part.Len())
	if err != nil {
		return nil, fmt.Errorf("idx: %s: %w", images, err)
	}
	r.Apply(part.Pixels)
	return part, nil
}

// byteLabels returns labels of an IDX file as texts.
func byteLabels(labels []uint8) []string {
	var names [256]string
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	texts := make([]string, len(labels))
	for i, label := range labels {
		texts[i] = names[label]
	}
	return texts
}

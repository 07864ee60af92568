package idx

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Name is what the name of an IDX file says of it.
type Name struct {
	Set        string // what stands before the part, such as "emnist-letters"; may be empty
	Test       bool   // t10k or test, else train
	Labels     bool   // labels, else images
	Transposed bool   // of EMNIST, whose files hold columns for rows
}

// ParseName reads the name of an IDX file, MNIST's (train-images-idx3-ubyte), with
// dots (train-images.idx3-ubyte), or EMNIST's (emnist-letters-train-images-idx3-ubyte),
// in any case, packed with gzip or not; false for all others.
func ParseName(file string) (Name, bool) {
	name := strings.ToLower(path.Base(strings.ReplaceAll(file, "\\", "/")))
	name = strings.TrimSuffix(name, ".gz")
	name = strings.NewReplacer(".", "-", "_", "-").Replace(name)
	name = strings.TrimSuffix(strings.TrimSuffix(name, "-ubyte"), "-idx")
	var n Name
	images, isImages := strings.CutSuffix(name, "-images-idx3")
	labels, isLabels := strings.CutSuffix(name, "-labels-idx1")
	if !isImages && !isLabels {
		return n, false
	}
	before := images
	if n.Labels = isLabels; isLabels {
		before = labels
	}
	at := strings.LastIndexByte(before, '-') + 1
	switch before[at:] {
	case "train", "training":
	case "t10k", "test", "testing":
		n.Test = true
	default:
		return n, false
	}
	n.Set = strings.TrimSuffix(before[:at], "-")
	n.Transposed = n.Set == "emnist" || strings.HasPrefix(n.Set, "emnist-")
	return n, true
}

// Files are the files of a set, slash-separated paths; "" where there is none.
type Files struct {
	Set                                              string
	TrainImages, TrainLabels, TestImages, TestLabels string
	Transposed                                       bool
}

// Find looks for the IDX files of one set in a folder and in those right in it, where
// archives unpack to a folder per file. Plain files are taken before packed ones. No
// images are no error and leave Files empty; several sets are.
func Find(folder fs.FS) (Files, error) {
	sets := map[string]*Files{}
	for _, pattern := range []string{"*", "*/*"} {
		files, err := fs.Glob(folder, pattern) // sorted: plain before .gz
		if err != nil {
			return Files{}, err
		}
		for _, file := range files {
			n, ok := ParseName(file)
			if info, err := fs.Stat(folder, file); !ok || err != nil || !info.Mode().IsRegular() {
				continue
			}
			if sets[n.Set] == nil {
				sets[n.Set] = &Files{Set: n.Set, Transposed: n.Transposed}
			}
			if place := sets[n.Set].place(n); *place == "" {
				*place = file
			}
		}
	}
	var found []*Files
	for _, set := range sets {
		if set.TrainImages != "" || set.TestImages != "" {
			found = append(found, set)
		}
	}
	if len(found) == 0 {
		return Files{}, nil
	}
	if len(found) > 1 {
		slices.SortFunc(found, func(a, b *Files) int { return strings.Compare(a.Set, b.Set) })
		return Files{}, fmt.Errorf("idx: got several sets (%q, %q), want one: name its file of training images", found[0].Set, found[1].Set)
	}
	return *found[0], nil
}

// place returns where a file of this name belongs.
func (f *Files) place(n Name) *string {
	switch {
	case n.Labels && n.Test:
		return &f.TestLabels
	case n.Labels:
		return &f.TrainLabels
	case n.Test:
		return &f.TestImages
	}
	return &f.TrainImages
}

package own

import (
	"fmt"
	"path/filepath"
	"slices"
)

// innerParts are the folders of the parts within the folders of the classes, CLASS/train and
// CLASS/test: for each part of Data.parts the folder in each class that has it.
type innerParts []map[string]string

// innerParts returns the parts within the classes of dir; nil if no class is divided into
// train and another. Where some classes are and others are not, it is an error.
func (d *reading) innerParts(dir string, list *listing) (innerParts, error) {
	parts := innerParts{{}, {}, {}}
	divided, other := "", ""
	for _, class := range list.folders {
		path := filepath.Join(dir, class)
		within, err := listFolder(path)
		if err != nil {
			return nil, err
		}
		if len(within.folders)+len(within.files) == 0 {
			continue
		}
		if len(within.files) > 0 || slices.ContainsFunc(within.folders, func(name string) bool { return partOf(name) < 0 }) {
			other = class
		}
		for _, name := range within.folders {
			part := partOf(name)
			if part < 0 {
				continue
			}
			if first := parts[part][class]; first != "" {
				return nil, fmt.Errorf("%s: got the folders %s and %s, want one of them", path, first, name)
			}
			parts[part][class] = name
		}
		if parts[0][class] != "" && (parts[1][class] != "" || parts[2][class] != "") {
			divided = class
		}
	}
	switch {
	case divided == "":
		return nil, nil
	case other != "":
		return nil, fmt.Errorf("%s: got %s and another part in the folder %s, and pictures elsewhere in %s, want train/CLASS, test/CLASS, "+
			"or all pictures in no such folder", dir, parts[0][divided], divided, other)
	}
	d.note("%sthe folders in those of the classes are parts: %s", d.within(dir), some(parts.names()))
	return parts, nil
}

// names returns how the folders are called, each once.
func (p innerParts) names() []string {
	var names []string
	for _, folders := range p {
		for _, name := range folders {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// only returns the classes that have a part.
func (p innerParts) only(list *listing, part int) *listing {
	l := &listing{}
	for _, class := range list.folders {
		if p[part][class] != "" {
			l.folders = append(l.folders, class)
		}
	}
	return l
}

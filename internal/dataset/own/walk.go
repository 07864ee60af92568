package own

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// listing holds the names in a folder, sorted, without what systems leave there.
type listing struct{ folders, files []string }

// listFolder lists a folder; links count as what they lead to.
func listFolder(dir string) (*listing, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	list := &listing{}
	for _, e := range entries {
		if passedOver(e.Name()) {
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, e.Name())); err == nil && info.IsDir() {
			list.folders = append(list.folders, e.Name())
		} else {
			list.files = append(list.files, e.Name())
		}
	}
	return list, nil
}

// systemNames are those of files and folders, in small letters, that systems leave
// among pictures.
var systemNames = []string{"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx",
	"@eadir", "$recycle.bin", "lost+found", "system volume information"}

// passedOver reports whether a name is one that systems leave, or hidden.
func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || slices.Contains(systemNames, strings.ToLower(name))
}

// Files returns the files below a folder, in the order of their names, and what in it is
// neither file nor folder. What systems leave there is passed over; links are followed, into
// no folder twice.
func Files(ctx context.Context, dir string) (files []string, bad []error, err error) {
	d := &Data{}
	w := walk{reading: &reading{Data: d, ctx: ctx}, seen: map[string]bool{}}
	err = w.folder(dir)
	return w.files, d.Bad, err
}

// walk finds the files below the folder of a class.
type walk struct {
	*reading
	files []string
	seen  map[string]bool // folders, without links
}

// folder adds the files of a folder in the order of their names, and of those in it.
// Links are followed, but into no folder twice. What is neither folder nor file is bad
// and never opened.
func (w *walk) folder(dir string) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		if w.seen[real] {
			return nil
		}
		w.seen[real] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if passedOver(e.Name()) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		info, err := os.Stat(path)
		switch {
		case err == nil && info.IsDir():
			err = w.folder(path)
			if err != nil {
				return err
			}
			continue
		case err == nil && !info.Mode().IsRegular():
			err = fmt.Errorf("%s: got %s, want a picture", path, modeName(info.Mode()))
		}
		if err != nil {
			w.Bad = append(w.Bad, err)
			w.total++
			continue
		}
		w.files = append(w.files, path)
	}
	return nil
}

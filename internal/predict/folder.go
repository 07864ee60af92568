package predict

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/picture"
)

// extensions are those of the files that are read in a folder; all else in it, such as
// Thumbs.db, is passed over.
var extensions = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".json", ".idx"}

// expand returns the path of a file, or the files of a folder and its subfolders that
// are of a kind to read, in the order of their names.
func expand(path string) (files []string, err error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return []string{path}, nil // reading it says what is wrong
	}
	err = filepath.WalkDir(path, func(at string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case at != path && strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
			return fs.SkipDir
		case !entry.IsDir() && isRead(entry.Name()):
			files = append(files, at)
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s: got a folder without pictures, want %s, stroke JSON or IDX files in it", path, picture.Formats)
	}
	return files, err
}

// isRead reports whether a file's name is one of a kind to read.
func isRead(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	if strings.HasPrefix(name, ".") {
		return false
	}
	return slices.Contains(extensions, filepath.Ext(name)) || strings.Contains(name, "idx3-ubyte")
}

package predict

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/picture"
	"github.com/seed-c844a918/inkling/internal/plain"
)

// extensions are those of the files that are read in a folder, beside all that begin as
// a picture does.
var extensions = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".json", ".ndjson", ".jsonl", ".idx"}

// expand returns the path of a file, or the files of a folder and its subfolders that
// are of a kind to read, in the order of their names, and says which others it leaves
// out. What in the folder cannot be read at all is bad.
func (r *Reading) expand(path string) (files []string, bad []error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return []string{path}, nil // reading it says what is wrong
	}
	all, bad, err := own.Files(cmp.Or(r.Data.Context, context.Background()), path)
	if err != nil {
		return nil, append(bad, err)
	}
	var others []string
	for _, file := range all {
		if isRead(file) {
			files = append(files, file)
		} else {
			others = append(others, filepath.Base(file))
		}
	}
	switch {
	case len(files) == 0 && len(bad) == 0:
		bad = append(bad, fmt.Errorf("%s: got a folder without pictures, want %s, stroke JSON or IDX files in it", path, picture.Formats))
	case len(others) > 0 && r.Data.Log != nil:
		fmt.Fprintf(r.Data.Log, "%s: left out %s: neither pictures nor stroke JSON nor IDX files\n", plain.Text(path), plain.Text(some(others)))
	}
	return files, bad
}

// some returns the first names of a long list.
func some(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// isRead reports whether a file is of a kind to read, by its name or by how it begins.
func isRead(path string) bool {
	name := strings.TrimSuffix(strings.ToLower(filepath.Base(path)), ".gz")
	if slices.Contains(extensions, filepath.Ext(name)) || strings.Contains(name, "idx3-ubyte") {
		return true
	}
	head, err := beginning(path)
	return err == nil && picture.Begins(head)
}

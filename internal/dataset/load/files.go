package load

import (
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/outputs"
)

// Files returns the files that are read for the data sets that a flag names: files of
// the catalogue's sets in dir, and paths of a user's own data. Unknown names have none.
func Files(flag, dir string, names ...string) []outputs.File {
	var files []outputs.File
	for _, name := range names {
		if s, err := dataset.Lookup(strings.TrimSpace(name)); err == nil {
			files = append(files, outputs.Named(flag, s.Paths(dir)...)...)
		}
	}
	return files
}

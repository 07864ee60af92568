//go:build !windows

package outputs

import (
	"path/filepath"

	"github.com/google/renameio/v2"
)

// replaceNamed writes data to a temporary file beside path and gives it that name.
func replaceNamed(path string, data []byte) error {
	return renameio.WriteFile(path, data, perm, renameio.WithTempDir(filepath.Dir(path)))
}

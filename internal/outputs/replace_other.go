//go:build !linux

package outputs

// replace writes data to a temporary file beside path and gives it that name.
func replace(path string, data []byte) error { return replaceNamed(path, data) }

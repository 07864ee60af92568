//go:build !windows

package main

import "github.com/google/renameio/v2"

// replaceFile writes data to a temporary file beside path and gives it that name.
func replaceFile(path string, data []byte) error {
	return renameio.WriteFile(path, data, 0o644)
}

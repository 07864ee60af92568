//go:build !linux

package outputs

import "os"

// scratch opens a file in a folder for trial; remove closes and removes it.
func scratch(dir string) (file *os.File, remove func(), err error) { return scratchNamed(dir) }

package outputs

import (
	"fmt"
	"os"
	"path/filepath"
)

// block is what Check writes for trial, in bytes.
const block = 4096

// Need is a file to come and its size in bytes.
type Need struct {
	File
	Size int
}

// Reserve tries whether there is room for all files at once. What it writes for
// trial it removes; a quota, a limit on the size of files and a file system that can
// only be read show themselves, which figures of free space do not tell.
func Reserve(needs ...Need) error {
	for _, need := range needs {
		file, remove, err := scratch(filepath.Dir(need.Path))
		if err != nil {
			return inFlag(need.File, fmt.Errorf("%s cannot be written in: %w", folderOf(need.Path), err))
		}
		defer remove()
		if err := fill(file, need.Size); err != nil {
			return inFlag(need.File, fmt.Errorf("%s has no room for %d bytes: %w", folderOf(need.Path), need.Size, err))
		}
	}
	return nil
}

// folderOf names the folder of a file for messages.
func folderOf(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return filepath.Dir(path)
}

// fill writes size zeros.
func fill(file *os.File, size int) error {
	zeros := make([]byte, 1<<16)
	for ; size > 0; size -= len(zeros) {
		if _, err := file.Write(zeros[:min(size, len(zeros))]); err != nil {
			return err
		}
	}
	return nil
}

// scratchNamed opens a file in a folder that remove closes and removes.
func scratchNamed(dir string) (file *os.File, remove func(), err error) {
	file, err = os.CreateTemp(dir, ".inkling-")
	if err != nil {
		return nil, nil, err
	}
	return file, func() {
		file.Close()
		os.Remove(file.Name())
	}, nil
}

package outputs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/usage"
)

// LockPath returns the name of the file that a lock on another is held on.
func LockPath(path string) string { return path + ".lock" }

// Lock keeps a file to one process. It is held on an empty file beside it, LockPath,
// which stays where it is: a file that was renamed or removed could be locked twice.
// The system releases it when the process ends, however that ends.
type Lock struct{ file *os.File } // nil: the file system knows no locks

// InUseError says that another process holds the lock.
type InUseError struct{ Path string }

// Error returns one line.
func (e *InUseError) Error() string {
	return fmt.Sprintf("%s is in use by another run: wait for its end, or name another file", e.Path)
}

// Acquire locks a file, which need not be there, or returns an *InUseError at once.
// Temporary files that a killed process left beside the file are removed. On a file
// system without locks it succeeds.
func Acquire(path string) (*Lock, error) {
	name := LockPath(path)
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return nil, usage.Errorf("%s has to be a file to lock, and is none: remove it", name)
	}
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, perm)
	if err != nil {
		return nil, err
	}
	switch err := lock(file); {
	case errors.Is(err, errLocked):
		file.Close()
		return nil, &InUseError{path}
	case errors.Is(err, errors.ErrUnsupported):
		file.Close()
		return &Lock{}, nil
	case err != nil:
		file.Close()
		return nil, &fs.PathError{Op: "lock", Path: name, Err: err}
	}
	sweep(path)
	return &Lock{file}, nil
}

// Release gives the lock back.
func (l *Lock) Release() {
	if l != nil && l.file != nil {
		l.file.Close()
	}
}

// sweep removes what a killed process left of a file that it was about to replace:
// dot, the file's name, digits.
func sweep(path string) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), "."+filepath.Base(path))
		if ours && rest != "" && strings.Trim(rest, "0123456789") == "" && e.Type().IsRegular() {
			os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

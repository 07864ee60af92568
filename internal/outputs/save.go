package outputs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// perm is the mode of new files, before umask; a file that is replaced keeps its own.
const perm = 0o644

// Replace writes a file in one go: all of it or nothing. What is there and no regular
// file it refuses as Check does.
func Replace(path string, data []byte) error {
	if err := checkKind(path); err != nil {
		return err
	}
	return replace(path, data)
}

// SavedError says that a file could not be written where it was wanted, and where it
// is instead.
type SavedError struct {
	Path    string // wanted
	Instead string
	Err     error // why
}

// Error returns one line.
func (e *SavedError) Error() string {
	return fmt.Sprintf("%s is not written: %v; its content is in %s", e.Path, cause(e.Err), e.Instead)
}

// Unwrap returns why.
func (e *SavedError) Unwrap() error { return e.Err }

// Save writes a file as Replace does. If it cannot, it writes a new file of a like name
// in the folder for temporary files, the working folder or the user's own, whichever
// takes it first, and returns a *SavedError.
func Save(path string, data []byte) error {
	err := Replace(path, data)
	if err == nil {
		return nil
	}
	home, _ := os.UserHomeDir()
	for _, dir := range []string{os.TempDir(), ".", home} {
		if instead, saved := saveIn(dir, filepath.Base(path), data); saved == nil {
			return &SavedError{path, instead, err}
		}
	}
	return fmt.Errorf("%s is not written, and no other place takes it: %w", path, cause(err))
}

// Where returns the place of a file that Save wrote with this error.
func Where(path string, err error) string {
	if saved, ok := errors.AsType[*SavedError](err); ok {
		return saved.Instead
	}
	return path
}

// Join returns an error of one line that wraps both, one of which may be nil, or nil.
func Join(first, second error) error {
	switch {
	case first == nil:
		return second
	case second == nil:
		return first
	}
	return fmt.Errorf("%w; %w", first, second)
}

// saveIn writes a new file into a folder, and nothing if that fails.
func saveIn(dir, name string, data []byte) (path string, err error) {
	if dir == "" {
		return "", fs.ErrNotExist
	}
	ext := filepath.Ext(name)
	file, err := os.CreateTemp(dir, name[:len(name)-len(ext)]+"-*"+ext)
	if err != nil {
		return "", err
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		os.Remove(file.Name())
	}
	return file.Name(), err
}

// cause leaves out the name of a temporary file, which tells nobody anything.
func cause(err error) error {
	if wrong, ok := errors.AsType[*fs.PathError](err); ok {
		return wrong.Err
	}
	if wrong, ok := errors.AsType[*os.LinkError](err); ok {
		return wrong.Err
	}
	return err
}

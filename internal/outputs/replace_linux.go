package outputs

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// replace writes data to a temporary file beside path and gives it that name. The
// temporary file has no name until it is whole, where the file system can do that: a
// kill leaves nothing behind.
func replace(path string, data []byte) error {
	if replaceUnnamed(path, data) == nil {
		return nil
	}
	return replaceNamed(path, data)
}

// replaceUnnamed writes, names and renames; the name beside path is there between two
// system calls only.
func replaceUnnamed(path string, data []byte) error {
	dir := filepath.Dir(path)
	file, err := unnamed(dir)
	if err != nil {
		return err
	}
	defer file.Close()
	if old, err := os.Lstat(path); err == nil {
		if err := file.Chmod(old.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := file.Write(data); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	name := filepath.Join(dir, "."+filepath.Base(path)+strconv.FormatInt(rand.Int64(), 10))
	descriptor := "/proc/self/fd/" + strconv.Itoa(int(file.Fd()))
	if err := unix.Linkat(unix.AT_FDCWD, descriptor, unix.AT_FDCWD, name, unix.AT_SYMLINK_FOLLOW); err != nil {
		return err
	}
	if err := os.Rename(name, path); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	syncFolder(dir)
	return nil
}

// syncFolder brings the new name to the disk. Some file systems cannot do that for
// folders; the name is there all the same.
func syncFolder(dir string) {
	if folder, err := os.Open(dir); err == nil {
		_ = folder.Sync()
		folder.Close()
	}
}

// unnamed opens a file in a folder that has no name there.
func unnamed(dir string) (*os.File, error) {
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, perm)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), dir), nil
}

// scratch opens a file in a folder for trial, without a name where that works; remove
// closes and removes it.
func scratch(dir string) (file *os.File, remove func(), err error) {
	if file, err = unnamed(dir); err != nil {
		return scratchNamed(dir)
	}
	return file, func() { file.Close() }, nil
}

// Package outputs guards the files that a command writes. Check refuses at the start
// what would fail or destroy something at the end, Reserve tries whether the disk has
// room, Replace writes a file as a whole or not at all, Save names a second place if
// even that fails, and a Lock keeps a file to one run.
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

// File is a file or folder that a command reads or writes.
type File struct {
	Flag string // what names it in messages, such as --out, MODEL or the data
	Path string
}

// Named returns the files that a flag names; "" is none.
func Named(flag string, paths ...string) []File {
	var files []File
	for _, path := range paths {
		if path != "" {
			files = append(files, File{flag, path})
		}
	}
	return files
}

// Check reports what stands against writing files at the end of a command. Two of
// them that are one file, one that is also read, and one that is no regular file (a
// link, a device, a FIFO, a socket) are a usage.Error. A folder that is not there,
// that nothing can be written in, or whose disk is full is any other error.
func Check(written, read []File) error {
	for i, file := range written {
		if err := apart(file, written[:i], read); err != nil {
			return err
		}
		if err := checkKind(file.Path); err != nil {
			return inFlag(file, err)
		}
	}
	for _, file := range written {
		if err := Reserve(Need{file, block}); err != nil {
			return err
		}
	}
	return nil
}

// apart reports whether a file to write is also one of the others.
func apart(file File, written, read []File) error {
	for _, other := range written {
		if same(file.Path, other.Path) {
			return usage.Errorf("%s and %s name the same file, %s: give them different names", other.Flag, file.Flag, file.Path)
		}
	}
	for _, other := range read {
		if !same(file.Path, other.Path) && !among(file.Path, other.Path) {
			continue
		}
		what := "what " + other.Flag + " reads"
		if argument := !strings.HasPrefix(other.Flag, "-"); argument {
			what = "the " + strings.TrimPrefix(other.Flag, "the ")
		}
		return usage.Errorf("%s %s would overwrite %s: give another name", file.Flag, file.Path, what)
	}
	return nil
}

// checkKind reports what can be at the place of a file and must not be replaced.
func checkKind(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return checkFolder(path)
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s is a folder, want the name of a file", path)
	case info.Mode()&fs.ModeSymlink != 0:
		return usage.Errorf("%s is a link: name the file itself, or remove the link", path)
	case !info.Mode().IsRegular():
		return usage.Errorf("%s is %s, want the name of a file: a whole file takes its place", path, kindOf(info.Mode()))
	}
	return nil
}

// checkFolder reports that the folder of a file is not there.
func checkFolder(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: there is no folder %s to write it in", path, filepath.Dir(path))
	}
	if strings.HasSuffix(path, string(filepath.Separator)) || path == "" {
		return fmt.Errorf("got %q, want the name of a file", path)
	}
	return nil
}

// kindOf names what is neither a file nor a folder nor a link.
func kindOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a FIFO"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "no regular file"
}

// inFlag puts the flag in front of an error.
func inFlag(file File, err error) error { return fmt.Errorf("%s: %w", file.Flag, err) }

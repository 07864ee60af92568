package own

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/idx"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// kind is how data are read.
type kind int

const (
	folderKind kind = iota
	idxFolderKind
	idxKind
	npzKind
	tableKind
)

// tableEndings end the names of tables, which may be packed.
var tableEndings = []string{".csv", ".tsv", ".tab", ".txt", ".dat", ".data"}

// IsNumbers reports whether a file has the name of a table or of arrays.
func IsNumbers(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return strings.HasSuffix(name, ".npz") || isTable(name)
}

// isTable reports whether a file has the name, in small letters, of a table, packed or
// not.
func isTable(name string) bool {
	packed := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zip")
	return slices.Contains(tableEndings, filepath.Ext(packed))
}

// Heeds reports whether data at a path heed a flag that says how data are read: skip-bad,
// no-cache, pixels, invert, transpose or label-column. What cannot be read heeds all:
// reading it says why.
func Heeds(path, flag string) bool {
	kind, err := kindOf(path)
	switch {
	case err != nil:
		return true
	case flag == "skip-bad" || flag == "no-cache":
		return kind == folderKind
	case flag == "label-column":
		return kind == tableKind
	}
	return kind != folderKind
}

// kindOf returns the kind of data at a path, told by its name or by its first bytes.
func kindOf(path string) (kind, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return 0, err
	case info.IsDir():
		files, err := idx.Find(os.DirFS(path))
		if err != nil {
			return 0, fmt.Errorf("%s: %w", path, err)
		}
		if files.TrainImages == "" && files.TestImages == "" {
			return folderKind, nil
		}
		return idxFolderKind, nil
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%s: got %s, want a folder or a file", path, modeName(info.Mode()))
	}
	name := strings.ToLower(filepath.Base(path))
	switch _, isIDX := idx.ParseName(name); {
	case isIDX:
		return idxKind, nil
	case strings.HasSuffix(name, ".npz"):
		return npzKind, nil
	case isTable(name):
		return tableKind, nil
	}
	return kindByContent(path)
}

// kindByContent returns the kind of a file by its first bytes, for names that say
// nothing.
func kindByContent(path string) (kind, error) {
	file, size, err := openRegular(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	start := make([]byte, 512)
	n, err := io.ReadFull(file, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	start = start[:n]
	switch {
	case bytes.HasPrefix(start, []byte{0, 0, 8}):
		return idxKind, nil
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return kindInZip(path, file, size)
	case isText(start):
		return tableKind, nil
	case picture.Begins(start):
		return 0, fmt.Errorf("%s: got one picture, want a folder with a folder of pictures for each class", path)
	}
	if err := Other(path, start); err != nil {
		return 0, err
	}
	return 0, fmt.Errorf("%s: got an unknown file, want a folder of pictures, a table (.csv), an .npz file, or an IDX file", path)
}

// Other returns an error that says what a file is that begins so, where it is of a kind that
// data come in and that is not read; else nil.
func Other(path string, start []byte) error {
	for magic, is := range otherKinds {
		if bytes.HasPrefix(start, []byte(magic)) {
			return fmt.Errorf("%s: got %s", path, is)
		}
	}
	return nil
}

// otherKinds are the first bytes of files that data come in and that are not read, what
// they are, and what is wanted.
var otherKinds = map[string]string{
	"\x89INK":      "a model, want data: a folder of pictures, a table (.csv), an .npz file, or an IDX file",
	"\x93NUMPY":    "one array, want images and labels in one file: np.savez(\"data.npz\", x_train=x, y_train=y)",
	"\x89HDF\r\n":  "an HDF5 file, want an .npz file of its arrays: np.savez(\"data.npz\", x_train=x, y_train=y)",
	"MATLAB 5.0":   "a MATLAB file, want an .npz file of its arrays: np.savez(\"data.npz\", x_train=x, y_train=y)",
	"\x80\x02":     pickled,
	"\x80\x03":     pickled,
	"\x80\x04":     pickled,
	"\x80\x05":     pickled,
	"PAR1":         "a Parquet file, want a table: df.to_csv(\"data.csv\", index=False)",
	"\x1f\x8b":     "a packed file, want it unpacked",
	"7z\xbc\xaf":   "an archive, want it unpacked: give its folder",
	"Rar!":         "an archive, want it unpacked: give its folder",
	"BZh":          "a packed file, want it unpacked",
	"\xfd7zXZ\x00": "a packed file, want it unpacked",
}

// pickled is what a pickle is called.
const pickled = "Python objects (pickle), want an .npz file of the arrays: np.savez(\"data.npz\", x_train=x, y_train=y)"

// isText reports whether a file may be a table: it begins with a line of several
// fields.
func isText(start []byte) bool {
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	return len(start) > 0 && !bytes.ContainsFunc(start, func(c rune) bool { return c < ' ' && c != '\t' && c != '\r' && c != '\n' }) &&
		bytes.ContainsAny(start, ",;\t |") && start[0] != '<' && start[0] != '{' && start[0] != '['
}

// kindInZip tells an archive of arrays from a packed table; pictures have to be
// unpacked.
func kindInZip(path string, r io.ReaderAt, size int64) (kind, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	for _, file := range archive.File {
		switch ext := strings.ToLower(filepath.Ext(file.Name)); {
		case ext == ".npy":
			return npzKind, nil
		case slices.Contains(tableEndings, ext):
			return tableKind, nil
		}
	}
	return 0, fmt.Errorf("%s: got an archive without a table or arrays, want it unpacked: give its folder", path)
}

// modeName returns what a file that is no regular one is called in messages.
func modeName(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}

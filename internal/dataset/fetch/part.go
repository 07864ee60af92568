package fetch

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
)

// part is a download that is not finished: PATH, the bytes so far, and beside it
// PATH.from, two lines: the address they came from and what names that version
// there (a strong ETag, or else Last-Modified; may be empty).
type part struct{ path string }

// notes returns the path of the second file.
func (p part) notes() string { return p.path + ".from" }

// size returns the number of bytes so far, 0 if there is no file.
func (p part) size() int64 {
	info, err := os.Stat(p.path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// resume returns where to go on from this address and the version that must
// still be there; 0 if the bytes came from elsewhere.
func (p part) resume(url string) (from int64, validator string) {
	notes, err := os.ReadFile(p.notes())
	if err != nil {
		return 0, ""
	}
	address, validator, _ := strings.Cut(strings.TrimSuffix(string(notes), "\n"), "\n")
	if address != url {
		return 0, ""
	}
	return p.size(), validator
}

// open returns the file, cut to the byte from and ready to go on there, and notes
// which answer fills a new one.
func (p part) open(url string, header http.Header, from int64) (*os.File, error) {
	file, err := os.OpenFile(p.path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err = file.Truncate(from); err == nil {
		_, err = file.Seek(from, io.SeekStart)
	}
	if err == nil && from == 0 {
		err = os.WriteFile(p.notes(), []byte(url+"\n"+version(header)+"\n"), 0o644)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// version returns the value that If-Range may carry for this answer (RFC 9110, 13.1.5).
func version(header http.Header) string {
	if tag := header.Get("ETag"); tag != "" && !strings.HasPrefix(tag, "W/") {
		return tag
	}
	return header.Get("Last-Modified")
}

// finish gives the file its name.
func (p part) finish(path string) error {
	if err := os.Rename(p.path, path); err != nil {
		return err
	}
	return ignoreMissing(os.Remove(p.notes()))
}

// remove deletes the files of the part.
func (p part) remove() error {
	return errors.Join(ignoreMissing(os.Remove(p.path)), ignoreMissing(os.Remove(p.notes())))
}

// ignoreMissing returns err, or nil if it says that a file is not there.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

package outputs

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// same reports whether two paths name one file: by the same or another path, by a
// link, or because the file system takes two names for one, as many do with letters
// of different case.
func same(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	if errA == nil || errB == nil {
		return errA == nil && errB == nil && os.SameFile(infoA, infoB)
	}
	dirA, errA := os.Stat(filepath.Dir(a))
	dirB, errB := os.Stat(filepath.Dir(b))
	if errA != nil || errB != nil || !os.SameFile(dirA, dirB) {
		return filepath.Clean(a) == filepath.Clean(b)
	}
	return sameName(filepath.Dir(a), filepath.Base(a), filepath.Base(b))
}

// sameName reports whether a folder takes two names, of which neither is there, for
// one. It asks the file system: a file is made under a name that ends in a, and looked
// for under the name that ends in b.
func sameName(dir, a, b string) bool {
	if a == b {
		return true
	}
	prefix := filepath.Join(dir, ".inkling-"+strconv.FormatUint(rand.Uint64(), 36)+"-")
	file, err := os.OpenFile(prefix+a, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return strings.EqualFold(a, b)
	}
	defer os.Remove(prefix + a)
	file.Close()
	_, err = os.Lstat(prefix + b)
	return err == nil
}

// among reports whether a file that is there belongs to the data in a folder: it lies
// in a folder below, as pictures do in those of their classes, or is an IDX file.
func among(path, folder string) bool {
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return false
	}
	if _, err := os.Stat(path); err != nil {
		return false
	}
	depth, inside := below(filepath.Dir(path), folder)
	return inside && (depth > 0 || strings.Contains(filepath.Base(path), "-ubyte"))
}

// below reports whether a folder is another one or lies below it, and how deep; links
// are followed.
func below(dir, top string) (depth int, inside bool) {
	want, err := os.Stat(top)
	if err != nil {
		return 0, false
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return 0, false
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return 0, false
	}
	for {
		if info, err := os.Stat(dir); err == nil && os.SameFile(info, want) {
			return depth, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return 0, false
		}
		dir, depth = parent, depth+1
	}
}

// Outside reports whether a file lies outside of all of these folders; links are
// followed.
func Outside(path string, folders ...string) bool {
	for _, folder := range folders {
		if _, inside := below(filepath.Dir(path), folder); inside {
			return false
		}
	}
	return true
}

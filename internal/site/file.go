package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"path"
	"slices"
	"strings"
)

// hashLength is the number of base32 characters (five bits each) of a content
// hash in a name, the same as esbuild's own.
const hashLength = 8

// A File is one file of a site.
type File struct {
	Path string // below the site's folder, with slashes
	Data []byte
}

// Hash returns the content hash of data: the first 40 bits of its SHA-256.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return base32.StdEncoding.EncodeToString(sum[:])[:hashLength]
}

// Named returns a file with the hash of its content in its name: models/a.ink
// becomes models/a-ABCD2345.ink.
func Named(name string, data []byte) File {
	ext := path.Ext(name)
	return File{strings.TrimSuffix(name, ext) + "-" + Hash(data) + ext, data}
}

// sorted sorts files by path, so that a site does not depend on the order in
// which its parts were ready.
func sorted(files []File) []File {
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// find returns the content of the file at path, or nil.
func find(files []File, path string) []byte {
	for _, f := range files {
		if f.Path == path {
			return f.Data
		}
	}
	return nil
}

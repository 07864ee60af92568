package main

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

// A file is one file of the site.
type file struct {
	path string // below dist/, with slashes
	data []byte
}

// hashOf returns the content hash of data: the first 40 bits of its SHA-256.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return base32.StdEncoding.EncodeToString(sum[:])[:hashLength]
}

// named returns a file with the hash of its content in its name: models/a.ink
// becomes models/a-ABCD2345.ink.
func named(name string, data []byte) file {
	ext := path.Ext(name)
	return file{strings.TrimSuffix(name, ext) + "-" + hashOf(data) + ext, data}
}

// sorted sorts files by path, so that a build does not depend on the order in
// which its parts were ready.
func sorted(files []file) []file {
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	return files
}

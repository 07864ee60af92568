// Package unzip reads the members of a small zip archive, never more than the
// archive could honestly hold.
package unzip

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
)

// Factor bounds what all members of an archive hold together: this many times the
// archive's own size. No deflated byte makes more than 1032 (zlib's Technical
// Details), so that only members that share their bytes, as zip bombs' do, exceed it.
const Factor = 1032

// Member is a file of an archive.
type Member struct {
	Name string
	Data []byte
}

// All returns the members in the archive's order, without folders. Errors are those
// of archive/zip, or say which member is larger than it says or than [Factor] allows.
func All(data []byte) ([]Member, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	left := uint64(len(data)) * Factor
	var members []Member
	for _, file := range archive.File {
		if file.FileInfo().IsDir() {
			continue
		}
		if file.UncompressedSize64 > left || file.UncompressedSize64 > file.CompressedSize64*Factor {
			return nil, fmt.Errorf("zip: %s: header says %d bytes, the archive has %d", file.Name, file.UncompressedSize64, len(data))
		}
		left -= file.UncompressedSize64
		content, err := read(file)
		if err != nil {
			return nil, fmt.Errorf("zip: %s: %w", file.Name, err)
		}
		members = append(members, Member{file.Name, content})
	}
	return members, nil
}

// read returns a member's content; archive/zip checks its length and checksum.
func read(file *zip.File) ([]byte, error) {
	r, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content := bytes.NewBuffer(make([]byte, 0, file.UncompressedSize64+bytes.MinRead))
	_, err = io.Copy(content, r)
	return content.Bytes(), err
}

package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"strings"
	"time"
)

// entry is one file of an archive.
type entry struct {
	name string
	mode fs.FileMode
	data []byte
}

// pack returns the archive for a platform and its name. The files lie in one folder
// with the name of the archive.
func pack(platform, version string, at time.Time, entries []entry) (name string, archive []byte, err error) {
	folder := "inkling-" + version + "-" + strings.ReplaceAll(platform, "/", "-")
	var out bytes.Buffer
	if strings.HasPrefix(platform, "windows/") {
		err = writeZip(&out, folder, at, entries)
		return folder + ".zip", out.Bytes(), err
	}
	err = writeTar(&out, folder, at, entries)
	return folder + ".tar.gz", out.Bytes(), err
}

// writeTar writes entries as .tar.gz. The files belong to no user of this machine.
func writeTar(w io.Writer, folder string, at time.Time, entries []entry) error {
	packed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(packed)
	for _, e := range entries {
		head := &tar.Header{
			Typeflag: tar.TypeReg, Name: folder + "/" + e.name, Mode: int64(e.mode), Size: int64(len(e.data)), ModTime: at, Format: tar.FormatUSTAR,
		}
		if err := archive.WriteHeader(head); err != nil {
			return err
		}
		if _, err := archive.Write(e.data); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), packed.Close())
}

// writeZip writes entries as .zip.
func writeZip(w io.Writer, folder string, at time.Time, entries []entry) error {
	archive := zip.NewWriter(w)
	for _, e := range entries {
		head := &zip.FileHeader{Name: folder + "/" + e.name, Method: zip.Deflate, Modified: at}
		head.SetMode(e.mode)
		file, err := archive.CreateHeader(head)
		if err != nil {
			return err
		}
		if _, err := file.Write(e.data); err != nil {
			return err
		}
	}
	return archive.Close()
}

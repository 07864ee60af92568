package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// at is the time of all files.
var at = time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)

// files are the contents of the archives in the tests.
var files = []entry{{"inkling", 0o755, []byte("program")}, {"LICENSE", 0o644, []byte("text")}}

// line returns a description of a file in an archive.
func line(name string, mode any, changed time.Time, content io.Reader) string {
	data, _ := io.ReadAll(content)
	return fmt.Sprintf("%s %v %s %s\n", name, mode, changed.UTC().Format(time.DateOnly), data)
}

func TestPackTar(t *testing.T) {
	name, archive, err := pack("linux/arm64", "v1.2.0", at, files)
	if want := "inkling-v1.2.0-linux-arm64.tar.gz"; name != want || err != nil {
		t.Fatalf("got %q, %v, want %q", name, err, want)
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for r := tar.NewReader(unpacked); ; {
		head, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got.WriteString(line(head.Name, head.FileInfo().Mode(), head.ModTime, r))
	}
	want := "inkling-v1.2.0-linux-arm64/inkling -rwxr-xr-x 2026-11-26 program\n" +
		"inkling-v1.2.0-linux-arm64/LICENSE -rw-r--r-- 2026-11-26 text\n"
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestPackZip(t *testing.T) {
	name, archive, err := pack("windows/amd64", "v1.2.0", at, files)
	if want := "inkling-v1.2.0-windows-amd64.zip"; name != want || err != nil {
		t.Fatalf("got %q, %v, want %q", name, err, want)
	}
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, f := range r.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got.WriteString(line(f.Name, f.Mode(), f.Modified, content))
	}
	want := "inkling-v1.2.0-windows-amd64/inkling -rwxr-xr-x 2026-11-26 program\n" +
		"inkling-v1.2.0-windows-amd64/LICENSE -rw-r--r-- 2026-11-26 text\n"
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestPackRepeats(t *testing.T) {
	for _, platform := range platforms {
		_, first, err := pack(platform, "v1", at, files)
		if err != nil {
			t.Fatal(err)
		}
		if _, second, _ := pack(platform, "v1", at, files); !bytes.Equal(first, second) {
			t.Errorf("%s: got other bytes for the same files", platform)
		}
	}
}

func TestRunRefusesVersion(t *testing.T) {
	for _, version := range []string{"", "v1 2", "../v1", "-v1"} {
		if err := run(version, at, t.TempDir()); err == nil || !strings.Contains(err.Error(), "-version") {
			t.Errorf("%q: got %v, want an error that names -version", version, err)
		}
	}
}

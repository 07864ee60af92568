// Command release builds the command inkling for all platforms and packs it.
//
//	release -version v1.2.0 -time 1764115200 [-out release]
//
// The folder then holds inkling-VERSION-OS-ARCH.tar.gz, for Windows .zip, each with
// the command with the page in it (internal/site/page.zip, from "go run ./build page"),
// the licences and the documents, and SHA256SUMS for sha256sum -c. The same sources,
// version, time and Go give the same bytes on any machine.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// platforms are those of a release, GOOS/GOARCH.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

// documents go into every archive.
var documents = []string{"LICENSE", "THIRD_PARTY.md", "README.md", "CHANGELOG.md"}

// versionName matches what a version may be called: it becomes part of file names.
var versionName = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+-]*$`)

func main() {
	version := flag.String("version", "", "name of the release, such as v1.2.0")
	seconds := flag.Int64("time", 0, "time of all files in the archives, in seconds since 1970")
	out := flag.String("out", "release", "folder to write, replaced if it is there")
	flag.Parse()
	if err := run(*version, time.Unix(*seconds, 0).UTC(), *out); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// run writes all archives and their checksums.
func run(version string, at time.Time, out string) error {
	if !versionName.MatchString(version) {
		return fmt.Errorf("-version: got %q, want letters, digits, dots and dashes, such as v1.2.0", version)
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	entries, err := readDocuments()
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, platform := range platforms {
		command, err := compile(platform, version)
		if err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
		name, archive, err := pack(platform, version, at, append([]entry{command}, entries...))
		if err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
		if err := os.WriteFile(filepath.Join(out, name), archive, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive), name)
		fmt.Printf("%-40s %9d bytes\n", name, len(archive))
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// readDocuments reads the documents that go into every archive.
func readDocuments() ([]entry, error) {
	var all []entry
	for _, name := range documents {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, entry{name, 0o644, data})
	}
	return all, nil
}

// compile builds the command for a platform. The binary holds no paths of this
// machine, no symbol table and no build id.
func compile(platform, version string) (entry, error) {
	dir, err := os.MkdirTemp("", "inkling-release-")
	if err != nil {
		return entry{}, err
	}
	defer os.RemoveAll(dir)
	goos, goarch, _ := strings.Cut(platform, "/")
	name := "inkling"
	if goos == "windows" {
		name += ".exe"
	}
	path := filepath.Join(dir, name)
	cmd := exec.Command("go", "build", "-tags", "inklingpage", "-trimpath", "-buildvcs=false",
		"-ldflags=-s -w -buildid= -X main.release="+version, "-o", path, "./train")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return entry{}, fmt.Errorf("go build ./train: %w\n%s", err, out)
	}
	data, err := os.ReadFile(path)
	return entry{name, 0o755, data}, err
}

package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// weight is the size of one file on its way to a browser, in bytes.
type weight struct {
	path              string
	raw, gzip, brotli int
}

// runSize prints the sizes of the site's files and fails if the first answer needs
// more than s.limit kB. If this Go refuses a size flag, it only prints.
func runSize(ctx context.Context, s settings, stdout io.Writer) error {
	first, rest, err := weigh(s.out)
	if err != nil {
		return err
	}
	total := report(stdout, first, rest)
	tools, err := probe(ctx, s.root, sizeFlags)
	if err != nil {
		return err
	}
	return judge(stdout, total, s.limit, tools.refused)
}

// judge compares total, in bytes of brotli, with a limit in kB of 1,000 bytes.
func judge(stdout io.Writer, total, limit int, refused []sizeFlag) error {
	if total <= limit*1000 {
		fmt.Fprintf(stdout, "\nfirst answer: %.1f kB brotli, at most %d kB\n", float64(total)/1000, limit)
		return nil
	}
	if len(refused) > 0 {
		fmt.Fprintf(stdout, "\nfirst answer: %.1f kB brotli, above %d kB, as this Go refuses %v\n", float64(total)/1000, limit, refused)
		return nil
	}
	return fmt.Errorf("size: first answer: %.1f kB brotli, want at most %d kB", float64(total)/1000, limit)
}

// fetched matches, in sw.js, the names of the files that the page's first script asks for:
// Go's worker, the binary and the model. sw.js names no others of their kinds.
var fetched = regexp.MustCompile(`"(worker-[^"]+|[^"]+\.(?:wasm|ink))"`)

// weigh returns the weights of a site's files: first those that the first answer
// needs (the page, what its tags ask for and what its first script does, in that
// order), then the rest.
func weigh(dir string) (first, rest []weight, err error) {
	site := os.DirFS(dir)
	html, err := fs.ReadFile(site, pageName)
	if err != nil {
		return nil, nil, fmt.Errorf("size: %w; make dist builds the site", err)
	}
	kept, err := fs.ReadFile(site, serviceWorkerName)
	if err != nil {
		return nil, nil, fmt.Errorf("size: %w; make dist builds the site", err)
	}
	needed := append([]string{pageName}, critical(string(html))...)
	for _, m := range fetched.FindAllSubmatch(kept, -1) {
		needed = append(needed, string(m[1]))
	}
	for _, name := range needed {
		if !serve.IsFile(site, name) {
			return nil, nil, fmt.Errorf("size: %s: refers to %s: no such file; make dist builds the site", pageName, name)
		}
		first = append(first, weighFile(site, name))
	}
	err = fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !slices.Contains(needed, name) && serve.Serves(name) {
			rest = append(rest, weighFile(site, name))
		}
		return err
	})
	return first, rest, err
}

// critical returns the files that the page's tags ask for before it can answer:
// styles, scripts and preloads, each once.
func critical(html string) []string {
	var all []string
	for _, m := range reference.FindAllStringSubmatch(html, -1) {
		tag := m[1]
		asks := strings.HasPrefix(tag, "<script") || strings.Contains(tag, "stylesheet") || strings.Contains(tag, "preload")
		if asks && !slices.Contains(all, m[2]) {
			all = append(all, m[2])
		}
	}
	return all
}

// weighFile returns the sizes of a file and its compressed forms. A file without
// a compressed form is sent as it is.
func weighFile(site fs.FS, name string) weight {
	raw := bytesOf(site, name, 0)
	return weight{name, raw, bytesOf(site, name+".gz", raw), bytesOf(site, name+".br", raw)}
}

// bytesOf returns the length of a file, or otherwise if there is no such file.
func bytesOf(site fs.FS, name string, otherwise int) int {
	info, err := fs.Stat(site, name)
	if err != nil {
		return otherwise
	}
	return int(info.Size())
}

// report prints both tables and returns the total of the first one in brotli.
func report(stdout io.Writer, first, rest []weight) int {
	fmt.Fprintf(stdout, "%-36s %9s %9s %9s\n", "needed for the first answer, bytes", "raw", "gzip", "brotli")
	sum := weight{path: "total"}
	for _, w := range first {
		w.print(stdout)
		sum.raw, sum.gzip, sum.brotli = sum.raw+w.raw, sum.gzip+w.gzip, sum.brotli+w.brotli
	}
	sum.print(stdout)
	fmt.Fprintf(stdout, "\nnot needed for it\n")
	for _, w := range rest {
		w.print(stdout)
	}
	return sum.brotli
}

func (w weight) print(stdout io.Writer) {
	fmt.Fprintf(stdout, "%-36s %9d %9d %9d\n", w.path, w.raw, w.gzip, w.brotli)
}

// Command build makes the site and serves it.
//
//	build [dist]   web/, wasm/ and index.html become the finished site in dist/
//	build serve    serves that folder on this machine
//	build page     writes what sites share into one file, which becomes part of the command
//	build size     prints what the first answer weighs
//	build test-web runs the tests of web/, *.test.ts, by node
//
// # The way of a build
//
//	wasm/ -- compile --> inkling-HASH.wasm, pictures-HASH.wasm
//	web/worker/main.ts, web/page/main.ts, web/style.css -- bundle --> worker-HASH.js, main-HASH.js, style-HASH.css, ...
//	web/boot/main.ts, icons, manifest.webmanifest, index.html -- page --> references rewritten, the script in the page
//	web/sw/main.ts -- bundle --> sw.js
//	web/element/index.ts -- bundle --> element/
//	these, the shell, and web/models/ -- internal/site --> models/NAME-HASH.ink, and what index.html and sw.js say of them
//	every file -- compress --> FILE.br, FILE.gz
//	a temporary folder -- publish --> dist/
//
// A file is named after its content, so that browsers may keep it for ever;
// index.html, sw.js, manifest.webmanifest and element/ keep their names. The same
// sources and the same Go give the same bytes. A failed build leaves the last
// good dist/ as it was.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/seed-c844a918/inkling/internal/site"
)

const usage = `usage: build [VERB] [flags]

  dist    build the site (also without a verb)
          --out DIR       folder to write (default dist)
          --tags LIST     further Go build tags for the wasm binary
  serve   serve the site; Ctrl-C stops
          --addr ADDR     host:port (default 127.0.0.1:8080; port 0 takes a free one)
          --out DIR       folder to serve (default dist)
          --build         build it first
          --watch         build beside it, rebuild what changes, reload open pages
          --tags LIST     as above
  page    write what all sites share into one file, for go build -tags inklingpage
          --out FILE      (default internal/site/page.zip)
          --limit KB      fail above this many kB (default 1500)
          --tags LIST     as above
  size    print what the first answer weighs, fail above the limit
          --out DIR       folder to weigh (default dist)
          --limit KB      brotli, in kB of 1,000 bytes (default 400)
  test-web  run the tests of web/, *.test.ts; needs node

Results go to standard output, progress to standard error.
Exit status: 0, 1 (failure), 2 (usage).
`

// errUsage marks mistakes in the command line: exit status 2.
var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(exitStatus(err))
}

// exitStatus returns 0 for no error, 2 for a mistake in the command line and 1
// for any other error.
func exitStatus(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		return 2
	}
	return 1
}

// settings are the flags of all verbs.
type settings struct {
	root  string // folder of go.mod, absolute
	out   string // finished site, absolute
	tags  string // further Go build tags, comma-separated
	addr  string // host:port
	build bool   // serve: build first
	watch bool   // serve: rebuild and reload
	limit int    // size, page: kB of 1,000 bytes
}

// run carries out one command line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	verb := "dist"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		verb, args = args[0], args[1:]
	}
	if verb == "help" {
		_, err := io.WriteString(stdout, usage)
		return err
	}
	s, err := parse(verb, args)
	if errors.Is(err, flag.ErrHelp) {
		_, err := io.WriteString(stdout, usage)
		return err
	}
	if err != nil {
		return err
	}
	switch verb {
	case "serve":
		return runServe(ctx, s, stdout, stderr)
	case "page":
		return runPage(ctx, s, stderr)
	case "size":
		return runSize(ctx, s, stdout)
	case "test-web":
		return runTestWeb(ctx, s, stdout, stderr)
	}
	return runDist(ctx, s, stderr)
}

// parse reads the flags of a verb. Its errors match errUsage or flag.ErrHelp.
func parse(verb string, args []string) (settings, error) {
	var s settings
	fs := flag.NewFlagSet(verb, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	out := "dist"
	if verb == "page" {
		out = filepath.FromSlash("internal/site/page.zip")
	}
	fs.StringVar(&s.out, "out", out, "")
	switch verb {
	case "page":
		fs.StringVar(&s.tags, "tags", "", "")
		fs.IntVar(&s.limit, "limit", 1500, "")
	case "dist":
		fs.StringVar(&s.tags, "tags", "", "")
	case "serve":
		fs.StringVar(&s.tags, "tags", "", "")
		fs.StringVar(&s.addr, "addr", "127.0.0.1:8080", "")
		fs.BoolVar(&s.build, "build", false, "")
		fs.BoolVar(&s.watch, "watch", false, "")
	case "size":
		fs.IntVar(&s.limit, "limit", 400, "")
	case "test-web":
	default:
		return s, fmt.Errorf("%w: unknown verb %q; build -h lists dist, serve, page, size and test-web", errUsage, verb)
	}
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		return s, err
	} else if err != nil {
		return s, fmt.Errorf("%w: %s: %w; build -h lists the flags", errUsage, verb, err)
	}
	if fs.NArg() > 0 {
		return s, fmt.Errorf("%w: %s: unexpected argument %q; build -h lists the flags", errUsage, verb, fs.Arg(0))
	}
	return s, s.locate()
}

// locate finds the checkout that holds the working folder and makes the paths
// absolute. A relative --out counts from the working folder.
func (s *settings) locate() error {
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	s.root, err = checkout(wd)
	if err != nil {
		return err
	}
	s.out, err = filepath.Abs(s.out)
	return err
}

// checkout returns the nearest folder at or above dir that holds a go.mod.
func checkout(dir string) (string, error) {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d, nil
		}
		if d == filepath.Dir(d) {
			return "", fmt.Errorf("build: %s: no go.mod here or above; run it inside the checkout", dir)
		}
	}
}

// runDist builds the site and replaces the folder s.out with it.
func runDist(ctx context.Context, s settings, stderr io.Writer) error {
	b := builder{root: s.root, tags: s.tags, log: stderr}
	if err := site.CheckReplaceable(s.out); err != nil {
		return err
	}
	files, err := b.build(ctx)
	if err != nil {
		return err
	}
	start := time.Now()
	if files, err = site.Compress(ctx, files, site.Forms(s.out, files)); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%-10s in %.1f s\n", "compress", time.Since(start).Seconds())
	if err := site.Publish(s.out, files); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%-10s %s: %d files\n", "site", s.out, len(files))
	return nil
}

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/seed-c844a918/inkling/internal/browser"
)

// checkout is the folder of go.mod, as seen from this one.
const checkout = "../.."

// panicTags build a site whose Go can be made to panic, see wasm/crash.go.
const panicTags = "inklingpanic"

// tabs is the number of tests that run at the same time; tabs wait for frames, not for
// processors.
const tabs = 6

// workDir is the folder of the tests' commands and sites. TestMain removes it.
var workDir string

// atEnd holds functions that TestMain calls to end the browser and the servers.
var atEnd []func()

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	flag.Parse()
	flag.Set("test.parallel", strconv.Itoa(tabs))
	dir, err := os.MkdirTemp("", "inkling-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	workDir = dir
	defer os.RemoveAll(dir)
	defer func() {
		for _, end := range atEnd {
			end()
		}
	}()
	return m.Run()
}

// startBrowser starts the one browser that all tests share.
var startBrowser = sync.OnceValues(func() (context.Context, error) {
	path, err := browser.Find()
	if err != nil {
		return nil, err
	}
	ctx, end, err := browser.Start(context.Background(), path)
	if err == nil {
		atEnd = append(atEnd, end)
	}
	return ctx, err
})

// buildCommand compiles the command build and returns its path.
var buildCommand = sync.OnceValues(func() (string, error) {
	path := filepath.Join(workDir, "build")
	return path, command("go", "build", "-o", path, "./build")
})

// inklingCommand compiles the command inkling and returns its path.
var inklingCommand = sync.OnceValues(func() (string, error) {
	path := filepath.Join(workDir, "inkling")
	return path, command("go", "build", "-o", path, "./train")
})

// inklingWithPage compiles the command inkling with the page in it, as make inkling
// does, and returns its path.
var inklingWithPage = sync.OnceValues(func() (string, error) {
	build, err := buildCommand()
	if err != nil {
		return "", err
	}
	page, path := filepath.Join(workDir, "page.zip"), filepath.Join(workDir, "inkling-with-page")
	if err := command(build, "page", "--out", page); err != nil {
		return "", err
	}
	root, err := filepath.Abs(checkout)
	if err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, "internal", "site", "page.zip"): page}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(workDir, "overlay.json"), overlay, 0o644); err != nil {
		return "", err
	}
	return path, command("go", "build", "-tags", "inklingpage", "-overlay", filepath.Join(workDir, "overlay.json"), "-o", path, "./train")
})

// finishedSite builds and serves the site and returns its address. panickingSite
// does the same with panicTags.
var (
	finishedSite  = sync.OnceValues(func() (*url.URL, error) { return buildAndServe("dist", "") })
	panickingSite = sync.OnceValues(func() (*url.URL, error) { return buildAndServe("dist-panic", panicTags) })
)

// command runs a program in the checkout. An error holds what the program printed.
func command(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = checkout
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, bytes.TrimSpace(out))
	}
	return nil
}

// buildAndServe builds the site into a folder of workDir and serves it with the
// project's own server.
func buildAndServe(name, tags string) (*url.URL, error) {
	build, err := buildCommand()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(workDir, name)
	if err := command(build, "dist", "--out", dir, "--tags", tags); err != nil {
		return nil, err
	}
	address, stop, err := serve(build, dir)
	if err == nil {
		atEnd = append(atEnd, stop)
	}
	return address, err
}

// serve starts the server on a free port. It returns the address that the server
// prints, and a function that stops it.
func serve(build, dir string) (*url.URL, func(), error) {
	cmd := exec.Command(build, "serve", "--out", dir, "--addr", "127.0.0.1:0")
	cmd.Dir = checkout
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, nil, err
	}
	stop := func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		stop()
		return nil, nil, fmt.Errorf("build serve: %w\n%s", err, stderr.String())
	}
	address, err := url.Parse(strings.Fields(line)[0])
	return address, stop, err
}

// get returns what make returns, or fails the test. It first skips the test if there
// is no browser, so that nothing is built in vain.
func get[T any](t testing.TB, make func() (T, error)) T {
	t.Helper()
	browser.Path(t)
	thing, err := make()
	if err != nil {
		t.Fatal(err)
	}
	return thing
}

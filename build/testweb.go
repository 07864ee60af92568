package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// noPage stands for the page that tests run without: of all its elements it has its root
// and the one that says what the site holds, which is nothing.
const noPage = "globalThis.document = { documentElement: { dataset: {} }, " +
	"getElementById: () => ({ textContent: '{\"models\": {}}' }) };"

// runTestWeb bundles the tests of web/ into a temporary folder and runs them with node.
func runTestWeb(ctx context.Context, s settings, stdout, stderr io.Writer) error {
	dir, err := os.MkdirTemp("", "inkling-test-web-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := bundleTests(s.root, dir); err != nil {
		return err
	}
	node := exec.CommandContext(ctx, "node", "--enable-source-maps", "--test", "--test-reporter=dot")
	node.Dir, node.Stdout, node.Stderr = dir, stdout, stderr
	err = node.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("test-web: no node on the PATH; install Node.js from nodejs.org")
	}
	if err != nil {
		return fmt.Errorf("test-web: node --test: %w", err)
	}
	return nil
}

// bundleTests writes one script for node per test of web/ into dir, with the
// modules that the test imports. Tests find the checkout in INKLING_ROOT.
func bundleTests(root, dir string) error {
	tests, err := webTests(root)
	if err != nil {
		return err
	}
	return buildError(api.Build(api.BuildOptions{
		AbsWorkingDir: root,
		EntryPoints:   tests,
		Outdir:        dir,
		OutExtension:  map[string]string{".js": ".mjs"},
		Bundle:        true,
		Write:         true,
		Platform:      api.PlatformNode,
		Format:        api.FormatESModule,
		Target:        api.ES2022,
		Sourcemap:     api.SourceMapInline,
		LogLevel:      api.LogLevelSilent,
		Banner:        map[string]string{"js": noPage},
		Define:        map[string]string{"INKLING_ROOT": fmt.Sprintf("%q", root)},
	}).Errors)
}

// webTests returns the tests of web/, relative to root.
func webTests(root string) ([]string, error) {
	var tests []string
	err := fs.WalkDir(os.DirFS(root), "web", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Name() == "node_modules" {
			return fs.SkipDir
		}
		if strings.HasSuffix(name, ".test.ts") {
			tests = append(tests, filepath.FromSlash(name))
		}
		return nil
	})
	if err == nil && len(tests) == 0 {
		err = errors.New("test-web: found no *.test.ts in web/")
	}
	return tests, err
}

package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Names in the folder that verb new makes.
const (
	newSite      = "site"
	workflowName = ".github/workflows/pages.yml"
)

// workflow publishes the site on GitHub Pages.
//
//go:embed pages.yml
var workflow []byte

// runNew makes a folder that is ready to be published. It writes a site with one
// model, replacing any older site, and the workflow that puts it on GitHub Pages,
// unless there is one. Everything else in the folder stays.
func runNew(ctx context.Context, s settings, stderr io.Writer) error {
	folder := s.out
	s.out = filepath.Join(folder, newSite)
	if err := runDist(ctx, s, stderr); err != nil {
		return err
	}
	path := filepath.Join(folder, filepath.FromSlash(workflowName))
	if _, err := os.Stat(path); os.IsNotExist(err) {
		if err := writeFile(path, workflow); err != nil {
			return fmt.Errorf("new: %w", err)
		}
	}
	fmt.Fprintf(stderr, "%-10s %s works on any static host; pushed to GitHub, %s publishes it\n", "new", s.out, workflowName)
	return nil
}

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// checkReplaceable returns an error if dir holds something other than a site,
// which publish would remove.
func checkReplaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("dist: %w", err)
	}
	for _, name := range []string{pageName, serviceWorkerName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("dist: %s: has files but no %s, so it is no site of this command; remove it or choose another --out", dir, name)
		}
	}
	return nil
}

// publish writes files to a new folder beside dir and then replaces dir with it,
// so that dir always holds a whole site.
func publish(dir string, files []file) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("dist: %w", err)
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-")
	if err != nil {
		return fmt.Errorf("dist: %w", err)
	}
	defer os.RemoveAll(fresh)
	for _, f := range files {
		if err := writeFile(filepath.Join(fresh, filepath.FromSlash(f.path)), f.data); err != nil {
			return fmt.Errorf("dist: %w", err)
		}
	}
	if err := os.Chmod(fresh, 0o755); err != nil {
		return fmt.Errorf("dist: %w", err)
	}
	return replaceDir(dir, fresh)
}

// writeFile writes data, making the folders above it.
func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// replaceDir renames fresh to dir and removes the old dir. If the renaming fails,
// it puts the old dir back.
func replaceDir(dir, fresh string) error {
	old := fresh + ".old"
	err := os.Rename(dir, old)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("dist: %w", err)
	}
	existed := err == nil
	if err := os.Rename(fresh, dir); err != nil {
		if existed {
			err = errors.Join(err, os.Rename(old, dir))
		}
		return fmt.Errorf("dist: %w", err)
	}
	return os.RemoveAll(old)
}

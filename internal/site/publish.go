package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// CheckReplaceable returns an error if dir holds something other than a site. What
// [Publish] keeps may lie beside the site.
func CheckReplaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) || err == nil && onlyKept(entries) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	for _, name := range []string{pageName, serviceWorkerName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("site: %s: has files but no %s, so it is no site of ours; empty it or choose another folder", dir, name)
		}
	}
	for _, e := range entries {
		if !isOurs(e) && !isKept(e) {
			return fmt.Errorf("site: %s: holds %s, which is no part of a site; move that away or choose another folder", dir, e.Name())
		}
	}
	return nil
}

// isKept reports whether an entry of a site's folder stays when the site is replaced:
// what belongs to git or a host.
func isKept(e os.DirEntry) bool {
	switch e.Name() {
	case ".git", ".gitignore", ".gitattributes", "CNAME", "README.md", "LICENSE":
		return true
	}
	return false
}

// onlyKept reports whether a folder holds nothing but what stays.
func onlyKept(entries []os.DirEntry) bool {
	for _, e := range entries {
		if !isKept(e) {
			return false
		}
	}
	return true
}

// isOurs reports whether an entry of a site's folder has the name of a site's file or
// folder.
func isOurs(e os.DirEntry) bool {
	switch name := e.Name(); name {
	case "models", "element", ".github", ".nojekyll", "_headers":
		return true
	default:
		plain := name
		if isForm(name) {
			plain = strings.TrimSuffix(name, filepath.Ext(name))
		}
		return serve.HashedName.MatchString(plain) || plain == pageName || plain == manifestName ||
			plain == serviceWorkerName || plain == notFoundName
	}
}

// Publish writes files to a new folder beside dir and then replaces dir with it,
// so that dir always holds a whole site. What belongs to git or a host, such as .git
// and CNAME, stays.
func Publish(dir string, files []File) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-")
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	defer os.RemoveAll(fresh)
	for _, f := range files {
		if err := writeFile(filepath.Join(fresh, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return fmt.Errorf("site: %w", err)
		}
	}
	if err := os.Chmod(fresh, 0o755); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	if err := replaceDir(dir, fresh); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return nil
}

// writeFile writes data, making the folders above it.
func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// replaceDir renames fresh to dir, moves what is kept from the old dir to it, and
// removes the old dir. If the renaming fails, it puts the old dir back.
func replaceDir(dir, fresh string) error {
	old := fresh + ".old"
	err := os.Rename(dir, old)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	existed := err == nil
	if err := os.Rename(fresh, dir); err != nil {
		if existed {
			err = errors.Join(err, os.Rename(old, dir))
		}
		return err
	}
	if !existed {
		return nil
	}
	entries, err := os.ReadDir(old)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if isKept(e) {
			if err := os.Rename(filepath.Join(old, e.Name()), filepath.Join(dir, e.Name())); err != nil {
				return fmt.Errorf("%w; the old site is in %s", err, old)
			}
		}
	}
	return os.RemoveAll(old)
}

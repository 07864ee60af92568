package site

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/serve"
)

// Write makes a site of the page that is part of the command and model files, and puts
// it into the folder dir. An older site there is replaced, anything else is an error.
// It returns a line that says what it has made.
func Write(ctx context.Context, dir string, models []string, o Options) (string, error) {
	place, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if err := CheckReplaceable(place); err != nil {
		return "", err
	}
	shell, forms, err := Embedded()
	if err != nil {
		return "", err
	}
	read, err := ReadModels(models)
	if err != nil {
		return "", err
	}
	files, err := Make(shell, read, o)
	if err != nil {
		return "", err
	}
	all, err := Compress(ctx, files, unchanged(files, shell, forms))
	if err != nil {
		return "", err
	}
	if err := Publish(place, all); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: a site that begins with model %s; inkling serve %s shows it", dir, read.defaultName, dir), nil
}

// unchanged returns the forms of the files that were made without a change.
func unchanged(files []File, shell Shell, forms []File) []File {
	var kept []File
	for _, f := range forms {
		name := strings.TrimSuffix(f.Path, brotliExt)
		if string(find(files, name)) == string(find(shell, name)) {
			kept = append(kept, f)
		}
	}
	return kept
}

// Forms returns the compressed forms in a folder that fit files: those beside a file of
// the same name and content. A folder that is not there has none.
func Forms(dir string, files []File) []File {
	var all []File
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if old, err := os.ReadFile(path); err != nil || string(old) != string(f.Data) {
			continue
		}
		for _, e := range serve.Encodings {
			if data, err := os.ReadFile(path + e.Ext); err == nil {
				all = append(all, File{f.Path + e.Ext, data})
			}
		}
	}
	return all
}

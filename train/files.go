package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/hdf5"
	"github.com/seed-c844a918/inkling/internal/model"
)

// maxModelFile bounds what is read as a model, in bytes.
const maxModelFile = 1 << 30

// readModel reads an .ink file.
func readModel(path string) (*model.Model, error) {
	data, err := bounded.ReadFile(path, maxModelFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; inkling fit writes models, web/models holds those of the page", err)
	}
	if err != nil {
		return nil, err
	}
	m, err := model.Decode(data)
	if err != nil && (hdf5.Is(data) || bytes.HasPrefix(data, []byte("PK"))) {
		return nil, fmt.Errorf("%s: got a file of Keras or NumPy, want an .ink file: inkling import makes one of it", path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// writeModel writes an .ink file to a temporary name and renames it, so that an
// older model is there until the new one is whole.
func writeModel(path string, m *model.Model) error {
	data, err := model.Encode(m)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return writeFile(path, data)
}

// canWrite reports early what writing a file at the end would stumble over: a
// folder that is not there, or a folder in its place.
func canWrite(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder, want the name of a file", path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: there is no folder %s to write it in", path, filepath.Dir(path))
	}
	return nil
}

// writeFile writes a file in one go: all of it or nothing.
func writeFile(path string, data []byte) error {
	return replaceFile(path, data)
}

// printJSON writes one value, indented.
func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/keras/saved"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/picture"
)

// maxModelFile bounds what is read as a model, in bytes.
const maxModelFile = 1 << 30

// readModel reads an .ink file that answers; an encoder is refused.
func readModel(path string) (*model.Model, error) {
	m, err := readInk(path)
	if err == nil && m.IsEncoder() {
		return nil, fmt.Errorf("%s: got an encoder, which knows no classes: inkling teach SET.json --encoder %[1]s makes a model of it", path)
	}
	return m, err
}

// readInk reads any .ink file.
func readInk(path string) (*model.Model, error) {
	data, err := bounded.ReadFile(path, maxModelFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; inkling fit writes models, web/models holds those of the page", err)
	}
	if err != nil {
		return nil, err
	}
	if picture.Begins(data) {
		return nil, fmt.Errorf("%s: got a picture, want an .ink file: the model comes first", path)
	}
	m, err := model.Decode(data)
	if err != nil && saved.Is(data) {
		return nil, fmt.Errorf("%s: %w", path, saved.ErrNotInk)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// writeModel writes an .ink file. An older model stays until the new one is complete.
func writeModel(path string, m *model.Model) error {
	data, err := model.Encode(m)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return writeFile(path, data)
}

// writeFile writes a file in one go, all of it or nothing; in another place, which the
// error names, if its own does not take it.
func writeFile(path string, data []byte) error { return outputs.Save(path, data) }

// canWrite returns an error early if a file cannot be written at the end, or if writing
// it would destroy one that is read.
func canWrite(cmd *cobra.Command, written []outputs.File, read ...outputs.File) error {
	if err := outputs.Check(written, read); err != nil {
		return fmt.Errorf("%s: %w", cmd.Name(), err)
	}
	return nil
}

// printJSON writes one value, indented.
func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

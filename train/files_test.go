package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-c844a918/inkling/internal/bounded"
)

// TestReadersSayTheirLimit reads files that are longer than their readers take;
// they are all hole and take no room.
func TestReadersSayTheirLimit(t *testing.T) {
	for _, test := range []struct {
		name  string
		limit int64
		read  func(path string) error
	}{
		{"model", maxModelFile, func(path string) error { _, err := readModel(path); return err }},
		{"Keras", maxModelFile, func(path string) error { _, err := openKeras(path); return err }},
	} {
		path := filepath.Join(t.TempDir(), "large")
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, test.limit+1); err != nil {
			t.Skip(err)
		}
		err := test.read(path)
		if limit, ok := errors.AsType[*bounded.LimitError](err); !ok || limit.Limit != test.limit {
			t.Errorf("%s: got %v, want a LimitError of %d bytes", test.name, err, test.limit)
		}
	}
}

package main

import (
	"path/filepath"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/history"
)

// historyFile returns the file to write the history to.
func (f *fitFlags) historyFile() string {
	if f.history != "" {
		return f.history
	}
	return history.Path(f.outPath())
}

// checkHistory reports a name that no history can have.
func (f *fitFlags) checkHistory() error {
	if ext := filepath.Ext(f.history); f.history != "" && ext != ".csv" && ext != ".json" {
		return usagef("fit: got --history %q, want the name of a .csv or .json file", f.history)
	}
	return nil
}

// writeHistory writes a history in the form that the file's name asks for.
func writeHistory(path string, h fit.History) error {
	data, err := history.Encode(path, h)
	if err != nil {
		return err
	}
	return writeFile(path, data)
}

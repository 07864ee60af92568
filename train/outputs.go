package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/history"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
)

// checkFiles reports early which files of the run cannot be written, or must not.
func (f *fitFlags) checkFiles(cmd *cobra.Command) error {
	list, err := load.Parse(f.data.Name)
	if err != nil {
		return err
	}
	written := append(outputs.Named("--out", f.outPath()), outputs.Named("--history", f.historyFile())...)
	for _, file := range outputs.Named("--checkpoint", f.checkpoint, f.resume) {
		written = append(written, file, outputs.File{Flag: "the lock of --checkpoint", Path: outputs.LockPath(file.Path)})
	}
	read := outputs.Named("--teacher", strings.Split(f.teacher.Models, ",")...)
	if f.resume == "" {
		read = append(read, outputs.Named("--init", f.init)...)
	}
	for _, one := range list {
		read = append(read, load.Files("--data", dataDir(cmd), one.Name)...)
	}
	read = append(read, load.Files("--background", dataDir(cmd), dataset.SplitList(f.background)...)...)
	return cmp.Or(outputs.Model("--out", f.outPath()), canWrite(cmd, written, read...))
}

// rehearse checks before hours of training that the format can hold the model and that
// there is room for the files.
func (f *fitFlags) rehearse(m *model.Model) error {
	size, err := evaluate.Rehearse(m)
	if err != nil {
		return fmt.Errorf("fit: this model could not be written at the end: %w", err)
	}
	needs := []outputs.Need{
		{File: outputs.File{Flag: "--out", Path: f.outPath()}, Size: size + 1<<13}, // with the figures of the end
		{File: outputs.File{Flag: "--history", Path: f.historyFile()}, Size: history.MaxSize(f.epochs)},
	}
	for _, file := range outputs.Named("--checkpoint", f.checkpoint, f.resume) {
		needs = append(needs, outputs.Need{File: file, Size: 2 * fit.MaxCheckpoint(m.Network.Size(), f.epochs)}) // the old one and the new
	}
	if err := outputs.Reserve(needs...); err != nil {
		return fmt.Errorf("fit: %w", err)
	}
	return nil
}

// write writes the model and its history, and notes in the result where they are.
func (f *fitFlags) write(m *model.Model, h fit.History, r *evaluate.Result) error {
	r.Model, r.History = f.outPath(), f.historyFile()
	errModel, errHistory := writeModel(r.Model, m), writeHistory(r.History, h)
	r.Model, r.History = outputs.Where(r.Model, errModel), outputs.Where(r.History, errHistory)
	if err := outputs.Join(errModel, errHistory); err != nil {
		return fmt.Errorf("fit: %w", err)
	}
	return nil
}

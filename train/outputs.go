package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
)

// checkFiles reports early which files of the run cannot be written, or must not.
func (f *fitFlags) checkFiles(cmd *cobra.Command) error {
	list, err := load.Parse(f.data.Name)
	if err != nil {
		return err
	}
	written := append(named("--out", f.outPath()), named("--history", f.historyFile())...)
	for _, path := range []string{f.checkpoint, f.resume} {
		if path != "" {
			written = append(written, outputs.File{Flag: "--checkpoint", Path: path},
				outputs.File{Flag: "the lock of --checkpoint", Path: outputs.LockPath(path)})
		}
	}
	read := named("--teacher", strings.Split(f.teacher.models, ",")...)
	if f.resume == "" {
		read = append(read, named("--init", f.init)...)
	}
	for _, one := range list {
		read = append(read, namedData(cmd, "--data", one.Name)...)
	}
	read = append(read, namedData(cmd, "--background", dataset.SplitList(f.background)...)...)
	return canWrite(cmd, written, read...)
}

// What the files of a run take: bytes beside the vectors of weights, and the vectors of
// a checkpoint at most, the weights, the kept weights and two of an optimizer.
const historyLine, checkpointLine, head, vectors = 128, 256, 1 << 13, 4

// rehearse tries what comes at the end before hours of training: whether the format
// holds such a model, and whether there is room for the files.
func (f *fitFlags) rehearse(m *model.Model) error {
	trial := *m
	trial.Network = m.Network.Fold()
	trial.Round()
	file, err := model.Encode(&trial)
	if err == nil {
		_, err = model.Decode(file)
	}
	if err != nil {
		return fmt.Errorf("fit: this model could not be written at the end: %w", err)
	}
	needs := []outputs.Need{
		{File: outputs.File{Flag: "--out", Path: f.outPath()}, Size: int64(len(file)) + head},
		{File: outputs.File{Flag: "--history", Path: f.historyFile()}, Size: int64((f.epochs + 1) * historyLine)},
	}
	for _, path := range []string{f.checkpoint, f.resume} {
		if path != "" {
			size := int64(4*vectors*m.Network.Size() + f.epochs*checkpointLine + head)
			needs = append(needs, outputs.Need{File: outputs.File{Flag: "--checkpoint", Path: path}, Size: 2 * size}) // the old one and the new
		}
	}
	if err := outputs.Reserve(needs...); err != nil {
		return fmt.Errorf("fit: %w", err)
	}
	return nil
}

// write writes the model and its history, and notes in the result where they are.
func (f *fitFlags) write(m *model.Model, history fit.History, r *evaluate.Result) error {
	r.Model, r.History = f.outPath(), f.historyFile()
	errModel, errHistory := writeModel(r.Model, m), writeHistory(r.History, history)
	if saved, ok := errors.AsType[*outputs.SavedError](errModel); ok {
		r.Model = saved.Instead
	}
	if saved, ok := errors.AsType[*outputs.SavedError](errHistory); ok {
		r.History = saved.Instead
	}
	switch {
	case errModel == nil && errHistory == nil:
		return nil
	case errModel == nil:
		return fmt.Errorf("fit: %w", errHistory)
	case errHistory == nil:
		return fmt.Errorf("fit: %w", errModel)
	}
	return fmt.Errorf("fit: %w; %w", errModel, errHistory)
}

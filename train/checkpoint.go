package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/checkpoint"
)

// checkpointEvery is how much training is lost at most, beside a step and a
// validation, when the command is killed.
var checkpointEvery = 2 * time.Second

// openKeeper reads the checkpoint to resume, if there is one, and takes the flags
// from it; otherwise it makes sure that one can be written.
func (f *fitFlags) openKeeper(cmd *cobra.Command) (*checkpoint.Keeper, error) {
	if f.resume == "" {
		if err := f.checkFiles(cmd); err != nil {
			return nil, err
		}
		return checkpoint.Begin(f.checkpoint, cmd.Flags(), cmd.ErrOrStderr())
	}
	if f.checkpoint != "" {
		return nil, usagef("fit: --resume goes on writing to its own file: leave --checkpoint out")
	}
	k, err := checkpoint.Resume(f.resume, cmd.Flags(), cmd.ErrOrStderr())
	if errors.As(err, new(*checkpoint.ContradictionError)) || errors.As(err, new(*checkpoint.OutsideError)) {
		return nil, usagef("%w", err)
	}
	if err == nil {
		if err = f.checkFiles(cmd); err != nil {
			k.Close()
		}
	}
	return k, err
}

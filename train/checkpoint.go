package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/kernel"
)

// maxCheckpointFile bounds what is read as a checkpoint, in bytes.
const maxCheckpointFile = 1 << 30

// checkpointEvery is how much training is lost at most, beside a step and a
// validation, when the command is killed.
var checkpointEvery = 2 * time.Second

// freeFlags are no part of a checkpoint's settings.
var freeFlags = []string{"checkpoint", "resume", "json", "data-dir", "help"}

// endFlags are settings of what is written at the end: they may be given anew.
var endFlags = []string{"out", "history", "precision"}

// keeper keeps the state of a run in its checkpoint file.
type keeper struct {
	path    string // "": nowhere
	resumed bool
	current fit.Checkpoint
	stderr  io.Writer
	err     error // of the last time it was written
}

// openKeeper reads the checkpoint to resume, if there is one, and takes the flags
// from it; or else makes sure that one can be written.
func (f *fitFlags) openKeeper(cmd *cobra.Command) (*keeper, error) {
	k := &keeper{path: f.checkpoint, stderr: cmd.ErrOrStderr()}
	if f.resume != "" {
		if f.checkpoint != "" {
			return nil, usagef("fit: --resume goes on writing to its own file: leave --checkpoint out")
		}
		k.path, k.resumed = f.resume, true
		c, err := readCheckpoint(k.path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w; inkling fit --checkpoint %s begins a run that can be resumed", err, k.path)
		}
		if err != nil {
			return nil, err
		}
		k.current = *c
		if err := k.restore(cmd.Flags(), f.epochs); err != nil {
			return nil, err
		}
	} else if err := k.mayOverwrite(); err != nil {
		return nil, err
	}
	k.current.Settings = settingsOf(cmd.Flags())
	return k, nil
}

// readCheckpoint reads a checkpoint file.
func readCheckpoint(path string) (*fit.Checkpoint, error) {
	data, err := bounded.ReadFile(path, maxCheckpointFile)
	if err != nil {
		return nil, err
	}
	c, err := fit.DecodeCheckpoint(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// mayOverwrite refuses a file that holds something else than the checkpoint of a
// run that has finished.
func (k *keeper) mayOverwrite() error {
	if k.path == "" {
		return nil
	}
	if err := canWrite(k.path); err != nil {
		return fmt.Errorf("fit: --checkpoint: %w", err)
	}
	c, err := readCheckpoint(k.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("fit: --checkpoint is not to overwrite what is no checkpoint: %w", err)
	case !c.State.Stopped && fmt.Sprint(len(c.State.History)) != c.Settings["epochs"]:
		return fmt.Errorf("fit: %s holds a run in epoch %d of %s: inkling fit --resume %s goes on; remove the file to begin anew", k.path, c.State.Epoch, c.Settings["epochs"], k.path)
	}
	return nil
}

// settingsOf are the flags that a checkpoint holds, by name.
func settingsOf(flags *pflag.FlagSet) map[string]string {
	settings := map[string]string{}
	flags.VisitAll(func(flag *pflag.Flag) {
		if !slices.Contains(freeFlags, flag.Name) {
			settings[flag.Name] = flag.Value.String()
		}
	})
	return settings
}

// restore sets the flags as the checkpoint has them; endFlags may be given anew,
// and epochs may be more. Other differences are a usage error.
func (k *keeper) restore(flags *pflag.FlagSet, epochs int) error {
	settings := k.current.Settings
	for name := range settings {
		if flags.Lookup(name) == nil {
			return fmt.Errorf("%s: checkpoint: got the setting %q, which this version of inkling does not have", k.path, name)
		}
	}
	begun, _ := strconv.Atoi(settings["epochs"])
	var wrong error
	flags.VisitAll(func(flag *pflag.Flag) {
		want, known := settings[flag.Name]
		if !known {
			want = flag.DefValue
		}
		free := slices.Contains(freeFlags, flag.Name) || flag.Changed && (slices.Contains(endFlags, flag.Name) || flag.Name == "epochs" && epochs >= begun)
		given := flag.Value.String()
		switch {
		case wrong != nil || free || given == want:
		case flag.Changed:
			wrong = usagef("fit: --%s %s contradicts %s, which was begun with %q: only more --epochs and another --out, --history or --precision can be given", flag.Name, given, k.path, want)
		default:
			if err := flag.Value.Set(want); err != nil {
				wrong = fmt.Errorf("%s: checkpoint: setting %s: %w", k.path, flag.Name, err)
			}
		}
	})
	return wrong
}

// check compares the data set with the one of the checkpoint, and notes it in a
// new one.
func (k *keeper) check(pair dataset.Pair) error {
	if k.path == "" {
		return nil
	}
	digest := pair.Digest()
	if k.resumed && digest != k.current.Data {
		return fmt.Errorf("%s: the run was begun on other data: got SHA-256 %.12s, want %.12s", k.path, digest, k.current.Data)
	}
	if k.resumed && kernel.Name() != k.current.Kernel {
		fmt.Fprintf(k.stderr, "%s was computed by the kernels %s, it goes on with %s: weights may differ in their last digits\n", k.path, k.current.Kernel, kernel.Name())
	}
	k.current.Data, k.current.Kernel = digest, kernel.Name()
	return nil
}

// join lets training begin where the checkpoint says and write its state.
func (k *keeper) join(o *fit.Options) {
	if k.path == "" {
		return
	}
	if k.resumed {
		state := k.current.State
		o.Resume = &state
		fmt.Fprintf(k.stderr, "%s: %d epochs and %d steps are done\n", k.path, len(state.History), state.Step)
	}
	o.Checkpoint, o.CheckpointEvery = k.save, checkpointEvery
}

// save writes the file. Training goes on if it cannot be written.
func (k *keeper) save(state fit.State) {
	failed := k.err != nil
	k.current.State = state
	data, err := k.current.Encode()
	if err == nil {
		err = writeFile(k.path, data)
	}
	if k.err = err; err != nil && !failed {
		fmt.Fprintln(k.stderr, "fit: the checkpoint is not written:", err)
	}
}

// advice is what to add to the message of an interruption.
func (k *keeper) advice() string {
	switch {
	case k.path == "":
		return ""
	case k.err != nil:
		return fmt.Sprintf("; the checkpoint is not written: %v", k.err)
	}
	return fmt.Sprintf("; inkling fit --resume %s goes on", k.path)
}

// finish says what the file is good for at the end of all epochs.
func (k *keeper) finish(epochs int) error {
	if k.path == "" {
		return nil
	}
	if k.err != nil {
		return fmt.Errorf("fit: the checkpoint is not written: %w", k.err)
	}
	if k.current.State.Stopped {
		return nil
	}
	_, err := fmt.Fprintf(k.stderr, "%s keeps the state after epoch %d: inkling fit --resume %s --epochs %d trains longer\n", k.path, epochs, k.path, 2*epochs)
	return err
}

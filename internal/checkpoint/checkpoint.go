// Package checkpoint keeps the state of a training run in a file, together with
// the flags of its command, so that another command can go on from it.
package checkpoint

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/optim"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/variant"
)

// maxCheckpointFile bounds what is read as a checkpoint, in bytes.
const maxCheckpointFile = 1 << 30

// freeFlags are no part of a checkpoint's settings.
var freeFlags = []string{"checkpoint", "resume", "json", "data-dir", "help", outsideFlag}

// outsideFlag lets a resumed run write where its checkpoint says, wherever that is.
const outsideFlag = "allow-outside"

// endFlags are settings of what is written at the end: they may be given again.
var endFlags = []string{"out", "history", "precision", "int4-epochs", "refuse"}

// Keeper keeps the state of a run in its file.
type Keeper struct {
	path    string // "": nowhere
	resumed bool
	lock    *outputs.Lock
	current fit.Checkpoint
	stderr  io.Writer
	err     error // of the last time it was written
}

// ContradictionError says that a flag contradicts the checkpoint to resume.
type ContradictionError struct {
	Path, Flag string
	Got, Want  string // of the flag
}

// Error returns one line.
func (e *ContradictionError) Error() string {
	return fmt.Sprintf("fit: --%s %s contradicts %s, which was begun with %q: "+
		"only more --epochs and another --%s can be given", e.Flag, e.Got, e.Path, e.Want, strings.Join(endFlags, ", --"))
}

// Begin returns the keeper of a new run with these flags; an empty path keeps
// nothing. A file that is there must hold the checkpoint of a run that has
// finished. The keeper keeps the file to this run until Close; a file that another
// run keeps is an error.
func Begin(path string, flags *pflag.FlagSet, stderr io.Writer) (*Keeper, error) {
	k := &Keeper{path: path, stderr: stderr}
	k.current.Settings = settingsOf(flags)
	if path == "" {
		return k, nil
	}
	return k, k.locked("checkpoint", k.mayOverwrite)
}

// locked locks the file that a flag names and calls begin; the lock ends if that
// fails.
func (k *Keeper) locked(flag string, begin func() error) (err error) {
	if k.lock, err = outputs.Acquire(k.path); err != nil {
		return fmt.Errorf("fit: --%s: %w", flag, err)
	}
	if err = begin(); err != nil {
		k.Close()
	}
	return err
}

// Close lets other runs use the file.
func (k *Keeper) Close() { k.lock.Release() }

// Resume reads a checkpoint, and sets the flags as they were when its run was
// begun. A flag that was given and contradicts them is a *ContradictionError;
// files of the end may be others, and epochs may be more. Files that the checkpoint
// names, not the command line, must lie below the working folder or beside the
// checkpoint, unless a flag allows others: else they are an *OutsideError. The file
// is kept to this run as by Begin.
func Resume(path string, flags *pflag.FlagSet, stderr io.Writer) (*Keeper, error) {
	k := &Keeper{path: path, resumed: true, stderr: stderr}
	if _, err := readCheckpoint(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; inkling fit --checkpoint %s begins a run that can be resumed", err, path)
	} else if err != nil {
		return nil, err
	}
	return k, k.locked("resume", func() error { return k.resume(flags) })
}

// resume reads the file and sets the flags.
func (k *Keeper) resume(flags *pflag.FlagSet) error {
	c, err := readCheckpoint(k.path) // again: the run that kept it may have gone on
	if err != nil {
		return err
	}
	k.current = *c
	epochs, err := flags.GetInt("epochs")
	if err != nil {
		return err
	}
	if err := k.restore(flags, epochs); err != nil {
		return err
	}
	k.current.Settings = settingsOf(flags)
	return k.checkOutside(flags)
}

// OutsideError says that a checkpoint names a file to write outside the working
// folder.
type OutsideError struct{ Path, Flag, File string }

// Error returns one line.
func (e *OutsideError) Error() string {
	return fmt.Sprintf("fit: %s would write --%s %s, which is outside the working folder: give --%[2]s, or --%s if that is right",
		e.Path, e.Flag, e.File, outsideFlag)
}

// checkOutside refuses files outside that only the checkpoint names.
func (k *Keeper) checkOutside(flags *pflag.FlagSet) error {
	if allowed, _ := flags.GetBool(outsideFlag); allowed {
		return nil
	}
	for _, name := range []string{"out", "history"} {
		flag := flags.Lookup(name)
		if flag == nil || flag.Changed || flag.Value.String() == "" {
			continue
		}
		if outputs.Outside(flag.Value.String(), ".", filepath.Dir(k.path)) {
			return &OutsideError{k.path, name, flag.Value.String()}
		}
	}
	return nil
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

// mayOverwrite refuses a file that holds anything but the checkpoint of a run that
// has finished.
func (k *Keeper) mayOverwrite() error {
	c, err := readCheckpoint(k.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("fit: --checkpoint is not to overwrite what is no checkpoint: %w", err)
	case !c.State.Stopped && fmt.Sprint(len(c.State.History)) != c.Settings["epochs"]:
		return fmt.Errorf("fit: %s holds a run in epoch %d of %s: inkling fit --resume %s goes on; remove the file to begin again",
			k.path, c.State.Epoch, c.Settings["epochs"], k.path)
	}
	return nil
}

// settingsOf returns the values of the flags that a checkpoint holds, by name.
func settingsOf(flags *pflag.FlagSet) map[string]string {
	settings := map[string]string{}
	flags.VisitAll(func(flag *pflag.Flag) {
		if !slices.Contains(freeFlags, flag.Name) {
			settings[flag.Name] = flag.Value.String()
		}
	})
	return settings
}

// restore sets the flags as the checkpoint has them, apart from those that may
// differ.
func (k *Keeper) restore(flags *pflag.FlagSet, epochs int) error {
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
		free := slices.Contains(freeFlags, flag.Name) ||
			flag.Changed && (slices.Contains(endFlags, flag.Name) || flag.Name == "epochs" && epochs >= begun)
		given, meant := flag.Value.String(), meaning(settings, flag.Name, want)
		switch {
		case wrong != nil || free || given == want || flag.Changed && given == meant:
		case flag.Changed:
			wrong = &ContradictionError{k.path, flag.Name, given, meant}
		default:
			if err := flag.Value.Set(want); err != nil {
				wrong = fmt.Errorf("%s: checkpoint: setting %s: %w", k.path, flag.Name, err)
			}
		}
	})
	return wrong
}

// meaning returns what the value of a setting stands for: a learning rate or weight decay
// of 0 is the optimizer's own.
func meaning(settings map[string]string, name, value string) string {
	kind, err := optim.Kinds.Lookup(settings["optimizer"])
	if err != nil || value != "0" {
		return value
	}
	optimizer := kind.New(optim.Settings{})
	rate := float32(0)
	switch o, _ := optimizer.(*optim.AdamW); {
	case name == "learning-rate":
		rate = optimizer.Rate()
	case name == "weight-decay" && o != nil:
		rate = o.WeightDecay
	}
	return strconv.FormatFloat(float64(rate), 'g', -1, 32)
}

// Check compares the data set with that of the checkpoint to resume, and notes it
// in a new one.
func (k *Keeper) Check(pair dataset.Pair) error {
	if k.path == "" {
		return nil
	}
	digest := pair.Digest()
	if k.resumed && digest != k.current.Data {
		return fmt.Errorf("%s: the run was begun on other data: got SHA-256 %.12s, want %.12s", k.path, digest, k.current.Data)
	}
	if k.resumed && variant.Name() != k.current.Kernel {
		fmt.Fprintf(k.stderr, "%s was computed by the kernels %s, it goes on with %s: weights may differ in their last digits\n",
			k.path, k.current.Kernel, variant.Name())
	}
	k.current.Data, k.current.Kernel = digest, variant.Name()
	return nil
}

// Join lets training begin where the checkpoint says, and write its state at
// intervals of every.
func (k *Keeper) Join(o *fit.Options, every time.Duration) {
	if k.path == "" {
		return
	}
	if k.resumed {
		state := k.current.State
		o.Resume = &state
		fmt.Fprintf(k.stderr, "%s: %d epochs and %d steps are done\n", k.path, len(state.History), state.Step)
	}
	o.Checkpoint, o.CheckpointEvery = k.save, every
}

// save writes the file. Training goes on if it cannot be written.
func (k *Keeper) save(state fit.State) {
	failed := k.err != nil
	k.current.State = state
	data, err := k.current.Encode()
	if err == nil {
		err = outputs.Replace(k.path, data)
	}
	if k.err = err; err != nil && !failed {
		fmt.Fprintln(k.stderr, "fit: the checkpoint is not written:", err)
	}
}

// Advice returns what to add to the message of an interruption.
func (k *Keeper) Advice() string {
	switch {
	case k.path == "":
		return ""
	case k.err != nil:
		return fmt.Sprintf("; the checkpoint is not written: %v", k.err)
	}
	return fmt.Sprintf("; inkling fit --resume %s goes on", k.path)
}

// Finish says at the end of all epochs what the file can be used for.
func (k *Keeper) Finish(epochs int) error {
	if k.path == "" {
		return nil
	}
	if k.err != nil {
		return fmt.Errorf("fit: the checkpoint is not written: %w", k.err)
	}
	if k.current.State.Stopped {
		return nil
	}
	_, err := fmt.Fprintf(k.stderr, "%s keeps the state after epoch %d: inkling fit --resume %s --epochs %d trains longer\n",
		k.path, epochs, k.path, 2*epochs)
	return err
}

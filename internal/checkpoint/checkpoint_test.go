package checkpoint

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/outputs"
)

// flags returns those of a command, as the arguments set them.
func flags(t *testing.T, args ...string) *pflag.FlagSet {
	t.Helper()
	set := pflag.NewFlagSet("fit", pflag.ContinueOnError)
	set.Int("epochs", 30, "")
	set.Int("batch", 128, "")
	set.String("out", "", "")
	set.String("history", "", "")
	set.String("checkpoint", "", "")
	set.Bool("allow-outside", false, "")
	set.String("optimizer", "adam", "")
	set.Float32("learning-rate", 0, "")
	set.Float32("weight-decay", 0, "")
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	return set
}

// begun writes the checkpoint of a run of three epochs, of which some are done.
func begun(t *testing.T, done int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.ckpt")
	k, err := Begin(path, flags(t, "--epochs", "3", "--batch", "16", "--out", "a.ink"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	state := fit.State{Epoch: done + 1, Values: []float32{1}, Kept: done}
	for i := range done {
		state.History, state.KeptValues = append(state.History, fit.Epoch{Epoch: i + 1}), []float32{1}
	}
	k.save(state)
	if k.err != nil {
		t.Fatal(k.err)
	}
	return path
}

// A resumed run has the flags that it was begun with.
func TestResume(t *testing.T) {
	path := begun(t, 1)
	set := flags(t, "--out", "b.ink")
	k, err := Resume(path, set, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	for flag, want := range map[string]string{"epochs": "3", "batch": "16", "out": "b.ink"} {
		if got := set.Lookup(flag).Value.String(); got != want {
			t.Errorf("--%s: got %s, want %s", flag, got, want)
		}
	}
	var o fit.Options
	if k.Join(&o, 0); o.Resume == nil || len(o.Resume.History) != 1 || o.Checkpoint == nil {
		t.Errorf("options: got %+v", o)
	}
	if want := "; inkling fit --resume " + path + " goes on"; k.Advice() != want {
		t.Errorf("advice: got %q, want %q", k.Advice(), want)
	}
}

func TestContradictions(t *testing.T) {
	path := begun(t, 1)
	for _, args := range [][]string{{"--batch", "8"}, {"--epochs", "2"}} {
		_, err := Resume(path, flags(t, args...), io.Discard)
		if wrong, ok := errors.AsType[*ContradictionError](err); !ok || "--"+wrong.Flag != args[0] {
			t.Errorf("%v: got %v, want a ContradictionError", args, err)
		}
	}
	if _, err := Resume(path, flags(t, "--epochs", "9", "--batch", "16"), io.Discard); err != nil {
		t.Errorf("more epochs and the same batch: got %v", err)
	}
}

// A rate that the optimizer chose is one that can be given, and that is named.
func TestUsualRates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.ckpt")
	k, err := Begin(path, flags(t, "--epochs", "3", "--optimizer", "adamw"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	k.save(fit.State{Epoch: 1, Values: []float32{1}})
	k.Close()
	for flag, usual := range map[string]string{"learning-rate": "0.001", "weight-decay": "0.004"} {
		_, err := Resume(path, flags(t, "--"+flag, "0.1"), io.Discard)
		if want := "begun with \"" + usual + "\""; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", flag, err, want)
		}
		k, err := Resume(path, flags(t, "--"+flag, usual), io.Discard)
		if err != nil {
			t.Fatalf("%s %s: got %v", flag, usual, err)
		}
		k.Close()
	}
}

// One run at a time keeps a checkpoint, whether it begins or resumes.
func TestOneRun(t *testing.T) {
	path := begun(t, 3)
	first, err := Resume(path, flags(t), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Resume(path, flags(t), io.Discard); !errors.As(err, new(*outputs.InUseError)) {
		t.Errorf("resumed twice: got %v, want an InUseError", err)
	}
	if _, err := Begin(path, flags(t), io.Discard); !errors.As(err, new(*outputs.InUseError)) {
		t.Errorf("begun while it is resumed: got %v, want an InUseError", err)
	}
	first.Close()
	second, err := Begin(path, flags(t), io.Discard)
	if err != nil {
		t.Fatalf("after its end: got %v", err)
	}
	second.Close()
}

// What only the checkpoint names lies below the working folder or beside the
// checkpoint, unless a flag says otherwise.
func TestOutside(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "a.ink")
	for _, c := range []struct {
		out  string // as the run was begun
		args []string
		ok   bool
	}{
		{"a.ink", nil, true},
		{"", nil, true},
		{elsewhere, nil, false},
		{filepath.Join("..", "a.ink"), nil, false},
		{elsewhere, []string{"--allow-outside"}, true},
		{elsewhere, []string{"--out", "b.ink"}, true},
		{"a.ink", []string{"--out", elsewhere}, true},
	} {
		path := filepath.Join(t.TempDir(), "x.ckpt")
		k, err := Begin(path, flags(t, "--out", c.out), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		k.save(fit.State{Epoch: 1, Values: []float32{1}})
		k.Close()
		k, err = Resume(path, flags(t, c.args...), io.Discard)
		if (err == nil) != c.ok || err != nil && !errors.As(err, new(*OutsideError)) {
			t.Errorf("begun with --out %q, resumed with %v: got %v, want %v", c.out, c.args, err, c.ok)
		}
		k.Close()
	}
}

// A new run overwrites the checkpoint of a finished run and nothing else.
func TestBegin(t *testing.T) {
	other := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(other, []byte("notes"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{begun(t, 1): "holds a run in epoch 2 of 3", other: "is not to overwrite what is no checkpoint", begun(t, 3): ""} {
		if _, err := Begin(path, flags(t), io.Discard); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	k, err := Begin("", flags(t), io.Discard)
	if err != nil || k.Advice() != "" || k.Finish(3) != nil {
		t.Errorf("without a file: got %v, %q", err, k.Advice())
	}
}

// A file that is longer than any checkpoint is refused with the limit. It is all
// hole and takes no room.
func TestReaderSaysItsLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, maxCheckpointFile+1); err != nil {
		t.Skip(err)
	}
	_, err := readCheckpoint(path)
	if limit, ok := errors.AsType[*bounded.LimitError](err); !ok || limit.Limit != maxCheckpointFile {
		t.Errorf("got %v, want a LimitError of %d bytes", err, maxCheckpointFile)
	}
}

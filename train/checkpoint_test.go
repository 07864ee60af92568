package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/history"
	"github.com/seed-c844a918/inkling/internal/model"
)

// recipeFlags are flags whose state has every part: dropout, decay, a schedule.
var recipeFlags = []string{"--data", "synthetic", "--epochs", "6", "--seed", "3", "--layers", "dense 16 relu, dropout 0.1",
	"--optimizer", "adamw", "--schedule", "cosine", "--warmup", "0.1", "--label-smoothing", "0.1", "--best"}

// fitting returns the arguments of fit with recipeFlags.
func fitting(more ...string) []string {
	return append(append([]string{"fit"}, recipeFlags...), more...)
}

// command returns a command that runs the test binary as inkling.
func command(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asCommand+"=1")
	return cmd
}

// content returns the bytes of a file.
func content(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSameBytes trains on one core and on two, killed and interrupted and
// resumed, and wants the same model and history.
func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	on := func(cores int, name string) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		if _, _, err := inkling(fitting("--out", path(name))...); err != nil {
			t.Fatal(err)
		}
	}
	on(1, "one.ink")
	on(2, "two.ink")
	resumed := func(name string, signals ...os.Signal) {
		args := fitting("--out", path(name+".ink"), "--checkpoint", path(name+".ckpt"))
		for _, signal := range signals {
			endWith(t, signal, path(name+".ckpt"), command(args...))
			args = []string{"fit", "--resume", path(name + ".ckpt")}
		}
		if _, _, err := inkling(args...); err != nil {
			t.Fatal(err)
		}
	}
	resumed("whole")
	resumed("killed", os.Kill, os.Kill, os.Kill)
	names := []string{"two", "whole", "killed"}
	if runtime.GOOS != "windows" { // where a process can only be killed
		resumed("interrupted", os.Interrupt, syscall.SIGTERM)
		names = append(names, "interrupted")
	}
	for _, name := range names {
		if !bytes.Equal(content(t, path(name+".ink")), content(t, path("one.ink"))) {
			t.Errorf("%s.ink differs from one.ink", name)
		}
		if got, want := content(t, history.Path(path(name+".ink"))), content(t, history.Path(path("one.ink"))); !bytes.Equal(got, want) {
			t.Errorf("history of %s: got %s, want %s", name, got, want)
		}
	}
}

// endWith starts the command and ends it by a signal once it has written its
// checkpoint again.
func endWith(t *testing.T, signal os.Signal, checkpoint string, cmd *exec.Cmd) {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	before, _ := os.Stat(checkpoint)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if now, err := os.Stat(checkpoint); err == nil && (before == nil || !now.ModTime().Equal(before.ModTime())) {
			break
		}
	}
	cmd.Process.Signal(signal)
	if err := cmd.Wait(); err == nil {
		t.Logf("%v came after the end: %s", signal, stderr.String())
	}
	if signal != os.Kill && !strings.Contains(stderr.String(), "inkling fit --resume "+checkpoint) {
		t.Errorf("%v: got %q, want the command that resumes", signal, stderr.String())
	}
}

// TestTrainsLonger gives a finished run more epochs.
func TestTrainsLonger(t *testing.T) {
	dir := t.TempDir()
	checkpoint, short, long := filepath.Join(dir, "run.ckpt"), filepath.Join(dir, "short.ink"), filepath.Join(dir, "long.ink")
	_, stderr, err := inkling("fit", "--data", "synthetic", "--epochs", "1", "--out", short, "--checkpoint", checkpoint)
	if err != nil || !strings.Contains(stderr, "inkling fit --resume "+checkpoint+" --epochs 2 trains longer") {
		t.Fatalf("got %v, %q, want advice", err, stderr)
	}
	if _, _, err := inkling("fit", "--resume", checkpoint, "--epochs", "2"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := inkling(quick(long)...); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(content(t, short), content(t, long)) {
		t.Error("one epoch and another one: got another model than of two")
	}
}

// writtenAgain returns the model of a finished run and that which the run writes once more
// with other flags.
func writtenAgain(t *testing.T, flags ...string) (first, second *model.Model) {
	t.Helper()
	dir := t.TempDir()
	checkpoint := filepath.Join(dir, "run.ckpt")
	written := func(name string, args ...string) *model.Model {
		out := filepath.Join(dir, name)
		if _, _, err := inkling(append([]string{"fit", "--out", out}, args...)...); err != nil {
			t.Fatal(err)
		}
		m, err := readModel(out)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	first = written("first.ink", "--data", "synthetic", "--epochs", "1", "--checkpoint", checkpoint)
	return first, written("second.ink", append([]string{"--resume", checkpoint}, flags...)...)
}

func TestOtherPrecision(t *testing.T) {
	rounded, m := writtenAgain(t, "--precision", "float32")
	m.Precision = model.Float16
	m.Round()
	if !slices.Equal(m.Network.Values(), rounded.Network.Values()) {
		t.Error("got other weights than those of the first file before rounding")
	}
}

func TestOtherThreshold(t *testing.T) {
	before, after := writtenAgain(t, "--refuse", "0.1")
	if before.Threshold != 0 || after.Threshold == 0 || !slices.Equal(before.Network.Values(), after.Network.Values()) {
		t.Errorf("got thresholds %v and %v, want 0 and more, and the same weights", before.Threshold, after.Threshold)
	}
}

// TestRefusedResumes wants a message and an untouched checkpoint.
func TestRefusedResumes(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "mine.json")
	write(t, dir, "mine.json", `[{"label":1,"strokes":[[[5,1],[5,9]]]},{"label":2,"strokes":[[[5,1],[9,9]]]}]`)
	checkpoint, out := filepath.Join(dir, "run.ckpt"), filepath.Join(dir, "mine.ink")
	base := []string{"fit", "--data", data, "--epochs", "3", "--split", "0", "--out", out}
	if _, _, err := inkling(append(base, "--checkpoint", checkpoint)...); err != nil {
		t.Fatal(err)
	}
	whole := content(t, checkpoint)
	unfinished := filepath.Join(dir, "unfinished.ckpt")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := inklingUntil(ctx, append(base, "--checkpoint", unfinished)...); err == nil || !strings.Contains(err.Error(), "inkling fit --resume "+unfinished+" goes on") {
		t.Errorf("interrupted: got %v, want the command that resumes", err)
	}
	damaged := write(t, dir, "damaged.ckpt", string(whole[:len(whole)-7]))
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"seed", []string{"--resume", checkpoint, "--seed", "9"}, 2, "--seed 9 contradicts " + checkpoint + `, which was begun with "1"`},
		{"data", []string{"--resume", checkpoint, "--data", "mnist"}, 2, "--data mnist contradicts"},
		{"fewer epochs", []string{"--resume", checkpoint, "--epochs", "2"}, 2, "--epochs 2 contradicts"},
		{"two files", []string{"--resume", checkpoint, "--checkpoint", out}, 2, "leave --checkpoint out"},
		{"no file", []string{"--resume", filepath.Join(dir, "none")}, 1, syscall.ENOENT.Error() + "; inkling fit --checkpoint"},
		{"a model", []string{"--resume", out}, 1, "mine.ink: checkpoint: got a file that begins with"},
		{"truncated", []string{"--resume", damaged}, 1, "damaged.ckpt: checkpoint: got checksum"},
		{"over its model", append(base[1:], "--checkpoint", out), 2, "--out and --checkpoint name the same file"},
		{"over a model", append(base[1:], "--out", out+".2", "--checkpoint", out), 1, "not to overwrite what is no checkpoint"},
		{"over an unfinished run", append(base[1:], "--checkpoint", unfinished), 1, "holds a run in epoch 1 of 3: inkling fit --resume"},
		{"nowhere", append(base[1:], "--checkpoint", filepath.Join(dir, "none", "x")), 1, "--checkpoint: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := inkling(append([]string{"fit"}, c.args...)...)
			if err == nil || !strings.Contains(err.Error(), c.want) || exitCode(err) != c.code {
				t.Errorf("error: got %v, want code %d and %q", err, c.code, c.want)
			}
		})
	}
	write(t, dir, "mine.json", `[{"label":1,"strokes":[[[5,1],[5,9]]]},{"label":3,"strokes":[[[5,1],[9,9]]]}]`)
	if _, _, err := inkling("fit", "--resume", checkpoint); err == nil || !strings.Contains(err.Error(), "other data: got SHA-256") {
		t.Errorf("another label: got %v, want a refusal", err)
	}
	if !bytes.Equal(content(t, checkpoint), whole) {
		t.Error("a refused resume changed the checkpoint")
	}
}

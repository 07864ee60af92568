//go:build !windows

package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/history"
)

// killing are the signals that end a run, one after the other: under nohup SIGHUP does not.
var killing = slices.DeleteFunc(
	[]syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT},
	func(s syscall.Signal) bool { return signal.Ignored(s) })

// kills returns how often a test kills: a few times, or all with INKLING_SLOW
// (make test-all).
func kills(few, all int) int {
	if os.Getenv("INKLING_SLOW") != "" {
		return all
	}
	return few
}

// killAfter runs the command, sends it a signal after some time and reports whether
// that came before its end.
func killAfter(t *testing.T, signal syscall.Signal, after time.Duration, args ...string) bool {
	t.Helper()
	cmd := command(args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Signal(signal) })
	err := cmd.Wait()
	return !timer.Stop() && err != nil
}

// reference trains without a kill and returns how long that took.
func reference(t *testing.T, out string) time.Duration {
	t.Helper()
	start := time.Now()
	if output, err := command(fitting("--out", out)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	return time.Since(start)
}

// onlyNames fails the test if anything else lies in a folder.
func onlyNames(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range list(t, dir) {
		if !slices.Contains(names, name) {
			t.Errorf("got %s in the folder, want %v alone", name, names)
		}
	}
}

// TestRandomKills kills a run that keeps a checkpoint again and again at random times,
// and wants the model and the history of a run that was never killed.
func TestRandomKills(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.ink")
	took := reference(t, whole)
	dir, random := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	checkpoint, out := filepath.Join(dir, "run.ckpt"), filepath.Join(dir, "mine.ink")
	next := func() []string {
		if _, err := os.Stat(checkpoint); err == nil {
			return []string{"fit", "--resume", checkpoint}
		}
		return fitting("--out", out, "--checkpoint", checkpoint)
	}
	finish := func() {
		if output, err := command(next()...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, output)
		}
		if !bytes.Equal(content(t, out), content(t, whole)) || !bytes.Equal(content(t, history.Path(out)), content(t, history.Path(whole))) {
			t.Fatal("the model or its history differ from those of the run that was not killed")
		}
		onlyNames(t, dir, "run.ckpt", "run.ckpt.lock", "mine.ink", "mine.history.csv")
		for _, name := range list(t, dir) {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, n := 0, kills(5, 24); i < n; {
		if killAfter(t, killing[i%len(killing)], time.Duration(random.Float64()*float64(took)), next()...) {
			i++
		} else {
			finish()
		}
	}
	finish()
}

// TestRandomKillsWithoutCheckpoint kills runs without a checkpoint. The earlier model
// must still be there, complete, or else the run's own, and no other file.
func TestRandomKillsWithoutCheckpoint(t *testing.T) {
	dir, random := t.TempDir(), rand.New(rand.NewPCG(3, 4))
	out := filepath.Join(dir, "mine.ink")
	took := reference(t, out)
	before := content(t, history.Path(out))
	for i := range kills(3, 12) {
		killAfter(t, killing[i%len(killing)], time.Duration(random.Float64()*float64(took)), fitting("--out", out)...)
		if _, err := readModel(out); err != nil {
			t.Errorf("kill %d: %v", i, err)
		}
		if got := content(t, history.Path(out)); !bytes.HasPrefix(before, got) {
			t.Errorf("kill %d: got the history %q, want %q or its beginning", i, got, before)
		}
		onlyNames(t, dir, "mine.ink", "mine.history.csv")
	}
}

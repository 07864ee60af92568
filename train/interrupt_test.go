//go:build !windows

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// lastLine returns the last line of a text.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// fifo makes a FIFO, or skips the test.
func fifo(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	return path
}

// TestInterruptedReading interrupts commands that wait for input that never comes: the
// first Ctrl-C ends each, and nothing is written.
func TestInterruptedReading(t *testing.T) {
	dir := t.TempDir()
	out := t.TempDir()
	drawings, model, keras := fifo(t, dir, "drawings.json"), fifo(t, dir, "model.ink"), fifo(t, dir, "model.h5")
	in := func(name string) string { return filepath.Join(out, name) }
	for _, c := range []struct {
		waits string // what is opened and never read to its end
		args  []string
	}{
		{drawings, []string{"fit", "--data", drawings, "--out", in("a.ink"), "--checkpoint", in("a.ckpt")}},
		{drawings, []string{"data", drawings, "--sheet", in("a.png")}},
		{drawings, []string{"predict", trained(t), drawings, "--out", in("a.csv")}},
		{drawings, []string{"evaluate", trained(t), "--data", drawings}},
		{drawings, []string{"card", trained(t), "--data", drawings}},
		{model, []string{"report", "--models", dir, "--out", in("a.md")}},
		{model, []string{"summary", model}},
		{keras, []string{"import", keras, "--out", in("a.ink")}},
	} {
		t.Run(c.args[0], func(t *testing.T) {
			cmd := command(c.args...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			writer, err := os.OpenFile(c.waits, os.O_WRONLY, 0) // returns when the command reads
			if err != nil {
				t.Fatal(err)
			}
			defer writer.Close()
			cmd.Process.Signal(os.Interrupt)
			if err := cmd.Wait(); cmd.ProcessState.ExitCode() != 130 || lastLine(stderr.String()) != "inkling: interrupted" {
				t.Errorf("got %v, %q, want exit code 130", err, stderr.String())
			}
		})
	}
	for _, e := range list(t, out) {
		if e != "a.ckpt.lock" {
			t.Errorf("got %s, want nothing written", e)
		}
	}
}

// running is a command that trains: its first epoch has ended.
type running struct {
	*exec.Cmd
	stderr *bufio.Reader
	text   strings.Builder
	pipe   *os.File
}

// untilEpoch starts a command and waits for the end of its first epoch.
func untilEpoch(t *testing.T, cmd *exec.Cmd) *running {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = writer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	r := &running{Cmd: cmd, stderr: bufio.NewReader(reader), pipe: reader}
	for !strings.Contains(r.text.String(), "Epoch 1/") {
		line, err := r.stderr.ReadString('\n')
		r.text.WriteString(line)
		if err != nil {
			t.Fatalf("got %v after %q", err, r.text.String())
		}
	}
	return r
}

// wait returns the exit code and all of standard error.
func (r *running) wait() (code int, stderr string) {
	r.stderr.WriteTo(&r.text)
	r.Wait()
	return r.ProcessState.ExitCode(), r.text.String()
}

// long returns the arguments of a run that a test has to end.
func long(out string, more ...string) []string {
	return append([]string{"fit", "--data", "synthetic", "--epochs", "1000", "--layers", "dense 8 relu", "--out", out}, more...)
}

// TestSignalsWhileTraining sends what Ctrl-C, kill and a closed terminal send: each
// keeps the last finished epoch.
func TestSignalsWhileTraining(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		path := filepath.Join(t.TempDir(), "mine.ink")
		r := untilEpoch(t, command(long(path)...))
		r.Process.Signal(signal)
		code, stderr := r.wait()
		if code != 1 || !strings.Contains(lastLine(stderr), "holds the model of epoch") {
			t.Errorf("%v: got code %d, %q, want 1 and the model of the last epoch", signal, code, lastLine(stderr))
		}
		if _, err := readModel(path); err != nil {
			t.Errorf("%v: %v", signal, err)
		}
	}
}

// TestClosedTerminal runs as nohup does: it ignores SIGHUP and goes on although nobody
// reads its output.
func TestClosedTerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.ink")
	cmd := command()
	cmd.Path, cmd.Args = "/bin/sh", append([]string{"sh", "-c", `trap "" HUP; exec "$0" "$@"`, os.Args[0]}, quick(path, "--epochs", "20")...)
	r := untilEpoch(t, cmd)
	r.Process.Signal(syscall.SIGHUP)
	r.pipe.Close()
	if err := r.Wait(); r.ProcessState.ExitCode() != 0 {
		t.Errorf("got %v, want the end of all epochs", err)
	}
	m, err := readModel(path)
	if err != nil || m.Training.Epochs != 20 {
		t.Errorf("got %+v, %v, want a model of 20 epochs", m, err)
	}
}

// TestSecondPlace removes the folder of the model while it is trained: the model goes
// elsewhere, and the message says where.
func TestSecondPlace(t *testing.T) {
	dir, second := filepath.Join(t.TempDir(), "gone"), t.TempDir()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := command(long(filepath.Join(dir, "mine.ink"))...)
	cmd.Env = append(cmd.Env, "TMPDIR="+second)
	r := untilEpoch(t, cmd)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	r.Process.Signal(os.Interrupt)
	code, stderr := r.wait()
	saved := list(t, second)
	if code != 1 || len(saved) != 2 {
		t.Fatalf("got code %d, %v, %q, want 1, a model and a history", code, saved, lastLine(stderr))
	}
	for _, name := range saved {
		path := filepath.Join(second, name)
		if !strings.Contains(lastLine(stderr), path) {
			t.Errorf("got %q, want %s in it", lastLine(stderr), path)
		}
		if strings.HasSuffix(name, ".ink") {
			if _, err := readModel(path); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestTwoRuns refuses the second run on a checkpoint, until the first is killed.
func TestTwoRuns(t *testing.T) {
	dir := t.TempDir()
	checkpoint := filepath.Join(dir, "run.ckpt")
	r := untilEpoch(t, command(long(filepath.Join(dir, "a.ink"), "--checkpoint", checkpoint)...))
	for _, args := range [][]string{{"fit", "--resume", checkpoint}, long(filepath.Join(dir, "b.ink"), "--checkpoint", checkpoint)} {
		if _, _, err := inkling(args...); err == nil || !strings.Contains(err.Error(), checkpoint+" is in use by another run") {
			t.Errorf("%v: got %v, want a refusal", args, err)
		}
	}
	r.Process.Kill()
	r.wait()
	if _, _, err := inkling(long(filepath.Join(dir, "b.ink"), "--checkpoint", checkpoint)...); err == nil ||
		!strings.Contains(err.Error(), "--resume "+checkpoint+" goes on") {
		t.Errorf("after the kill: got %v, want advice to resume", err)
	}
}

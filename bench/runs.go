package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// inklingRuns makes our side's runs.
type inklingRuns struct {
	scratch string // folder for the models
	epochs  int    // of the cnn
}

// notebook returns the notebook's run on this many cores; kernels is a value of
// INKLING_KERNEL, "" for the best.
func (i inklingRuns) notebook(cores int, kernels string) side {
	env := []string{}
	if kernels != "" {
		env = append(env, "INKLING_KERNEL="+kernels)
	}
	return i.side(cores, env)
}

// cnn returns the run of the small convolutional network.
func (i inklingRuns) cnn(cores int) side {
	return i.side(cores, nil, "--layers", "conv 16 3x3 relu, pool 2, conv 32 3x3 relu, pool 2", "--split", "0",
		"--epochs", fmt.Sprint(i.epochs))
}

func (i inklingRuns) side(cores int, env []string, args ...string) side {
	args = append([]string{"fit", "--json", "--out", filepath.Join(i.scratch, "model.ink")}, args...)
	env = append(env, fmt.Sprintf("GOMAXPROCS=%d", cores))
	return side{"inkling", func(ctx context.Context) (result, error) {
		start := time.Now()
		cmd := exec.CommandContext(ctx, "./inkling", args...)
		cmd.Env = append(os.Environ(), env...)
		out, err := output(cmd)
		if err != nil {
			return result{}, err
		}
		used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		return readFit(out, used.Seconds()/time.Since(start).Seconds())
	}}
}

// readFit takes what inkling fit --json printed.
func readFit(out []byte, cores float64) (result, error) {
	var fit struct {
		TrainSeconds    float64  `json:"train_seconds"`
		ImagesPerSecond float64  `json:"images_per_second"`
		Accuracy        float64  `json:"accuracy"`
		ValAccuracy     *float64 `json:"val_accuracy"`
	}
	if err := json.Unmarshal(out, &fit); err != nil {
		return result{}, fmt.Errorf("inkling fit --json: %w", err)
	}
	if fit.ValAccuracy != nil {
		fit.Accuracy = *fit.ValAccuracy
	}
	return result{Seconds: fit.TrainSeconds, ImagesPerSecond: fit.ImagesPerSecond, Accuracy: fit.Accuracy, Cores: cores}, nil
}

// peer is a script with a python that has what it imports.
type peer struct {
	python, script string
	versions       map[string]string // by name: python, torch, ...
}

// findPeer looks for a python that runs the script: the given one, or python3, or
// that of .venv. The script itself refuses what is no fair peer.
func findPeer(ctx context.Context, python, script string) (peer, error) {
	pythons := []string{python}
	if python == "" {
		pythons = []string{"python3", filepath.Join(".venv", "bin", "python")}
	}
	var reasons error
	for _, python := range pythons {
		p := peer{python: python, script: script}
		out, err := output(p.command(ctx, 1, "versions"))
		if err == nil {
			err = json.Unmarshal(out, &p.versions)
		}
		if err == nil {
			return p, nil
		}
		reasons = errors.Join(reasons, err)
	}
	return peer{}, reasons
}

// backends returns Keras's backends, its default first.
func (p peer) backends() []string {
	return slices.DeleteFunc([]string{"tensorflow", "jax"}, func(name string) bool { return p.versions[name] == "" })
}

// side returns a run of the script on this many threads.
func (p peer) side(name string, threads int, args ...string) side {
	args = append(args, "--threads", fmt.Sprint(threads))
	return side{name, func(ctx context.Context) (result, error) {
		var r result
		out, err := output(p.command(ctx, threads, args...))
		if err != nil {
			return r, err
		}
		if err := json.Unmarshal(out, &r); err != nil {
			return r, fmt.Errorf("%s: %w", p.script, err)
		}
		return r, nil
	}}
}

// command returns the script with its threads set, and without the variables that make
// OpenBLAS take kernels other than its own choice.
func (p peer) command(ctx context.Context, threads int, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.python, append([]string{p.script}, args...)...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(pair string) bool {
		return strings.HasPrefix(pair, "OPENBLAS_CORETYPE=") || strings.HasPrefix(pair, "OPENBLAS_L2_SIZE=")
	})
	for _, name := range []string{"OMP", "MKL", "OPENBLAS"} {
		cmd.Env = append(cmd.Env, fmt.Sprintf("%s_NUM_THREADS=%d", name, threads))
	}
	cmd.Env = append(cmd.Env, "PYTHONDONTWRITEBYTECODE=1")
	return cmd
}

// output runs a command and returns its standard output. Its error is the last
// line of standard error.
func output(cmd *exec.Cmd) ([]byte, error) {
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		return out, nil
	}
	if text := lastLine(stderr.String()); text != "" {
		err = errors.New(text)
	}
	return nil, fmt.Errorf("%s: %w", cmd.Args[0], err)
}

// lastLine returns the last line that is not empty.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

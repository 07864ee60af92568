// Command bench holds whole training runs of inkling against the same runs in
// PyTorch and Keras: in turn, A B A B, each peer in its best form.
//
//	notebook   MNIST, Dense 64-32-10, Adam, batch 128, 30 epochs, 42,000 images to
//	           train on and 18,000 to validate after each
//	cnn        MNIST, conv 3x3x16, ReLU, pool 2, conv 3x3x32, ReLU, pool 2, dense 10;
//	           Adam, batch 128, 60,000 images to train on
//	keras      the notebook's run, against Keras
//
// Loading is measured on neither side. What is compared is training images a
// second; a ratio above 1 says how many times as quick inkling is.
//
// pytorch.py and keras_notebook.py are the peers' sides. Kernels by themselves are
// measured by the benchmarks of internal/kernel.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/seed-c844a918/inkling/internal/variant"
)

const usage = `usage: bench [flags]     (from the project's folder, after make inkling)

  --only LIST     notebook, cnn, keras: those alone (default all)
  --pairs N       runs of each side, in turn (default 5); some comparisons take half
  --epochs N      of the cnn (default 2)
  --python FILE   a python with the peers (default $PEERS_PYTHON, else python3,
                  else .venv/bin/python)
  --json FILE     write all figures to this file too

A peer that no python has is left out, with a line that says so. To have them all:

  python3 -m venv .venv
  .venv/bin/pip install torch keras jax tensorflow-cpu

Examples:
  go run ./bench --only notebook --pairs 1
  PEERS_PYTHON=~/peers/bin/python go run ./bench --json peers.json

Results go to standard output, progress to standard error.
Exit status: 0, 1 (failure), 2 (usage).
`

// errUsage marks mistakes in the command line: exit status 2.
var errUsage = errors.New("usage")

// groups are what --only chooses from.
var groups = []string{"notebook", "cnn", "keras"}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case err == nil:
		return
	case errors.Is(err, flag.ErrHelp):
		io.WriteString(os.Stdout, usage)
		return
	}
	fmt.Fprintln(os.Stderr, "bench:", err)
	if errors.Is(err, errUsage) {
		os.Exit(2)
	}
	os.Exit(1)
}

// settings are the flags.
type settings struct {
	only   []string // of groups
	pairs  int      // >= 1
	epochs int      // of the cnn, >= 1
	python string   // "" to look for one
	json   string   // "" for none
}

// parse reads the flags. Its errors match errUsage or flag.ErrHelp.
func parse(args []string) (settings, error) {
	var s settings
	var only string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&only, "only", strings.Join(groups, ","), "")
	flags.IntVar(&s.pairs, "pairs", 5, "")
	flags.IntVar(&s.epochs, "epochs", 2, "")
	flags.StringVar(&s.python, "python", os.Getenv("PEERS_PYTHON"), "")
	flags.StringVar(&s.json, "json", "", "")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return s, err
	} else if err != nil {
		return s, fmt.Errorf("%w: %w; bench -h lists the flags", errUsage, err)
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("%w: got the argument %q, want flags alone", errUsage, flags.Arg(0))
	}
	if s.pairs < 1 || s.epochs < 1 {
		return s, fmt.Errorf("%w: got --pairs %d --epochs %d, want at least 1", errUsage, s.pairs, s.epochs)
	}
	for _, group := range strings.Split(only, ",") {
		group = strings.TrimSpace(group)
		if !slices.Contains(groups, group) {
			return s, fmt.Errorf("%w: --only: got %q, want %s", errUsage, group, strings.Join(groups, ", "))
		}
		s.only = append(s.only, group)
	}
	return s, nil
}

// run carries out one command line. A comparison that fails does not keep the
// others from running.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parse(args)
	if err != nil {
		return err
	}
	if err := variant.Err(); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	scratch, err := os.MkdirTemp("", "inkling-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	r := report{Machine: describeMachine()}
	contests := plan(ctx, s, scratch, &r, stderr)
	r.printHead(stdout)
	var failures error
	for _, c := range contests {
		err := c.run(ctx, stdout, stderr)
		if ctx.Err() != nil {
			return errors.New("interrupted")
		}
		if err != nil {
			failures = errors.Join(failures, fmt.Errorf("%s: %w", c.Title, err))
			continue
		}
		r.Contests = append(r.Contests, c)
	}
	r.printTable(stdout)
	if s.json == "" {
		return failures
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.WriteFile(s.json, append(data, '\n'), 0o644)
	}
	return errors.Join(failures, err)
}

package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/seed-c844a918/inkling/internal/variant"
)

// How many times PyTorch's speed a run must have, by kernel; those of two cores only
// with AVX-512.
var (
	notebookLeast         = map[string]float64{"portable": 0.5, "avx2": 2.8, "avx512": 5}
	notebookTwoCoresLeast = map[string]float64{"avx512": 4.5}
	cnnLeast              = map[string]float64{"avx2": 2.5, "avx512": 3}
)

// What else must be reached: times Keras's best form and the notebook's own call; our
// two cores against our one.
const (
	kerasBestLeast = 4.5
	kerasCallLeast = 8
	twoCoresLeast  = 1.8
)

// plan lists the comparisons that the settings want and whose peers are here, and
// notes in r what the peers are.
func plan(ctx context.Context, s settings, scratch string, r *report, stderr io.Writer) []*contest {
	p := planner{settings: s, inkling: inklingRuns{scratch, s.epochs}}
	if slices.Contains(s.only, "notebook") || slices.Contains(s.only, "cnn") {
		torch, err := findPeer(ctx, s.python, "bench/pytorch.py")
		r.note("PyTorch", torch, err)
		if slices.Contains(s.only, "notebook") && err == nil {
			p.notebook(torch)
		}
		if slices.Contains(s.only, "cnn") {
			p.cnn(torch, err == nil)
		}
	}
	if slices.Contains(s.only, "keras") {
		keras, err := findPeer(ctx, s.python, "bench/keras_notebook.py")
		r.note("Keras", keras, err)
		if err == nil {
			p.keras(keras, fasterBackend(ctx, keras, stderr))
		}
	}
	return p.contests
}

// planner collects comparisons.
type planner struct {
	settings
	inkling  inklingRuns
	contests []*contest
}

// add takes one comparison of this many pairs; least is 0 where none is wanted.
func (p *planner) add(title string, pairs int, least float64, ours, theirs side) {
	p.contests = append(p.contests, &contest{Title: title, Least: least, ours: ours, theirs: theirs, pairs: pairs})
}

// half returns the number of pairs for figures that are printed beside.
func (p *planner) half() int { return (p.pairs + 1) / 2 }

// twoCores says whether this machine has them.
func twoCores() bool { return runtime.NumCPU() >= 2 }

func (p *planner) notebook(torch peer) {
	theirs := func(threads int) side { return torch.side("PyTorch", threads, "notebook") }
	p.add("notebook, one core", p.pairs, notebookLeast[variant.Name()], p.inkling.notebook(1, ""), theirs(1))
	if variant.Name() != "portable" {
		p.add("notebook, one core, portable kernels", p.half(), notebookLeast["portable"], p.inkling.notebook(1, "portable"), theirs(1))
	}
	if twoCores() {
		p.add("notebook, two cores", p.half(), notebookTwoCoresLeast[variant.Name()], p.inkling.notebook(2, ""), theirs(2))
	}
}

// cnn compares with PyTorch where it is here, and two of our cores with one.
func (p *planner) cnn(torch peer, here bool) {
	theirs := func(threads int) side {
		return torch.side("PyTorch", threads, "cnn", "--epochs", fmt.Sprint(p.epochs))
	}
	if here {
		p.add("cnn, one core", p.pairs, cnnLeast[variant.Name()], p.inkling.cnn(1), theirs(1))
	}
	if here && twoCores() {
		p.add("cnn, two cores", p.half(), 0, p.inkling.cnn(2), theirs(2))
	}
	if twoCores() {
		one := p.inkling.cnn(1)
		one.name = "inkling, one core"
		p.add("cnn, two cores against one", p.pairs, twoCoresLeast, p.inkling.cnn(2), one)
	}
}

// keras compares with Keras on its faster backend, 50 steps an execution and all
// compiled before, and with the call as the notebook has it, on Keras's default
// backend where that is here.
func (p *planner) keras(keras peer, faster string) {
	best := []string{"fit", "--backend", faster, "--steps-per-execution", "50", "--warm"}
	call := []string{"fit", "--backend", keras.backends()[0]}
	p.add("notebook, one core, Keras's best form", p.pairs, kerasBestLeast, p.inkling.notebook(1, ""), keras.side("Keras", 1, best...))
	p.add("notebook, one core, the notebook's own call", p.pairs, kerasCallLeast, p.inkling.notebook(1, ""), keras.side("Keras", 1, call...))
	if twoCores() {
		p.add("notebook, two cores, Keras's best form", p.half(), 0, p.inkling.notebook(2, ""), keras.side("Keras", 2, best...))
	}
}

// fasterBackend tries Keras's backends for three epochs each. One that fails is
// out; its reason comes out again when it is the only one.
func fasterBackend(ctx context.Context, keras peer, stderr io.Writer) string {
	backends := keras.backends()
	faster, most := backends[0], 0.0
	if len(backends) == 1 {
		return faster
	}
	for _, backend := range backends {
		fmt.Fprintf(stderr, "trying Keras on %s\n", backend)
		r, err := keras.side("Keras", 1, "fit", "--backend", backend, "--steps-per-execution", "50", "--warm", "--epochs", "3").run(ctx)
		if err != nil {
			fmt.Fprintf(stderr, "%s: %v\n", backend, err)
		} else if r.ImagesPerSecond > most {
			faster, most = backend, r.ImagesPerSecond
		}
	}
	return faster
}

package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/own"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/plain"
	"github.com/seed-c844a918/inkling/internal/progress"
)

// ownFlags say how to read somebody's own data.
type ownFlags struct {
	labels string // "circle,cross,star"; "": the data's own
	size   string // "32x24"; "": the data's own, 28x28 of pictures and drawings
	own    own.Reader
}

// registerOwn adds the flags.
func (f *dataFlags) registerOwn(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.labels, "labels", "",
		"of your own data: the classes' names in the order of their labels, such as circle,cross,star")
	cmd.Flags().StringVar(&f.size, "size", "",
		"of your own data: the images' size, such as 32x32 (default: the data's; of pictures and drawings 28x28)")
	f.registerSkip(cmd)
}

// registerSkip adds the flag that evaluating needs, too.
func (f *dataFlags) registerSkip(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.own.SkipBad, "skip-bad", false, "of your own data: leave out pictures that cannot be read")
}

// parseOwn reads the flags; recipe is "" for the usual one.
func (f *dataFlags) parseOwn(recipe ink.Recipe) error {
	f.own.Recipe = recipe
	if recipe == "" {
		f.own.Recipe = ink.Drawing
	}
	if f.labels != "" {
		for name := range strings.SplitSeq(f.labels, ",") {
			f.own.Classes = append(f.own.Classes, strings.TrimSpace(name))
		}
	}
	if f.size == "" {
		return nil
	}
	var err error
	f.own.Width, f.own.Height, err = parseImageSize(f.size)
	return err
}

// parseImageSize reads the images' size of --size, "32x24": width and height; "28" is
// both.
func parseImageSize(text string) (width, height int, err error) {
	before, after, two := strings.Cut(text, "x")
	if !two {
		after = before
	}
	width, errWidth := strconv.Atoi(before)
	height, errHeight := strconv.Atoi(after)
	if errWidth != nil || errHeight != nil || min(width, height) < 1 || max(width, height) > model.MaxSide {
		return 0, 0, usagef("--size: got %q, want WIDTHxHEIGHT, such as 32x24, or 28 for a square, at most %d a side", text, model.MaxSide)
	}
	return width, height, nil
}

// asFor asks for images as a model takes them.
func (f *dataFlags) asFor(m *model.Model) {
	f.own.Width, f.own.Height, f.own.Recipe, f.own.Classes = m.Width(), m.Height(), m.Recipe, m.Labels
}

// checkOwn reports flags that do not belong to the data.
func (f *dataFlags) checkOwn(cmd *cobra.Command, list []ingredient) error {
	if slices.ContainsFunc(list, func(one ingredient) bool { return !isNamed(one.name) }) {
		return nil
	}
	for _, flag := range []string{"labels", "size", "skip-bad"} {
		if cmd.Flags().Changed(flag) {
			return usagef("fit: --%s belongs to data of your own: give --data PATH", flag)
		}
	}
	return nil
}

// loadOwn reads images of the user's own, and says which pictures are bad.
func (f *dataFlags) loadOwn(cmd *cobra.Command) (dataset.Pair, error) {
	reader, stderr := f.own, cmd.ErrOrStderr()
	if progress.IsTerminal(stderr) {
		bar := progress.NewBar(stderr, -1, progressbar.OptionSetDescription("reading "+plain.Text(f.name)), progressbar.OptionShowCount())
		defer bar.Clear()
		reader.Progress = func(done, total int) {
			bar.ChangeMax(total)
			bar.Set(done)
		}
	}
	pair, bad, err := reader.Read(f.name)
	wrong, isBad := errors.AsType[*own.BadFilesError](err)
	if isBad {
		bad = wrong.Files
	}
	for _, err := range bad {
		fmt.Fprintln(stderr, err)
	}
	if isBad {
		return pair, fmt.Errorf("%s: %d of %d pictures cannot be read; --skip-bad leaves them out", f.name, len(bad), wrong.Total)
	}
	if len(bad) > 0 {
		fmt.Fprintf(stderr, "%s: %d pictures are left out\n", f.name, len(bad))
	}
	return pair, err
}

// split divides images to train on: within each class if they are the user's
// own, else as the notebook does.
func (f *dataFlags) split(set *dataset.Set, fraction float64, seed uint64) (train, validation []int) {
	if isNamed(f.name) {
		return dataset.Split(set.Len(), fraction, seed)
	}
	return dataset.Stratified(set.Labels, fraction, seed)
}

// drawnSize is the size of the images that drawings become.
func (f *dataFlags) drawnSize() (width, height int) {
	if f.own.Width > 0 {
		return f.own.Width, f.own.Height
	}
	return drawnSide, drawnSide
}

// dataNames is what a model says it was trained on: --data without folders, which
// are nobody else's business.
func dataNames(data string) string {
	list := dataset.SplitList(data)
	for i, part := range list {
		path, times, repeated := dataset.CutTimes(part)
		if absolute, err := filepath.Abs(path); err == nil {
			path = filepath.Base(absolute)
		}
		list[i] = path
		if repeated {
			list[i] += "*" + times
		}
	}
	return strings.Join(list, ",")
}

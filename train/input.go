package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// drawnSide is the side of the images that drawings become, MNIST's.
const drawnSide = ink.Side

// dataFlags choose a data set.
type dataFlags struct {
	name    string // of a known set, or the path of a stroke file or of other data
	writers string // of pen: "21-25", "1,4,7-9"
	padSeed uint64 // of where on the pad and how large evaluate draws
	ownFlags
}

// register adds the flags with the command's defaults.
func (f *dataFlags) register(cmd *cobra.Command, data, writers string) {
	cmd.Flags().StringVar(&f.name, "data", data, dataForms)
	cmd.Flags().StringVar(&f.writers, "writers", writers, "of pen: whose digits, such as 21-25 or 1,4,7-9")
}

// isDrawings reports whether the data are strokes rather than images.
func (f *dataFlags) isDrawings() bool {
	return f.name == "pen" || strings.HasSuffix(f.name, ".json") || strings.HasSuffix(f.name, ".json.gz")
}

// recipe is what suits the data.
func (f *dataFlags) recipe() ink.Recipe {
	if f.name == "fashion-mnist" {
		return ink.Photo
	}
	return ink.Drawing
}

// load reads the images of the data set, one; drawings are rasterised by the recipe
// drawing and have no test part.
func (f *dataFlags) load(cmd *cobra.Command) (dataset.Pair, error) {
	switch {
	case f.isOwn():
		return f.loadOwn(cmd)
	case !f.isDrawings() && !isNamed(f.name):
		return dataset.Pair{}, usagef("--data: got %q, want %s", f.name, dataForms)
	case !f.isDrawings():
		return dataset.Open(f.name, dataDir(cmd))
	}
	drawings, err := f.drawings(cmd)
	if err != nil {
		return dataset.Pair{}, err
	}
	width, height := f.drawnSize()
	set, err := dataset.Rasterize(f.name, f.drawnClasses(), drawings,
		func(i int) []ink.Stroke { return drawings[i].Strokes }, width, height)
	return dataset.Pair{Train: set}, err
}

// drawings reads the strokes of the data set, those of the chosen writers if it
// is pen.
func (f *dataFlags) drawings(cmd *cobra.Command) ([]dataset.Drawing, error) {
	if f.name != "pen" {
		return dataset.ReadDrawings(f.name)
	}
	wanted, err := parseRanges(f.writers)
	if err != nil {
		return nil, usagef("--writers: %w", err)
	}
	path := penPath(dataDir(cmd))
	all, err := dataset.ReadDrawings(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("pen: %s is not there; inkling data pen says where to get it", path)
	}
	if err != nil {
		return nil, err
	}
	var chosen []dataset.Drawing
	for _, d := range all {
		if wanted(d.Writer) {
			chosen = append(chosen, d)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("pen: no digits of writers %s in %s", f.writers, path)
	}
	return chosen, nil
}

// parseRanges reads "21-25" or "1,4,7-9" as a set of numbers.
func parseRanges(text string) (func(n int) bool, error) {
	var ranges [][2]int
	for _, part := range strings.Split(text, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			last = first
		}
		low, err1 := strconv.Atoi(first)
		high, err2 := strconv.Atoi(last)
		if err1 != nil || err2 != nil || low > high {
			return nil, fmt.Errorf("got %q, want numbers and ranges such as 1,4,7-9", part)
		}
		ranges = append(ranges, [2]int{low, high})
	}
	return func(n int) bool {
		for _, r := range ranges {
			if r[0] <= n && n <= r[1] {
				return true
			}
		}
		return false
	}, nil
}

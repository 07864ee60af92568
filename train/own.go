package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
)

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
	cmd.Flags().BoolVar(&f.Own.SkipBad, "skip-bad", false, "of your own data: leave out pictures that cannot be read")
}

// parseOwn reads the flags; recipe is "" for the usual one.
func (f *dataFlags) parseOwn(recipe ink.Recipe) error {
	f.Own.Recipe = recipe
	if recipe == "" {
		f.Own.Recipe = ink.Drawing
	}
	if f.labels != "" {
		f.Names = splitLabels(f.labels)
		if err := dataset.CheckClasses(f.Names); err != nil {
			return usagef("--labels: %w", err)
		}
	}
	if f.size == "" {
		return nil
	}
	var err error
	f.Own.Width, f.Own.Height, err = parseImageSize(f.size)
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

// checkOwn reports flags that do not belong to the data.
func (f *dataFlags) checkOwn(cmd *cobra.Command, list []load.Ingredient) error {
	if slices.ContainsFunc(list, func(one load.Ingredient) bool { return !dataset.IsNamed(one.Name) }) {
		return nil
	}
	for _, flag := range []string{"labels", "size", "skip-bad"} {
		if cmd.Flags().Changed(flag) {
			return usagef("fit: --%s belongs to data of your own: give --data PATH", flag)
		}
	}
	return nil
}

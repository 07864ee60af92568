package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/ink"
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
	f.Own.Width, f.Own.Height, err = load.ParseSize(f.size)
	return err
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

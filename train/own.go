package main

import (
	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/cache"
	"github.com/seed-c844a918/inkling/internal/choice/pick"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// registerOwn adds the flags.
func (f *dataFlags) registerOwn(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.labels, "labels", "",
		"of your own data: the classes' names in the order of their labels, such as circle,cross,star")
	cmd.Flags().StringVar(&f.size, "size", "",
		"of your own data: the images' size, such as 32x32 (default: the data's; of pictures and drawings 28x28)")
	f.registerReading(cmd, "the images to train on say it: 0..1 or 0..255")
}

// registerReading adds the flags that say how data are read, for asking a model, too.
// usual is the range of numbers by default.
func (f *dataFlags) registerReading(cmd *cobra.Command, usual string) {
	flags := cmd.Flags()
	flags.BoolVar(&f.Own.SkipBad, "skip-bad", false, "of your own data: leave out pictures that cannot be read")
	flags.StringVar(&f.pixels, "pixels", "",
		"of your own tables, arrays and IDX files: LOW..HIGH, the values of black and of white, such as 0..16 or -1..1 (default: "+usual+")")
	pick.Flag(cmd, &f.invert, "invert", "",
		"of your own tables, arrays and IDX files: whether dark is ink (default: as the data to train on show it, by recipe drawing)", decisions)
	pick.Flag(cmd, &f.transpose, "transpose", "",
		"of your own tables, arrays and IDX files: whether rows are columns (default: where the name is EMNIST's)", decisions)
	flags.StringVar(&f.Own.LabelColumn, "label-column", "",
		"of a table: the label's column, by name or number from 1, or none (default: by its usual names)")
	flags.BoolVar(&f.noCache, "no-cache", false,
		"of folders of pictures: do not keep in the user's cache folder what they became, nor read it there")
}

// parseReading reads the flags that say how data are read.
func (f *dataFlags) parseReading() (err error) {
	if f.pixels != "" {
		if f.Own.Pixels, err = pixels.Parse(f.pixels); err != nil {
			return usagef("%w", err)
		}
	}
	if f.Own.Invert, err = pick.ChooseIfGiven("invert", f.invert, decisions); err != nil {
		return err
	}
	if f.Own.Transpose, err = pick.ChooseIfGiven("transpose", f.transpose, decisions); err != nil {
		return err
	}
	if !f.noCache {
		f.Own.Cache = cache.Dir()
	}
	return nil
}

// parseOwn reads the flags; recipe is "" for the usual one.
func (f *dataFlags) parseOwn(recipe ink.Recipe) error {
	if err := f.parseReading(); err != nil {
		return err
	}
	f.Own.Recipe = recipe
	if recipe == "" {
		f.Own.Recipe = ink.Drawing
	}
	if f.labels != "" {
		f.Names = load.SplitNames(f.labels)
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

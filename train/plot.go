package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/history"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/plots"
)

func newPlotCommand() *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:   "plot HISTORY|MODEL --out FILE.png|.svg",
		Short: "Draw training curves, or the first layer's weights",
		Long: `plot draws what a training run left behind. From a history (.csv, or .json, which
may be Keras's History.history) it draws loss and accuracy over the epochs, of
training and validation, and marks the epoch of the lowest validation loss. From a
model whose first layer with weights is dense, it draws what each unit of that layer
looks for.`,
		Example: `  inkling plot mnist.history.csv --out curves.png
  inkling plot mnist.ink --out weights.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return plotFile(cmd, args[0], out) },
	}
	cmd.Flags().StringVar(&out, "out", "", "the picture to write, .png or .svg")
	return cmd
}

// plotFile draws a history or a model into a picture.
func plotFile(cmd *cobra.Command, path, out string) error {
	format := strings.TrimPrefix(filepath.Ext(out), ".")
	if format != "png" && format != "svg" {
		return usagef("plot: got --out %q, want the name of a .png or .svg file", out)
	}
	if err := canWrite(cmd, outputs.Named("--out", out), outputs.Named("HISTORY|MODEL", path)...); err != nil {
		return err
	}
	figure, err := figureOf(path)
	if err != nil {
		return err
	}
	picture, err := figure.Encode(format)
	if err != nil {
		return err
	}
	return writeFile(out, picture)
}

// figureOf returns the plot of a history, by its name, or of a model.
func figureOf(path string) (plots.Figure, error) {
	if history.Is(path) {
		epochs, err := history.Read(path)
		if err != nil {
			return plots.Figure{}, err
		}
		return plots.Curves(strings.TrimSuffix(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), ".history"), epochs), nil
	}
	m, err := readModel(path)
	if err != nil {
		return plots.Figure{}, err
	}
	figure, err := plots.FirstWeights(modelName(path), m.Network)
	if err != nil {
		return plots.Figure{}, fmt.Errorf("plot: %s: %w", path, err)
	}
	return figure, nil
}

// modelName returns a model's file without folder and ending.
func modelName(path string) string { return strings.TrimSuffix(filepath.Base(path), ".ink") }

package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/plots"
)

func newPlotCommand() *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:   "plot HISTORY|MODEL --out FILE.png|.svg",
		Short: "Draw training curves, or the first layer's weights",
		Long: `plot draws what a training run left behind. Of a history (.csv) it draws loss and
accuracy over the epochs, of training and validation, and marks the epoch of the
lowest validation loss. Of a model whose first layer with weights is dense, it
draws what each of its units looks for.`,
		Example: `  inkling plot mnist.history.csv --out curves.png
  inkling plot mnist.ink --out weights.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return plotFile(args[0], out) },
	}
	cmd.Flags().StringVar(&out, "out", "", "the picture to write, .png or .svg")
	return cmd
}

// plotFile draws a history or a model into a picture.
func plotFile(path, out string) error {
	format := strings.TrimPrefix(filepath.Ext(out), ".")
	if format != "png" && format != "svg" {
		return usagef("plot: got --out %q, want the name of a .png or .svg file", out)
	}
	if err := canWrite(out); err != nil {
		return fmt.Errorf("plot: --out: %w", err)
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

// figureOf is the plot of a history, by its name, or of a model.
func figureOf(path string) (plots.Figure, error) {
	if strings.HasSuffix(path, ".csv") {
		epochs, err := readHistory(path)
		if err != nil {
			return plots.Figure{}, err
		}
		return plots.Curves(strings.TrimSuffix(filepath.Base(path), ".history.csv"), epochs), nil
	}
	m, err := readModel(path)
	if err != nil {
		return plots.Figure{}, err
	}
	return weightsOf(path, m)
}

// weightsOf is the plot of the first layer that has weights, which must be dense
// and look at the pixels themselves.
func weightsOf(path string, m *model.Model) (plots.Figure, error) {
	for _, layer := range m.Network.Layers {
		if len(layer.Params()) == 0 {
			continue
		}
		dense, ok := layer.(*nn.Dense)
		if !ok {
			return plots.Figure{}, fmt.Errorf("plot: %s: the first layer with weights is %s, want dense", path, layer.Kind())
		}
		title := fmt.Sprintf("%s: weights of the first layer's %d units", modelName(path), dense.Units)
		return plots.Weights(title, dense.Params()[0].Value, m.Height(), m.Width(), dense.Units), nil
	}
	return plots.Figure{}, fmt.Errorf("plot: %s: no layer has weights", path)
}

// modelName is a model's file without folder and ending.
func modelName(path string) string { return strings.TrimSuffix(filepath.Base(path), ".ink") }

// readHistory reads what historyCSV wrote; other columns are passed over.
func readHistory(path string) ([]fit.Epoch, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("history: %s: %w", path, err)
	}
	if len(rows) < 2 || !slices.Contains(rows[0], "loss") {
		return nil, fmt.Errorf("history: %s: got no line of an epoch, want columns epoch, loss, accuracy, val_loss, val_accuracy and a line each", path)
	}
	epochs := make([]fit.Epoch, len(rows)-1)
	for i, row := range rows[1:] {
		e := &epochs[i]
		e.Epoch = i + 1
		for name, to := range map[string]*float64{"loss": &e.Loss, "accuracy": &e.Accuracy, "val_loss": &e.ValLoss, "val_accuracy": &e.ValAccuracy} {
			if *to, err = field(rows[0], row, name); err != nil {
				return nil, fmt.Errorf("history: %s: epoch %d: %w", path, i+1, err)
			}
		}
	}
	return epochs, nil
}

// field is the number in the column of this name, NaN where there is none.
func field(head, row []string, name string) (float64, error) {
	column := slices.Index(head, name)
	if column < 0 || row[column] == "" {
		return math.NaN(), nil
	}
	v, err := strconv.ParseFloat(row[column], 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, fmt.Errorf("got %s %q, want a finite number", name, row[column])
	}
	return v, nil
}

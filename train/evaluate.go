package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
)

// evaluation is what evaluate prints.
type evaluation struct {
	Model     string            `json:"model"`
	Data      string            `json:"data"`
	Count     int               `json:"count"`
	Accuracy  float64           `json:"accuracy"` // 0..1, largest probability against the label
	Loss      float64           `json:"loss"`     // mean of -log p(label)
	Classes   []string          `json:"classes"`
	Confusion metrics.Confusion `json:"confusion"` // [label][predicted]
}

func newEvaluateCommand() *cobra.Command {
	var data dataFlags
	asJSON := false
	cmd := &cobra.Command{
		Use:   "evaluate MODEL",
		Short: "Measure a model on labelled images or drawings",
		Long: `evaluate measures a model on the test part of a data set, or on all of one that
has none. Drawings (pen, stroke files) are drawn once each at a random place and
size, 35-90 % of the pad, and then take the page's own way to the network.`,
		Example: `  inkling evaluate mnist.ink
  inkling evaluate mnist.ink --data pen --writers 21-25
  inkling evaluate mnist.ink --data my-strokes.json --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := readModel(args[0])
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("data") && m.Training.Data != "" {
				data.name = m.Training.Data
			}
			set, err := data.loadForEvaluation(cmd, m)
			if err != nil {
				return err
			}
			e, err := evaluate(m, set)
			if err != nil {
				return err
			}
			e.Model, e.Data = args[0], data.name
			if asJSON {
				return printJSON(cmd.OutOrStdout(), e)
			}
			return e.print(cmd.OutOrStdout())
		},
	}
	data.register(cmd, "mnist", "21-25")
	cmd.Flags().Lookup("data").Usage += " (default: what the model was trained on)"
	cmd.Flags().Lookup("data").DefValue = ""
	cmd.Flags().Uint64Var(&data.padSeed, "pad-seed", 1, "of where on the pad and how large each drawing is drawn")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// loadForEvaluation reads the test images, those of all drawings placed on the
// pad, or all images of a set without a test part.
func (f *dataFlags) loadForEvaluation(cmd *cobra.Command, m *model.Model) (*dataset.Set, error) {
	if !f.isDrawings() {
		pair, err := f.load(cmd)
		if err != nil || pair.Test != nil {
			return pair.Test, err
		}
		return pair.Train, nil
	}
	if m.Recipe != ink.Drawing {
		return nil, fmt.Errorf("evaluate: %s holds strokes, but the model's recipe is %s, which wants pictures", f.name, m.Recipe)
	}
	drawings, err := f.drawings(cmd)
	if err != nil {
		return nil, err
	}
	return dataset.Rasterize(f.name, dataset.DigitNames(), drawings,
		func(i int) []ink.Stroke { return dataset.Place(drawings[i], f.padSeed, i) }, m.Width(), m.Height())
}

// evaluate asks the model about every image.
func evaluate(m *model.Model, set *dataset.Set) (evaluation, error) {
	if set.Width != m.Width() || set.Height != m.Height() {
		return evaluation{}, fmt.Errorf("evaluate: %s: got images of %dx%d, want the model's input %dx%d", set.Name, set.Width, set.Height, m.Width(), m.Height())
	}
	if !slices.Equal(set.Classes, m.Labels) {
		return evaluation{}, fmt.Errorf("evaluate: %s: got the classes %s, want the model's %s", set.Name, strings.Join(set.Classes, ", "), strings.Join(m.Labels, ", "))
	}
	e := evaluation{Count: set.Len(), Classes: m.Labels, Confusion: metrics.NewConfusion(len(m.Labels))}
	for i, label := range set.Labels {
		answer := m.Predict(set.Image(i))
		e.Confusion.Add(int(label), answer.Label)
		e.Loss -= math.Log(max(float64(answer.Probabilities[label]), math.SmallestNonzeroFloat32))
	}
	e.Loss /= float64(max(e.Count, 1))
	e.Accuracy = e.Confusion.Accuracy()
	return e, nil
}

// print writes the figures and the confusion matrix.
func (e evaluation) print(w io.Writer) error {
	fmt.Fprintf(w, "%s on %s: %d images - loss: %.4f - accuracy: %.4f\n\n", e.Model, e.Data, e.Count, e.Loss, e.Accuracy)
	table := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "label\\predicted\t")
	for _, class := range e.Classes {
		fmt.Fprint(table, class, "\t")
	}
	fmt.Fprint(table, " accuracy\t\n")
	for label, row := range e.Confusion {
		fmt.Fprint(table, e.Classes[label], "\t")
		total := 0
		for _, n := range row {
			fmt.Fprint(table, dotForZero(n), "\t")
			total += n
		}
		fmt.Fprintf(table, "%.4f\t\n", float64(row[label])/float64(max(total, 1)))
	}
	return table.Flush()
}

// dotForZero keeps the eye on what is there.
func dotForZero(n int) string {
	if n == 0 {
		return "."
	}
	return strconv.Itoa(n)
}

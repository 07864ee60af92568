package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/belongs"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
)

// evaluateFlags are the settings of evaluate.
type evaluateFlags struct {
	data       dataFlags
	nonDigits  bool
	robustness bool
	topK       int
	background string // names of sets that show none of the classes; "": none
	validation string // share of the training images that fit kept from the model, or "own"; "": the test images
	json       bool
	report     string // folder to write, "" for none
}

func newEvaluateCommand() *cobra.Command {
	var f evaluateFlags
	cmd := &cobra.Command{
		Use:   "evaluate MODEL",
		Short: "Measure a model on labelled images or drawings",
		Long: `evaluate measures a model on the test part of a data set, or on all of one that
has none. Drawings (pen, stroke files) are drawn once each at a random place and
size, 35-90 % of the pad, and then take the page's own way to the network.

Accuracy counts the class of the largest probability, sure or not, and comes with
its 95 % interval; "shown" is the accuracy of the answers that the model's
threshold lets through.

--background names data sets that show none of the classes, such as
unipen-upper,unipen-signs for digits: the share that is answered surely all the same,
AUROC, and the most frequent of those answers. What looks like a class is left out.
NAME/WRITERS chooses other writers than the set's usual ones.

--non-digits also asks about drawings of no digit, and about Fashion-MNIST's clothes
if they are among the data, and says how well the confidence tells them from digits
(AUROC: 1 always, 0.5 no better than chance). --robustness measures again on images
that were shifted, scaled, rotated, sheared, thinned,
thickened or made noisy, each at three strengths. --report does both and writes
all figures as evaluation.json, plots of them, and a sheet of the worst mistakes
into a folder.`,
		Example: `  inkling evaluate mnist.ink
  inkling evaluate mnist.ink --data pen --writers 21-25
  inkling evaluate mnist.ink --data my-strokes.json --json
  inkling evaluate mnist.ink --validation own          those that fit kept
  inkling evaluate mnist.ink --top-k 5                 Keras's top_k_categorical_accuracy
  inkling evaluate mnist.ink --non-digits --robustness
  inkling evaluate digits.ink --data unipen-digits --writers 17-19 --background unipen-upper/17-19,omniglot/6-7
  inkling evaluate mnist.ink --report report`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	f.data.register(cmd, "mnist", evaluateWriters)
	f.data.registerReading(cmd, "as in training")
	cmd.Flags().Lookup("data").Usage += " (default: what the model was trained on)"
	cmd.Flags().Lookup("data").DefValue = ""
	cmd.Flags().Uint64Var(&f.data.PadSeed, "pad-seed", 1, "seed of the place and size of each drawing on the pad")
	cmd.Flags().BoolVar(&f.nonDigits, "non-digits", false, "also ask about scribbles, letters (of digits), two digits and shapes")
	cmd.Flags().StringVar(&f.background, "background", "",
		"also ask about these data sets, separated by commas, whose images show none of the classes, by their usual writers")
	cmd.Flags().BoolVar(&f.data.WithoutNoisy, "without-noisy", false,
		"leave out the writers that noisy-writers.json in the set's folder names")
	cmd.Flags().BoolVar(&f.robustness, "robustness", false, "also measure on changed images")
	cmd.Flags().IntVar(&f.topK, "top-k", evaluate.DefaultTopK, "also measure how often the label is among the K most probable classes")
	cmd.Flags().StringVar(&f.validation, "validation", "",
		"measure on the training images that fit kept for validation: own, or for older files the share that fit --split had")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
	cmd.Flags().StringVar(&f.report, "report", "", "write figures, plots and the worst mistakes into this folder")
	return cmd
}

// run measures and prints.
func (f *evaluateFlags) run(cmd *cobra.Command, path string) error {
	m, err := readModel(path)
	if err != nil {
		return err
	}
	if !cmd.Flags().Changed("data") && m.Training.Data != "" {
		f.data.Name = trainedOn(m)
		if err := checkThere(cmd, path, f.data.Name); err != nil {
			return err
		}
	}
	if err := cmp.Or(f.data.parseReading(), belongs.Evaluate(cmd, f.data.Name, f.background, f.validation != "")); err != nil {
		return err
	}
	if err := f.prepare(cmd, path, m); err != nil {
		return err
	}
	f.data.For(m)
	set, err := f.load(cmd, m)
	if err != nil {
		return err
	}
	v, err := measureSet(cmd, m, set, f.topK)
	if err != nil {
		return err
	}
	v.Model, v.Data = path, f.data.Name
	if f.background != "" {
		if err := f.data.askBackground(cmd, m, v, dataset.SplitList(f.background)); err != nil {
			return err
		}
	}
	if f.nonDigits || f.report != "" && evaluate.ReadsCharacters(m) {
		if err := askNonDigits(cmd, m, v); err != nil {
			return err
		}
	}
	if f.robustness || f.report != "" {
		v.Perturb(m)
	}
	if f.report != "" {
		files, err := v.Folder()
		if err != nil {
			return err
		}
		if err := writeFiles(f.report, files); err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "report in %s\n", f.report)
	}
	if f.json {
		return printJSON(cmd.OutOrStdout(), v.Evaluation)
	}
	return v.Print(cmd.OutOrStdout())
}

// measure asks a model about the data set: its test images, those of all drawings
// placed on the pad, or all images of a set without a test part.
func (f *dataFlags) measure(cmd *cobra.Command, m *model.Model, k int) (*evaluate.Measured, error) {
	f.For(m)
	set, err := f.test(cmd, m)
	if err != nil {
		return nil, err
	}
	v, err := measureSet(cmd, m, set, k)
	if err != nil {
		return nil, err
	}
	v.Data = f.Name
	return v, nil
}

// measureSet asks a model about a set, for a command that its errors name.
func measureSet(cmd *cobra.Command, m *model.Model, set *dataset.Set, k int) (*evaluate.Measured, error) {
	v, err := evaluate.Measure(m, set, k)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmd.Name(), err)
	}
	return v, nil
}

// askBackground asks a model about data sets that show none of its classes.
func (f *dataFlags) askBackground(cmd *cobra.Command, m *model.Model, v *evaluate.Measured, list []string) error {
	sets, err := f.in(cmd).Backgrounds(m, list)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.Name(), err)
	}
	for _, set := range sets {
		v.AskBackground(m, set.Title, set.Set)
	}
	return nil
}

// askNonDigits asks a model that reads digits about drawings of no digit and, if
// they are among the data and have the model's size, about clothes.
func askNonDigits(cmd *cobra.Command, m *model.Model, v *evaluate.Measured) error {
	var clothes *dataset.Set
	pair, err := dataset.Stranger().Open(dataDir(cmd))
	switch {
	case err == nil && pair.Test.Width == m.Width() && pair.Test.Height == m.Height():
		clothes = pair.Test
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	v.AskNonDigits(m, clothes)
	return nil
}

// checkThere reports that the data that a model was trained on are not there.
func checkThere(cmd *cobra.Command, path, data string) error {
	if _, err := os.Stat(data); err != nil && !dataset.IsNamed(data) {
		return fmt.Errorf("%s: %s was trained on %s: give --data and its path", cmd.Name(), path, data)
	}
	return nil
}

// trainedOn returns the data set that a model was trained on, the first of several.
func trainedOn(m *model.Model) string {
	list, err := load.Parse(m.Training.Data)
	if err != nil {
		return m.Training.Data
	}
	return list[0].Name
}

// prepare reports early what would fail at the end, and makes the report's folder.
func (f *evaluateFlags) prepare(cmd *cobra.Command, path string, m *model.Model) error {
	if f.nonDigits && !evaluate.ReadsCharacters(m) {
		return fmt.Errorf("evaluate: --non-digits: %s reads %d classes by the recipe %s, want the ten digits or the letters by drawing",
			path, len(m.Labels), m.Recipe)
	}
	if most := len(m.Labels) - 1; cmd.Flags().Changed("top-k") && (f.topK < 1 || f.topK > most) {
		return usagef("evaluate: got --top-k %d, want 1..%d of %d classes", f.topK, most, len(m.Labels))
	}
	if f.report == "" {
		return nil
	}
	if err := os.MkdirAll(f.report, 0o755); err != nil {
		return fmt.Errorf("evaluate: --report: %w", err)
	}
	read := append(outputs.Named("MODEL", path), load.Files("--data", dataDir(cmd), f.data.Name)...)
	return canWrite(cmd, outputs.Named("--report", filepath.Join(f.report, evaluate.ReportFile)), read...)
}

// load reads the set to measure on.
func (f *evaluateFlags) load(cmd *cobra.Command, m *model.Model) (*dataset.Set, error) {
	if f.validation == "" {
		return f.data.test(cmd, m)
	}
	if f.data.IsStrokes() && dataset.IsNamed(f.data.Name) {
		return nil, usagef("evaluate: --validation: %s is divided by writers: give --writers instead", f.data.Name)
	}
	share, err := load.ParseShare(f.validation)
	if err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	set, err := f.data.in(cmd).Held(m, share)
	if err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	return set, nil
}

// test reads the images to measure a model on.
func (f *dataFlags) test(cmd *cobra.Command, m *model.Model) (*dataset.Set, error) {
	set, err := f.in(cmd).Test(m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmd.Name(), err)
	}
	return set, nil
}

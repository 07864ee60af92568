package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/belongs"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
	"github.com/seed-c844a918/inkling/internal/predict"
)

// predictFlags are the settings of predict.
type predictFlags struct {
	data dataFlags
	json bool
	out  string // the .csv or .json file to write; "": none
	show string // the PNG to write; "": none

	submission bool // out gets ImageId,Label
}

func newPredictCommand() *cobra.Command {
	var f predictFlags
	cmd := &cobra.Command{
		Use:   "predict MODEL [FILE|FOLDER...]",
		Short: "Say what pictures or drawings show",
		Long: `predict asks a model about files: pictures (PNG, JPEG, GIF, WebP, BMP, TIFF; ink
of any colour on paper of any colour), stroke JSON, tables (.csv, Kaggle's test.csv
as well) and .npz files with labels or without, folders, and IDX images of the
network's own size. A file of several images or drawings gives one answer per image,
in order. Values in tables are read as in the model's training data (inkling fit -h).

Instead of files --data takes a data set, as evaluate does: its test images are
asked about, and predict prints the shape of the answers and, for the first ones,
the rounded probabilities and the class of the largest.

--out writes all answers as CSV or JSON (in CSV, a name that a spreadsheet would take
for a formula gets an apostrophe in front); --show draws a sheet of each picture, what
the network saw of it, and its answer. --submission makes --out FILE.csv what Kaggle
takes: ImageId,Label, the id from the table's column or else 1, 2, ..., the label as
it stood in the data that the model learned from.`,
		Example: `  inkling predict mnist.ink digits/*.png
  inkling predict mnist.ink digits/*.png --show sheet.png
  inkling predict mnist.ink --data mnist --out predictions.csv
  inkling predict digits.ink test.csv --out submission.csv --submission
  inkling predict mnist.ink drawing.json --json
  inkling predict mnist.ink data/mnist/t10k-images-idx3-ubyte.gz`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0], args[1:]) },
	}
	f.data.register(cmd, "", evaluateWriters)
	f.data.registerReading(cmd, "as in training")
	cmd.Flags().Uint64Var(&f.data.PadSeed, "pad-seed", 1, "seed of the place and size of each drawing of --data on the pad")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
	cmd.Flags().StringVar(&f.out, "out", "", "write all answers to this .csv or .json file")
	cmd.Flags().BoolVar(&f.submission, "submission", false, "write --out FILE.csv as Kaggle takes it: ImageId,Label")
	cmd.Flags().StringVar(&f.show, "show", "", "draw the pictures and answers into this PNG")
	return cmd
}

// run asks about the files, or the data set.
func (f *predictFlags) run(cmd *cobra.Command, path string, files []string) error {
	if err := cmp.Or(f.check(cmd, path, files), f.data.parseReading()); err != nil {
		return err
	}
	m, err := readModel(path)
	if err != nil {
		return err
	}
	shown := 0
	if f.show != "" {
		shown = predict.MostShown
	}
	r := predict.New(m, shown)
	r.Data = *f.data.in(cmd)
	var bad []error
	if f.data.Name != "" {
		err = f.readSet(cmd, m, r)
	} else {
		bad = r.Files(files)
	}
	if err == nil {
		err = f.write(cmd.OutOrStdout(), modelName(path), r)
	}
	if err != nil || len(bad) == 0 {
		return err
	}
	for _, err := range bad[:len(bad)-1] {
		fmt.Fprintln(cmd.ErrOrStderr(), "inkling:", err)
	}
	return bad[len(bad)-1]
}

// check reports what does not go together, and what could not be written.
func (f *predictFlags) check(cmd *cobra.Command, model string, files []string) error {
	if (f.data.Name == "") == (len(files) == 0) {
		return usagef("predict: want files, or a data set as --data; see inkling predict -h")
	}
	if f.data.Name == "" {
		if err := belongs.Files(cmd, files); err != nil {
			return err
		}
	}
	if ext := filepath.Ext(f.out); f.out != "" && ext != ".csv" && ext != ".json" {
		return usagef("predict: got --out %q, want the name of a .csv or .json file", f.out)
	}
	if f.submission && filepath.Ext(f.out) != ".csv" {
		return usagef("predict: --submission wants --out FILE.csv")
	}
	if f.submission && len(files) > 1 {
		return usagef("predict: --submission wants one file, got %d", len(files))
	}
	if err := outputs.Picture("--show", f.show); err != nil {
		return err
	}
	written := append(outputs.Named("--out", f.out), outputs.Named("--show", f.show)...)
	read := append(outputs.Named("MODEL", model), outputs.Named("FILE", files...)...)
	return canWrite(cmd, written, append(read, load.Files("--data", dataDir(cmd), f.data.Name)...)...)
}

// readSet asks about the test images of the data set.
func (f *predictFlags) readSet(cmd *cobra.Command, m *model.Model, r *predict.Reading) error {
	if err := belongs.Evaluate(cmd, f.data.Name, "", false); err != nil {
		return err
	}
	f.data.For(m)
	set, err := f.data.in(cmd).Asked(m)
	if err != nil {
		return fmt.Errorf("predict: %w", err)
	}
	if err := r.Set(set); err != nil {
		return fmt.Errorf("predict: %w", err)
	}
	return nil
}

// write writes the files that were asked for, and prints.
func (f *predictFlags) write(w io.Writer, name string, r *predict.Reading) error {
	if f.out != "" {
		if err := f.writePredictions(r); err != nil {
			return err
		}
	}
	if f.show != "" {
		sheet, err := r.Sheet(name)
		if err != nil {
			return err
		}
		if err := writeFile(f.show, sheet); err != nil {
			return err
		}
	}
	switch {
	case f.json:
		return printJSON(w, r.Predictions)
	case f.data.Name != "":
		return r.PrintSet(w)
	}
	return r.Print(w)
}

// writePredictions writes all answers into the .csv or .json file.
func (f *predictFlags) writePredictions(r *predict.Reading) error {
	var file bytes.Buffer
	var err error
	switch {
	case filepath.Ext(f.out) == ".json":
		err = printJSON(&file, r.Predictions)
	case f.submission:
		err = r.WriteSubmission(&file)
	default:
		err = r.WriteCSV(&file)
	}
	if err != nil {
		return err
	}
	return writeFile(f.out, file.Bytes())
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/outputs"
)

// reportFlags are the settings of report.
type reportFlags struct {
	data   dataFlags
	plan   load.Plan
	models string // folder
	out    string // the Markdown file
}

func newReportCommand() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Measure every model of a folder and write the results as Markdown",
		Long: `report evaluates every .ink file of a folder: models of digits on MNIST's test
images, on pen strokes and, where they are among the data, on UNIPEN's digits; models
of letters on UNIPEN's; others, and those trained on synthetic digits, on the
test images of the data they were trained on. Models of your own data are left out
and named; inkling evaluate measures them.
It writes tables as Markdown and, into a folder of the same name beside it, plots
and the worst mistakes. The same models and data give the same files.`,
		Example: `  inkling report --out docs/results.md
  inkling report --models . --pen-writers 21-25 --out my-results.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	cmd.Flags().StringVar(&f.models, "models", filepath.Join("web", "models"), "folder with the models")
	cmd.Flags().StringVar(&f.out, "out", "", "the Markdown file to write")
	cmd.Flags().StringVar(&f.plan.Pen, "pen-writers", "21-25", "the writers of the pen digits, such as 21-25 or 1,4,7-9")
	cmd.Flags().StringVar(&f.plan.Unipen, "unipen-writers", "14-16", "the writers of UNIPEN's characters, by writer % 20")
	cmd.Flags().StringVar(&f.plan.Alphabets, "alphabets", "2-3", "Omniglot's alphabets: 2 Greek, 3 Katakana, 5 Latin, 6 Sanskrit, 7 Tagalog")
	cmd.Flags().Uint64Var(&f.data.PadSeed, "pad-seed", 1, "seed of the place and size of each drawing on the pad")
	return cmd
}

// run evaluates the models and writes the files.
func (f *reportFlags) run(cmd *cobra.Command) error {
	if filepath.Ext(f.out) != ".md" {
		return usagef("report: got --out %q, want the name of a .md file", f.out)
	}
	paths, err := filepath.Glob(filepath.Join(f.models, "*.ink"))
	if err != nil || len(paths) == 0 {
		return fmt.Errorf("report: no .ink file in %s; inkling fit writes models", f.models)
	}
	f.plan.Dir = dataDir(cmd)
	read := append(outputs.Named("--models", paths...), load.Files("the data", dataDir(cmd), dataset.Names()...)...)
	if err := canWrite(cmd, outputs.Named("--out", f.out), read...); err != nil {
		return err
	}
	var results []*evaluate.Measured
	var skipped []string
	for _, path := range paths {
		m, err := readInk(path)
		if err != nil {
			return err
		}
		if m.IsEncoder() {
			skipped = append(skipped, modelName(path)+" (an encoder, which make bench-symbols measures)")
			continue
		}
		list, why := f.plan.Of(m, trainedOn(m))
		if why != "" {
			skipped = append(skipped, fmt.Sprintf("%s (%s)", modelName(path), why))
			fmt.Fprintf(cmd.ErrOrStderr(), "%s left out: %s; inkling evaluate %s --data PATH measures it\n", path, why, path)
		}
		for _, one := range list {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s on %s\n", path, one.Title)
			v, err := f.evaluate(cmd, m, one)
			if err != nil {
				return err
			}
			v.Model = modelName(path)
			results = append(results, v)
		}
	}
	if len(results) == 0 {
		return fmt.Errorf("report: no model of %s is one of a data set that has a name", f.models)
	}
	return f.write(results, skipped)
}

// evaluate measures one model on one data set, in every way.
func (f *reportFlags) evaluate(cmd *cobra.Command, m *model.Model, one load.Measurement) (*evaluate.Measured, error) {
	data := f.data
	data.Name, data.Writers, data.WithoutNoisy = one.Name, one.Writers, one.Quiet
	v, err := data.measure(cmd, m, evaluate.DefaultTopK)
	if err != nil {
		return nil, err
	}
	v.Data = one.Title
	if err := data.askBackground(cmd, m, v, one.Background); err != nil {
		return nil, err
	}
	if evaluate.ReadsCharacters(m) {
		if err := askNonDigits(cmd, m, v); err != nil {
			return nil, err
		}
	}
	v.Perturb(m)
	return v, nil
}

// write writes the Markdown and the pictures.
func (f *reportFlags) write(results []*evaluate.Measured, skipped []string) error {
	folder := strings.TrimSuffix(f.out, ".md")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	page, pictures, err := evaluate.Page(results, skipped, filepath.Base(folder))
	if err != nil {
		return err
	}
	if err := writeFiles(folder, pictures); err != nil {
		return err
	}
	return writeFile(f.out, page)
}

// writeFiles writes files into a folder that is there.
func writeFiles(folder string, files map[string][]byte) error {
	for name, data := range files {
		if err := writeFile(filepath.Join(folder, name), data); err != nil {
			return err
		}
	}
	return nil
}

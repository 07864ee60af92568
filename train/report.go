package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/model"
)

// reportFlags are the settings of report.
type reportFlags struct {
	data   dataFlags
	models string // folder
	out    string // the Markdown file
}

func newReportCommand() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Measure every model of a folder and write the results as Markdown",
		Long: `report evaluates every .ink file of a folder: models of digits on MNIST's test
images and on pen strokes, others (and those trained on synthetic digits) on the
test images of what they were trained on. Models of other data, the author's own,
are left out, and it says which; inkling evaluate measures them.
It writes tables as Markdown and, into a folder of the same name beside it, plots
and the worst mistakes. The same models and data make the same files.`,
		Example: `  inkling report --out docs/results.md
  inkling report --models . --pen-writers 21-25 --out my-results.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	cmd.Flags().StringVar(&f.models, "models", filepath.Join("web", "models"), "folder with the models")
	cmd.Flags().StringVar(&f.out, "out", "", "the Markdown file to write")
	cmd.Flags().StringVar(&f.data.writers, "pen-writers", "21-25", "whose pen digits, such as 21-25 or 1,4,7-9")
	cmd.Flags().Uint64Var(&f.data.padSeed, "pad-seed", 1, "of where on the pad and how large each drawing is drawn")
	return cmd
}

// run evaluates the models and writes the files.
func (f *reportFlags) run(cmd *cobra.Command) error {
	if filepath.Ext(f.out) != ".md" {
		return usagef("report: got --out %q, want the name of a .md file", f.out)
	}
	if err := canWrite(f.out); err != nil {
		return fmt.Errorf("report: --out: %w", err)
	}
	paths, err := filepath.Glob(filepath.Join(f.models, "*.ink"))
	if err != nil || len(paths) == 0 {
		return fmt.Errorf("report: no .ink file in %s; inkling fit writes models", f.models)
	}
	var results []*evaluated
	var skipped []string
	for _, path := range paths {
		m, err := readModel(path)
		if err != nil {
			return err
		}
		names, why := reportData(m)
		if why != "" {
			skipped = append(skipped, fmt.Sprintf("%s (%s)", modelName(path), why))
			fmt.Fprintf(cmd.ErrOrStderr(), "%s left out: %s; inkling evaluate %s --data PATH measures it\n", path, why, path)
		}
		for _, name := range names {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s on %s\n", path, name)
			v, err := f.evaluate(cmd, m, name)
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

// reportData is what a model is measured on, or why on nothing; one of synthetic
// digits has the synthetic test images, which need no download.
func reportData(m *model.Model) (names []string, why string) {
	trained := trainedOn(m)
	switch usual := m.Width() == drawnSide && m.Height() == drawnSide; {
	case usual && readsDigits(m) && trained != "synthetic":
		return []string{"mnist", "pen"}, ""
	case usual && isNamed(trained) && trained != "non-digits":
		return []string{trained}, ""
	case trained == "":
		return nil, "not trained by inkling"
	case !usual:
		return nil, fmt.Sprintf("trained on %s in images of %dx%d", trained, m.Width(), m.Height())
	}
	return nil, "trained on " + trained
}

// evaluate measures one model on one data set, in every way.
func (f *reportFlags) evaluate(cmd *cobra.Command, m *model.Model, name string) (*evaluated, error) {
	data := f.data
	data.name = name
	set, err := data.loadForEvaluation(cmd, m)
	if err != nil {
		return nil, err
	}
	v, err := measureAnswers(m, set, defaultTopK)
	if err != nil {
		return nil, err
	}
	v.Data = name
	if name == "pen" {
		v.Data = "pen digits of writers " + f.data.writers
	}
	if readsDigits(m) {
		if err := v.askNonDigits(m, dataDir(cmd)); err != nil {
			return nil, err
		}
	}
	v.perturb(m)
	return v, nil
}

// write writes the Markdown and the pictures.
func (f *reportFlags) write(results []*evaluated, skipped []string) error {
	folder := strings.TrimSuffix(f.out, ".md")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var page bytes.Buffer
	writeSummary(&page, results)
	if len(skipped) > 0 {
		fmt.Fprintf(&page, "\nLeft out: %s.\n", strings.Join(skipped, ", "))
	}
	for i, v := range results {
		if i == 0 || results[i-1].Model != v.Model {
			fmt.Fprintf(&page, "\n## %s\n", v.Model)
		}
		pictures, err := v.pictures()
		if err != nil {
			return err
		}
		v.writeSection(&page, filepath.Base(folder))
		for name, picture := range pictures {
			if err := writeFile(filepath.Join(folder, name), picture); err != nil {
				return err
			}
		}
	}
	return writeFile(f.out, page.Bytes())
}

// reportFigures are the plots that the page shows, in its order, and what stands
// for them where pictures are not seen.
var reportFigures = []struct{ name, file, alt string }{
	{"confusion", "confusion.svg", "confusion matrix"},
	{"mistakes", "mistakes.png", "the most confident mistakes"},
	{"reliability", "reliability.svg", "reliability diagram"},
	{"confidence", "confidence.svg", "histograms of the confidence"},
	{"robustness", "robustness.svg", "accuracy on changed images"},
}

// slug is the beginning of the names of this evaluation's pictures.
func (v *evaluated) slug() string {
	data, _, _ := strings.Cut(v.Data, " ")
	return v.Model + "-" + data + "-"
}

// pictures are the files of reportFigures, by name.
func (v *evaluated) pictures() (map[string][]byte, error) {
	sheet, err := v.mistakes()
	if err != nil {
		return nil, err
	}
	pictures := map[string][]byte{v.slug() + "mistakes.png": sheet}
	figures := v.figures()
	for _, r := range reportFigures {
		if figure, ok := figures[r.name]; ok {
			if pictures[v.slug()+r.file], err = figure.Encode("svg"); err != nil {
				return nil, err
			}
		}
	}
	return pictures, nil
}

// writeSummary writes the head of the page and a line for each evaluation.
func writeSummary(w io.Writer, results []*evaluated) {
	fmt.Fprint(w, `# Results

Written by `+"`make report`"+`. Accuracy counts the class of the largest probability,
sure or not, with Wilson's 95 % interval. Refused are the answers below the
model's threshold; shown is the accuracy of the others. Pen digits are drawn once
each, anywhere and at 35-90 % of the pad, and take the page's way to the network.

| model | measured on | images | accuracy | 95 % interval | refused | shown | loss | calibration error |
|---|---|--:|--:|--:|--:|--:|--:|--:|
`)
	for _, v := range results {
		fmt.Fprintf(w, "| %s | %s | %d | %s | %s to %s | %s | %s | %.4f | %s |\n", v.Model, v.Data, v.Count, percent(v.Accuracy),
			percent(v.Interval[0]), percent(v.Interval[1]), percent(v.Refused), percent(v.ShownAccuracy), v.Loss, percent(v.CalibrationError))
	}
}

// writeSection writes the tables of one evaluation and shows its pictures, which
// lie in a folder.
func (v *evaluated) writeSection(w io.Writer, folder string) {
	fmt.Fprintf(w, "\n### %s\n\n| class | images | precision | recall | F1 |\n|---|--:|--:|--:|--:|\n", v.title())
	for _, c := range v.PerClass {
		fmt.Fprintf(w, "| %s | %d | %s | %s | %s |\n", c.Class, c.Count, percent(c.Precision), percent(c.Recall), percent(c.F1))
	}
	if v.nonDigits != nil {
		fmt.Fprint(w, "\n| not a digit | AUROC | refused |\n|---|--:|--:|\n")
		for _, kind := range v.nonDigitKinds() {
			fmt.Fprintf(w, "| %s | %.4f | %s |\n", kind, v.AUROC[kind], percent(v.NonDigitsRefused[kind]))
		}
	}
	fmt.Fprint(w, "\n| images | accuracy by strength |\n|---|---|\n")
	for _, row := range v.perturbations() {
		var accuracies []string
		for _, p := range row {
			accuracies = append(accuracies, fmt.Sprintf("%v: %s", p.Strength, percent(p.Accuracy)))
		}
		fmt.Fprintf(w, "| %s, %s | %s |\n", row[0].Perturbation, row[0].Unit, strings.Join(accuracies, ", "))
	}
	fmt.Fprintln(w)
	for _, r := range reportFigures {
		fmt.Fprintf(w, "![%s: %s](%s/%s)\n", v.title(), r.alt, folder, v.slug()+r.file)
	}
}

// percent writes a share with two decimals.
func percent(share float64) string { return fmt.Sprintf("%.2f %%", 100*share) }

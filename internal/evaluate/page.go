package evaluate

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"strings"
)

// Page returns a page of Markdown about some evaluations, those of a model side by
// side, and the pictures that it shows, by their names in a folder beside it. It
// names what was left out.
func Page(results []*Measured, leftOut []string, folder string) (page []byte, pictures map[string][]byte, err error) {
	var w bytes.Buffer
	writeSummary(&w, results)
	if len(leftOut) > 0 {
		fmt.Fprintf(&w, "\nLeft out: %s.\n", strings.Join(leftOut, ", "))
	}
	pictures = map[string][]byte{}
	for i, v := range results {
		if i == 0 || results[i-1].Model != v.Model {
			fmt.Fprintf(&w, "\n## %s\n", v.Model)
		}
		shown, err := v.pictures()
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(pictures, shown)
		v.writeSection(&w, folder)
	}
	return w.Bytes(), pictures, nil
}

// pageFigures are the pictures that a page shows for each evaluation, in its order,
// and the text in their place for those who do not see them.
var pageFigures = []struct{ name, file, alt string }{
	{"confusion", "confusion.svg", "confusion matrix"},
	{"mistakes", "mistakes.png", "the most confident mistakes"},
	{"accepted", "accepted.png", "what is no class and was answered, the most confident"},
	{"reliability", "reliability.svg", "reliability diagram"},
	{"confidence", "confidence.svg", "histograms of the confidence"},
	{"robustness", "robustness.svg", "accuracy on changed images"},
}

// slug returns the beginning of the names of this evaluation's pictures.
func (v *Measured) slug() string {
	data, _, _ := strings.Cut(v.Data, " ")
	return v.Model + "-" + data + "-"
}

// pictures returns the files of pageFigures by name.
func (v *Measured) pictures() (map[string][]byte, error) {
	sheet, err := v.mistakes()
	if err != nil {
		return nil, err
	}
	pictures := map[string][]byte{v.slug() + "mistakes.png": sheet}
	if sheet, err = v.acceptedSheet(); err != nil {
		return nil, err
	}
	if sheet != nil {
		pictures[v.slug()+"accepted.png"] = sheet
	}
	figures := v.figures()
	for _, r := range pageFigures {
		if figure, ok := figures[r.name]; ok {
			if pictures[v.slug()+r.file], err = figure.Encode("svg"); err != nil {
				return nil, err
			}
		}
	}
	return pictures, nil
}

// writeSummary writes the head of the page and a line per evaluation.
func writeSummary(w io.Writer, results []*Measured) {
	fmt.Fprint(w, `# Results

Written by `+"`make report`"+`. Accuracy counts the class of the largest probability,
sure or not, with Wilson's 95 % interval. Refused are the answers below the
model's threshold; shown is the accuracy of the others. Drawings are drawn once
each, anywhere and at 35-90 % of the pad, and take the page's way to the network.
Sets whose name ends in -quiet leave out the writers of badly cut contributions.

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
func (v *Measured) writeSection(w io.Writer, folder string) {
	fmt.Fprintf(w, "\n### %s\n", v.title())
	if v.isPart() {
		fmt.Fprintf(w, "\nOf the classes, %s are listed.\n", v.partTitle())
	}
	fmt.Fprint(w, "\n| class | images | precision | recall | F1 |\n|---|--:|--:|--:|--:|\n")
	_, classes, _ := v.listed()
	for _, c := range classes {
		fmt.Fprintf(w, "| %s | %d | %s | %s | %s |\n", c.Class, c.Count, percent(c.Precision), percent(c.Recall), percent(c.F1))
	}
	v.writeMistakes(w)
	if v.nonDigits != nil {
		fmt.Fprintf(w, "\n| %s | AUROC | refused |\n|---|--:|--:|\n", v.stranger())
		for _, kind := range v.nonDigitKinds() {
			fmt.Fprintf(w, "| %s | %.4f | %s |\n", kind, v.AUROC[kind], percent(v.NonDigitsRefused[kind]))
		}
	}
	fmt.Fprint(w, "\n| images | accuracy by strength |\n|---|---|\n")
	if v.InkAccuracy != v.Accuracy {
		fmt.Fprintf(w, "| their ink alone, as of pictures, which the following begin with | %s |\n", percent(v.InkAccuracy))
	}
	for _, row := range v.perturbations() {
		var accuracies []string
		for _, p := range row {
			accuracies = append(accuracies, fmt.Sprintf("%v: %s", p.Strength, percent(p.Accuracy)))
		}
		fmt.Fprintf(w, "| %s, %s | %s |\n", row[0].Perturbation, row[0].Unit, strings.Join(accuracies, ", "))
	}
	fmt.Fprintln(w)
	for _, r := range pageFigures {
		if r.name != "accepted" || len(v.accepted) > 0 {
			fmt.Fprintf(w, "![%s: %s](%s/%s)\n", v.title(), r.alt, folder, v.slug()+r.file)
		}
	}
}

// writeMistakes writes the most frequent mistakes, the accuracies for different writers,
// and the answers for images that show none of the classes.
func (v *Measured) writeMistakes(w io.Writer) {
	if len(v.Confused) > 0 {
		fmt.Fprintf(w, "\nMost often: %s.\n", inWords(v.Confused))
	}
	if v.Writers != nil {
		fmt.Fprintf(w, "\nOf %d people the median is read at %s, the worst tenth at %s.\n",
			v.Writers.Count, percent(v.Writers.Median), percent(v.Writers.WorstTenth))
	}
	if accuracy, letters := v.asOne("I", "L"); letters {
		fmt.Fprintf(w, "\nWith I and L, which one stroke can mean, counted as one class %s are read right.\n", percent(accuracy))
	}
	if v.Background == nil {
		return
	}
	fmt.Fprint(w, "\n| none of the classes | images | answered surely | AUROC | most often |\n|---|--:|--:|--:|---|\n")
	for _, b := range v.Background {
		words := strings.ReplaceAll(inWords(b.Confused), "|", "\\|")
		fmt.Fprintf(w, "| %s | %d | %s | %.4f | %s |\n", b.Data, b.Count, percent(b.Answered), b.AUROC, words)
	}
}

// percent writes a share with two decimals.
func percent(share float64) string { return fmt.Sprintf("%.2f %%", 100*share) }

package evaluate

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/plain"
)

// Print writes the figures as tables.
func (e Evaluation) Print(w io.Writer) error {
	e.Model, e.Data, e.Classes = plain.Text(e.Model), plain.Text(e.Data), plain.Texts(e.Classes)
	fmt.Fprintf(w, "%s on %s: %d images - loss: %.4f - accuracy: %.4f\n", e.Model, e.Data, e.Count, e.Loss, e.Accuracy)
	top := ""
	if e.K < len(e.Confusion) { // Of as many as there are, one is always right.
		top = fmt.Sprintf(" - top %d: %.4f", e.K, e.TopK)
	}
	fmt.Fprintf(w, "95 %% interval: %.4f..%.4f - refused: %.4f - shown: %.4f%s - calibration error: %.4f\n\n",
		e.Interval[0], e.Interval[1], e.Refused, e.ShownAccuracy, top, e.CalibrationError)
	table := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	e.printConfusion(table)
	if err := table.Flush(); err != nil {
		return err
	}
	e.printMistakes(w)
	table.Init(w, 0, 0, 2, ' ', 0)
	e.printBackground(table)
	e.printNonDigits(table)
	e.printRobustness(table)
	return table.Flush()
}

// printConfusion writes the confusion matrix with the figures of each class.
func (e Evaluation) printConfusion(w io.Writer) {
	names, classes, confusion := e.listed()
	if e.isPart() {
		fmt.Fprintf(w, "%s:\n", e.partTitle())
	}
	fmt.Fprint(w, "label\\predicted\t")
	for _, class := range names {
		fmt.Fprint(w, class, "\t")
	}
	fmt.Fprint(w, " precision\t recall\t\n")
	for i, row := range confusion {
		fmt.Fprint(w, names[i], "\t")
		for _, n := range row {
			fmt.Fprint(w, dotForZero(n), "\t")
		}
		fmt.Fprintf(w, "%.4f\t%.4f\t\n", classes[i].Precision, classes[i].Recall)
	}
}

// printMistakes writes the most frequent mistakes and the accuracies for different
// writers.
func (e Evaluation) printMistakes(w io.Writer) {
	if len(e.Confused) > 0 {
		fmt.Fprintf(w, "\nmost often: %s\n", inWords(e.Confused))
	}
	if e.Writers != nil {
		fmt.Fprintf(w, "%d writers: median accuracy %.4f, worst tenth %.4f\n", e.Writers.Count, e.Writers.Median, e.Writers.WorstTenth)
	}
	if accuracy, letters := e.asOne("I", "L"); letters {
		fmt.Fprintf(w, "accuracy with I and L as one class: %.4f\n", accuracy)
	}
}

// printBackground writes a line per set that shows none of the classes.
func (e Evaluation) printBackground(w io.Writer) {
	if e.Background == nil {
		return
	}
	fmt.Fprint(w, "\nbackground\timages\tanswered\tAUROC\tmost often\n")
	for _, b := range e.Background {
		fmt.Fprintf(w, "%s\t%d\t%.4f\t%.4f\t%s\n", b.Data, b.Count, b.Answered, b.AUROC, inWords(b.Confused))
	}
}

// printNonDigits writes a line per kind of non-digit, if they were asked about.
func (e Evaluation) printNonDigits(w io.Writer) {
	if e.AUROC == nil {
		return
	}
	fmt.Fprintf(w, "\n%s\tAUROC\trefused\n", e.stranger())
	for _, kind := range e.nonDigitKinds() {
		fmt.Fprintf(w, "%s\t%.4f\t%.4f\n", kind, e.AUROC[kind], e.NonDigitsRefused[kind])
	}
}

// printRobustness writes a line per perturbation, if they were measured.
func (e Evaluation) printRobustness(w io.Writer) {
	if e.Robustness == nil {
		return
	}
	fmt.Fprintf(w, "\nperturbation\tstrength: accuracy\t(of unchanged ink %.4f)\n", e.InkAccuracy)
	for _, row := range e.perturbations() {
		fmt.Fprint(w, row[0].Perturbation)
		for _, p := range row {
			fmt.Fprintf(w, "\t%v: %.4f", p.Strength, p.Accuracy)
		}
		fmt.Fprintf(w, "\t(%s)\n", row[0].Unit)
	}
}

// dotForZero returns a count as text, a dot for 0 so that the others stand out.
func dotForZero(n int) string {
	if n == 0 {
		return "."
	}
	return strconv.Itoa(n)
}

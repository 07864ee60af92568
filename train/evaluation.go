package main

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/plots"
)

// evaluation is what evaluate prints. Shares are 0..1.
type evaluation struct {
	Model            string            `json:"model"`
	Data             string            `json:"data"`
	Count            int               `json:"count"`
	Accuracy         float64           `json:"accuracy"` // largest probability against the label
	Interval         [2]float64        `json:"interval"` // of the accuracy, 95 %, Wilson's
	K                int               `json:"top_k"`
	TopK             float64           `json:"top_k_categorical_accuracy"` // the label is among the k first answers
	Refused          float64           `json:"refused"`                    // answers below the model's threshold
	ShownAccuracy    float64           `json:"shown_accuracy"`             // of the others; 0 without any
	Loss             float64           `json:"loss"`                       // mean of -log p(label)
	CalibrationError float64           `json:"calibration_error"`
	Classes          []string          `json:"classes"`
	PerClass         []classEvaluation `json:"per_class"`
	Confusion        metrics.Confusion `json:"confusion"` // [label][predicted]
	Bins             []binEvaluation   `json:"bins"`      // of the calibration

	AUROC            map[string]float64    `json:"auroc,omitempty"`              // of telling the digits from each kind of non-digit
	NonDigitsRefused map[string]float64    `json:"non_digits_refused,omitempty"` // the share of each kind that is below the threshold
	Robustness       []perturbedEvaluation `json:"robustness,omitempty"`         // strengths rising within each perturbation
}

// classEvaluation says how one class is read.
type classEvaluation struct {
	Class     string  `json:"class"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Count     int     `json:"count"`
}

// binEvaluation is the answers of about one confidence.
type binEvaluation struct {
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Count      int     `json:"count"`
	Confidence float64 `json:"confidence"` // mean
	Accuracy   float64 `json:"accuracy"`
}

// evaluated is an evaluation with what its plots need.
type evaluated struct {
	evaluation
	answers   *answers
	threshold float32       // the model's
	nonDigits []plots.Group // nil unless they were asked about
}

// defaultTopK is whose accuracy evaluate prints unless it is told another.
const defaultTopK = 2

// measureAnswers asks a model about every image of a set and takes the measure of
// its answers, of the k first ones too.
func measureAnswers(m *model.Model, set *dataset.Set, k int) (*evaluated, error) {
	a, err := ask(m, set, k)
	if err != nil {
		return nil, err
	}
	bins, confusion, count := a.bins(), a.confusion(), set.Len()
	shown, shownRight := a.shown()
	v := &evaluated{answers: a, threshold: m.Threshold, evaluation: evaluation{
		Count: count, Accuracy: confusion.Accuracy(), K: k, TopK: share(a.inTop, count),
		Refused: share(count-shown, count), ShownAccuracy: share(shownRight, shown),
		Loss: a.loss, CalibrationError: metrics.CalibrationError(bins),
		Classes: set.Classes, Confusion: confusion,
	}}
	v.Interval[0], v.Interval[1] = metrics.Wilson(confusion.Right(), count)
	for i, c := range confusion.Classes() {
		v.PerClass = append(v.PerClass, classEvaluation{v.Classes[i], c.Precision, c.Recall, c.F1, c.Count})
	}
	for _, b := range bins {
		v.Bins = append(v.Bins, binEvaluation(b))
	}
	return v, nil
}

// share is part of total, 0 of nothing.
func share(part, total int) float64 { return float64(part) / float64(max(total, 1)) }

// print writes the figures as tables.
func (e evaluation) print(w io.Writer) error {
	fmt.Fprintf(w, "%s on %s: %d images - loss: %.4f - accuracy: %.4f\n", e.Model, e.Data, e.Count, e.Loss, e.Accuracy)
	fmt.Fprintf(w, "95 %% interval: %.4f..%.4f - refused: %.4f - shown: %.4f - top %d: %.4f - calibration error: %.4f\n\n",
		e.Interval[0], e.Interval[1], e.Refused, e.ShownAccuracy, e.K, e.TopK, e.CalibrationError)
	table := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	e.printConfusion(table)
	if err := table.Flush(); err != nil {
		return err
	}
	table.Init(w, 0, 0, 2, ' ', 0)
	e.printNonDigits(table)
	e.printRobustness(table)
	return table.Flush()
}

// printConfusion writes the confusion matrix with what the classes reach.
func (e evaluation) printConfusion(w io.Writer) {
	fmt.Fprint(w, "label\\predicted\t")
	for _, class := range e.Classes {
		fmt.Fprint(w, class, "\t")
	}
	fmt.Fprint(w, " precision\t recall\t\n")
	for label, row := range e.Confusion {
		fmt.Fprint(w, e.Classes[label], "\t")
		for _, n := range row {
			fmt.Fprint(w, dotForZero(n), "\t")
		}
		fmt.Fprintf(w, "%.4f\t%.4f\t\n", e.PerClass[label].Precision, e.PerClass[label].Recall)
	}
}

// printNonDigits writes a line a kind, if they were asked about.
func (e evaluation) printNonDigits(w io.Writer) {
	if e.AUROC == nil {
		return
	}
	fmt.Fprint(w, "\nnot a digit\tAUROC\trefused\n")
	for _, kind := range e.nonDigitKinds() {
		fmt.Fprintf(w, "%s\t%.4f\t%.4f\n", kind, e.AUROC[kind], e.NonDigitsRefused[kind])
	}
}

// printRobustness writes a line a perturbation, if it was measured.
func (e evaluation) printRobustness(w io.Writer) {
	if e.Robustness == nil {
		return
	}
	fmt.Fprint(w, "\nperturbation\tstrength: accuracy\n")
	for _, row := range e.perturbations() {
		fmt.Fprint(w, row[0].Perturbation)
		for _, p := range row {
			fmt.Fprintf(w, "\t%v: %.4f", p.Strength, p.Accuracy)
		}
		fmt.Fprintf(w, "\t(%s)\n", row[0].Unit)
	}
}

// dotForZero keeps the eye on what is there.
func dotForZero(n int) string {
	if n == 0 {
		return "."
	}
	return strconv.Itoa(n)
}

package main

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// calibrationBins is the number of bins of the calibration error.
const calibrationBins = 15

// evaluation is what evaluate prints. Shares are 0..1.
type evaluation struct {
	Model            string            `json:"model"`
	Data             string            `json:"data"`
	Count            int               `json:"count"`
	Accuracy         float64           `json:"accuracy"`       // largest probability against the label
	Interval         [2]float64        `json:"interval"`       // of the accuracy, 95 %, Wilson's
	TopTwo           float64           `json:"top_2_accuracy"` // the label is the first or second answer
	Refused          float64           `json:"refused"`        // answers below the model's threshold
	ShownAccuracy    float64           `json:"shown_accuracy"` // of the others; 0 without any
	Loss             float64           `json:"loss"`           // mean of -log p(label)
	CalibrationError float64           `json:"calibration_error"`
	Classes          []string          `json:"classes"`
	PerClass         []classEvaluation `json:"per_class"`
	Confusion        metrics.Confusion `json:"confusion"` // [label][predicted]
	Bins             []binEvaluation   `json:"bins"`      // of the calibration
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

// newEvaluation takes the measure of a model's answers.
func newEvaluation(model, data string, a *answers) evaluation {
	confusion := a.confusion()
	bins := a.bins()
	count, right := confusion.Count(), 0
	for i := range confusion {
		right += confusion[i][i]
	}
	shown, shownRight := a.shown()
	e := evaluation{
		Model: model, Data: data, Count: count,
		Accuracy: confusion.Accuracy(), TopTwo: share(a.inTopTwo, count),
		Refused: share(count-shown, count), ShownAccuracy: share(shownRight, shown),
		Loss: a.loss, CalibrationError: metrics.CalibrationError(bins),
		Classes: a.set.Classes, Confusion: confusion,
	}
	e.Interval[0], e.Interval[1] = metrics.Wilson(right, count)
	for i, c := range confusion.Classes() {
		e.PerClass = append(e.PerClass, classEvaluation{e.Classes[i], c.Precision, c.Recall, c.F1, c.Count})
	}
	for _, b := range bins {
		e.Bins = append(e.Bins, binEvaluation(b))
	}
	return e
}

// bins sorts the answers by confidence.
func (a *answers) bins() []metrics.Bin {
	return metrics.CalibrationBins(a.confidences, a.right, calibrationBins)
}

// share is part of total, 0 of nothing.
func share(part, total int) float64 { return float64(part) / float64(max(total, 1)) }

// print writes the figures and the confusion matrix.
func (e evaluation) print(w io.Writer) error {
	fmt.Fprintf(w, "%s on %s: %d images - loss: %.4f - accuracy: %.4f\n", e.Model, e.Data, e.Count, e.Loss, e.Accuracy)
	fmt.Fprintf(w, "95 %% interval %.4f..%.4f - among two: %.4f - refused: %.4f - shown: %.4f - calibration error: %.4f\n\n",
		e.Interval[0], e.Interval[1], e.TopTwo, e.Refused, e.ShownAccuracy, e.CalibrationError)
	table := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "label\\predicted\t")
	for _, class := range e.Classes {
		fmt.Fprint(table, class, "\t")
	}
	fmt.Fprint(table, " precision\t recall\t\n")
	for label, row := range e.Confusion {
		fmt.Fprint(table, e.Classes[label], "\t")
		for _, n := range row {
			fmt.Fprint(table, dotForZero(n), "\t")
		}
		fmt.Fprintf(table, "%.4f\t%.4f\t\n", e.PerClass[label].Precision, e.PerClass[label].Recall)
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

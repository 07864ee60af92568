package evaluate

import (
	"fmt"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/plots"
)

// Evaluation holds the figures of a model on a data set. Shares are 0..1.
type Evaluation struct {
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
	PerClass         []ClassEvaluation `json:"per_class"`
	Confusion        metrics.Confusion `json:"confusion"` // [label][predicted]
	Bins             []BinEvaluation   `json:"bins"`      // of the calibration

	Confused   []Confusion            `json:"confused,omitempty"`   // the most frequent wrong answers
	Writers    *WriterEvaluation      `json:"writers,omitempty"`    // of drawings whose writers are known
	Background []BackgroundEvaluation `json:"background,omitempty"` // of the sets that were asked about

	AUROC            map[string]float64    `json:"auroc,omitempty"`              // of telling the digits, or letters, from each kind of non-digit
	NonDigitsRefused map[string]float64    `json:"non_digits_refused,omitempty"` // the share of each kind that is below the threshold
	InkAccuracy      float64               `json:"ink_accuracy,omitempty"`       // on the images' ink, as Robustness is
	Robustness       []PerturbedEvaluation `json:"robustness,omitempty"`         // strengths rising within each perturbation
}

// ClassEvaluation says how one class is read.
type ClassEvaluation struct {
	Class     string  `json:"class"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Count     int     `json:"count"`
}

// BinEvaluation counts the answers of about one confidence.
type BinEvaluation struct {
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Count      int     `json:"count"`
	Confidence float64 `json:"confidence"` // mean
	Accuracy   float64 `json:"accuracy"`
}

// Measured is an Evaluation with what its plots and sheets need.
type Measured struct {
	Evaluation
	answers   *answers
	threshold float32       // the model's
	nonDigits []plots.Group // nil unless they were asked about
	accepted  []accepted    // of all sets of Background
}

// DefaultTopK is the k of Measure unless somebody wants another.
const DefaultTopK = 2

// Measure asks a model about every image of a set of its size and classes, and
// measures its answers; k says how many count for the top-k accuracy. Model and
// Data of the result are the caller's to fill in.
func Measure(m *model.Model, set *dataset.Set, k int) (*Measured, error) {
	if set.Len() == 0 {
		return nil, fmt.Errorf("%s: got no image, want one at least", set.Name)
	}
	a, err := ask(m, set, k)
	if err != nil {
		return nil, err
	}
	bins, confusion, count := a.bins(), a.confusion(), set.Len()
	shown, shownRight := a.shown()
	v := &Measured{answers: a, threshold: m.Threshold, Evaluation: Evaluation{
		Count: count, Accuracy: confusion.Accuracy(), K: k, TopK: metrics.Share(a.inTop, count),
		Refused: metrics.Share(count-shown, count), ShownAccuracy: metrics.Share(shownRight, shown),
		Loss: a.loss, CalibrationError: metrics.CalibrationError(bins),
		Classes: set.Classes, Confusion: confusion, Confused: a.confused(), Writers: a.byWriter(),
	}}
	v.Interval[0], v.Interval[1] = metrics.Wilson(confusion.Right(), count)
	for i, c := range confusion.Classes() {
		v.PerClass = append(v.PerClass, ClassEvaluation{v.Classes[i], c.Precision, c.Recall, c.F1, c.Count})
	}
	for _, b := range bins {
		v.Bins = append(v.Bins, BinEvaluation(b))
	}
	return v, nil
}

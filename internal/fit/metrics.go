package fit

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/metrics"
)

// Metric is a figure that a run can have of each epoch beside loss and accuracy,
// which come from the loss function: the mean of a value per image. The loop, the
// checkpoint, the history and the progress read the rows of Metrics.
type Metric struct {
	Name       string                                          // Keras's; "val_" goes before it for the validation part
	Measured   func(topK int) bool                             // whether a run with this Options.TopK has it
	Of         func(logits []float32, label, topK int) float64 // of one image, 0..1, from its logits (classes)
	sum        func(*Sums) *Sum                                // of the running epoch
	reached    func(*Measures) *float64                        // where Evaluate returns it
	Train, Val func(*Epoch) *float64                           // where an epoch holds it
}

// Metrics are the metrics in the order in which histories and lines of progress
// have them. A checkpoint holds them in this order, too: new rows go to the end.
var Metrics = []Metric{{
	Name:     "top_k_categorical_accuracy",
	Measured: func(topK int) bool { return topK > 0 },
	Of: func(logits []float32, label, topK int) float64 {
		if metrics.InTop(logits, label, topK) {
			return 1
		}
		return 0
	},
	sum:     func(s *Sums) *Sum { return &s.TopK },
	reached: func(m *Measures) *float64 { return &m.TopK },
	Train:   func(e *Epoch) *float64 { return &e.TopK },
	Val:     func(e *Epoch) *float64 { return &e.ValTopK },
}}

// Epoch is one line of the history. Loss, Accuracy and TopK are means over the
// steps, while the weights changed, as Keras reports them; those of validation are
// measured after the epoch, and NaN without a validation part. Both losses are
// against the smoothed labels.
type Epoch struct {
	Epoch                int // counted from 1
	Loss, Accuracy       float64
	ValLoss, ValAccuracy float64
	TopK, ValTopK        float64 // accuracies of the first Options.TopK answers; 0 where that is 0
	Seconds              float64 // of the epoch, validation included
}

// Measures are what a network reaches on a part; NaN if it is empty.
type Measures struct {
	Loss     float64 // mean
	Accuracy float64 // share of images whose largest logit is the label's, 0..1
	TopK     float64 // of those with the label among the k largest; 0 for a k of 0
}

// Sums are the metrics summed over the images of the running epoch, by their keys
// in a checkpoint's header.
type Sums struct {
	TopK Sum `json:"in_top,omitzero"`
}

// Sum is the sum of a metric, at most the number of images; NaN if it is not known,
// because an older build without the metric wrote the checkpoint.
type Sum float64

// IsZero reports whether a checkpoint leaves the sum out.
func (s Sum) IsZero() bool { return math.IsNaN(float64(s)) }

// unknownSums returns sums of which none is known.
func unknownSums() (s Sums) {
	for _, m := range Metrics {
		*m.sum(&s) = Sum(math.NaN())
	}
	return s
}

// add adds the metrics that a run with this Options.TopK measures, of the logits
// (N, classes) of a batch.
func (s *Sums) add(logits []float32, labels []uint16, classes, topK int) {
	for _, m := range Metrics {
		if !m.Measured(topK) {
			continue
		}
		for i, label := range labels {
			*m.sum(s) += Sum(m.Of(logits[i*classes:(i+1)*classes], int(label), topK))
		}
	}
}

// measures returns the means of what was summed over n images.
func (s *Sums) measures(loss float64, correct, n int) Measures {
	reached := Measures{Loss: loss / float64(n), Accuracy: float64(correct) / float64(n)}
	for _, m := range Metrics {
		*m.reached(&reached) = float64(*m.sum(s)) / float64(n)
	}
	return reached
}

// newEpoch returns an epoch's line.
func newEpoch(number int, seconds float64, train, val Measures) Epoch {
	e := Epoch{Epoch: number, Loss: train.Loss, Accuracy: train.Accuracy, ValLoss: val.Loss, ValAccuracy: val.Accuracy, Seconds: seconds}
	for _, m := range Metrics {
		*m.Train(&e), *m.Val(&e) = *m.reached(&train), *m.reached(&val)
	}
	return e
}

// numbers returns the figures of an epoch as a checkpoint has them.
func (e *Epoch) numbers() []number {
	row := []number{number(e.Loss), number(e.Accuracy), number(e.ValLoss), number(e.ValAccuracy), number(e.Seconds)}
	for _, m := range Metrics {
		row = append(row, number(*m.Train(e)), number(*m.Val(e)))
	}
	return row
}

// epochOf returns the epoch of a checkpoint's numbers; what they lack is NaN.
func epochOf(epoch int, row []number) Epoch {
	e := Epoch{Epoch: epoch}
	places := []*float64{&e.Loss, &e.Accuracy, &e.ValLoss, &e.ValAccuracy, &e.Seconds}
	for _, m := range Metrics {
		places = append(places, m.Train(&e), m.Val(&e))
	}
	for i, place := range places {
		*place = math.NaN()
		if i < len(row) {
			*place = float64(row[i])
		}
	}
	return e
}

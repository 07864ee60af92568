package evaluate

import (
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Held is the validation images of a data set, and which share of them, 0..1, may be
// below the threshold.
type Held struct {
	fit.Part
	Share float64
}

// Calibrate fits the model's temperature on the validation images of all data
// sets, and chooses the highest threshold below which at most its share of each
// set lies. Without any image it changes nothing.
func Calibrate(m *model.Model, held []Held) {
	var logits []float32
	var labels []uint16
	for _, part := range held {
		l, y := logitsOf(m, part.Part)
		logits, labels = append(logits, l...), append(labels, y...)
	}
	if len(labels) == 0 {
		return
	}
	m.Temperature = float32(metrics.FitTemperature(logits, labels, m.Network.Classes()))
	m.Threshold = 1
	for _, part := range held {
		confidences := make([]float32, 0, len(part.Index))
		for _, i := range part.Index {
			confidences = append(confidences, m.Predict(part.Set.Image(i)).Confidence)
		}
		m.Threshold = min(m.Threshold, metrics.Threshold(confidences, part.Share))
	}
}

// logitsOf returns the network's logits, (N, Classes), and the labels of some
// images.
func logitsOf(m *model.Model, part fit.Part) (logits []float32, labels []uint16) {
	x := make([]float32, m.Network.Input.Size())
	for _, i := range part.Index {
		nn.Pixels(x, part.Set.Image(i))
		logits = append(logits, m.Network.Logits(x, 1, false)...)
		labels = append(labels, part.Set.Labels[i])
	}
	return logits, labels
}

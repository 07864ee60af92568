package main

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/plots"
)

// nonDigitsAsked is how many drawings of each kind of non-digit are asked about.
const nonDigitsAsked = 1000

// perturbationSeed is that of the directions and the noise.
const perturbationSeed = 1

// perturbedEvaluation is the accuracy on images that were changed.
type perturbedEvaluation struct {
	Perturbation string  `json:"perturbation"`
	Strength     float64 `json:"strength"`
	Unit         string  `json:"unit"`
	Accuracy     float64 `json:"accuracy"`
}

// readsDigits reports whether a model reads drawn digits, so that there is such
// a thing as a non-digit.
func readsDigits(m *model.Model) bool {
	return m.Recipe == ink.Drawing && slices.Equal(m.Labels, dataset.DigitNames())
}

// clothes is the kind of non-digit that is Fashion-MNIST's test images, pictures
// of things that no pen drew.
const clothes = "clothes"

// askNonDigits asks the model about what is no digit, drawings of each kind and,
// if the data is in dir, clothes: how well its confidence tells them from the
// digits of the set, and how many are refused. The model reads digits.
func (v *evaluated) askNonDigits(m *model.Model, dir string) error {
	v.AUROC, v.NonDigitsRefused = map[string]float64{}, map[string]float64{}
	image := make([]uint8, m.Width()*m.Height())
	for _, kind := range synth.NonDigitKinds() {
		var confidences []float32
		for _, d := range synth.NonDigits(kind, nonDigitsAsked, synth.NonDigitTestSeed) {
			if ink.Draw(image, m.Width(), m.Height(), d.Strokes) {
				confidences = append(confidences, m.Predict(image).Confidence)
			}
		}
		v.compare(m, kind, confidences)
	}
	pair, err := dataset.Open("fashion-mnist", dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && pair.Test.Width*pair.Test.Height != len(image):
		return nil
	case err != nil:
		return err
	}
	var confidences []float32
	for i := range min(nonDigitsAsked, pair.Test.Len()) {
		confidences = append(confidences, m.Predict(pair.Test.Image(i)).Confidence)
	}
	v.compare(m, clothes, confidences)
	return nil
}

// compare sets the confidences in a kind of non-digit against those in the set.
func (v *evaluated) compare(m *model.Model, kind string, confidences []float32) {
	v.AUROC[kind] = metrics.AUROC(v.answers.confidences, confidences)
	v.NonDigitsRefused[kind] = metrics.Below(confidences, m.Threshold)
	v.nonDigits = append(v.nonDigits, plots.Group{Name: kind, Confidences: confidences})
}

// nonDigitKinds are the kinds that were asked about, in the order of reports.
func (e evaluation) nonDigitKinds() []string {
	var kinds []string
	for _, kind := range append(synth.NonDigitKinds(), clothes) {
		if _, asked := e.AUROC[kind]; asked {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// perturb measures the model on every perturbation of the set.
func (v *evaluated) perturb(m *model.Model) {
	for _, p := range augment.Perturbations() {
		changed := p.Set(v.answers.set, perturbationSeed)
		right := 0
		for i, label := range changed.Labels {
			if m.Predict(changed.Image(i)).Label == int(label) {
				right++
			}
		}
		v.Robustness = append(v.Robustness, perturbedEvaluation{p.Kind, p.Strength, p.Unit, share(right, changed.Len())})
	}
}

// perturbations is the robustness table, a row for each perturbation.
func (e evaluation) perturbations() [][]perturbedEvaluation {
	var rows [][]perturbedEvaluation
	for i, p := range e.Robustness {
		if i == 0 || e.Robustness[i-1].Perturbation != p.Perturbation {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], p)
	}
	return rows
}

// robustnessLines are the curves of the robustness table, from the untouched
// accuracy on.
func (e evaluation) robustnessLines() []plots.Line {
	var lines []plots.Line
	for _, row := range e.perturbations() {
		l := plots.Line{Name: row[0].Perturbation, Accuracies: []float64{e.Accuracy}}
		for _, p := range row {
			l.Accuracies = append(l.Accuracies, p.Accuracy)
		}
		lines = append(lines, l)
	}
	return lines
}

package evaluate

import (
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/background"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/synth"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/plots"
)

// nonDigitsAsked is how many drawings of each kind of non-digit are asked about.
const nonDigitsAsked = 1000

// perturbationSeed seeds the directions and the noise.
const perturbationSeed = 1

// PerturbedEvaluation is the accuracy on images that were changed.
type PerturbedEvaluation struct {
	Perturbation string  `json:"perturbation"`
	Strength     float64 `json:"strength"`
	Unit         string  `json:"unit"`
	Accuracy     float64 `json:"accuracy"`
}

// ReadsDigits reports whether a model reads drawn digits.
func ReadsDigits(m *model.Model) bool {
	return m.Recipe.Draws() && slices.Equal(m.Labels, dataset.DigitNames())
}

// ReadsCharacters reports whether a model reads drawn digits or letters; others know no
// non-digits.
func ReadsCharacters(m *model.Model) bool {
	return m.Recipe.Draws() && background.Alphabet(m.Labels) != ""
}

// Clothes is the kind of non-digit that Fashion-MNIST's test images are: pictures
// of things that no pen drew.
const Clothes = "clothes"

// AskNonDigits asks the model, which reads digits or letters, about drawings of each kind
// of non-digit and about clothes, which are images of the model's size and may be nil. A
// model of letters is not asked about letters. It measures how well the confidence tells
// them from the drawings of the set, and how many are refused.
func (v *Measured) AskNonDigits(m *model.Model, clothes *dataset.Set) {
	v.AUROC, v.NonDigitsRefused = map[string]float64{}, map[string]float64{}
	form := m.Form()
	image := make([]uint8, form.Size())
	alphabet := background.Alphabet(m.Labels)
	for _, kind := range synth.NonDigitKinds() {
		if background.LooksLike(alphabet, kind) {
			continue
		}
		var confidences []float32
		for _, d := range synth.NonDigits(kind, nonDigitsAsked, synth.NonDigitTestSeed) {
			if form.Draw(image, d.Strokes) {
				confidences = append(confidences, m.Predict(image).Confidence)
			}
		}
		v.compare(m, kind, confidences)
	}
	if clothes == nil {
		return
	}
	var confidences []float32
	clothes = clothes.As(m.Recipe)
	for i := range min(nonDigitsAsked, clothes.Len()) {
		confidences = append(confidences, m.Predict(clothes.Image(i)).Confidence)
	}
	v.compare(m, Clothes, confidences)
}

// compare sets the confidences in a kind of non-digit against those in the set.
func (v *Measured) compare(m *model.Model, kind string, confidences []float32) {
	v.AUROC[kind] = metrics.AUROC(v.answers.confidences, confidences)
	v.NonDigitsRefused[kind] = metrics.Below(confidences, m.Threshold)
	v.nonDigits = append(v.nonDigits, plots.Group{Name: kind, Confidences: confidences})
}

// stranger says in tables what the drawings are that were asked about: no digit or no
// letter.
func (e Evaluation) stranger() string {
	return "not a " + strings.TrimSuffix(background.Alphabet(e.Classes), "s")
}

// nonDigitKinds returns the kinds that were asked about, in the order of reports.
func (e Evaluation) nonDigitKinds() []string {
	var kinds []string
	for _, kind := range append(synth.NonDigitKinds(), Clothes) {
		if _, asked := e.AUROC[kind]; asked {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Perturb measures the model on every perturbation of the set.
func (v *Measured) Perturb(m *model.Model) {
	set := v.answers.set
	if v.InkAccuracy = v.Accuracy; m.Recipe.Channels() > 1 {
		v.InkAccuracy = rightOf(m, set.As(ink.Drawing).As(m.Recipe))
	}
	for _, p := range augment.Perturbations() {
		accuracy := rightOf(m, p.Set(set, perturbationSeed))
		v.Robustness = append(v.Robustness, PerturbedEvaluation{p.Kind, p.Strength, p.Unit, accuracy})
	}
}

// rightOf returns the share of the images that the model reads right.
func rightOf(m *model.Model, set *dataset.Set) float64 {
	right := 0
	for i, label := range set.Labels {
		if m.Predict(set.Image(i)).Label == int(label) {
			right++
		}
	}
	return metrics.Share(right, set.Len())
}

// perturbations returns the robustness table, a row per perturbation.
func (e Evaluation) perturbations() [][]PerturbedEvaluation {
	var rows [][]PerturbedEvaluation
	for i, p := range e.Robustness {
		if i == 0 || e.Robustness[i-1].Perturbation != p.Perturbation {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], p)
	}
	return rows
}

// robustnessLines returns the curves of the robustness table; each begins at the
// accuracy on the ink of unchanged images.
func (e Evaluation) robustnessLines() []plots.Line {
	var lines []plots.Line
	for _, row := range e.perturbations() {
		l := plots.Line{Name: row[0].Perturbation, Accuracies: []float64{e.InkAccuracy}}
		for _, p := range row {
			l.Accuracies = append(l.Accuracies, p.Accuracy)
		}
		lines = append(lines, l)
	}
	return lines
}

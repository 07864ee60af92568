// Package evaluate measures what a model answers: accuracy and calibration on a
// set, what it makes of drawings that are none of its classes and of changed
// images, and the tables, plots and sheets that show it.
package evaluate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
)

// answers holds what a model says about every image of a set, in the set's order.
type answers struct {
	set         *dataset.Set
	labels      []int     // the classes answered
	confidences []float32 // 0..1
	sure        []bool
	right       []bool
	loss        float64 // mean of -log p(label)
	inTop       int     // images whose label is among the k first answers
}

// Match returns the set in the form of the model's recipe and with its classes, as
// dataset.Match does, and a note
// that says what was assumed; "": nothing. Two sets of the catalogue are matched by
// their names alone: the 0 of MNIST is no T-shirt.
func Match(m *model.Model, set *dataset.Set) (matched *dataset.Set, note string, err error) {
	set = set.As(m.Recipe)
	if dataset.IsNamed(set.Name) && ofCatalogue(m.Training.Data) {
		plain := *set
		plain.DataLabels = nil
		return dataset.Match(&plain, m.Labels, m.Labels)
	}
	return dataset.Match(set, m.Labels, m.DataLabels)
}

// ofCatalogue reports whether data, "mnist,pen*3", are sets of the catalogue alone.
func ofCatalogue(data string) bool {
	for part := range strings.SplitSeq(data, ",") {
		name, _, _ := strings.Cut(part, "*")
		if !dataset.IsNamed(name) {
			return false
		}
	}
	return true
}

// Fits returns an error if the model cannot take the images of a set.
func Fits(m *model.Model, set *dataset.Set) error {
	if set.Width != m.Width() || set.Height != m.Height() {
		return fmt.Errorf("%s: got images of %dx%d, want the model's input %dx%d", set.Name, set.Width, set.Height, m.Width(), m.Height())
	}
	if set.Labels != nil && !slices.Equal(set.Classes, m.Labels) {
		return fmt.Errorf("%s: got the classes %s, want the model's %s", set.Name, dataset.Listed(set.Classes), dataset.Listed(m.Labels))
	}
	return nil
}

// ask asks the model about every image of a set of its size and classes, and
// counts the labels among the k first answers.
func ask(m *model.Model, set *dataset.Set, k int) (*answers, error) {
	if err := Fits(m, set); err != nil {
		return nil, err
	}
	a := &answers{set: set}
	for i, label := range set.Labels {
		answer := m.Predict(set.Image(i))
		if err := answer.Err(); err != nil {
			return nil, fmt.Errorf("%s: image %d: %w", set.Name, i, err)
		}
		a.labels = append(a.labels, answer.Label)
		a.confidences = append(a.confidences, answer.Confidence)
		a.sure = append(a.sure, answer.Sure)
		a.right = append(a.right, answer.Label == int(label))
		a.loss -= math.Log(max(float64(answer.Probabilities[label]), math.SmallestNonzeroFloat32))
		if metrics.InTop(answer.Probabilities, int(label), k) {
			a.inTop++
		}
	}
	a.loss /= float64(max(set.Len(), 1))
	return a, nil
}

// confusion counts the answers.
func (a *answers) confusion() metrics.Confusion {
	confusion := metrics.NewConfusion(len(a.set.Classes))
	for i, label := range a.set.Labels {
		confusion.Add(int(label), a.labels[i])
	}
	return confusion
}

// calibrationBins is the number of bins of the calibration error.
const calibrationBins = 15

// bins sorts the answers by confidence.
func (a *answers) bins() []metrics.Bin {
	return metrics.CalibrationBins(a.confidences, a.right, calibrationBins)
}

// shown returns the number of sure answers and of the right ones among them.
func (a *answers) shown() (count, right int) {
	for i, sure := range a.sure {
		if sure {
			count++
			if a.right[i] {
				right++
			}
		}
	}
	return count, right
}

// worst returns the indices of the wrong answers, the most confident first.
func (a *answers) worst() []int {
	var wrong []int
	for i, right := range a.right {
		if !right {
			wrong = append(wrong, i)
		}
	}
	slices.SortStableFunc(wrong, func(i, j int) int { return cmp.Compare(a.confidences[j], a.confidences[i]) })
	return wrong
}

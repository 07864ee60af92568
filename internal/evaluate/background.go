package evaluate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/metrics"
	"github.com/seed-c844a918/inkling/internal/model"
)

// BackgroundEvaluation says what a model makes of images that show none of its
// classes. Shares are 0..1.
type BackgroundEvaluation struct {
	Data     string      `json:"data"`
	Count    int         `json:"count"`
	Answered float64     `json:"answered"` // the share that is answered surely, though nothing is right
	AUROC    float64     `json:"auroc"`    // of telling the set's images from these by the confidence
	Confused []Confusion `json:"confused"` // the most frequent of those answers
}

// accepted is an image of a background that was answered surely.
type accepted struct {
	image      []uint8
	confidence float32
	lines      []string
}

// AskBackground asks the model about a set of images of its size that show none of its
// classes; the set has classes of its own. data is the name of the set in tables.
func (v *Measured) AskBackground(m *model.Model, data string, set *dataset.Set) {
	var confidences []float32
	counts := map[[2]string]int{}
	for i, label := range set.Labels {
		answer := m.Predict(set.Image(i))
		confidences = append(confidences, answer.Confidence)
		if !answer.Sure {
			continue
		}
		shows, read := set.Classes[label], m.Labels[answer.Label]
		counts[[2]string{shows, read}]++
		v.accepted = append(v.accepted, accepted{set.Ink(i), answer.Confidence,
			[]string{"is " + shows, fmt.Sprintf("read %s, %.0f %%", read, 100*answer.Confidence)}})
	}
	v.Background = append(v.Background, BackgroundEvaluation{
		Data: data, Count: set.Len(), Answered: 1 - metrics.Below(confidences, m.Threshold),
		AUROC: metrics.AUROC(v.answers.confidences, confidences), Confused: mostFrequent(counts),
	})
}

// acceptedSheet returns a PNG of the images of backgrounds that were answered most
// surely, as the network saw them; nil if none was.
func (v *Measured) acceptedSheet() ([]byte, error) {
	if len(v.accepted) == 0 {
		return nil, nil
	}
	list := slices.Clone(v.accepted)
	slices.SortStableFunc(list, func(a, b accepted) int { return cmp.Compare(b.confidence, a.confidence) })
	var cells []sheet.Captioned
	for _, a := range list[:min(len(list), mistakesShown)] {
		cells = append(cells, sheet.Captioned{Image: a.image, Lines: a.lines})
	}
	heading := fmt.Sprintf("%s: the most confident of %d answers to what is no class", v.title(), len(list))
	return encodePNG(sheet.Grid(heading, v.answers.set.Width, v.answers.set.Height, mistakesInRow, cells))
}

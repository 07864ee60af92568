// Package inherit gives a model what others have learned: their weights to begin with,
// and their answers to learn from.
package inherit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/fit"
	"github.com/seed-c844a918/inkling/internal/keras"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// Weights fills a model's network with the weights of another, which must have the same
// shapes; the error prints both. One with the same classes in another order is refused:
// its last weights would mean other classes. name is what errors call it.
func Weights(pupil *model.Model, name string, m *model.Model) error {
	if got, want := tensorShapes(m.Network), tensorShapes(pupil.Network); !slices.Equal(got, want) {
		return fmt.Errorf("%s: got weights %s, want %s", name, strings.Join(got, ", "), strings.Join(want, ", "))
	}
	if evaluate.OtherOrder(m, pupil) {
		return fmt.Errorf("%s: got %s, want the order of %s", name, interfaceOf(m), interfaceOf(pupil))
	}
	copy(pupil.Network.Values(), m.Network.Values())
	return nil
}

// KerasWeights does what Weights does with a file of Keras or NumPy.
func KerasWeights(pupil *model.Model, name string, file *keras.File) error {
	if err := keras.Like(pupil.Network).Load(file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// tensorShapes lists a network's tensors: "kernel (784, 64)".
func tensorShapes(network *nn.Sequential) []string {
	var shapes []string
	for _, p := range network.Params() {
		shapes = append(shapes, p.Name+" "+p.Shape.String())
	}
	return shapes
}

// teach adds a model to those whose answers a pupil learns; it must have the pupil's
// input and classes. Its background may be of several classes where the pupil's is one.
func teach(d *fit.Distillation, pupil *model.Model, name string, teacher *model.Model) error {
	sameInput := slices.Equal(teacher.Network.Input, pupil.Network.Input)
	all, want := teacher.Network.Classes(), pupil.Network.Classes()
	sameBackground := teacher.Background == pupil.Background && (all == want || all > want && want == len(pupil.Labels)+1)
	if !sameInput || !sameBackground || !evaluate.SameClasses(teacher, pupil) {
		return fmt.Errorf("%s: got %s, want %s", name, interfaceOf(teacher), interfaceOf(pupil))
	}
	d.Teachers = append(d.Teachers, teacher.Network)
	return nil
}

// interfaceOf describes what a teacher must share with its pupil.
func interfaceOf(m *model.Model) string {
	text := fmt.Sprintf("input %v, classes %s", m.Network.Input, dataset.Listed(m.Labels))
	if m.DataLabels != nil && !slices.Equal(m.DataLabels, m.Labels) {
		text += " (in the data " + dataset.Listed(m.DataLabels) + ")"
	}
	if m.Background {
		text += " and a background"
		if kinds := m.Network.Classes() - len(m.Labels); kinds > 1 {
			text += fmt.Sprintf(" of %d classes", kinds)
		}
	}
	return text
}

// Package convert completes what import reads of a Keras file: the architecture of
// weights alone, and the names of the classes.
package convert

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/keras"
	"github.com/seed-c844a918/inkling/internal/layerspec"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/usage"
)

// OfLayers returns the architecture of a file of weights whose hidden layers a text
// describes as --layers does. Width and height are those of the images, 0: by the weights.
// Pixels may be "", what such networks usually take.
func OfLayers(f *keras.File, layers string, width, height, classes int, pixels keras.Pixels) (*keras.Architecture, error) {
	input, err := inputOf(f, layers, width, height)
	if err != nil {
		return nil, err
	}
	network, err := layerspec.Network(layers, input, classes)
	if err != nil {
		return nil, usage.Errorf("--layers: %w", err)
	}
	if pixels == keras.Bytes {
		network, err = nn.NewSequential(input, append([]nn.Layer{&nn.Rescaling{Scale: 255}}, network.Layers...)...)
	}
	if err != nil {
		return nil, err
	}
	network.Initialize(0) // what changes nothing, a file may lack
	a := keras.Like(network)
	if pixels != "" {
		a.Pixels = pixels
	}
	return a, nil
}

// keepsShape are the kinds of layers that leave the number of values as it is.
var keepsShape = []string{"flatten", "dropout", "relu", "activation", "batch_normalization", "unit_normalization", "rescaling"}

// inputOf returns the shape of the images that the layers take: the one given; else a
// square of what the first dense takes, where nothing before it changes the shape;
// else the usual.
func inputOf(f *keras.File, text string, width, height int) (nn.Shape, error) {
	if width > 0 {
		return nn.Shape{height, width, 1}, nil
	}
	hidden, err := layerspec.Parse(text)
	if err != nil {
		return nil, usage.Errorf("--layers: %w", err)
	}
	layers := layerspec.Complete(hidden, 1)
	shaping := slices.IndexFunc(layers, func(l nn.Layer) bool {
		return !slices.Contains(keepsShape, l.Kind())
	})
	inputs := f.Inputs()
	if layers[shaping].Kind() != "dense" || inputs == 0 {
		return nn.Shape{ink.Side, ink.Side, 1}, nil
	}
	side := int(math.Round(math.Sqrt(float64(inputs))))
	if side*side != inputs || side > model.MaxSide {
		return nil, usage.Errorf("the first dense takes %d values, which are no square: want --size WxH", inputs)
	}
	return nn.Shape{side, side, 1}, nil
}

// Name gives the classes their names, or 0, 1, 2, ... where labels is nil and the model
// has none, and the model its recipe, drawing unless it has one.
func Name(m *model.Model, labels []string) error {
	if m.Recipe == "" {
		m.Recipe = ink.Drawing
	}
	classes := m.Network.Classes()
	if classes > dataset.MaxClasses {
		return fmt.Errorf("import: got %d classes, at most %d", classes, dataset.MaxClasses)
	}
	if labels != nil {
		m.Labels, m.DataLabels, m.Background = labels, nil, false
		if err := dataset.CheckNames(m.Labels); err != nil {
			return usage.Errorf("--labels: %w", err)
		}
		if len(m.Labels) != classes {
			return usage.Errorf("import: got %d --labels, want %d, one for each class", len(m.Labels), classes)
		}
	}
	for i := len(m.Labels); len(m.Labels) < classes && !m.Background; i++ {
		m.Labels = append(m.Labels, strconv.Itoa(i))
	}
	return nil
}

package model

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// FormatError says what in a file, or in a model to be written, is not as the
// format wants it.
type FormatError struct{ Place, Got, Want string }

func (e *FormatError) Error() string {
	return "ink: " + e.Place + ": got " + e.Got + ", want " + e.Want
}

// valid reports the first thing that version 2 does not allow.
func (m *Model) valid() error {
	if !m.Recipe.Known() {
		return &FormatError{"recipe", quote(string(m.Recipe)), "drawing or picture"}
	}
	if m.Precision > Int8 {
		return &FormatError{"precision", strconv.Itoa(int(m.Precision)), "0 (float32), 1 (float16) or 2 (int8)"}
	}
	if !finite(m.Temperature) || m.Temperature <= 0 {
		return &FormatError{"temperature", float(m.Temperature), "more than 0"}
	}
	if !(m.Threshold >= 0 && m.Threshold <= 1) {
		return &FormatError{"threshold", float(m.Threshold), "0..1"}
	}
	if err := m.Training.valid(); err != nil {
		return err
	}
	if err := m.validNetwork(); err != nil {
		return err
	}
	return validStrings("label", m.Labels...)
}

// validNetwork checks the ends of the network and its size.
func (m *Model) validNetwork() error {
	input, layers := m.Network.Input, m.Network.Layers
	if len(input) != 3 || input[2] != 1 {
		return &FormatError{"input", input.String(), "(height, width, 1)"}
	}
	for _, side := range input {
		if side < 1 || side > maxSide {
			return &FormatError{"input", input.String(), "sides of 1.." + strconv.Itoa(maxSide)}
		}
	}
	for i := range layers {
		if err := m.validLayer(i); err != nil {
			return err
		}
	}
	if len(layers) == 0 || len(layers) > 255 {
		return &FormatError{"layers", strconv.Itoa(len(layers)), "1..255"}
	}
	if _, ok := layers[len(layers)-1].(*nn.Softmax); !ok {
		return &FormatError{"last layer", layers[len(layers)-1].Kind(), "softmax"}
	}
	want := m.Network.Classes()
	if m.Background {
		want--
	}
	if got := len(m.Labels); got != want || got > maxLabels || got == 0 {
		return &FormatError{"labels", strconv.Itoa(got), strconv.Itoa(want) + ", one for each value of the last layer but the background's, 1.." + strconv.Itoa(maxLabels)}
	}
	return nil
}

// validLayer checks the sizes of one layer.
func (m *Model) validLayer(i int) error {
	place, width := "layer "+strconv.Itoa(i), 0
	switch l := m.Network.Layers[i].(type) {
	case *nn.Dense:
		width = l.Units
	case *nn.Conv2D:
		width = l.Filters
		if err := validWindow(place, l.Size, l.Strides, l.Padding); err != nil {
			return err
		}
	case *nn.MaxPool2D:
		if err := validWindow(place, l.Size, l.Strides, l.Padding); err != nil {
			return err
		}
	case *nn.AveragePool2D:
		if err := validWindow(place, l.Size, l.Strides, l.Padding); err != nil {
			return err
		}
	case *nn.Reshape:
		if len(l.Target) > 3 || slices.Max(l.Target) > maxUnits {
			return &FormatError{place, "the shape " + l.Target.String(), "at most 3 sides of at most " + strconv.Itoa(maxUnits)}
		}
	case *nn.Rescaling:
		return validFloats(place, l.Scale, l.Offset)
	case *nn.Activation:
		return validFloats(place, l.Alpha, l.Max, l.Threshold)
	}
	if width > maxUnits {
		return &FormatError{place, strconv.Itoa(width) + " units or filters", "at most " + strconv.Itoa(maxUnits)}
	}
	if values := m.Network.OutputShape(i).Size(); values > maxValues {
		return &FormatError{place, strconv.Itoa(values) + " values an image", "at most " + strconv.Itoa(maxValues)}
	}
	return nil
}

// validVariances checks what a batch normalization takes the root of.
func (m *Model) validVariances() error {
	for _, p := range m.Network.Params() {
		if p.Name == "moving_variance" && slices.Min(p.Value) < 0 {
			return &FormatError{"moving_variance", float(slices.Min(p.Value)), "0 or more"}
		}
	}
	return nil
}

// validWindow checks a window, its strides and what it does at the edge.
func validWindow(place string, size, strides [2]int, padding nn.Padding) error {
	if padding > nn.Same {
		return &FormatError{place, "padding " + strconv.Itoa(int(padding)), "0 (valid) or 1 (same)"}
	}
	if side := max(size[0], size[1], strides[0], strides[1]); side > maxSide {
		return &FormatError{place, "a side of " + strconv.Itoa(side), "at most " + strconv.Itoa(maxSide)}
	}
	return nil
}

// validFloats checks settings that are any numbers.
func validFloats(place string, values ...float32) error {
	for _, v := range values {
		if !finite(v) {
			return &FormatError{place, float(v), "a finite number"}
		}
	}
	return nil
}

// valid checks what training left behind.
func (t Training) valid() error {
	if len(t.Metrics) > 255 {
		return &FormatError{"metrics", strconv.Itoa(len(t.Metrics)), "at most 255"}
	}
	if !finite(t.LearningRate) {
		return &FormatError{"learning rate", float(t.LearningRate), "a finite number"}
	}
	names := []string{t.Data, t.Optimizer}
	for _, metric := range t.Metrics {
		if !finite(metric.Value) {
			return &FormatError{"metric " + quote(metric.Name), float(metric.Value), "a finite number"}
		}
		names = append(names, metric.Name)
	}
	return validStrings("name", names...)
}

// validStrings checks that each fits the file: UTF-8, at most 255 bytes.
func validStrings(place string, texts ...string) error {
	for _, text := range texts {
		if len(text) > 255 || !utf8.ValidString(text) {
			return &FormatError{place, quote(text), "UTF-8 of at most 255 bytes"}
		}
	}
	return nil
}

// finite reports whether f is neither infinite nor NaN.
func finite(f float32) bool { return f-f == 0 }

func float(f float32) string { return strconv.FormatFloat(float64(f), 'g', -1, 32) }

// quote sets text between quotes; strconv.Quote would bring 5 kB of tables into
// the page (make size).
func quote(text string) string { return `"` + text + `"` }

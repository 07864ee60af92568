package model

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/similarity"
)

// FormatError says what in a file, or in a model to be written, is not as the
// format has it.
type FormatError struct{ Place, Got, Want string }

func (e *FormatError) Error() string {
	return "ink: " + e.Place + ": got " + e.Got + ", want " + e.Want
}

// refusal returns a [FormatError].
func refusal(place, got, want string) error { return &FormatError{place, got, want} }

// atMost says what a limit is.
func atMost(n int) string { return "at most " + strconv.Itoa(n) }

// Check returns a [FormatError] for the first thing, apart from weights, that the format
// does not allow. Encode would return the same error after training.
func (m *Model) Check() error {
	if !m.Recipe.Known() {
		return refusal("recipe", quote(string(m.Recipe)), "drawing, writing or picture")
	}
	if m.Precision > Int4 {
		return refusal("precision", strconv.Itoa(int(m.Precision)), "0 (float32), 1 (float16), 2 (int8) or 3 (int4)")
	}
	if !finite(m.Temperature) || m.Temperature <= 0 {
		return refusal("temperature", float(m.Temperature), "more than 0")
	}
	if !(m.Threshold >= 0 && m.Threshold <= 1) {
		return refusal("threshold", float(m.Threshold), "0..1")
	}
	if !(m.Turn >= 0 && m.Turn <= 1) || m.Turn > 0 && m.Recipe.Channels() > 1 {
		return refusal("turn", float(m.Turn), "0..1, and 0 by recipe writing")
	}
	if err := m.Training.valid(); err != nil {
		return err
	}
	if err := m.validNetwork(); err != nil {
		return err
	}
	if err := m.validCost(); err != nil {
		return err
	}
	if err := m.validLabels(); err != nil {
		return err
	}
	return m.validData()
}

// validCost checks what an answer costs.
func (m *Model) validCost() error {
	cost := m.Network.Cost()
	if cost.Bytes > MaxBytes {
		return refusal("network", strconv.Itoa(cost.Bytes>>20)+" MB for one image", atMost(MaxBytes>>20)+
			": smaller images, fewer filters, or pooling earlier")
	}
	if cost.Operations > MaxOperations {
		return refusal("network", strconv.Itoa(cost.Operations>>20)+" million multiplications for one image",
			atMost(MaxOperations>>20)+" million: smaller images, fewer filters, or pooling earlier")
	}
	return nil
}

// validLabels checks that each label is a text of its own.
func (m *Model) validLabels() error {
	for i, label := range m.Labels {
		if label == "" {
			return refusal("label "+strconv.Itoa(i), "an empty one", "a text: each class needs a name")
		}
		if first := slices.Index(m.Labels, label); first < i {
			return refusal("label "+strconv.Itoa(i), quote(label)+", which is label "+strconv.Itoa(first), "a name that no other class has")
		}
	}
	return validStrings("label", m.Labels...)
}

// validData checks what is said of the data.
func (m *Model) validData() error {
	if low, high := m.Source.Range(); !(finite(low) && finite(high) && low < high) {
		return refusal("range", float(low)+".."+float(high), "two numbers, the lower first")
	}
	if got, want := len(m.DataLabels), len(m.Labels); m.DataLabels != nil && got != want {
		return refusal("labels of the data", strconv.Itoa(got), strconv.Itoa(want)+", one for each label")
	}
	for i, label := range m.DataLabels {
		if label == "" || slices.Index(m.DataLabels, label) < i {
			return refusal("label of the data", quote(label), "a text that no other class has")
		}
	}
	return validStrings("label of the data", m.DataLabels...)
}

// validNetwork checks the ends of the network and its size.
func (m *Model) validNetwork() error {
	layers := m.Network.Layers
	if err := validLayers(m.Network.Input, m.Recipe.Channels(), layers); err != nil {
		return err
	}
	for i := range layers {
		if values := m.Network.OutputShape(i).Size(); values > MaxValues {
			return refusal("layer "+strconv.Itoa(i), strconv.Itoa(values)+" values an image", atMost(MaxValues))
		}
	}
	if len(layers) == 0 || len(layers) > MaxLayers {
		return refusal("layers", strconv.Itoa(len(layers)), "1.."+strconv.Itoa(MaxLayers))
	}
	if m.IsEncoder() {
		return m.validEncoder()
	}
	if _, ok := layers[len(layers)-1].(*nn.Softmax); !ok {
		return refusal("last layer", layers[len(layers)-1].Kind(), "softmax")
	}
	got, want := len(m.Labels), m.Network.Classes()
	least := want
	if m.Background {
		least, want = 1, want-1 // or fewer, where the background is of several
	}
	if got > MaxLabels {
		return refusal("labels", strconv.Itoa(got), "1.."+strconv.Itoa(MaxLabels)+": a model has no more classes")
	}
	if got < least || got > want {
		return refusal("labels", strconv.Itoa(got), strconv.Itoa(want)+", one for each value of the last layer but the background's")
	}
	return nil
}

// validEncoder checks what a network without classes ends in.
func (m *Model) validEncoder() error {
	last := len(m.Network.Layers) - 1
	if kind := m.Network.Layers[last].Kind(); kind != "unit_normalization" || len(m.Network.OutputShape(last)) != 1 || m.Background {
		return refusal("last layer", kind, "unit_normalization of one dimension, as there are no labels")
	}
	return nil
}

// validLayers checks what layers are made of, before their shapes are known.
func validLayers(input nn.Shape, channels int, layers []nn.Layer) error {
	if len(input) != 3 || input[2] != channels {
		return refusal("input", input.String(), "(height, width, "+strconv.Itoa(channels)+"), as the recipe has it")
	}
	if slices.Min(input) < 1 || slices.Max(input) > MaxSide {
		return refusal("input", input.String(), "sides of 1.."+strconv.Itoa(MaxSide))
	}
	for i, layer := range layers {
		if err := validSettings("layer "+strconv.Itoa(i), layer); err != nil {
			return err
		}
	}
	return nil
}

// validTensors checks that each batch normalization can take the root of its variance,
// and that each class of prototypes has a column.
func (m *Model) validTensors() error {
	for i, layer := range m.Network.Layers {
		if p, ok := layer.(*similarity.Prototypes); ok && !p.Whole() {
			return refusal("layer "+strconv.Itoa(i), "a column of no class, or a class without a column",
				"a class for each column and a column for each class")
		}
	}
	for _, p := range m.Network.Params() {
		if p.Name == "moving_variance" && slices.Min(p.Value) < 0 {
			return refusal("moving_variance", float(slices.Min(p.Value)), "0 or more")
		}
	}
	return nil
}

// valid checks the record of the training.
func (t Training) valid() error {
	if len(t.Metrics) > 255 {
		return refusal("metrics", strconv.Itoa(len(t.Metrics)), "at most 255")
	}
	if !finite(t.LearningRate) {
		return refusal("learning rate", float(t.LearningRate), "a finite number")
	}
	for _, metric := range t.Metrics {
		if !finite(metric.Value) {
			return refusal("metric "+quote(metric.Name), float(metric.Value), "a finite number")
		}
		if err := validStrings("name", metric.Name); err != nil {
			return err
		}
	}
	return validStrings("name", t.Data, t.Optimizer)
}

// validStrings checks that each fits the file: UTF-8, at most 255 bytes.
func validStrings(place string, texts ...string) error {
	for _, text := range texts {
		if len(text) > MaxText || !utf8.ValidString(text) {
			return refusal(place, quote(text), "UTF-8 of at most 255 bytes")
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

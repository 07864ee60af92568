// Package summary describes a model as Keras does: its layers, shapes and
// parameters, and how it was trained.
package summary

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/seed-c844a918/inkling/internal/fewshot"
	"github.com/seed-c844a918/inkling/internal/holdout"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/layerspec"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/plain"
)

// Summary holds the description of a model.
type Summary struct {
	Model       string             `json:"model"`
	Bytes       int64              `json:"bytes"`
	Input       nn.Shape           `json:"input"` // height, width, channels
	Recipe      string             `json:"recipe"`
	Ground      string             `json:"ground,omitempty"` // of nearly all pictures that it learned from, "dark" or "light"
	Classes     []string           `json:"classes"`
	Layers      []Layer            `json:"layers"`
	LayersText  string             `json:"-"` // the hidden ones, as --layers takes them
	Parameters  int                `json:"parameters"`
	Precision   string             `json:"precision"`
	Temperature float32            `json:"temperature"`
	Threshold   float32            `json:"threshold"`
	Turn        float32            `json:"turn,omitempty"` // model.Model's
	Data        string             `json:"data"`
	Seed        uint64             `json:"seed"`
	SplitSeed   uint64             `json:"split_seed"`
	Split       *float64           `json:"split,omitempty"` // the share kept for validation, if the file tells it
	Epochs      int                `json:"epochs"`
	Batch       int                `json:"batch"`
	Optimizer   string             `json:"optimizer"`
	Rate        float32            `json:"learning_rate"`
	Metrics     map[string]float32 `json:"metrics"`
	Examples    *int               `json:"examples,omitempty"` // in the file, of a set of symbols
	Drawings    bool               `json:"drawings,omitempty"` // and what was drawn for them
}

// Layer is one line of the table.
type Layer struct {
	Name       string   `json:"name"` // "dense_1", Keras's way to number them
	Kind       string   `json:"kind"`
	Class      string   `json:"class"`  // Keras's name of the kind, which the page shows
	Output     nn.Shape `json:"output"` // of one sample
	Parameters int      `json:"parameters"`
	Precision  string   `json:"precision,omitempty"` // of the kernel in the file, or of all if there is none
}

// New returns the summary of a model under a name, of a file of this many bytes.
func New(name string, bytes int64, m *model.Model) Summary {
	t := m.Training
	s := Summary{
		Model: name, Bytes: bytes, Input: m.Network.Input, Recipe: string(m.Recipe), Classes: m.Labels,
		LayersText: layerspec.Text(m.Network), Parameters: m.Network.Size(),
		Precision: m.Precision.String(), Temperature: m.Temperature, Threshold: m.Threshold, Turn: m.Turn,
		Data: t.Data, Seed: t.Seed, SplitSeed: t.SplitSeed, Epochs: t.Epochs, Batch: t.Batch, Optimizer: t.Optimizer, Rate: t.LearningRate,
		Metrics: map[string]float32{},
	}
	if ground := m.Ground(); ground != ink.AnyGround {
		s.Ground = ground.String()
	}
	if kept := holdout.Of(m); kept != nil {
		s.Split = &kept.Share
	}
	for _, metric := range t.Metrics {
		s.Metrics[metric.Name] = metric.Value
	}
	if set, examples, drawings := fewshot.IsSet(m); set {
		s.Examples, s.Drawings = &examples, drawings
	}
	seen := map[string]int{}
	for i, layer := range m.Network.Layers {
		kind, _ := nn.KindOf(layer.Kind())
		l := Layer{Name: kind.Name, Kind: kind.Name, Class: kind.Class, Output: m.Network.OutputShape(i)}
		if n := seen[l.Kind]; n > 0 {
			l.Name = fmt.Sprintf("%s_%d", l.Kind, n)
		}
		seen[l.Kind]++
		for j, p := range layer.Params() {
			l.Parameters += p.Shape.Size()
			if j == 0 || p.Name == "kernel" {
				l.Precision = m.Stored(p).String()
			}
		}
		s.Layers = append(s.Layers, l)
	}
	return s
}

// Print writes the table as Keras does, and the training below it.
func (s Summary) Print(w io.Writer) error {
	s.Model, s.Classes, s.Data, s.Optimizer = plain.Text(s.Model), plain.Texts(s.Classes), plain.Text(s.Data), plain.Text(s.Optimizer)
	fmt.Fprintf(w, "Model: %s (%d bytes, %s)\n\n", s.Model, s.Bytes, s.Precision)
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	mixed := s.Precision == model.Int4.String() // not all layers have the file's
	row := func(cells ...string) {
		if !mixed {
			cells = cells[:3]
		}
		fmt.Fprintln(table, strings.Join(cells, "\t"))
	}
	row("Layer (type)", "Output shape", "Param #", "Stored as")
	row("------------", "------------", "-------", "---------")
	for _, l := range s.Layers {
		row(fmt.Sprintf("%s (%s)", l.Name, l.Kind), strings.Replace(l.Output.String(), "(", "(None, ", 1), fmt.Sprint(l.Parameters), l.Precision)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nTotal params: %d\n", s.Parameters)
	if s.LayersText != "" {
		fmt.Fprintf(w, "Hidden, as --layers: %s\n", s.LayersText)
	}
	fmt.Fprintf(w, "Input: %s, recipe %s", s.Input, s.Recipe)
	if s.Ground != "" {
		fmt.Fprintf(w, ", of pictures on %s ground", s.Ground)
	}
	fmt.Fprintln(w)
	if len(s.Classes) == 0 {
		fmt.Fprintln(w, "An encoder: it makes features, of length 1, and knows no classes")
	} else {
		fmt.Fprintf(w, "Classes: %s\n", strings.Join(s.Classes, ", "))
	}
	if s.Examples != nil {
		kept := "their features are in the file"
		switch {
		case *s.Examples == 0:
			kept = "the file holds none, so that nothing can be added to it"
		case s.Drawings:
			kept = "their features and drawings are in the file"
		}
		if s.Turn > 0 {
			fmt.Fprintf(w, "Looks at an image three times: as it is and turned by %g radians either way\n", s.Turn)
		}
		fmt.Fprintf(w, "Symbols from %d examples by inkling teach; %s\n", *s.Examples, kept)
		fmt.Fprintf(w, "Sure from a confidence of %.3f, at temperature %.3f\n", s.Threshold, s.Temperature)
		return nil
	}
	if s.Epochs == 0 {
		_, err := fmt.Fprintln(w, "Not trained by inkling")
		return err
	}
	split := ""
	if s.Split != nil {
		split = fmt.Sprintf(", split %g", *s.Split)
	}
	fmt.Fprintf(w, "Trained on %s: %d epochs, batch %d, %s at %g, seed %d%s, split seed %d\n",
		s.Data, s.Epochs, s.Batch, s.Optimizer, s.Rate, s.Seed, split, s.SplitSeed)
	for _, name := range []string{"loss", "accuracy", "val_loss", "val_accuracy", "test_loss", "test_accuracy"} {
		if v, ok := s.Metrics[name]; ok {
			fmt.Fprintf(w, "  %-13s %.4f\n", name, v)
		}
	}
	if s.Threshold > 0 {
		fmt.Fprintf(w, "Sure from a confidence of %.3f, at temperature %.3f\n", s.Threshold, s.Temperature)
	}
	return nil
}

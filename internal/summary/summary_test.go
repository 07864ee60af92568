package summary

import (
	"bytes"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/holdout"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

func TestSummary(t *testing.T) {
	network, err := nn.NewSequential(nn.Shape{4, 4, 1}, &nn.Flatten{}, &nn.Dense{Units: 3}, &nn.ReLU{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	m := &model.Model{Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Threshold: 0.5, Precision: model.Float16, Network: network}
	for name, c := range map[string]struct {
		training model.Training
		kept     *holdout.Record
		want     string
	}{
		"a share kept": {model.Training{Data: "pen", Epochs: 3}, &holdout.Record{Share: 0.1}, "seed 0, split 0.1, split seed 0\n"},
		"untrained":    {model.Training{}, nil, "Not trained by inkling\n"},
		"trained": {model.Training{Data: "pen", Epochs: 3, Batch: 8, Optimizer: "adam", LearningRate: 0.5, Metrics: []model.Metric{{Name: "val_loss", Value: 0.25}}},
			nil, "Trained on pen: 3 epochs, batch 8, adam at 0.5, seed 0, split seed 0\n  val_loss      0.2500\nSure from a confidence of 0.500"},
	} {
		m.Training = c.training
		c.kept.Put(m)
		var text bytes.Buffer
		if err := New("x.ink", 99, m).Print(&text); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			"Model: x.ink (99 bytes, float16)\n", "dense_1 (dense)     (None, 2)      8\n", "Total params: 59\nHidden, as --layers: dense 3 relu\n",
			"Classes: a, b\n", c.want,
		} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: got\n%s, want %q in it", name, &text, want)
			}
		}
	}
}

// TestStoredAs says of each layer of an int4 model how the file holds it.
func TestStoredAs(t *testing.T) {
	network, err := nn.NewSequential(nn.Shape{6, 6, 1}, &nn.Flatten{}, &nn.Dense{Units: 3}, &nn.ReLU{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	m := &model.Model{Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Precision: model.Int4, Network: network}
	m.Round()
	var text bytes.Buffer
	if err := New("x.ink", 99, m).Print(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Param #   Stored as\n", "dense (dense)       (None, 3)      111       int4\n", "dense_1 (dense)     (None, 2)      8         int8\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("got\n%s, want %q in it", &text, want)
		}
	}
}

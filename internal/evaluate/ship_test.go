package evaluate

import (
	"testing"

	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// shippable returns a model of two classes, with dropout to leave out.
func shippable(t *testing.T) *model.Model {
	t.Helper()
	network, err := nn.NewSequential(nn.Shape{2, 2, 1}, &nn.Flatten{}, &nn.Dropout{Rate: 0.5}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(1)
	return &model.Model{Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Precision: model.Float16, Network: network}
}

// Rehearse returns the size of the file that Ship makes, and changes nothing.
func TestRehearse(t *testing.T) {
	m := shippable(t)
	size, err := Rehearse(m)
	if err != nil || len(m.Network.Layers) != 4 {
		t.Fatalf("got %v, %d layers, want the model as it was", err, len(m.Network.Layers))
	}
	if err := Ship(m); err != nil || m.Precision != model.Float16 {
		t.Fatalf("got %v, %v", err, m.Precision)
	}
	if file, err := model.Encode(m); err != nil || len(file) != size {
		t.Errorf("got %d bytes, %v, want %d as rehearsed", len(file), err, size)
	}
	m.Labels = m.Labels[:1]
	if _, err := Rehearse(m); err == nil {
		t.Error("a label too few: got no error")
	}
}

// Weights that float16 cannot hold stay as they are.
func TestShipWeightsBeyondPrecision(t *testing.T) {
	m := shippable(t)
	m.Network.Values()[0] = 1e6
	if err := Ship(m); err == nil || m.Precision != model.Float32 || m.Network.Values()[0] != 1e6 {
		t.Errorf("got %v, %v, weight %v, want float32 and 1e6", err, m.Precision, m.Network.Values()[0])
	}
	if _, err := model.Encode(m); err != nil {
		t.Error(err)
	}
}

package onnx

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/windows"
)

var update = flag.Bool("update", false, "write the golden files again")

// everything returns a model of every layer, 9x8 pixels, three classes.
func everything(t *testing.T, more ...nn.Layer) *model.Model {
	t.Helper()
	layers := []nn.Layer{
		&nn.Rescaling{Scale: 2, Offset: -1}, &nn.Conv2D{Filters: 4, Size: [2]int{3, 2}, Strides: [2]int{1, 2}, Padding: windows.Same}, &nn.BatchNormalization{}, &nn.ReLU{},
		&nn.AveragePool2D{Size: [2]int{3, 3}, Strides: [2]int{2, 1}, Padding: windows.Same}, &nn.MaxPool2D{Size: [2]int{2, 3}, Strides: [2]int{2, 2}, Padding: windows.Same},
		&nn.Activation{Curve: activation.Curve{Function: activation.GELU}}, &nn.Flatten{}, &nn.Dense{Units: 12}, &nn.Activation{Curve: activation.Curve{Function: activation.ELU, Alpha: 0.5}}, &nn.Reshape{Target: nn.Shape{2, 3, 2}},
		&nn.Conv2D{Filters: 3, Size: [2]int{2, 2}}, &nn.Activation{Curve: activation.Curve{Function: activation.Rectified, Alpha: 0.1, Max: 1.5, Threshold: 0.25}}, &nn.MaxPool2D{}, &nn.Flatten{},
		&nn.BatchNormalization{}, &nn.Activation{Curve: activation.Curve{Function: activation.SiLU}}, &nn.Activation{Curve: activation.Curve{Function: activation.HardSiLU, Alpha: 0.25}}, &nn.Activation{Curve: activation.Curve{Function: activation.HardSigmoid, Alpha: 0.25}}, &nn.Activation{Curve: activation.Curve{Function: activation.Tanh}},
	}
	network, err := nn.NewSequential(nn.Shape{9, 8, 1}, append(append(layers, more...), &nn.Dense{Units: 3}, &nn.Softmax{})...)
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(3)
	for _, p := range network.Params() {
		if p.Name == "kernel" { // answers that differ from picture to picture
			for i := range p.Value {
				p.Value[i] *= 4
			}
		}
	}
	return &model.Model{Recipe: ink.Drawing, Labels: []string{"a", "b", "c"}, Temperature: 1.5, Network: network}
}

// TestGolden compares with a file whose answers testdata/check.py has compared with
// onnxruntime's.
func TestGolden(t *testing.T) {
	m := everything(t)
	got, err := Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		stored, err := model.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{"everything.onnx": got, "everything.ink": stored} {
			if err := os.WriteFile("testdata/"+name, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	want, err := os.ReadFile("testdata/everything.onnx")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got %d other bytes, want the %d of testdata/everything.onnx", len(got), len(want))
	}
}

// TestWire checks that the file is protobuf with the fields that a model needs.
func TestWire(t *testing.T) {
	data, err := Encode(everything(t))
	if err != nil {
		t.Fatal(err)
	}
	fields := map[protowire.Number]int{}
	for len(data) > 0 {
		number, _, n := protowire.ConsumeField(data)
		if n < 0 {
			t.Fatal(protowire.ParseError(n))
		}
		fields[number]++
		data = data[n:]
	}
	for number, want := range map[protowire.Number]int{1: 1, 2: 1, 7: 1, 8: 1, 14: 4} {
		if fields[number] != want {
			t.Errorf("field %d: got %d, want %d", number, fields[number], want)
		}
	}
}

func TestRefuses(t *testing.T) {
	m := everything(t, &nn.Reshape{Target: nn.Shape{3, 1}}, &nn.BatchNormalization{}, &nn.Flatten{})
	if _, err := Encode(m); err == nil || !strings.Contains(err.Error(), "layer 22: got batch_normalization of (3, 1)") {
		t.Errorf("error: got %v, want one about the batch normalization", err)
	}
}

// TestLabels checks that names with commas and quotes can be told apart.
func TestLabels(t *testing.T) {
	m := everything(t)
	m.Labels = []string{"a,b", `c"d`, "é"}
	data, err := Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	if want := `["a,b","c\"d","é"]`; !bytes.Contains(data, []byte(want)) {
		t.Errorf("metadata: got no %s", want)
	}
}

// TestPads checks that zeros around a convolution's pictures are its pads.
func TestPads(t *testing.T) {
	network, err := nn.NewSequential(nn.Shape{4, 4, 1}, &nn.Conv2D{Filters: 1, Size: [2]int{3, 3}, Padding: windows.Zeros(2)},
		&nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Encode(&model.Model{Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Network: network})
	if want := attribute("pads", []int{2, 2, 2, 2}); err != nil || !bytes.Contains(got, want) {
		t.Errorf("got no pads of 2 (%v)", err)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/keras"
	"github.com/seed-c844a918/inkling/internal/layerspec"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/onnx"
	"github.com/seed-c844a918/inkling/internal/similarity"
	"github.com/seed-c844a918/inkling/internal/summary"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// samples are a layer of each kind for pictures of 6x6 with two channels.
var samples = map[string]nn.Layer{
	"activation":          &nn.Activation{Curve: activation.Curve{Function: activation.Rectified, Alpha: 0.2, Max: activation.NoMax}},
	"average_pool2d":      &nn.AveragePool2D{Size: [2]int{2, 3}, Strides: [2]int{2, 1}, Padding: windows.Same},
	"batch_normalization": &nn.BatchNormalization{},
	"conv2d":              &nn.Conv2D{Filters: 3, Size: [2]int{3, 2}, Strides: [2]int{1, 2}, Padding: windows.Same},
	"dense":               &nn.Dense{Units: 5},
	"dropout":             &nn.Dropout{Rate: 0.25},
	"flatten":             &nn.Flatten{},
	"max_pool2d":          &nn.MaxPool2D{Size: [2]int{2, 3}},
	"max_pool2d_same":     &nn.MaxPool2D{Size: [2]int{3, 3}, Strides: [2]int{2, 1}, Padding: windows.Same},
	"prototypes":          &similarity.Prototypes{Classes: 3, Columns: 5, Others: 4, Nearest: 2, Share: 0.5},
	"relu":                &nn.ReLU{},
	"rescaling":           &nn.Rescaling{Scale: 2, Offset: -0.5},
	"reshape":             &nn.Reshape{Target: nn.Shape{3, 12, 2}},
	"softmax":             &nn.Softmax{},
	"unit_normalization":  &similarity.UnitNormalization{},
}

// sampleModel returns a model with a layer of the given kind in its middle.
func sampleModel(t *testing.T, kind string) *model.Model {
	t.Helper()
	layers := []nn.Layer{&nn.Conv2D{Filters: 2, Size: [2]int{2, 2}}}
	if kind == "dense" || kind == "softmax" || kind == "prototypes" {
		layers = append(layers, &nn.Flatten{})
	}
	layers = append(layers, samples[kind], &nn.Flatten{}, &nn.Dense{Units: 3}, &nn.Softmax{})
	network, err := nn.NewSequential(nn.Shape{7, 7, 1}, layers...)
	if err != nil {
		t.Fatal(err)
	}
	network.Initialize(5)
	return &model.Model{Recipe: ink.Drawing, Labels: []string{"a", "b", "c"}, Temperature: 1, Network: network}
}

// TestEveryKindOfLayer walks each kind through all places that must know it, and
// names the place that does not.
func TestEveryKindOfLayer(t *testing.T) {
	bridge, err := os.ReadFile("../wasm/bridge.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(bridge, []byte(`with("class", quoted(kind.Class))`)) {
		t.Error("wasm/bridge.go: the page does not get the kind's class")
	}
	for view, by := range map[string]string{"stages.ts": "layer.class", "card-view.ts": "class: name"} {
		if text, err := os.ReadFile("../web/later/" + view); err != nil || !bytes.Contains(text, []byte(by)) {
			t.Errorf("web/later/%s: the layers are not called by their class: %v", view, err)
		}
	}
	for _, kind := range nn.Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			if samples[kind.Name] == nil {
				t.Fatal("train/kinds_test.go: got no sample")
			}
			m := sampleModel(t, kind.Name)
			for place, other := range map[string]*model.Model{
				"internal/model": roundTrip(t, m), "nn.Clone": with(m, m.Network.Clone()), "nn.Fold": with(m, m.Network.Fold()),
			} {
				sameAnswers(t, place, other, m)
			}
			if _, err := onnx.Encode(m); err != nil {
				t.Errorf("internal/onnx/layers.go: writers: %v", err)
			}
			if !keras.Reads(kind.Class) && kind.Name != "prototypes" { // which is our own
				t.Errorf("internal/keras/layers.go: readers: got no %s", kind.Class)
			}
			checkWords(t, kind.Name, m)
			checkSummary(t, kind, m)
		})
	}
}

// with returns a copy of a model with another network.
func with(m *model.Model, network *nn.Sequential) *model.Model {
	return &model.Model{Recipe: m.Recipe, Labels: m.Labels, Temperature: m.Temperature, Network: network}
}

// roundTrip returns a model after writing and reading its file.
func roundTrip(t *testing.T, m *model.Model) *model.Model {
	t.Helper()
	data, err := model.Encode(m)
	if err != nil {
		t.Fatalf("internal/model: %v", err)
	}
	read, err := model.Decode(data)
	if err != nil {
		t.Fatalf("internal/model: %v", err)
	}
	return read
}

// sameAnswers compares answers for one image, up to what folding rounds.
func sameAnswers(t *testing.T, place string, got, want *model.Model) {
	t.Helper()
	image := make([]uint8, 49)
	for i := range image {
		image[i] = uint8(i * 37)
	}
	a, b := slices.Clone(got.Predict(image).Probabilities), want.Predict(image).Probabilities
	for i := range b {
		if d := a[i] - b[i]; d > 1e-5 || d < -1e-5 {
			t.Errorf("%s: probability %d: got %g, want %g", place, i, a[i], b[i])
		}
	}
}

// checkWords checks that --layers has words for a kind, which it reads back, or is
// known to have none.
func checkWords(t *testing.T, kind string, m *model.Model) {
	t.Helper()
	text := layerspec.Text(m.Network)
	switch layerspec.Place(kind) {
	case "":
		t.Error("internal/layerspec/layerspec.go: the kind stands neither in rows, nor in activations, nor in wordless")
	case "wordless":
		if text != "" {
			t.Errorf("internal/layerspec: a wordless kind: got %q, want nothing", text)
		}
	default:
		network, err := layerspec.Network(text, m.Network.Input, 3)
		if err != nil || text == "" {
			t.Fatalf("internal/layerspec: %q: %v", text, err)
		}
		if again := layerspec.Text(network); again != text || !slices.ContainsFunc(network.Layers, func(l nn.Layer) bool { return l.Kind() == kind }) {
			t.Errorf("internal/layerspec: %q: read and written again: got %q", text, again)
		}
	}
}

// checkSummary checks that summary, whose JSON the page's cards hold, names a layer
// for people.
func checkSummary(t *testing.T, kind nn.Kind, m *model.Model) {
	t.Helper()
	s := summary.New("m", 0, m)
	if !slices.ContainsFunc(s.Layers, func(l summary.Layer) bool { return l.Kind == kind.Name && l.Class == kind.Class && l.Class != "" }) {
		t.Errorf("internal/summary: got no layer of kind %s with a class", kind.Name)
	}
	var text bytes.Buffer
	if err := s.Print(&text); err != nil || !strings.Contains(text.String(), "("+kind.Name+")") {
		t.Errorf("internal/summary: printed no (%s): %v", kind.Name, err)
	}
}

// TestCardsAreCurrent checks that the page's cards name each layer as summary does.
func TestCardsAreCurrent(t *testing.T) {
	cards, err := filepath.Glob("../web/models/*.card.json")
	if err != nil || len(cards) == 0 {
		t.Fatalf("got %d cards, %v", len(cards), err)
	}
	for _, path := range cards {
		var c card
		data, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(data, &c)
		}
		if err != nil || len(c.Summary.Layers) == 0 {
			t.Errorf("%s: got %d layers, %v", path, len(c.Summary.Layers), err)
		}
		for _, l := range c.Summary.Layers {
			if kind, known := nn.KindOf(l.Kind); !known || l.Class != kind.Class {
				t.Errorf("%s: %s: got the class %q, want %q: run inkling card again", path, l.Name, l.Class, kind.Class)
			}
		}
	}
}

// TestVersionTellsTheFormat checks that version says what Encode writes.
func TestVersionTellsTheFormat(t *testing.T) {
	out, _, err := inkling("version")
	if err != nil {
		t.Fatal(err)
	}
	if data := mustEncode(t, sampleModel(t, "relu")); !strings.Contains(out, ".ink format "+string('0'+data[8])+",") {
		t.Errorf("got %q, want the format %d", out, data[8])
	}
}

// mustEncode returns the file of a model.
func mustEncode(t *testing.T, m *model.Model) []byte {
	t.Helper()
	data, err := model.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

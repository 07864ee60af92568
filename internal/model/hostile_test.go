package model

import (
	"bytes"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-c844a918/inkling/internal/activation"
	"github.com/seed-c844a918/inkling/internal/ink"
	"github.com/seed-c844a918/inkling/internal/memory"
	"github.com/seed-c844a918/inkling/internal/nn"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// crafted returns a file with a right checksum of a network on pictures of this side,
// whose answer is a dense layer over its last channel. All weights are value.
func crafted(t testing.TB, side int, value float32, layers ...nn.Layer) []byte {
	t.Helper()
	layers = append(slices.Clip(layers), &nn.MaxPool2D{}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	network, err := nn.NewSequential(nn.Shape{side, side, 1}, layers...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range network.Values() {
		network.Values()[i] = value
	}
	m := &Model{Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Network: network}
	tensors, err := m.tensors()
	if err != nil {
		t.Fatal(err)
	}
	return m.file(tensors)
}

// times returns n layers of a kind.
func times(n int, layer func() nn.Layer) (layers []nn.Layer) {
	for range n {
		layers = append(layers, layer())
	}
	return layers
}

// TestHostile checks that a small file with a right checksum that asks for memory or
// work costs no more than its refusal.
func TestHostile(t *testing.T) {
	same := func(size int) nn.Layer {
		return &nn.AveragePool2D{Size: [2]int{size, size}, Strides: [2]int{1, 1}, Padding: windows.Same}
	}
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"40 large pictures", "MB for one image, want at most 256", crafted(t, 1024, 0, append(
			[]nn.Layer{&nn.Conv2D{Filters: 16, Size: [2]int{1, 1}}},
			times(44, func() nn.Layer { return &nn.MaxPool2D{Size: [2]int{1, 1}, Strides: [2]int{1, 1}} })...)...)},
		{"200 average pools", "for one image, want at most", crafted(t, 1024, 0, times(200, func() nn.Layer { return same(256) })...)},
		{"one average pool", "million multiplications for one image, want at most 16384 million", crafted(t, 1024, 0, same(1024))},
		{"a same max pool", "million multiplications", crafted(t, 1024, 0, &nn.MaxPool2D{Size: [2]int{1024, 1024}, Strides: [2]int{1, 1}, Padding: windows.Same})},
		{"a large window", "million multiplications", crafted(t, 1024, 0, &nn.Conv2D{Filters: 8, Size: [2]int{64, 64}, Padding: windows.Same})},
		{"250 reshapes", "MB for one image", crafted(t, 1024, 0, times(250, func() nn.Layer { return &nn.Reshape{Target: nn.Shape{1024, 1024, 1}} })...)},
		{"250 rectifiers", "MB for one image", crafted(t, 1024, 0, times(250, func() nn.Layer { return &nn.ReLU{} })...)},
		{"250 rescalings", "MB for one image", crafted(t, 1024, 0, times(250, func() nn.Layer { return &nn.Rescaling{Scale: 1} })...)},
	} {
		t.Run(c.name, func(t *testing.T) {
			var err error
			start := time.Now()
			memory.Bounded(t, 32, len(c.file), func() { _, err = Decode(c.file) })
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: got %v, want %q", err, c.want)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("refusal: got %v, want at most 2 s", took)
			}
		})
	}
}

// A file of Int4 whose bits cannot be read is refused before room is made for its weights.
func TestHostileBits(t *testing.T) {
	wide := times(8, func() nn.Layer { return &nn.Dense{Units: 46_000} })
	network, err := nn.NewSequential(nn.Shape{1, 1, 1}, slices.Concat([]nn.Layer{&nn.Flatten{}}, wide, []nn.Layer{&nn.Dense{Units: 2}, &nn.Softmax{}})...)
	if err != nil {
		t.Fatal(err)
	}
	m := &Model{Recipe: ink.Drawing, Labels: []string{"a", "b"}, Temperature: 1, Network: network, Precision: Int4}
	for name, tensors := range map[string][]byte{"wrong": {9, 9, 9}, "none": nil, "too few": {4, 4}} {
		file := m.file(tensors)
		memory.Bounded(t, 32, len(file), func() {
			if _, err := Decode(file); err == nil {
				t.Errorf("%s: got a model, want an error", name)
			}
		})
	}
}

// TestHostileShapes checks sizes whose product overflows, or is 0.
func TestHostileShapes(t *testing.T) {
	for name, c := range map[string]struct {
		input  nn.Shape
		layers []nn.Layer
	}{
		"no height":            {nn.Shape{0, 28, 1}, []nn.Layer{&nn.ReLU{}}},
		"sides of 2^31":        {nn.Shape{1 << 31, 1 << 31, 4}, []nn.Layer{&nn.ReLU{}}},
		"reshape without side": {nn.Shape{4, 4, 1}, []nn.Layer{&nn.Reshape{}}},
		"reshape of many":      {nn.Shape{4, 4, 1}, []nn.Layer{&nn.Reshape{Target: nn.Shape{1 << 31, 1 << 31, 4, 16}}}},
		"units":                {nn.Shape{4, 4, 1}, []nn.Layer{&nn.Flatten{}, &nn.Dense{Units: 1<<32 - 1}}},
		"tensor":               {nn.Shape{1024, 1024, 1}, []nn.Layer{&nn.Flatten{}, &nn.Dense{Units: 1 << 16}}},
		"all filters": {nn.Shape{1024, 1024, 1}, []nn.Layer{
			&nn.Conv2D{Filters: 1 << 16, Size: [2]int{1, 1}, Padding: windows.Same}, &nn.Conv2D{Filters: 1 << 16, Size: [2]int{1024, 1024}, Padding: windows.Same},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := writer(bytes.Clone(encode(t, small(t, Float32)))[:prefix])
			var head writer
			for _, side := range c.input {
				head.uint32(uint32(side))
			}
			whole := small(t, Float32)
			w.section(headSection, append(head, whole.head()[12:]...))
			w.section(classesSection, whole.classes())
			w.section(dataSection, whole.Source.encode())
			w.section(madeSection, whole.Training.encode())
			layers := writer{byte(len(c.layers) + 1)}
			for _, layer := range append(c.layers, &nn.Softmax{}) {
				layers.string(layer.Kind())
				layers.settings(layer)
			}
			w.section(layersSection, layers)
			w.section(tensorsSection, nil)
			file := sealed(append(w, 0, 0, 0, 0))
			memory.Bounded(t, 32, len(file), func() {
				if _, err := Decode(file); err == nil {
					t.Error("got a model, want an error")
				}
			})
		})
	}
}

// TestNotFinite checks weights that multiply beyond float32.
func TestNotFinite(t *testing.T) {
	for name, file := range map[string][]byte{
		"dense":         crafted(t, 28, 3e38, &nn.Conv2D{Filters: 2, Size: [2]int{3, 3}}),
		"normalization": crafted(t, 28, 0, &nn.Rescaling{Scale: 3e38, Offset: 3e38}, &nn.Rescaling{Scale: 3e38}, &nn.BatchNormalization{Epsilon: 1e-45}),
		"exponential":   crafted(t, 28, 1, &nn.Rescaling{Scale: 1e3}, &nn.Activation{Curve: activation.Curve{Function: activation.Exponential}}),
	} {
		if _, err := Decode(file); err != ErrNotFinite {
			t.Errorf("%s: got %v, want %v", name, err, ErrNotFinite)
		}
	}
}

// TestNotFiniteOfOneImage checks a model that answers blank and full images, but not
// one between.
func TestNotFiniteOfOneImage(t *testing.T) {
	m := small(t, Float32)
	network, err := nn.NewSequential(nn.Shape{4, 3, 1}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range network.Values()[:24] {
		network.Values()[i] = 3e38 * float32(1-i/2%2*2)
	}
	m.Network = network
	m, err = Decode(encode(t, m))
	if err != nil {
		t.Fatal(err)
	}
	image := make([]uint8, 12)
	if err := m.Predict(image).Err(); err != nil {
		t.Errorf("blank: got %v", err)
	}
	for i := 0; i < 12; i += 2 {
		image[i] = 255
	}
	if err := m.Predict(image).Err(); err != ErrNotFinite {
		t.Errorf("half: got %v, want %v", err, ErrNotFinite)
	}
}

// TestExtremes checks settings at the edge of what is allowed: an answer is finite.
func TestExtremes(t *testing.T) {
	strides := of(t, Float32, &nn.MaxPool2D{Size: [2]int{3, 1}, Strides: [2]int{1024, 1024}}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	for name, m := range map[string]*Model{
		"temperature denormal": changed(small(t, Float32), func(m *Model) { m.Temperature = math.SmallestNonzeroFloat32 }),
		"temperature huge":     changed(small(t, Float32), func(m *Model) { m.Temperature = math.MaxFloat32 }),
		"combining marks":      changed(small(t, Float32), func(m *Model) { m.Labels[0] = "e" + strings.Repeat("\u0301", 127) }),
		"huge strides":         strides,
	} {
		m, err := Decode(encode(t, m))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, p := range m.Predict(bytes.Repeat([]byte{255}, 12)).Probabilities {
			if !(p >= 0 && p <= 1) {
				t.Errorf("%s: got probability %v", name, p)
			}
		}
	}
}

// changed returns m after change.
func changed(m *Model, change func(m *Model)) *Model {
	change(m)
	return m
}

// TestLabelsOfTheirOwn checks empty labels and equal ones, in files of all formats.
func TestLabelsOfTheirOwn(t *testing.T) {
	old, err := os.ReadFile("testdata/format2-float32.ink")
	if err != nil {
		t.Fatal(err)
	}
	want := "label 0: got an empty one, want a text"
	if _, err := Decode(sealed(replace(old, "\x03yes\x09아니요", "\x00\x0c123456789012"))); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("format 2: got %v, want %q", err, want)
	}
	m := small(t, Float32)
	for want, labels := range map[string][]string{
		`label 1: got "a", which is label 0, want a name that no other class has`: {"a", "a"},
		`label 1: got an empty one, want a text`:                                  {"a", ""},
	} {
		m.Labels = labels
		tensors, err := m.tensors()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Decode(m.file(tensors)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		if _, err := Encode(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("encode: got %v, want %q", err, want)
		}
	}
}

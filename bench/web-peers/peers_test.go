package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/seed-c844a918/inkling/internal/model"
)

// TestLayersOf checks that the page's model is taken apart as a whole.
func TestLayersOf(t *testing.T) {
	data, err := os.ReadFile("../../web/models/digits.ink")
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	text, weights, err := layersOf(m)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(weights), 4*m.Network.Size(); got != want {
		t.Errorf("weights: got %d bytes, want %d", got, want)
	}
	var layers []layer
	if err := json.Unmarshal([]byte(text), &layers); err != nil {
		t.Fatal(err)
	}
	first, last := layers[0], layers[len(layers)-1]
	if first.Kind != "conv2d" || !first.ReLU || len(first.Kernel) != 4 || last.Kind != "softmax" {
		t.Errorf("got %+v to %+v, want a conv2d with a ReLU to a softmax", first, last)
	}
}

func TestAgree(t *testing.T) {
	want := []float32{0.75, 0.25}
	for name, c := range map[string]struct {
		got []float32
		ok  bool
	}{
		"the same":          {[]float32{0.75, 0.25}, true},
		"rounded":           {[]float32{0.75001, 0.24999}, true},
		"with a background": {[]float32{0.75, 0.25, 0}, true},
		"another":           {[]float32{0.74, 0.26}, false},
		"too few":           {[]float32{0.75}, false},
		"none":              {nil, false},
	} {
		if err := agree(c.got, want); (err == nil) != c.ok {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

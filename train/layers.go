package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// parseLayers reads the hidden layers of --layers, "dense 64 relu, dropout 0.2":
// comma-separated, each a layer with its number and, for dense, an activation.
func parseLayers(text string) ([]nn.Layer, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var layers []nn.Layer
	for i, part := range strings.Split(text, ",") {
		added, err := parseLayer(strings.Fields(part))
		if err != nil {
			return nil, usagef("--layers: layer %d, %q: %w", i+1, strings.TrimSpace(part), err)
		}
		layers = append(layers, added...)
	}
	return layers, nil
}

// parseLayer reads one layer and its activation.
func parseLayer(words []string) ([]nn.Layer, error) {
	if len(words) == 0 {
		return nil, fmt.Errorf("got nothing, want dense, relu or dropout")
	}
	switch words[0] {
	case "dense":
		return parseDense(words[1:])
	case "dropout":
		if len(words) != 2 {
			return nil, fmt.Errorf("want dropout RATE")
		}
		rate, err := strconv.ParseFloat(words[1], 32)
		if err != nil || !(rate >= 0 && rate < 1) {
			return nil, fmt.Errorf("got rate %s, want 0 <= rate < 1", words[1])
		}
		return []nn.Layer{&nn.Dropout{Rate: float32(rate)}}, nil
	case "relu":
		if len(words) != 1 {
			return nil, fmt.Errorf("want relu alone")
		}
		return []nn.Layer{&nn.ReLU{}}, nil
	}
	return nil, fmt.Errorf("got %q, want dense, relu or dropout", words[0])
}

// parseDense reads what follows the word dense: units and an activation.
func parseDense(words []string) ([]nn.Layer, error) {
	if len(words) == 0 || len(words) > 2 {
		return nil, fmt.Errorf("want dense UNITS or dense UNITS relu")
	}
	units, err := strconv.Atoi(words[0])
	if err != nil || units < 1 || units > 65536 {
		return nil, fmt.Errorf("got %s units, want 1..65536", words[0])
	}
	if len(words) == 1 {
		return []nn.Layer{&nn.Dense{Units: units}}, nil
	}
	if words[1] != "relu" {
		return nil, fmt.Errorf("got activation %q, want relu", words[1])
	}
	return []nn.Layer{&nn.Dense{Units: units}, &nn.ReLU{}}, nil
}

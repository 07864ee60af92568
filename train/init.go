package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-c844a918/inkling/internal/evaluate"
	"github.com/seed-c844a918/inkling/internal/keras"
	"github.com/seed-c844a918/inkling/internal/model"
	"github.com/seed-c844a918/inkling/internal/nn"
)

// initialize fills a model's network with the weights of an .ink, .npz or Keras file,
// which must have the same shapes; the error prints both. An .ink file with the same
// classes in another order is refused: its last weights would mean other classes.
func initialize(pupil *model.Model, path string) error {
	network := pupil.Network
	if strings.HasSuffix(path, ".ink") {
		m, err := readInk(path)
		if err != nil {
			return err
		}
		if got, want := tensorShapes(m.Network), tensorShapes(network); !slices.Equal(got, want) {
			return fmt.Errorf("%s: got weights %s, want %s", path, strings.Join(got, ", "), strings.Join(want, ", "))
		}
		if evaluate.OtherOrder(m, pupil) {
			return fmt.Errorf("%s: got %s, want the order of %s", path, interfaceOf(m), interfaceOf(pupil))
		}
		copy(network.Values(), m.Network.Values())
		return nil
	}
	file, err := openKeras(path)
	if err != nil {
		return err
	}
	if err := keras.Like(network).Load(file); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// tensorShapes lists a network's tensors: "kernel (784, 64)".
func tensorShapes(network *nn.Sequential) []string {
	var shapes []string
	for _, p := range network.Params() {
		shapes = append(shapes, p.Name+" "+p.Shape.String())
	}
	return shapes
}

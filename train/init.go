package main

import (
	"strings"

	"github.com/seed-c844a918/inkling/internal/inherit"
	"github.com/seed-c844a918/inkling/internal/model"
)

// initialize fills a model's network with the weights of an .ink, .npz or Keras file.
func initialize(pupil *model.Model, path string) error {
	if strings.HasSuffix(path, ".ink") {
		m, err := readInk(path)
		if err != nil {
			return err
		}
		return inherit.Weights(pupil, path, m)
	}
	file, err := openKeras(path)
	if err != nil {
		return err
	}
	return inherit.KerasWeights(pupil, path, file)
}

package main

import (
	"bytes"
	"fmt"
	"image/png"
	"io"

	"github.com/seed-c844a918/inkling/internal/augment"
	"github.com/seed-c844a918/inkling/internal/dataset/load"
	"github.com/seed-c844a918/inkling/internal/dataset/sheet"
	"github.com/seed-c844a918/inkling/internal/ink"
)

// The images in a row of a contact sheet: at most samplesPerClass of a class, or
// augmentedPerClass, each as it is and as epochsOnSheet epochs change it.
const (
	samplesPerClass   = 16
	augmentedPerClass = 4
	epochsOnSheet     = 3
)

// writeSheet writes the contact sheet of a set's training images.
func (d *dataCommand) writeSheet(stderr io.Writer, name string, set load.Whole) error {
	train := set.Train
	heading := fmt.Sprintf("%s: %d images of %dx%d", name, train.Len(), train.Width, train.Height)
	rows := []sheet.Row(nil)
	if d.augmented {
		heading += fmt.Sprintf(": each as it is, then in %d epochs", epochsOnSheet)
		rows = augmentedRows(set, d.seed)
	} else {
		rows = sheet.Samples(train, samplesPerClass, d.seed)
	}
	var buffer bytes.Buffer
	if err := png.Encode(&buffer, sheet.Rows(heading, train.Width, train.Height, rows)); err != nil {
		return err
	}
	if err := writeFile(d.sheet, buffer.Bytes()); err != nil {
		return err
	}
	_, err := fmt.Fprintf(stderr, "contact sheet in %s\n", d.sheet)
	return err
}

// augmentedRows returns one row per class: images, each followed by what some epochs
// make of it. Drawings are drawn again, pictures are changed by the augmentation for
// pictures, and other images by the one for convolutional networks.
func augmentedRows(set load.Whole, seed uint64) []sheet.Row {
	train := set.Train
	change := augment.ForConv().Func(train, seed)
	switch {
	case set.Drawings == nil && set.Source.Recipe == ink.Photo:
		change = augment.ForPictures().Func(train, seed)
	case set.Drawings != nil:
		change = augment.ForDrawings().Func(set.Drawings, train.Form(), seed)
	}
	return sheet.Augmented(train, change, augmentedPerClass, epochsOnSheet, seed)
}

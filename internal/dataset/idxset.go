package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/seed-c844a918/inkling/internal/pixels"
)

// The names of MNIST's four files, unpacked.
const (
	TrainImages = "train-images-idx3-ubyte"
	TrainLabels = "train-labels-idx1-ubyte"
	TestImages  = "t10k-images-idx3-ubyte"
	TestLabels  = "t10k-labels-idx1-ubyte"
)

// openIDX reads the first four files of a source, images and labels to train on and
// to test, both parts side by side.
func openIDX(s *Source, dir string) (Pair, error) {
	var paths [4]string
	for i := range paths {
		path, there := s.Files[i].Find(s.Dir(dir))
		if !there {
			return Pair{}, s.missing(path)
		}
		paths[i] = path
	}
	var train, test *Set
	var trainErr, testErr error
	var reading sync.WaitGroup
	reading.Go(func() { train, trainErr = s.openIDXSet(paths[0], paths[1]) })
	reading.Go(func() { test, testErr = s.openIDXSet(paths[2], paths[3]) })
	reading.Wait()
	if err := cmp.Or(trainErr, testErr); err != nil {
		return Pair{}, err
	}
	if test.Width != train.Width || test.Height != train.Height {
		return Pair{}, &FormatError{"idx", paths[2], "image size", size(test), size(train) + " as in training"}
	}
	return Pair{Train: train, Test: test}, nil
}

// openIDXSet reads images and their labels and checks the labels against the
// source's classes.
func (s *Source) openIDXSet(imagePath, labelPath string) (*Set, error) {
	values, width, height, labels, err := ReadLabelled(imagePath, labelPath)
	if err != nil {
		return nil, err
	}
	if s.transposed {
		pixels.Transpose(values, width, height)
		width, height = height, width
	}
	set := &Set{
		Name: s.Name, Width: width, Height: height, Classes: slices.Clone(s.Classes),
		Pixels: values, Labels: make([]uint16, len(labels)),
	}
	if !slices.Equal(set.Classes, DigitNames()) {
		set.DataLabels = numbers(s.first + len(set.Classes))[s.first:]
	}
	for i, label := range labels {
		class := int(label) - s.first
		if class < 0 || class >= len(s.Classes) {
			want := fmt.Sprintf("%d..%d", s.first, s.first+len(s.Classes)-1)
			return nil, &FormatError{"idx", labelPath, fmt.Sprintf("label %d", i), fmt.Sprint(label), want}
		}
		set.Labels[i] = uint16(class)
	}
	return set, nil
}

// ReadLabelled reads an IDX file of images, as ReadImages does, and one with a label
// for each image.
func ReadLabelled(imagePath, labelPath string) (pixels []uint8, width, height int, labels []uint8, err error) {
	if labels, err = ReadLabels(labelPath); err != nil {
		return nil, 0, 0, nil, err
	}
	if pixels, width, height, err = ReadImages(imagePath); err != nil {
		return nil, 0, 0, nil, err
	}
	if images := len(pixels) / (width * height); images != len(labels) {
		want := fmt.Sprintf("%d, one for each image of %s", images, imagePath)
		return nil, 0, 0, nil, &FormatError{"idx", labelPath, "labels", fmt.Sprint(len(labels)), want}
	}
	return pixels, width, height, labels, nil
}

// size returns a set's image size for messages.
func size(s *Set) string { return fmt.Sprintf("%dx%d", s.Width, s.Height) }

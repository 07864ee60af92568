package own

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/dataset/published"
)

// imagesName is in the names of IDX files of images, and labelsName in those of
// their labels.
const imagesName, labelsName = "images-idx3-ubyte", "labels-idx1-ubyte"

// hasIDX reports whether a folder holds MNIST's training images by name.
func hasIDX(dir string) bool {
	_, there := findIDX(dir, dataset.TrainImages)
	return there
}

// findIDX returns the path of a file in a folder, plain or packed with gzip, and
// whether it is there.
func findIDX(dir, name string) (path string, there bool) {
	return published.File{Name: name, Packed: ".gz"}.Find(dir)
}

// readIDXFolder reads files with MNIST's names, which may hold any images.
func (o Reader) readIDXFolder(dir string) (dataset.Pair, error) {
	train, _ := findIDX(dir, dataset.TrainImages)
	test, there := findIDX(dir, dataset.TestImages)
	if !there {
		return o.readIDXFile(train)
	}
	pixels, width, height, labels, err := readLabelled(train)
	if err != nil {
		return dataset.Pair{}, err
	}
	testPixels, testWidth, testHeight, testLabels, err := readLabelled(test)
	if err != nil {
		return dataset.Pair{}, err
	}
	if testWidth != width || testHeight != height {
		return dataset.Pair{}, &dataset.FormatError{
			Format: "idx", File: test, Place: "image size",
			Got: fmt.Sprintf("%dx%d", testWidth, testHeight), Want: fmt.Sprintf("%dx%d as in training", width, height),
		}
	}
	return o.newPair(dir, width, height, pixels, testPixels, labels, testLabels)
}

// readIDXFile reads one file of images, and the labels beside it.
func (o Reader) readIDXFile(path string) (dataset.Pair, error) {
	pixels, width, height, labels, err := readLabelled(path)
	if err != nil {
		return dataset.Pair{}, err
	}
	return o.newPair(path, width, height, pixels, nil, labels, nil)
}

// readLabelled reads images and the labels in the file of the like name, packed
// or not.
func readLabelled(path string) (pixels []uint8, width, height int, labels []string, err error) {
	folder, name := filepath.Split(path)
	name = strings.TrimSuffix(strings.Replace(name, imagesName, labelsName, 1), ".gz")
	beside, _ := findIDX(folder, name)
	pixels, width, height, numbers, err := dataset.ReadLabelled(path, beside)
	return pixels, width, height, byteLabels(numbers), err
}

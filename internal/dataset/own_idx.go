package dataset

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// imagesName is in the names of IDX files of images, and labelsName in those of
// their labels.
const imagesName, labelsName = "images-idx3-ubyte", "labels-idx1-ubyte"

// hasIDX reports whether a folder holds MNIST's training images by name.
func hasIDX(dir string) bool {
	_, there := (&source{}).find(dir, idxFiles[0].name)
	return there
}

// readIDXFolder reads files with MNIST's names, which may hold any images.
func (o Own) readIDXFolder(dir string) (Pair, error) {
	train, _ := (&source{}).find(dir, idxFiles[0].name)
	test, there := (&source{}).find(dir, idxFiles[2].name)
	if !there {
		return o.readIDXFile(train)
	}
	pixels, width, height, labels, err := readLabelled(train)
	if err != nil {
		return Pair{}, err
	}
	testPixels, testWidth, testHeight, testLabels, err := readLabelled(test)
	if err != nil {
		return Pair{}, err
	}
	if testWidth != width || testHeight != height {
		return Pair{}, &FormatError{"idx", test, "image size", fmt.Sprintf("%dx%d", testWidth, testHeight), fmt.Sprintf("%dx%d as in training", width, height)}
	}
	return o.newPair(dir, width, height, pixels, testPixels, labels, testLabels)
}

// readIDXFile reads one file of images, and the labels beside it.
func (o Own) readIDXFile(path string) (Pair, error) {
	pixels, width, height, labels, err := readLabelled(path)
	if err != nil {
		return Pair{}, err
	}
	return o.newPair(path, width, height, pixels, nil, labels, nil)
}

// readLabelled reads images and the labels in the file of the like name, packed
// or not.
func readLabelled(path string) (pixels []uint8, width, height int, labels []string, err error) {
	folder, name := filepath.Split(path)
	beside := strings.TrimSuffix(folder+strings.Replace(name, imagesName, labelsName, 1), ".gz")
	if _, err := os.Stat(beside); err != nil {
		beside += ".gz"
	}
	numbers, err := ReadLabels(beside)
	if err != nil {
		return nil, 0, 0, nil, err
	}
	if pixels, width, height, err = ReadImages(path); err != nil {
		return nil, 0, 0, nil, err
	}
	if images := len(pixels) / (width * height); images != len(numbers) {
		return nil, 0, 0, nil, &FormatError{"idx", beside, "labels", fmt.Sprint(len(numbers)), fmt.Sprintf("%d, one for each image of %s", images, path)}
	}
	return pixels, width, height, byteLabels(numbers), nil
}

package own

import (
	"fmt"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/bounded"
	"github.com/seed-c844a918/inkling/internal/dataset"
	"github.com/seed-c844a918/inkling/internal/npy"
)

// maxNPZFile bounds what is read as an .npz file, in bytes.
const maxNPZFile = 1 << 31

// readNPZ reads x_train and y_train, and x_test and y_test where they are there.
func (o Reader) readNPZ(path string) (dataset.Pair, error) {
	arrays, err := readArrays(path)
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("npz: %s: %w", path, err)
	}
	return o.ofArrays(path, arrays)
}

// ofArrays makes the sets of a file's arrays.
func (o Reader) ofArrays(path string, arrays map[string]npy.Array) (dataset.Pair, error) {
	train, width, height, err := o.images(arrays, "x_train")
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("npz: %s: %w", path, err)
	}
	labels, err := arrayLabels(arrays, "y_train", len(train)/(width*height))
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("npz: %s: %w", path, err)
	}
	if _, there := arrays["x_test"]; !there {
		return o.newPair(path, width, height, train, nil, labels, nil)
	}
	test, testWidth, testHeight, err := o.images(arrays, "x_test")
	if err == nil && (testWidth != width || testHeight != height) {
		err = fmt.Errorf("x_test: got images of %dx%d, want %dx%d as in x_train", testWidth, testHeight, width, height)
	}
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("npz: %s: %w", path, err)
	}
	testLabels, err := arrayLabels(arrays, "y_test", len(test)/(width*height))
	if err != nil {
		return dataset.Pair{}, fmt.Errorf("npz: %s: %w", path, err)
	}
	return o.newPair(path, width, height, train, test, labels, testLabels)
}

// readArrays reads the arrays of a file, by name.
func readArrays(path string) (map[string]npy.Array, error) {
	data, err := bounded.ReadFile(path, maxNPZFile)
	if err != nil {
		return nil, err
	}
	list, err := npy.DecodeZip(data)
	if err != nil {
		return nil, err
	}
	arrays := map[string]npy.Array{}
	for _, a := range list {
		arrays[a.Name] = a
	}
	return arrays, nil
}

// images are the pixels of an array (N, height, width), with a last side of 1 or
// not, or (N, pixels); N is at least 1. Floats up to 1 are 0..1, all else 0..255.
func (o Reader) images(arrays map[string]npy.Array, name string) (pixels []uint8, width, height int, err error) {
	a, there := arrays[name]
	if !there {
		return nil, 0, 0, fmt.Errorf("no array %s, want x_train and y_train", name)
	}
	shape := a.Shape
	if len(shape) == 4 && shape[3] == 1 {
		shape = shape[:3]
	}
	switch {
	case a.Len() == 0:
		err = errNoImages
	case len(shape) == 3:
		width, height = shape[2], shape[1]
	case len(shape) == 2:
		width, height, err = o.shape(shape[1])
	default:
		err = fmt.Errorf("got the shape %v, want (N, height, width), (N, height, width, 1) or (N, pixels)", a.Shape)
	}
	if err == nil {
		pixels, err = arrayPixels(&a)
	}
	if err != nil {
		return nil, 0, 0, fmt.Errorf("%s: %w", name, err)
	}
	return pixels, width, height, nil
}

// arrayPixels are an array's values as pixels.
func arrayPixels(a *npy.Array) ([]uint8, error) {
	if a.Type == npy.Uint8 {
		return a.Data, nil
	}
	largest := 0.0
	for i := range a.Len() {
		v := a.At(i)
		if !(v >= 0 && v <= 255) {
			return nil, fmt.Errorf("value %d: got %v, want a pixel, 0..1 or 0..255", i, v)
		}
		largest = max(largest, v)
	}
	scale := 1.0
	if !a.Type.Integer() && largest <= 1 {
		scale = 255
	}
	pixels := make([]uint8, a.Len())
	for i := range pixels {
		pixels[i] = uint8(a.At(i)*scale + 0.5)
	}
	return pixels, nil
}

// arrayLabels are the labels of n images: whole numbers (N) or (N, 1), or one-hot
// (N, classes).
func arrayLabels(arrays map[string]npy.Array, name string, n int) ([]string, error) {
	a, there := arrays[name]
	if !there {
		return nil, fmt.Errorf("no array %s, want one label for each image", name)
	}
	if len(a.Shape) < 1 || len(a.Shape) > 2 || a.Shape[0] != n || a.Len() == 0 {
		return nil, fmt.Errorf("%s: got the shape %v, want (%d) or one-hot (%d, classes)", name, a.Shape, n, n)
	}
	labels, columns := make([]string, n), a.Len()/n
	for i := range labels {
		label := a.At(i * columns)
		if columns > 1 {
			label = 0
			for j := range columns {
				if a.At(i*columns+j) > a.At(i*columns+int(label)) {
					label = float64(j)
				}
			}
		}
		if label != float64(int(label)) {
			return nil, fmt.Errorf("%s: label %d: got %v, want a whole number", name, i, label)
		}
		labels[i] = strconv.Itoa(int(label))
	}
	return labels, nil
}

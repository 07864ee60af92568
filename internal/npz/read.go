package npz

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/seed-c844a918/inkling/internal/npy"
	"github.com/seed-c844a918/inkling/internal/pixels"
)

// Options say how images are read.
type Options struct {
	Range    pixels.Range            // what the values mean; zero: the values say it
	Progress func(done, total int64) // called with the values read of an array; may be nil
}

// Images are those of an array.
type Images struct {
	N, Width, Height int // Height is 0 where an array (N, pixels) does not say how they lie: Width pixels per image
	Pixels           []uint8
	Range            pixels.Range // by which the pixels were made
	Stats            pixels.Stats // of the values
}

// ReadImages reads array i, (N, height, width), (N, height, width, 1),
// (N, 1, height, width) or (N, pixels), as pixels 0..255. It holds the pixels and one
// block of values in memory, whatever the values' type.
func ReadImages(ctx context.Context, a *npy.Archive, i int, o Options) (Images, error) {
	info := a.Arrays[i]
	if info.Err != nil {
		return Images{}, fmt.Errorf("%s: %w", info.Name, info.Err)
	}
	images, err := shapeOf(info)
	if err != nil {
		return images, fmt.Errorf("%s: %w", info.Name, err)
	}
	total := int64(info.Len())
	collector := pixels.NewCollector(make([]uint8, 0, total), o.Range)
	var done int64
	var floats []float64
	err = a.Blocks(ctx, i, func(values []byte) error {
		switch info.Type {
		case npy.Uint8:
			collector.AddBytes(values, pixels.Number)
		case npy.Bool:
			collector.AddBytes(values, pixels.Bool)
		default:
			floats = appendFloats(floats[:0], info.Type, values)
			collector.Add(floats)
		}
		done += int64(len(values) / info.Type.Size())
		if o.Progress != nil {
			o.Progress(done, total)
		}
		return nil
	})
	if err != nil {
		return images, err
	}
	if images.Pixels, images.Range, images.Stats, err = collector.Finish(); err != nil {
		return images, fmt.Errorf("%s: %w", info.Name, err)
	}
	return images, nil
}

// shapeOf returns number and size of the images of an array.
func shapeOf(info npy.Info) (Images, error) {
	shape := slices.Clone(info.Shape)
	switch {
	case info.Type.Text():
		return Images{}, fmt.Errorf("got texts (%s), want images", info.Type)
	case len(shape) == 4 && shape[3] == 1:
		shape = shape[:3]
	case len(shape) == 4 && shape[1] == 1:
		shape = slices.Delete(shape, 1, 2)
	case len(shape) == 4 && shape[3] >= 2 && shape[3] <= 4:
		return Images{}, fmt.Errorf("got %d channels, shape %v; want grey images (N, height, width)", shape[3], info.Shape)
	}
	if len(shape) > 0 && info.Len() == 0 {
		return Images{}, errors.New("got no image, want one at least")
	}
	switch len(shape) {
	case 2:
		return Images{N: shape[0], Width: shape[1]}, nil
	case 3:
		return Images{N: shape[0], Width: shape[2], Height: shape[1]}, nil
	}
	return Images{}, fmt.Errorf("got the shape %v, want (N, height, width), (N, height, width, 1) or (N, pixels)", info.Shape)
}

// appendFloats appends little-endian values of a type that is no text.
func appendFloats(to []float64, t npy.Type, values []byte) []float64 {
	switch t {
	case npy.Float32:
		for ; len(values) >= 4; values = values[4:] {
			to = append(to, float64(math.Float32frombits(binary.LittleEndian.Uint32(values))))
		}
	case npy.Float64:
		for ; len(values) >= 8; values = values[8:] {
			to = append(to, math.Float64frombits(binary.LittleEndian.Uint64(values)))
		}
	case npy.Int64:
		for ; len(values) >= 8; values = values[8:] {
			to = append(to, float64(int64(binary.LittleEndian.Uint64(values))))
		}
	default:
		n := len(values) / t.Size()
		a := npy.Array{Shape: []int{n}, Type: t, Data: values}
		for i := range n {
			to = append(to, a.At(i))
		}
	}
	return to
}

// ReadLabels reads array i as the labels of n images: whole numbers or texts, (N) or
// (N, 1), or one-hot (N, classes), where the largest value counts.
func ReadLabels(ctx context.Context, a *npy.Archive, i, n int) ([]string, error) {
	info := a.Arrays[i]
	if info.Err != nil {
		return nil, fmt.Errorf("%s: %w; labels as objects are not read: write y.astype(str) or y.astype(int)", info.Name, info.Err)
	}
	if len(info.Shape) < 1 || len(info.Shape) > 2 || info.Shape[0] != n || info.Len() == 0 || info.Type.Text() && info.Len() != n {
		return nil, fmt.Errorf("%s: got the shape %v, want (%d) or one-hot (%d, classes)", info.Name, info.Shape, n, n)
	}
	array, err := a.Read(ctx, i)
	if err != nil {
		return nil, err
	}
	if info.Type.Text() {
		return array.Texts(), nil
	}
	labels, err := numbers(&array, n)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", info.Name, err)
	}
	return labels, nil
}

// numbers returns the labels of n rows.
func numbers(a *npy.Array, n int) ([]string, error) {
	labels, classes := make([]string, n), a.Len()/n
	known := map[float64]string{}
	for i := range labels {
		label := a.At(i * classes)
		if classes > 1 {
			var err error
			if label, err = hot(a, i, classes); err != nil {
				return nil, err
			}
		}
		text, ok := known[label]
		if !ok {
			if label != math.Trunc(label) || math.Abs(label) > 1<<53 {
				return nil, fmt.Errorf("label %d: got %v, want a whole number", i, label)
			}
			text = strconv.Itoa(int(label)) // -0 is 0, too
			known[label] = text
		}
		labels[i] = text
	}
	return labels, nil
}

// hot returns the class of a one-hot row: the place of its largest value. All values of all
// rows must be one of two, on and off, mostly 1 and 0: coordinates, boxes and probabilities
// are no labels.
func hot(a *npy.Array, i, classes int) (float64, error) {
	on, off := a.At(0), a.At(0)
	for j := range classes {
		on, off = max(on, a.At(j)), min(off, a.At(j))
	}
	class, times := 0, 0
	for j := range classes {
		switch v := a.At(i*classes + j); {
		case v == on:
			class = j
			times++
		case v != off:
			return 0, fmt.Errorf("row %d: got %v, want one-hot: %v once and else %v, as in row 0", i, v, on, off)
		}
	}
	if times != 1 {
		return 0, fmt.Errorf("row %d: got %v %d times, want one-hot: once", i, on, times)
	}
	return float64(class), nil
}

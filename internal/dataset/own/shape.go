package own

import (
	"errors"
	"fmt"
	"strconv"
)

// byteLabels are labels of an IDX file as texts.
func byteLabels(labels []uint8) []string {
	texts := make([]string, len(labels))
	for i, label := range labels {
		texts[i] = strconv.Itoa(int(label))
	}
	return texts
}

var errNoImages = errors.New("got no image, want one at least")

// squareSide is the side of square images of so many pixels, 0 if they are not.
func squareSide(pixels int) int {
	side := 1
	for side*side < pixels {
		side++
	}
	if side*side != pixels {
		return 0
	}
	return side
}

// shape is the size of images of so many pixels: the wanted one if that has as
// many, else a square.
func (o Reader) shape(pixels int) (width, height int, err error) {
	if o.Width*o.Height == pixels {
		return o.Width, o.Height, nil
	}
	side := squareSide(pixels)
	if side == 0 {
		return 0, 0, fmt.Errorf("got %d pixels an image, want a square, or as many as the size has", pixels)
	}
	return side, side, nil
}

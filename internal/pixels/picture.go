package pixels

import (
	"fmt"
	"slices"
)

// Polarity of a set: how many images are looked at, and how many of them must agree.
const (
	polarityImages = 10_000
	polarityShare  = 0.75
)

// DarkOnLight reports whether the images of a training part, (N, height, width), show
// dark ink on light ground, and how large the share of images is that do.
//
// An image does if the median of its border lies in the upper quarter of its range and
// above its mean. A set does if three quarters of at most 10,000 images, spread evenly
// over it, do. No image of MNIST's 70,000 does, and none of Fashion-MNIST, where clothes
// reach the border. Of their inverses, all of MNIST's and 99.99 % of Fashion-MNIST's do,
// so three quarters is far from both. The borders of photographs have any grey; they
// stay unchanged.
func DarkOnLight(pixels []uint8, width, height int) (dark bool, share float64) {
	size := width * height
	n := len(pixels) / size
	step := max(1, (n+polarityImages-1)/polarityImages)
	looked, count := 0, 0
	border := make([]uint8, 0, 2*(width+height))
	for i := 0; i < n; i += step {
		image := pixels[i*size : (i+1)*size]
		border = appendBorder(border[:0], image, width, height)
		looked++
		if isLight(image, border) {
			count++
		}
	}
	if looked == 0 {
		return false, 0
	}
	share = float64(count) / float64(looked)
	return share >= polarityShare, share
}

// appendBorder appends the outermost pixels of an image.
func appendBorder(to, image []uint8, width, height int) []uint8 {
	to = append(to, image[:width]...)
	for y := 1; y < height-1; y++ {
		to = append(to, image[y*width], image[(y+1)*width-1])
	}
	if height > 1 {
		to = append(to, image[(height-1)*width:]...)
	}
	return to
}

// isLight reports whether the border of an image is its ground, and light. It sorts
// the border.
func isLight(image, border []uint8) bool {
	lowest, highest, sum := 255, 0, 0
	for _, v := range image {
		lowest, highest, sum = min(lowest, int(v)), max(highest, int(v)), sum+int(v)
	}
	slices.Sort(border)
	median := int(border[len(border)/2])
	return highest > lowest && 4*(median-lowest) >= 3*(highest-lowest) && median*len(image) > sum
}

// InvertNote returns the sentence that says why a set was inverted.
func InvertNote(share float64) string {
	return fmt.Sprintf("%.0f %% of the images are dark on light: all were inverted (--invert no keeps them)", 100*share)
}

// Invert makes dark pixels light and light ones dark, in place.
func Invert(pixels []uint8) {
	for i, v := range pixels {
		pixels[i] = 255 - v
	}
}

// TransposeNote returns the sentence that says that images were turned.
func TransposeNote() string {
	return "the name is EMNIST's, whose images lie on their side: rows and columns were exchanged (--transpose no keeps them)"
}

// Transpose exchanges rows and columns of each image, (N, height, width), in place,
// as EMNIST's own files need it. The images are then height wide and width high.
func Transpose(pixels []uint8, width, height int) {
	size := width * height
	if size == 0 {
		return
	}
	old := make([]uint8, size)
	for at := 0; at+size <= len(pixels); at += size {
		image := pixels[at : at+size]
		copy(old, image)
		for y := range height {
			for x := range width {
				image[x*height+y] = old[y*width+x]
			}
		}
	}
}

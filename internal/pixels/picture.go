package pixels

import (
	"fmt"

	"github.com/seed-c844a918/inkling/internal/ink"
)

// Polarity of a set: how many images are looked at, and how many of them must agree.
const (
	polarityImages = 10_000
	polarityShare  = 0.75
)

// DarkOnLight reports whether the images of a training part, (N, height, width), show
// dark ink on light ground, and how large the share of images is that do.
//
// An image does if its ground is light; see ink.GroundOf. A set does if three quarters of at most 10,000 images, spread evenly
// over it, do. No image of MNIST's 70,000 does, and none of Fashion-MNIST, where clothes
// reach the border. Of their inverses, all of MNIST's and 99.99 % of Fashion-MNIST's do,
// so three quarters is far from both. The borders of photographs have any grey; they
// stay unchanged.
func DarkOnLight(pixels []uint8, width, height int) (dark bool, share float64) {
	size := width * height
	n := len(pixels) / size
	step := max(1, (n+polarityImages-1)/polarityImages)
	looked, count := 0, 0
	for i := 0; i < n; i += step {
		looked++
		if ink.GroundOf(pixels[i*size:(i+1)*size], width) == ink.LightGround {
			count++
		}
	}
	if looked == 0 {
		return false, 0
	}
	share = float64(count) / float64(looked)
	return share >= polarityShare, share
}

// Ground returns what nine of ten images, (N, height, width), or more lie on.
func Ground(pixels []uint8, width, height int) ink.Ground {
	size := width * height
	step := max(1, (len(pixels)/size+polarityImages-1)/polarityImages)
	var grounds ink.Grounds
	for at := 0; at+size <= len(pixels); at += step * size {
		grounds[ink.GroundOf(pixels[at:at+size], width)]++
	}
	return grounds.Common()
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

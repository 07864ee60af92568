// Package ink turns what a person drew into what the network sees: strokes or
// a picture in, one image of the model's input size out.
//
// The trainer, the command line and the page call the same functions, so a
// model meets in the page exactly what it met in training.
//
// # Images
//
// An image is width x height pixels of a byte, row by row from the top left, 0 for
// background and 255 for full ink, the polarity of MNIST:
//
//	     x ->
//	  +-----------+
//	y |0 0 0 0 0 0|      pixel (x, y) is dst[y*width+x]
//	| |0 0 9 f 9 0|
//	v |0 0 0 f 0 0|
//	  +-----------+
//
// # Recipes
//
// A recipe says how an image comes about. [Drawing] fits strokes into a box,
// draws them again with one pen width and centres their mass (see [Draw]); a
// picture first becomes strokes (see [Trace]). [Writing] does the same, and a pixel has
// four bytes: its ink, and as shares of it, from 0 to 1, how far right the pen was going (0
// is left, 1/2 neither), how far down, and when, along the length of all strokes. What is
// not known is 1/2. [Photo] only fits and scales (see [Fit]). A [Form] is a recipe with the
// images' size. The model file names its recipe and the version of it; [Measures] holds the
// constants.
//
// Nothing drawn is a result of its own: [Draw], [Trace] and [Fit] report it,
// and no network is asked about it.
package ink

// Point is one position of the pen. The unit is the caller's (CSS pixels, 0..1
// of a pad, ...): every recipe is blind to it. y grows downwards.
type Point struct{ X, Y float32 }

// Stroke is what the pen drew between down and up, in the order drawn.
type Stroke []Point

// Picture is a decoded picture: Width x Height pixels, row by row, four bytes
// a pixel (red, green, blue, alpha; 0..255, alpha not premultiplied).
type Picture struct {
	Width, Height int
	RGBA          []uint8
}

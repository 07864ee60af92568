package ink

// Recipe names the way from a drawing or picture to the network's input.
type Recipe string

// The recipes.
const (
	Drawing Recipe = "drawing" // box, one pen width, centre of mass: Draw, Trace
	Writing Recipe = "writing" // the same, and how the pen went: Form.Draw
	Photo   Recipe = "picture" // fit and scale only: Fit
)

// The constants of recipe drawing. Whoever changes one raises the recipe's version
// below: a network meets in use what it met in training, or refuses.
const (
	// Side is the side in pixels of MNIST's images, which the other constants were
	// measured on, and of images where nothing else is said.
	Side = 28
	// Box is the box of LeCun's MNIST page, 20 of 28 pixels, as a fraction of the
	// image's shorter side.
	Box = 20.0 / Side
	// Pen is the width of the pen, a fraction of the image's shorter side: that of
	// the strokes which NIST's writers left, 2.4 of 28 pixels.
	Pen = 2.4 / Side
)

// Measures are a recipe's version and constants.
type Measures struct {
	Version  int     // as the model file writes it, from 1
	Box, Pen float64 // fractions of the image's shorter side; 0 where the recipe has none
}

// recipes says of each recipe what depends on it alone.
var recipes = []struct {
	recipe   Recipe
	measures Measures
	channels int // values of a pixel
}{
	{Drawing, Measures{Version: 1, Box: Box, Pen: Pen}, 1},
	{Writing, Measures{Version: 1, Box: Box, Pen: Pen}, writingChannels},
	{Photo, Measures{Version: 1}, 1},
}

// Measures returns the recipe's version and constants, zeros if r is not known.
func (r Recipe) Measures() Measures {
	for _, known := range recipes {
		if known.recipe == r {
			return known.measures
		}
	}
	return Measures{}
}

// writingChannels is how many values recipe writing has for a pixel: the ink, right, down
// and when.
const writingChannels = 4

// Channels returns how many values a pixel has, 1 if r is not known.
func (r Recipe) Channels() int {
	for _, known := range recipes {
		if known.recipe == r {
			return known.channels
		}
	}
	return 1
}

// Draws reports whether images are drawn from strokes: by Drawing or Writing.
func (r Recipe) Draws() bool { return r.Measures().Pen > 0 }

// Known reports whether r is a recipe.
func (r Recipe) Known() bool { return r.Measures().Version > 0 }

package nn

import (
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/initial"
	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// Conv2D slides Filters windows over a picture: x (N, H, W, C), kernel (KH, KW, C,
// Filters), bias (Filters), y (N, OH, OW, Filters).
type Conv2D struct {
	Filters int
	Size    [2]int // of the window: height, width
	Strides [2]int // vertical, horizontal; 0 counts as 1
	Padding windows.Padding
	Init    initial.Weights // of the kernel; the bias starts at 0

	kernel, bias  Param
	input, padded Shape
	top, left     int              // zeros before
	geometry      *kernel.Conv2D   // made by the first pass
	winograd      *kernel.Winograd // beside it: how to train; nil: as geometry says
	hasty         bool             // predict as in training
	transposed    []float32        // the kernel as the gradient of x wants it, without winograd
	scratch       [Lanes]struct{ x, dx []float32 }
	rooms         [Lanes]kernel.Room
	relu          bool // the layer behind is a ReLU, which Forward applies
}

// maxPadded bounds the values of a padded picture: a few bytes of a file could make it
// large.
const maxPadded = 1 << 25

func init() { Register("conv2d", "Conv2D", func() Layer { return new(Conv2D) }) }

// Kind returns "conv2d".
func (*Conv2D) Kind() string { return "conv2d" }

// Settings returns Filters, Size, Strides, Padding and Init.
func (c *Conv2D) Settings() []any { return []any{&c.Filters, &c.Size, &c.Strides, &c.Padding, &c.Init} }

// Build takes pictures at least as large as the window, once padded.
func (c *Conv2D) Build(input Shape) (Shape, error) {
	c.Strides[0], c.Strides[1] = max(c.Strides[0], 1), max(c.Strides[1], 1)
	if len(input) != 3 {
		return nil, &ShapeError{"conv2d", input, "three dimensions: height, width, channels"}
	}
	if c.Filters < 1 || c.Size[0] < 1 || c.Size[1] < 1 {
		return nil, &ShapeError{"conv2d", input, "at least 1 filter and a window of at least 1x1"}
	}
	top, bottom := c.Padding.Around(input[0], c.Size[0], c.Strides[0])
	left, right := c.Padding.Around(input[1], c.Size[1], c.Strides[1])
	c.input, c.padded, c.top, c.left = input, Shape{input[0] + top + bottom, input[1] + left + right, input[2]}, top, left
	if c.padded[0] < c.Size[0] || c.padded[1] < c.Size[1] || c.padded.Size() > maxPadded {
		return nil, &ShapeError{"conv2d", input, "pictures at least as large as the window"}
	}
	if !c.padded.Fits() {
		return nil, &ShapeError{"conv2d", input, wantFits + " with the zeros around them"}
	}
	c.kernel = Param{Name: "kernel", Shape: Shape{c.Size[0], c.Size[1], input[2], c.Filters}}
	c.bias = Param{Name: "bias", Shape: Shape{c.Filters}}
	return Shape{(c.padded[0]-c.Size[0])/c.Strides[0] + 1, (c.padded[1]-c.Size[1])/c.Strides[1] + 1, c.Filters}, nil
}

// Cost counts the window of each value, its lists of places, and the padded picture.
func (c *Conv2D) Cost(output Shape) (operations, bytes int) {
	window := c.Size[0] * c.Size[1] * c.padded[2]
	if c.Padding == windows.Same {
		bytes = 4 * c.padded.Size()
	}
	return output.Size() * window, bytes + 4*(window+c.Size[0]*c.Filters+output[0]*output[1])
}

// Params returns kernel and bias.
func (c *Conv2D) Params() []*Param { return []*Param{&c.kernel, &c.bias} }

// Initialize draws the kernel and sets the bias to 0; a value's inputs are those
// of a window, its outputs a window's times the filters, as Keras counts them.
func (c *Conv2D) Initialize(random *rand.Rand) {
	window := c.Size[0] * c.Size[1]
	c.Init.Fill(c.kernel.Value, random, window*c.input[2], window*c.Filters)
	clear(c.bias.Value)
}

func (c *Conv2D) rectify() { c.relu = true }

func (c *Conv2D) prepare(training bool) {
	if c.geometry == nil {
		c.geometry = kernel.NewConv2D(kernel.Conv2D{
			Height: c.padded[0], Width: c.padded[1], Channels: c.padded[2],
			KernelHeight: c.Size[0], KernelWidth: c.Size[1], Filters: c.Filters, Strides: c.Strides,
		})
		c.winograd = kernel.NewWinograd(c.geometry)
	}
	switch {
	case !learns || !training && !c.hasty:
	case c.winograd != nil:
		c.winograd.Weights(c.kernel.Value)
	default:
		c.transposed = sized(c.transposed, c.kernel.Shape.Size())
		c.geometry.Transpose(c.transposed, c.kernel.Value)
	}
}

// Forward computes y = x * kernel + bias.
func (c *Conv2D) Forward(y, x []float32, s Span) {
	if learns && (s.Training || c.hasty) && c.winograd != nil {
		c.winograd.Forward(&c.rooms[s.Lane], y, c.pad(x, s), c.bias.Value, s.N, c.relu)
		return
	}
	c.geometry.Forward(y, c.pad(x, s), c.kernel.Value, c.bias.Value, s.N, c.relu)
}

// Backward adds the gradients of kernel and bias and writes that of x.
func (c *Conv2D) Backward(grads, dx, dy, x, _ []float32, s Span) {
	weights := c.kernel.Shape.Size()
	kernel.SumRows(grads[weights:], dy)
	around, cut := dx, dx != nil && c.Padding != windows.Valid
	if cut {
		around = c.room(&c.scratch[s.Lane].dx, s)
	}
	if c.winograd != nil {
		c.winograd.Backward(&c.rooms[s.Lane], grads[:weights], around, dy, c.pad(x, s), s.N)
	} else {
		c.geometry.WeightGradient(grads[:weights], dy, c.pad(x, s), s.N)
		if dx != nil {
			c.geometry.InputGradient(around, dy, c.transposed, s.N)
		}
	}
	if cut {
		c.rows(s, func(inside, at int) { copy(dx[inside:inside+c.rowSize()], around[at:]) })
	}
}

// pad returns x with its zeros around, x itself if there are none.
func (c *Conv2D) pad(x []float32, s Span) []float32 {
	if c.Padding == windows.Valid {
		return x
	}
	padded := c.room(&c.scratch[s.Lane].x, s)
	clear(padded)
	c.rows(s, func(inside, around int) { copy(padded[around:], x[inside:inside+c.rowSize()]) })
	return padded
}

// room returns scratch for the padded pictures of a span.
func (c *Conv2D) room(scratch *[]float32, s Span) []float32 {
	*scratch = sized(*scratch, s.N*c.padded.Size())
	return *scratch
}

// rowSize returns the number of values in a row of the input.
func (c *Conv2D) rowSize() int { return c.input[1] * c.input[2] }

// rows calls copy with where each row of the span's pictures lies, without and
// with the zeros around them.
func (c *Conv2D) rows(s Span, copy func(inside, around int)) {
	for i := range s.N {
		for y := range c.input[0] {
			copy((i*c.input[0]+y)*c.rowSize(), ((i*c.padded[0]+y+c.top)*c.padded[1]+c.left)*c.padded[2])
		}
	}
}

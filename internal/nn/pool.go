package nn

import (
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/kernel"
)

// MaxPool2D takes the largest value of each window, channel by channel: x
// (N, H, W, C), y (N, OH, OW, C); what does not fill a window is left out, as
// Keras's padding "valid" does.
type MaxPool2D struct {
	Size    [2]int // of the window: height, width
	Strides [2]int // vertical, horizontal; 0: the window's

	geometry *kernel.Pool
}

// Kind is "max_pool2d".
func (*MaxPool2D) Kind() string { return "max_pool2d" }

// Build takes pictures at least as large as the window.
func (m *MaxPool2D) Build(input Shape) (Shape, error) {
	for i := range m.Strides {
		if m.Strides[i] == 0 {
			m.Strides[i] = m.Size[i]
		}
	}
	if len(input) != 3 {
		return nil, &ShapeError{"max_pool2d", input, "three dimensions: height, width, channels"}
	}
	if min(m.Size[0], m.Size[1], m.Strides[0], m.Strides[1], input[2]) < 1 || m.Size[0] > input[0] || m.Size[1] > input[1] {
		return nil, &ShapeError{"max_pool2d", input, "pictures at least as large as the window"}
	}
	m.geometry = kernel.NewPool(kernel.Pool{Height: input[0], Width: input[1], Channels: input[2], Size: m.Size, Strides: m.Strides})
	return Shape{m.geometry.OutHeight, m.geometry.OutWidth, input[2]}, nil
}

// Params are none.
func (*MaxPool2D) Params() []*Param { return nil }

// Initialize has nothing to do.
func (*MaxPool2D) Initialize(*rand.Rand) {}

// Forward computes y.
func (m *MaxPool2D) Forward(y, x []float32, s Span) { m.geometry.Forward(y, x, s.N) }

// Backward gives each window's gradient to its first largest value.
func (m *MaxPool2D) Backward(_, dx, dy, x, y []float32, s Span) {
	if dx != nil {
		m.geometry.Gradient(dx, dy, x, y, s.N)
	}
}

package nn

import (
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/kernel"
	"github.com/seed-c844a918/inkling/internal/windows"
)

// MaxPool2D takes the largest value of each window, channel by channel: x
// (N, H, W, C), y (N, OH, OW, C). Valid leaves out what does not fill a window;
// Same lets windows reach over the edge.
type MaxPool2D struct {
	Size    [2]int // of the window: height, width; 0: the whole picture
	Strides [2]int // vertical, horizontal; 0: the window's
	Padding windows.Padding

	geometry *kernel.Pool        // of Valid
	windows  windows.Windows     // of Same
	relu     bool                // the layer before is a ReLU, whose Backward is part of this one's
	norm     *BatchNormalization // whose Forward is part of this one's while training; nil: none
}

func init() {
	Register("max_pool2d", "MaxPooling2D", func() Layer { return new(MaxPool2D) })
	Register("max_pool2d_same", "MaxPooling2D", func() Layer { return &MaxPool2D{Padding: windows.Same} })
}

// Kind returns "max_pool2d", or "max_pool2d_same".
func (m *MaxPool2D) Kind() string {
	if m.Padding == windows.Same {
		return "max_pool2d_same"
	}
	return "max_pool2d"
}

// Settings returns Size and Strides; the kind tells Padding.
func (m *MaxPool2D) Settings() []any { return []any{&m.Size, &m.Strides} }

// Build takes pictures, for Valid at least as large as the window.
func (m *MaxPool2D) Build(input Shape) (Shape, error) {
	w, err := newWindows(m.Kind(), input, &m.Size, &m.Strides, m.Padding)
	if err != nil {
		return nil, err
	}
	m.windows = w
	if m.Padding == windows.Valid {
		m.geometry = kernel.NewPool(kernel.Pool{Height: input[0], Width: input[1], Channels: input[2], Size: m.Size, Strides: m.Strides})
	}
	return Shape(w.Output[:]), nil
}

// Cost counts the values of all windows.
func (m *MaxPool2D) Cost(Shape) (operations, bytes int) { return m.windows.Values(), 0 }

// Params returns none.
func (*MaxPool2D) Params() []*Param { return nil }

// Initialize has nothing to do.
func (*MaxPool2D) Initialize(*rand.Rand) {}

// Forward computes y.
func (m *MaxPool2D) Forward(y, x []float32, s Span) {
	if learns && m.norm != nil && s.Training {
		kernel.ScaleShift(y, x, m.norm.scale, m.norm.shift, true)
		return
	}
	if m.Padding == windows.Valid {
		m.geometry.Forward(y, x, s.N)
		return
	}
	m.windows.Each(s.N, func(w windows.Window) {
		to := y[w.Out:][:m.windows.Input[2]]
		copy(to, x[w.At(0, 0):])
		w.Each(func(at int) {
			for ch := range to {
				to[ch] = max(to[ch], x[at+ch])
			}
		})
	})
}

// Backward gives each window's gradient to its first largest value; behind a ReLU, dx is
// the gradient of what that one read.
func (m *MaxPool2D) Backward(_, dx, dy, x, y []float32, s Span) {
	if dx == nil {
		return
	}
	if m.norm != nil {
		kernel.ReLUGradient(dx, dy, y)
		return
	}
	if m.Padding == windows.Valid {
		m.geometry.Gradient(dx, dy, x, y, s.N, m.relu)
		return
	}
	clear(dx)
	m.windows.Each(s.N, func(w windows.Window) {
		for ch := range m.windows.Input[2] {
			first := -1
			w.Each(func(at int) {
				if first < 0 && x[at+ch] == y[w.Out+ch] {
					first = at + ch
				}
			})
			if first >= 0 { // else a ReLU has changed y, and dy is 0
				dx[first] += dy[w.Out+ch]
			}
		}
	})
}

// newWindows returns how the windows of a pooling layer lie, and fills in its sizes.
func newWindows(kind string, input Shape, size, strides *[2]int, padding windows.Padding) (windows.Windows, error) {
	if len(input) != 3 {
		return windows.Windows{}, &ShapeError{kind, input, "three dimensions: height, width, channels"}
	}
	w, ok := windows.New([3]int(input), size, strides, padding)
	if !ok || padding > windows.Same {
		return windows.Windows{}, &ShapeError{kind, input, "pictures at least as large as the window"}
	}
	return w, nil
}

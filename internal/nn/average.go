package nn

import (
	"math/rand/v2"

	"github.com/seed-c844a918/inkling/internal/windows"
)

// AveragePool2D takes the mean of each window, channel by channel: x (N, H, W, C),
// y (N, OH, OW, C). With Same a window's part outside the picture does not count.
type AveragePool2D struct {
	Size    [2]int // of the window: height, width; 0: the whole picture
	Strides [2]int // vertical, horizontal; 0: the window's
	Padding windows.Padding

	windows windows.Windows
}

func init() {
	Register("average_pool2d", "AveragePooling2D", func() Layer { return new(AveragePool2D) })
}

// Kind returns "average_pool2d".
func (*AveragePool2D) Kind() string { return "average_pool2d" }

// Settings returns Size, Strides and Padding.
func (a *AveragePool2D) Settings() []any { return []any{&a.Size, &a.Strides, &a.Padding} }

// Build takes pictures, for Valid at least as large as the window.
func (a *AveragePool2D) Build(input Shape) (Shape, error) {
	w, err := newWindows("average_pool2d", input, &a.Size, &a.Strides, a.Padding)
	a.windows = w
	return Shape(w.Output[:]), err
}

// Cost counts the values of all windows.
func (a *AveragePool2D) Cost(Shape) (operations, bytes int) { return a.windows.Values(), 0 }

// Params returns none.
func (*AveragePool2D) Params() []*Param { return nil }

// Initialize has nothing to do.
func (*AveragePool2D) Initialize(*rand.Rand) {}

// Forward computes y.
func (a *AveragePool2D) Forward(y, x []float32, s Span) {
	a.windows.Each(s.N, func(w windows.Window) {
		to, share := y[w.Out:][:w.Pixel], 1/float32(w.Height*w.Width)
		clear(to)
		w.Each(func(at int) {
			for ch := range to {
				to[ch] += x[at+ch]
			}
		})
		for ch := range to {
			to[ch] *= share
		}
	})
}

// Backward divides each window's gradient among its values.
func (a *AveragePool2D) Backward(_, dx, dy, _, _ []float32, s Span) {
	if dx == nil {
		return
	}
	clear(dx)
	a.windows.Each(s.N, func(w windows.Window) {
		from, share := dy[w.Out:][:w.Pixel], 1/float32(w.Height*w.Width)
		w.Each(func(at int) {
			for ch, g := range from {
				dx[at+ch] += g * share
			}
		})
	})
}

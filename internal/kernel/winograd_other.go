//go:build !amd64

package kernel

// Winograd is amd64's way to convolve while training; elsewhere there is none, and
// NewWinograd returns nil.
type Winograd struct{}

// Room is one goroutine's place for a Winograd.
type Room struct{}

// NewWinograd returns nil: Conv2D computes it.
func NewWinograd(*Conv2D) *Winograd { return nil }

// Weights has nothing to do.
func (*Winograd) Weights([]float32) {}

// Forward has nothing to do.
func (*Winograd) Forward(_ *Room, y, x, bias []float32, n int, relu bool) {}

// Backward has nothing to do.
func (*Winograd) Backward(_ *Room, dw, dx, dy, x []float32, n int) {}

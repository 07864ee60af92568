package model

import (
	"math"

	"github.com/seed-c844a918/inkling/internal/nn"
)

// turnSection holds Turn, where it is not 0: a float32. It may be skipped, and then the
// image is asked about as it is.
const turnSection = "tURN"

// views is how many images an answer is the mean of, where Turn is not 0.
const views = 3

// Logits returns what the network makes of an image before its softmax: of the image as
// it is or, with Turn, the mean of that and of the image turned either way. It is valid
// until the next call, panics with nn.ErrLength on another length of image and does not
// allocate after the first call.
func (m *Model) Logits(image []uint8) []float32 {
	if m.pixels == nil {
		m.pixels = make([]float32, m.Network.Input.Size())
	}
	nn.Pixels(m.pixels, image)
	logits := m.Network.Predict(m.pixels, 1)
	if m.Turn == 0 {
		return logits
	}
	if m.turned == nil {
		m.turned, m.mean = make([]float32, len(m.pixels)), make([]float32, len(logits))
	}
	for i, v := range logits {
		m.mean[i] = v / views
	}
	for _, angle := range [views - 1]float32{m.Turn, -m.Turn} {
		turn(m.turned, m.pixels, m.Height(), m.Width(), angle)
		for i, v := range m.Network.Predict(m.turned, 1) {
			m.mean[i] += v / views
		}
	}
	return m.mean
}

// turn writes an image (height, width), 0..1, turned about its middle by an angle in
// radians, at most pi/2 of size, to dst; with y down, a positive angle turns it counterclockwise. Outside the
// image is 0. Values between pixels are those of cubic convolution (Keys 1981), which
// blurs a stroke of two pixels less than bilinear interpolation.
func turn(dst, src []float32, height, width int, angle float32) {
	sin := sine(float64(angle))
	cos := math.Sqrt(max(1-sin*sin, 0))
	middleX, middleY := float64(width-1)/2, float64(height-1)/2
	inkTop, inkBottom := height, -1
	for i, v := range src {
		if v != 0 {
			inkTop, inkBottom = min(inkTop, i/width), i/width
		}
	}
	for i := range dst {
		dx, dy := float64(i%width)-middleX, float64(i/width)-middleY
		left, across := between(cos*dx - sin*dy + middleX)
		top, down := between(sin*dx + cos*dy + middleY)
		var sum float32
		for j, wy := range down {
			y := top + j
			if y < inkTop || y > inkBottom {
				continue
			}
			row := src[y*width:][:width]
			for k, wx := range across {
				if x := left + k; uint(x) < uint(len(row)) {
					sum += wy * wx * row[x]
				}
			}
		}
		dst[i] = min(max(sum, 0), 1)
	}
}

// sine returns the sine of an angle, at most pi/2 of size, by its series; package math's
// weighs more in the page.
func sine(a float64) float64 {
	square := a * a
	return a * (1 - square/6*(1-square/20*(1-square/42*(1-square/72))))
}

// between returns the first of the four pixels around a place on a line of pixels, and
// what each of them weighs there: Keys's kernel with a = -1/2.
func between(at float64) (first int, weights [4]float32) {
	floor := math.Floor(at)
	t := float32(at - floor)
	return int(floor) - 1, [4]float32{
		t * (-0.5 + t*(1-0.5*t)),
		1 + t*t*(-2.5+1.5*t),
		t * (0.5 + t*(2-1.5*t)),
		t * t * (-0.5 + 0.5*t),
	}
}

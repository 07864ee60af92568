// Package windows says how the windows of convolutions and pooling lie over pictures.
package windows

import "math"

// Windows is how windows lie over pictures (H, W, C), one for each place of the
// output, and only their parts inside the picture.
type Windows struct {
	Input, Output [3]int
	size, strides [2]int
	before        [2]int // how far the first reaches over the edge
}

// New resolves sizes of 0, the whole picture, and strides of 0, the window's. It reports
// false where no window fits.
func New(input [3]int, size, strides *[2]int, padding Padding) (w Windows, ok bool) {
	w = Windows{Input: input, Output: [3]int{0, 0, input[2]}}
	for i := range size {
		if size[i] == 0 {
			size[i] = input[i]
		}
		if strides[i] == 0 {
			strides[i] = size[i]
		}
		if min(size[i], strides[i], input[2]) < 1 {
			return w, false
		}
		before, behind := padding.Around(input[i], size[i], strides[i])
		if before+input[i]+behind < size[i] {
			return w, false
		}
		w.before[i] = before
		w.Output[i] = (before+input[i]+behind-size[i])/strides[i] + 1
	}
	w.size, w.strides = *size, *strides
	return w, true
}

// Window is the part of one window inside its picture.
type Window struct {
	from          int // its first value, in values
	Height, Width int // its size, in pixels
	row, Pixel    int // from one to the next, in values
	Out           int // first value of its place in the output
}

// At returns where the pixel's first value lies.
func (w *Window) At(y, x int) int { return w.from + y*w.row + x*w.Pixel }

// Each calls visit with the first value of each pixel, row by row.
func (w *Window) Each(visit func(at int)) {
	for y := range w.Height {
		for x := range w.Width {
			visit(w.At(y, x))
		}
	}
}

// Each calls visit with the windows of n pictures, in the output's order.
func (w *Windows) Each(n int, visit func(Window)) {
	pixel, row := w.Input[2], w.Input[1]*w.Input[2]
	out := 0
	for i := range n {
		for oy := range w.Output[0] {
			top, height := w.inside(0, oy)
			for ox := range w.Output[1] {
				left, width := w.inside(1, ox)
				visit(Window{(i*w.Input[0]+top)*row + left*pixel, height, width, row, pixel, out})
				out += pixel
			}
		}
	}
}

// visit is how many multiplications a pixel of a window takes as long as, beside one
// per value.
const visit = 3

// Values returns the number of values in all windows of a picture, at most, with what
// walking through their pixels takes.
func (w *Windows) Values() int {
	pixels := w.Output[0] * w.Output[1] * min(w.size[0], w.Input[0])
	return saturatedProduct(pixels, min(w.size[1], w.Input[1])*(w.Input[2]+visit))
}

// inside returns where on an axis the window at a place of the output begins, and how
// much of it lies inside the picture.
func (w *Windows) inside(axis, place int) (from, length int) {
	from = place*w.strides[axis] - w.before[axis]
	end := min(from+w.size[axis], w.Input[axis])
	from = max(from, 0)
	return from, end - from
}

// saturatedProduct returns the product of two numbers of 0 or more, the largest int where
// it is larger.
func saturatedProduct(a, b int) int {
	if a > 0 && b > math.MaxInt/a {
		return math.MaxInt
	}
	return a * b
}

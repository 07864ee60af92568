package nn

// windows is how windows lie over pictures (H, W, C), one for each place of the
// output, and only their parts inside the picture.
type windows struct {
	input, output Shape
	size, strides [2]int
	before        [2]int // how far the first reaches over the edge
}

// newWindows resolves sizes of 0, the whole picture, and strides of 0, the
// window's.
func newWindows(kind string, input Shape, size, strides *[2]int, padding Padding) (windows, error) {
	if len(input) != 3 {
		return windows{}, &ShapeError{kind, input, "three dimensions: height, width, channels"}
	}
	w := windows{input: input, output: Shape{0, 0, input[2]}}
	for i := range size {
		if size[i] == 0 {
			size[i] = input[i]
		}
		if strides[i] == 0 {
			strides[i] = size[i]
		}
		if min(size[i], strides[i], input[2]) < 1 || padding > Same || padding == Valid && size[i] > input[i] {
			return windows{}, &ShapeError{kind, input, "pictures at least as large as the window"}
		}
		before, behind := padding.Around(input[i], size[i], strides[i])
		w.before[i] = before
		w.output[i] = (before+input[i]+behind-size[i])/strides[i] + 1
	}
	w.size, w.strides = *size, *strides
	return w, nil
}

// window is the part of one window inside its picture.
type window struct {
	from, height, width int // its first value, in values; its size, in pixels
	row, pixel          int // from one to the next, in values
	out                 int // first value of its place in the output
}

// at returns where the pixel's first value lies.
func (w *window) at(y, x int) int { return w.from + y*w.row + x*w.pixel }

// each calls visit with the first value of each pixel, row by row.
func (w *window) each(visit func(at int)) {
	for y := range w.height {
		for x := range w.width {
			visit(w.at(y, x))
		}
	}
}

// each calls visit with the windows of n pictures, in the output's order.
func (w *windows) each(n int, visit func(window)) {
	pixel, row := w.input[2], w.input[1]*w.input[2]
	out := 0
	for i := range n {
		for oy := range w.output[0] {
			top, height := w.inside(0, oy)
			for ox := range w.output[1] {
				left, width := w.inside(1, ox)
				visit(window{(i*w.input[0]+top)*row + left*pixel, height, width, row, pixel, out})
				out += pixel
			}
		}
	}
}

// visit is how many multiplications a pixel of a window takes as long as, beside one
// per value.
const visit = 3

// values returns the number of values in all windows of a picture, at most, with what
// walking through their pixels takes.
func (w *windows) values() int {
	pixels := w.output[0] * w.output[1] * min(w.size[0], w.input[0])
	return saturatedProduct(pixels, min(w.size[1], w.input[1])*(w.input[2]+visit))
}

// inside returns where on an axis the window at a place of the output begins, and how
// much of it lies inside the picture.
func (w *windows) inside(axis, place int) (from, length int) {
	from = place*w.strides[axis] - w.before[axis]
	end := min(from+w.size[axis], w.input[axis])
	from = max(from, 0)
	return from, end - from
}

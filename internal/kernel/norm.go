package kernel

// The loops of batch normalization, over matrices (Rows, Channels) whose columns
// have a scale, a shift or a sum each.

// Moments adds to sum and products (Channels) the sums over the rows of x, and
// of x*y; y may be x.
func Moments(sum, products, x, y []float32) {
	checkRows(x, sum)
	check(products, y, nil, len(sum), len(x), 0)
	if len(x) > 0 && !momentsVectors(sum, products, x, y) {
		momentsPortable(sum, products, x, y)
	}
}

// ScaleShift computes y = x*scale + shift, with relu max(x*scale + shift, 0); y
// may be x.
func ScaleShift(y, x, scale, shift []float32, relu bool) {
	checkRows(x, scale)
	check(y, shift, nil, len(x), len(scale), 0)
	floor := negativeInfinity
	if relu {
		floor = 0
	}
	if len(x) > 0 && !scaleShiftVectors(y, x, scale, shift, floor) {
		scaleShiftPortable(y, x, scale, shift, floor)
	}
}

// Mix computes dx = dy*a + x*b + c; dx may be dy.
func Mix(dx, dy, x, a, b, c []float32) {
	checkRows(x, a)
	check(dx, dy, b, len(x), len(x), len(a))
	if len(c) != len(a) {
		panic(ErrLength)
	}
	if len(x) > 0 && !mixVectors(dx, dy, x, a, b, c) {
		mixPortable(dx, dy, x, a, b, c)
	}
}

// checkRows panics unless x is whole rows of the columns.
func checkRows(x, columns []float32) {
	if len(columns) == 0 || len(x)%len(columns) != 0 {
		panic(ErrLength)
	}
}

func momentsPortable(sum, products, x, y []float32) {
	for channels := len(sum); len(x) > 0; x, y = x[channels:], y[channels:] {
		row, other := x[:channels], y[:channels]
		for i, v := range row {
			sum[i] += v
			products[i] += v * other[i]
		}
	}
}

func scaleShiftPortable(y, x, scale, shift []float32, floor float32) {
	for channels := len(scale); len(x) > 0; x, y = x[channels:], y[channels:] {
		row, to := x[:channels], y[:channels]
		for i, v := range row {
			to[i] = max(v*scale[i]+shift[i], floor)
		}
	}
}

func mixPortable(dx, dy, x, a, b, c []float32) {
	for channels := len(a); len(x) > 0; x, dx, dy = x[channels:], dx[channels:], dy[channels:] {
		row, gradient, to := x[:channels], dy[:channels], dx[:channels]
		for i, v := range row {
			to[i] = gradient[i]*a[i] + v*b[i] + c[i]
		}
	}
}

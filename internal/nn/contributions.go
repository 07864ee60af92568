package nn

// weigher is a layer whose output is a sum of weights times input.
type weigher interface {
	// weigh adds to dst what each channel of x gives to channel unit of y: weight times
	// activation, summed over the places where y is not zero, all places if it is zero
	// everywhere. x and y are one sample's.
	weigh(dst, y, x []float32, unit int)
}

// Contributions writes to dst what the channels of layer i's input gave to one channel
// of its output in the last pass, whose batch was one sample. A channel is a map of a
// picture or a unit of a flat layer; dst has one value per channel of the input. Its
// sum, plus a bias per place, is the sum of the output at the places where that is not
// zero, a ReLU behind the layer included. Contributions reports false, and writes
// nothing, for a layer without weights, which keeps channels apart.
func (s *Sequential) Contributions(dst []float32, i, unit int) bool {
	layer, ok := s.Layers[i].(weigher)
	if !ok {
		return false
	}
	if len(dst) != s.Channels(i-1) || unit < 0 || unit >= s.Channels(i) {
		panic(ErrLength)
	}
	clear(dst)
	layer.weigh(dst, s.Output(i, 0), s.Output(i-1, 0), unit)
	return true
}

// Channels returns the number of channels of layer i's output: maps of a picture or units.
// -1 is the input.
func (s *Sequential) Channels(i int) int {
	shape := s.Input
	if i >= 0 {
		shape = s.shapes[i]
	}
	return shape[len(shape)-1]
}

func (d *Dense) weigh(dst, _, x []float32, unit int) {
	for i, v := range x {
		dst[i] += v * d.kernel.Value[i*d.Units+unit]
	}
}

func (c *Conv2D) weigh(dst, y, x []float32, unit int) {
	silent := true
	for i := unit; i < len(y) && silent; i += c.Filters {
		silent = y[i] == 0
	}
	across := (c.padded[1]-c.Size[1])/c.Strides[1] + 1
	for i := unit; i < len(y); i += c.Filters {
		if place := i / c.Filters; silent || y[i] != 0 {
			c.weighWindow(dst, x, place/across*c.Strides[0]-c.top, place%across*c.Strides[1]-c.left, unit)
		}
	}
}

// weighWindow does so for the window whose corner lies at a row and column of x, which
// may be outside.
func (c *Conv2D) weighWindow(dst, x []float32, row, column, unit int) {
	channels := c.input[2]
	for at := range c.Size[0] * c.Size[1] {
		y, x0 := row+at/c.Size[1], column+at%c.Size[1]
		if y < 0 || y >= c.input[0] || x0 < 0 || x0 >= c.input[1] {
			continue
		}
		values := x[(y*c.input[1]+x0)*channels:][:channels]
		for channel, v := range values {
			dst[channel] += v * c.kernel.Value[(at*channels+channel)*c.Filters+unit]
		}
	}
}

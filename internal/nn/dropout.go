package nn

// Dropout sets a share of its inputs to 0 while training and scales the rest so
// that the sum's expectation stays (Srivastava et al. 2014, the inverted form
// that Keras uses). When predicting it copies.
type Dropout struct {
	elementwise
	Rate float32 // share dropped, 0 <= Rate < 1
	key  uint64  // of the step's masks
}

func init() { Register("dropout", "Dropout", func() Layer { return new(Dropout) }) }

// Kind returns "dropout".
func (*Dropout) Kind() string { return "dropout" }

// Settings returns Rate.
func (d *Dropout) Settings() []any { return []any{&d.Rate} }

// Build keeps the input's shape.
func (d *Dropout) Build(input Shape) (Shape, error) {
	if !(d.Rate >= 0 && d.Rate < 1) {
		return nil, &ShapeError{"dropout", input, "a rate of at least 0 and below 1"}
	}
	return d.elementwise.Build(input)
}

// Seed makes the next masks a function of the two numbers.
func (d *Dropout) Seed(seed, step uint64) { d.key = mix(seed) ^ mix(^step) }

// Forward computes y = x * mask / (1 - Rate), or copies when predicting.
func (d *Dropout) Forward(y, x []float32, s Span) {
	if !learns || !s.Training {
		copy(y, x)
		return
	}
	d.mask(y, x, s)
}

// Backward computes dx = dy * mask / (1 - Rate).
func (d *Dropout) Backward(_, dx, dy, _, _ []float32, s Span) {
	if dx != nil {
		d.mask(dx, dy, s)
	}
}

// mask writes from, masked and scaled. Whether a value stays is a function of
// the key and its place in the batch, so that it can be asked twice and by
// anyone.
func (d *Dropout) mask(to, from []float32, s Span) {
	bound, scale := uint64(float64(d.Rate)*(1<<32)), 1/(1-d.Rate)
	first := uint64(s.At * d.size)
	for i, v := range from {
		if mix(d.key+first+uint64(i))>>32 < bound {
			v = 0
		}
		to[i] = v * scale
	}
}

// mix scatters the bits of x: the output function of SplitMix64 (Steele, Lea &
// Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

package pixels

import "math"

// Collector makes pixels of the values of a training part that come block by block. It
// keeps no value: what has been stored can always be turned into pixels, or else the
// values are refused in the end.
type Collector struct {
	dst       []uint8 // pixels of the values so far: by given, by 0..1 from the first fraction on, else the values themselves
	given     Range
	stats     Stats
	fractions bool
}

// NewCollector returns a collector of values in the range given. If that is the zero
// Range, [Stats.Range] tells the range from the values. It appends to dst.
func NewCollector(dst []uint8, given Range) *Collector {
	return &Collector{dst: dst, given: given, stats: Stats{Kind: Bool}}
}

// Add takes values on.
func (c *Collector) Add(values []float64) {
	c.stats.Kind = Number
	s := c.see(values)
	if c.given == (Range{}) && !s.Whole && !c.fractions {
		c.fractions = true
		Range{0, 1}.Apply(c.dst)
	}
	r := c.given
	if r == (Range{}) && c.fractions {
		r = Range{0, 1}
	}
	for _, v := range values {
		switch {
		case v != v:
			c.dst = append(c.dst, 0)
		case r == Range{}:
			c.dst = append(c.dst, uint8(min(max(v, 0), 255)))
		default:
			c.dst = append(c.dst, r.pixel(v))
		}
	}
}

// see adds values to the description of all.
func (c *Collector) see(values []float64) Stats {
	s := Stats{Count: len(values), Whole: true, Min: math.Inf(1), Max: math.Inf(-1)}
	for _, v := range values {
		if v-v != 0 { // NaN, Inf
			s.NaN = true
			continue
		}
		s.Min, s.Max = min(s.Min, v), max(s.Max, v)
		s.Whole = s.Whole && v == math.Trunc(v)
	}
	c.stats = c.stats.Merge(s)
	return s
}

// AddBytes takes bytes on, which hold integers, or booleans as 1 and 0.
func (c *Collector) AddBytes(values []uint8, kind Kind) {
	s := OfBytes(values)
	s.Kind = kind
	c.stats = c.stats.Merge(s)
	from := len(c.dst)
	c.dst = append(c.dst, values...)
	if c.given != (Range{}) {
		c.given.Apply(c.dst[from:])
	}
}

// Finish returns the pixels, the range by which they were made and the values'
// description; an error if the values themselves do not say what they mean.
func (c *Collector) Finish() (pixels []uint8, r Range, s Stats, err error) {
	s = c.stats
	switch {
	case s.NaN:
		return nil, c.given, s, errNaN
	case c.given != Range{}:
		return c.dst, c.given, s, nil
	}
	if r, err = s.Range(); err != nil {
		return nil, r, s, err
	}
	if !c.fractions {
		r.Apply(c.dst)
	}
	return c.dst, r, s, nil
}

package kernel

import "math"

// AdamStep is one update of Adam (Kingma & Ba 2015, end of section 2):
//
//	m += Gain1 * (g - m)
//	v += Gain2 * (g² - v)
//	value = Keep*value - Rate*m/(sqrt(v) + Epsilon)
//
// Every operation is rounded by itself, so that all variants give the same bits. An m
// below 2^-100 becomes 0: no weight shows it, and without gradients it would fall until it is
// denormal, on which Intel's processors are slow (docs/performance.md).
type AdamStep struct {
	Rate         float32 // learning rate * sqrt(1-beta2^t)/(1-beta1^t)
	Gain1, Gain2 float32 // 1-beta1, 1-beta2
	Epsilon      float32
	Keep         float32 // 1, or less for decoupled weight decay (Loshchilov & Hutter 2019)
}

// Update changes values, m and v by one step; all have the length of grads.
func (s AdamStep) Update(values, grads, m, v []float32) {
	if len(values) != len(grads) || len(m) != len(grads) || len(v) != len(grads) {
		panic(ErrLength)
	}
	done := s.vectors(values, grads, m, v)
	s.updatePortable(values[done:], grads[done:], m[done:], v[done:])
}

func (s AdamStep) updatePortable(values, grads, m, v []float32) {
	values, m, v = values[:len(grads)], m[:len(grads)], v[:len(grads)]
	for i, g := range grads {
		mean := m[i] + float32(s.Gain1*(g-m[i]))
		square := v[i] + float32(s.Gain2*(float32(g*g)-v[i]))
		if math.Abs(float64(mean)) < 0x1p-100 {
			mean = 0
		}
		m[i], v[i] = mean, square
		values[i] = float32(s.Keep*values[i]) - s.Rate*mean/(float32(math.Sqrt(float64(square)))+s.Epsilon)
	}
}

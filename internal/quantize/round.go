package quantize

import "math"

// Round replaces each weight of a kernel by the nearest multiple of its channel's scale.
// With 8 bits the scales are those of Held. With 4 bits a channel that has been rounded
// before, up to a factor, keeps its integers; another gets the scale that fits it best.
func Round(kernel []float32, channels int, bits Bits) {
	var scales []float32
	if bits == 4 {
		scales = fitted(kernel, channels)
	} else {
		scales = Held(kernel, channels, bits)
	}
	for at := 0; at < len(kernel); at += channels {
		row := kernel[at : at+channels]
		for ch, v := range row {
			row[ch] = float32(Integer(v, scales[ch], bits)) * scales[ch]
		}
	}
}

// Choose returns the bits of kernels of these sizes: 8 of the smallest, which together
// hold a tenth of all weights at most, and 4 of the others. As a rule the small ones are
// the first and the last: 8 bits cost little there, and 4 would cost most.
func Choose(sizes []int) []Bits {
	left := 0
	for _, size := range sizes {
		left += size
	}
	left /= 10
	bits := make([]Bits, len(sizes))
	for range sizes {
		least := -1
		for i, size := range sizes {
			if bits[i] == 0 && (least < 0 || size < sizes[least]) {
				least = i
			}
		}
		bits[least] = 4
		if left -= sizes[least]; left >= 0 {
			bits[least] = 8
		}
	}
	return bits
}

// usual is the best scale of normally distributed weights, in standard deviations: Max
// 1960, table II, of 15 equal steps.
const usual = 0.35

// passes is how often scales are bettered. More passes change them by less than a
// hundredth.
const passes = 3

// tolerance is how far from an integer a weight over its scale may be and count as one.
// The fractions of whole numbers up to 7 are 1/7 away at least.
const tolerance = 1.0 / 64

// fitted returns the scales of 4 bits for a kernel. Those of channels that have none yet
// are by least squares (Lloyd 1982): in turn, weights get the nearest integers and a
// channel the scale that is best for these. Weights beyond the largest integer are cut off.
func fitted(kernel []float32, channels int) []float32 {
	most := largest(kernel, channels)
	scales := rootMeanSquares(kernel, channels)
	for ch, rms := range scales {
		scales[ch] = min(most[ch]/7, usual*rms)
	}
	for range passes {
		improve(scales, kernel)
	}
	for ch := range scales {
		if step, ok := step(kernel[ch:], channels, most[ch], tolerance); ok {
			scales[ch] = step
		}
		if scales[ch] = short(scales[ch]); scales[ch] < tiny {
			scales[ch] = 0
		}
	}
	return scales
}

// rootMeanSquares returns that of each channel's weights.
func rootMeanSquares(kernel []float32, channels int) []float32 {
	squares, list := make([]float64, channels), make([]float32, channels)
	for at := 0; at < len(kernel); at += channels {
		for ch, v := range kernel[at : at+channels] {
			squares[ch] += float64(v) * float64(v)
		}
	}
	for ch, square := range squares {
		list[ch] = float32(math.Sqrt(square * float64(channels) / float64(len(kernel))))
	}
	return list
}

// improve makes each channel's scale the best one for the integers that its weights have
// by the scale as it is: the sum of q*w over that of q*q.
func improve(scales, kernel []float32) {
	products, squares := make([]float64, len(scales)), make([]float64, len(scales))
	for at := 0; at < len(kernel); at += len(scales) {
		for ch, v := range kernel[at : at+len(scales)] {
			q := float64(Integer(v, scales[ch], 4))
			products[ch] += q * float64(v)
			squares[ch] += q * q
		}
	}
	for ch, square := range squares {
		if square > 0 {
			scales[ch] = float32(products[ch] / square)
		}
	}
}

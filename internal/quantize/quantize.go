// Package quantize rounds the kernels of a network to few bits.
//
// A kernel (..., Channels) lies row by row. Each channel of its output has a scale, and
// each weight is an integer times its channel's scale:
//
//	w[i] = q[i] * scale[i mod Channels], -Largest <= q[i] <= Largest
//
// where Largest is 127 of 8 bits and 7 of 4. Scales are short, with 16 bits of mantissa,
// so that each product is exact: what is rounded twice is rounded once. A factor of a
// whole channel, such as that of a batch normalization which is folded into it, is one of
// its scale and changes no integer: weights may be rounded before they are folded.
package quantize

import "math"

// Bits is the size of the integers, 4 or 8.
type Bits uint8

// Largest returns the size of the largest integer, 7 or 127.
func (b Bits) Largest() int { return 1<<(b-1) - 1 }

// shortBits masks the bits that a scale may have.
const shortBits = 0xffffff00

// short returns the next short number from v >= 0 up.
func short(v float32) float32 {
	return math.Float32frombits((math.Float32bits(v) + ^uint32(shortBits)) & shortBits)
}

// isShort reports whether a number has no more bits than a scale may have.
func isShort(v float32) bool { return math.Float32bits(v)&^uint32(shortBits) == 0 }

// tiny is the least scale of 4 bits: a channel of smaller weights is 0.
const tiny = 0x1p-100

// Held returns the scales by which a file holds a kernel, 0 where all weights of a channel
// are. With 8 bits a scale is the least that reaches the largest weight. With 4 bits it
// is the largest of which all weights are multiples; if a channel has none, 4 bits do not
// hold the kernel, and Held returns nil.
func Held(kernel []float32, channels int, bits Bits) []float32 {
	scales := largest(kernel, channels)
	for ch, v := range scales {
		scales[ch] = short(v / 127)
		if bits == 4 {
			step, ok := step(kernel[ch:], channels, v, 0)
			if !ok || !isShort(step) || step < tiny && step != 0 {
				return nil
			}
			scales[ch] = step
		}
	}
	return scales
}

// IsScale reports whether scale is what [Held] returns for a channel whose weights are
// integers times it. largest is the size of the largest integer; of 4 bits, sizes has bit n
// set for each size n.
func IsScale(scale float32, largest int, sizes uint16, bits Bits) bool {
	reach := scale * float32(largest)
	switch {
	case largest == 0:
		return math.Float32bits(scale) == 0
	case largest > bits.Largest() || !(scale > 0) || math.IsInf(float64(reach), 0):
		return false
	case bits == 4:
		return isShort(scale) && scale >= tiny && !haveDivisor(sizes)
	}
	return short(reach/127) == scale
}

// haveDivisor reports whether all sizes, up to 7, are multiples of one above 1.
func haveDivisor(sizes uint16) bool {
	const twos, threes = 1<<2 | 1<<4 | 1<<6, 1<<3 | 1<<6
	sizes &^= 1
	return sizes&^twos == 0 || sizes&^threes == 0 || sizes == 1<<5 || sizes == 1<<7
}

// Integer returns the integer that times scale comes nearest to v, 0 where scale is 0.
func Integer(v, scale float32, bits Bits) int {
	if scale == 0 {
		return 0
	}
	most, q := float64(bits.Largest()), math.RoundToEven(float64(v)/float64(scale))
	if q > most { // min and max are calls in WebAssembly
		q = most
	} else if q < -most {
		q = -most
	}
	return int(q)
}

// largest returns the size of each channel's largest weight.
func largest(kernel []float32, channels int) []float32 {
	list := make([]float32, channels)
	for at := 0; at < len(kernel); at += channels {
		for ch, v := range kernel[at : at+channels] {
			// Sizes and their bits are in the same order, NaN above all; max is a call in WebAssembly.
			if size := math.Float32bits(v) &^ (1 << 31); size > math.Float32bits(list[ch]) {
				list[ch] = math.Float32frombits(size)
			}
		}
	}
	return list
}

// step returns the largest number of which every stride-th weight is a multiple, up to
// seven times it and a tolerance, if there is one. largest is the size of the largest.
func step(weights []float32, stride int, largest float32, tolerance float64) (step float32, ok bool) {
	if largest == 0 {
		return 0, true
	}
	for most := 1; most <= 7 && !ok; most++ {
		step, ok = largest/float32(most), true
		for i := 0; i < len(weights) && ok; i += stride {
			q := float64(weights[i]) / float64(step)
			ok = math.Abs(q-math.RoundToEven(q)) <= tolerance
		}
	}
	return step, ok
}

// Package float16 converts between float32 and IEEE 754 binary16.
package float16

import "math"

// From returns the binary16 nearest to f, ties to even (IEEE 754-2019, 4.3.1); what
// is too large becomes infinite.
func From(f float32) uint16 {
	bits := math.Float32bits(f)
	sign := uint16(bits >> 16 & 0x8000)
	bits &= 0x7fffffff
	switch {
	case bits > 0x7f800000: // NaN
		return sign | 0x7e00
	case bits >= 0x477ff000: // rounds to 65536 or more
		return sign | 0x7c00
	case bits >= 0x38800000: // normal: 2^-14 and more
		bits -= 112 << 23
		return sign | uint16((bits+0xfff+bits>>13&1)>>13)
	}
	// Subnormal: adding 0.5 aligns the mantissa to units of 2^-24 and lets the
	// processor round.
	return sign | uint16(math.Float32bits(math.Float32frombits(bits)+0.5)-math.Float32bits(0.5))
}

// To returns the value of a binary16, exactly.
func To(h uint16) float32 {
	sign := uint32(h&0x8000) << 16
	exponent, mantissa := uint32(h>>10&31), uint32(h&0x3ff)
	switch exponent {
	case 0:
		value := float32(mantissa) / (1 << 24)
		return math.Float32frombits(math.Float32bits(value) | sign)
	case 31:
		return math.Float32frombits(sign | 0x7f800000 | mantissa<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | mantissa<<13)
}

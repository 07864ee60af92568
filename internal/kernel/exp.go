package kernel

import "math"

// Exp computes e^x for each value, x at most 88; dst may be x. What lies below
// -87 becomes e^-87, next to nothing. The error is at most 2 units in the last
// place. Every operation is rounded by itself, so that all variants give the same
// bits.
func Exp(dst, x []float32) {
	if len(dst) != len(x) {
		panic(ErrLength)
	}
	done := expVectors(dst, x)
	expPortable(dst[done:], x[done:])
}

// Exp's constants: e^x = 2^k * e^r with k the integer next to x/ln2 and r the
// rest, |r| at most ln2/2. ln2 is split in two, the larger part having so few
// bits that its product with k is exact (Cody & Waite 1980); e^r is a polynomial
// (Moshier's Cephes library, expf).
const (
	expLowest = -87
	log2E     = 1.44269504088896341
	ln2High   = 0.693359375
	ln2Low    = -2.12194440e-4
	rounding  = 3 << 22 // added and subtracted, it rounds to an integer
)

// expPolynomial holds the coefficients of r² to r⁷.
var expPolynomial = [6]float32{5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3, 1.9875691500e-4}

func expPortable(dst, x []float32) {
	p := &expPolynomial
	dst = dst[:len(x)]
	for i, v := range x {
		v = max(v, expLowest)
		k := float32(v*log2E) + rounding - rounding
		r := v - float32(k*ln2High) - float32(k*ln2Low)
		e := float32(p[5]*r) + p[4]
		e = float32(e*r) + p[3]
		e = float32(e*r) + p[2]
		e = float32(e*r) + p[1]
		e = float32(e*r) + p[0]
		e = float32(e*float32(r*r)) + r + 1
		dst[i] = e * math.Float32frombits(uint32(int32(k)+127)<<23)
	}
}

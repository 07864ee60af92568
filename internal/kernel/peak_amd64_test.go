package kernel

import "github.com/seed-c844a918/inkling/internal/variant"

// peak runs n rounds of multiply-adds in registers and returns the operations
// it did.
func peak(n int) float64 {
	switch variant.Active {
	case variant.AVX512:
		peakAVX512(n)
		return float64(n) * 12 * 16 * 2
	case variant.AVX2:
		peakAVX2(n)
		return float64(n) * 12 * 8 * 2
	}
	return peakPortable(n)
}

//go:build !amd64

package variant

// Best returns portable, as there is no assembly for this CPU.
func Best() Variant { return Portable }

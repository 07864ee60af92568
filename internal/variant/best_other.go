//go:build !amd64 && !js

package variant

// Best returns portable, as there is no assembly for this CPU.
func Best() Variant { return Portable }

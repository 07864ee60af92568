//go:build !amd64 && !js

package kernel

// best returns portable, as there is no assembly for this CPU.
func best() variant { return portable }

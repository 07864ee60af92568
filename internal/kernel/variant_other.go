//go:build !amd64 && !js

package kernel

// best is portable: there is no assembly for this CPU.
func best() variant { return portable }

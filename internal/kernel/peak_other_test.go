//go:build !amd64

package kernel

func peak(n int) float64 { return peakPortable(n) }

package variant

import "golang.org/x/sys/cpu"

// Best returns the greatest variant that CPU and system support.
func Best() Variant {
	x := &cpu.X86
	switch {
	case !(x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasBMI2 && x.HasPOPCNT):
		return Portable
	case !(x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512VBMI2):
		return AVX2
	}
	return AVX512
}

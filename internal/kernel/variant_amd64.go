package kernel

import "golang.org/x/sys/cpu"

// best returns the greatest variant that CPU and system support.
func best() variant {
	x := &cpu.X86
	switch {
	case !(x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasBMI2 && x.HasPOPCNT):
		return portable
	case !(x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512VBMI2):
		return avx2
	}
	return avx512
}

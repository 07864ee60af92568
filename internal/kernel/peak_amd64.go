package kernel

// peakAVX2 runs n rounds of twelve fused multiply-adds of eight values each.
func peakAVX2(n int)

// peakAVX512 runs n rounds of twelve fused multiply-adds of sixteen values each.
func peakAVX512(n int)

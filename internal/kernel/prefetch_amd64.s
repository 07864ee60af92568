#include "textflag.h"

// func prefetchBytes(p *uint8, n int)
//
// n is at least 1.
TEXT ·prefetchBytes(SB), NOSPLIT, $0-16
	MOVQ p+0(FP), SI
	MOVQ n+8(FP), DX
	ADDQ SI, DX
again:
	PREFETCHT0 (SI)
	ADDQ $64, SI
	CMPQ SI, DX
	JLT again
	RET

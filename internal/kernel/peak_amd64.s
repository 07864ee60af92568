#include "textflag.h"

// Loops of independent fused multiply-adds, what no kernel can exceed.

#define FMA6(a, b, c, d, e, f, x) \
	VFMADD231PS x, x, a; \
	VFMADD231PS x, x, b; \
	VFMADD231PS x, x, c; \
	VFMADD231PS x, x, d; \
	VFMADD231PS x, x, e; \
	VFMADD231PS x, x, f

// func peakAVX2(n int)
TEXT ·peakAVX2(SB), NOSPLIT, $0-8
	MOVQ n+0(FP), CX
	VZEROALL
again:
	FMA6(Y0, Y1, Y2, Y3, Y4, Y5, Y15)
	FMA6(Y6, Y7, Y8, Y9, Y10, Y11, Y15)
	DECQ CX
	JNZ again
	VZEROUPPER
	RET

// func peakAVX512(n int)
TEXT ·peakAVX512(SB), NOSPLIT, $0-8
	MOVQ n+0(FP), CX
	VZEROALL
again:
	FMA6(Z0, Z1, Z2, Z3, Z4, Z5, Z15)
	FMA6(Z6, Z7, Z8, Z9, Z10, Z11, Z15)
	DECQ CX
	JNZ again
	VZEROUPPER
	RET

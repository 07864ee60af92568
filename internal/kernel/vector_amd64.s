#include "textflag.h"

// Loops over whole vectors: n is a multiple of 8 (AVX2) or 16 (AVX-512), CX runs
// over bytes.

// func axpyAVX2(dst, src *float32, n int, x float32)
TEXT ·axpyAVX2(SB), NOSPLIT, $0-28
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), DX
	VBROADCASTSS x+24(FP), Y0
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	VMOVUPS (DI)(CX*1), Y1
	VFMADD231PS (SI)(CX*1), Y0, Y1
	VMOVUPS Y1, (DI)(CX*1)
	ADDQ $32, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

// func axpyAVX512(dst, src *float32, n int, x float32)
TEXT ·axpyAVX512(SB), NOSPLIT, $0-28
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), DX
	VBROADCASTSS x+24(FP), Z0
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	VMOVUPS (DI)(CX*1), Z1
	VFMADD231PS (SI)(CX*1), Z0, Z1
	VMOVUPS Z1, (DI)(CX*1)
	ADDQ $64, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

// func reluAVX2(y, x *float32, n int)
//
// x is VMAXPS's second source, which it returns for NaN.
TEXT ·reluAVX2(SB), NOSPLIT, $0-24
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), DX
	VXORPS Y0, Y0, Y0
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	VMAXPS (SI)(CX*1), Y0, Y1
	VMOVUPS Y1, (DI)(CX*1)
	ADDQ $32, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

// func reluGradientAVX2(dx, dy, y *float32, n int)
//
// Comparison 30 is "greater, not signalling": false for NaN.
TEXT ·reluGradientAVX2(SB), NOSPLIT, $0-32
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ y+16(FP), BX
	MOVQ n+24(FP), DX
	VXORPS Y0, Y0, Y0
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	VMOVUPS (BX)(CX*1), Y1
	VCMPPS $30, Y0, Y1, Y1
	VANDPS (SI)(CX*1), Y1, Y1
	VMOVUPS Y1, (DI)(CX*1)
	ADDQ $32, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

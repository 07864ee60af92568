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

// The sum of the eight values of y (whose low half is x), t being free.
#define TOTAL(y, x, t) \
	VEXTRACTF128 $1, y, t; \
	VADDPS t, x, x; \
	VMOVHLPS x, x, t; \
	VADDPS t, x, x; \
	VMOVSHDUP x, t; \
	VADDSS t, x, x

// func dotAVX2(a, b *float32, n int) float32
TEXT ·dotAVX2(SB), NOSPLIT, $0-28
	MOVQ a+0(FP), DI
	MOVQ b+8(FP), SI
	MOVQ n+16(FP), DX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	XORQ CX, CX
	SHLQ $2, DX
	SUBQ $96, DX
	JMP test4
four:
	VMOVUPS (DI)(CX*1), Y4
	VMOVUPS 32(DI)(CX*1), Y5
	VMOVUPS 64(DI)(CX*1), Y6
	VMOVUPS 96(DI)(CX*1), Y7
	VFMADD231PS (SI)(CX*1), Y4, Y0
	VFMADD231PS 32(SI)(CX*1), Y5, Y1
	VFMADD231PS 64(SI)(CX*1), Y6, Y2
	VFMADD231PS 96(SI)(CX*1), Y7, Y3
	ADDQ $128, CX
test4:
	CMPQ CX, DX
	JLT four
	ADDQ $96, DX
	JMP test
one:
	VMOVUPS (DI)(CX*1), Y4
	VFMADD231PS (SI)(CX*1), Y4, Y0
	ADDQ $32, CX
test:
	CMPQ CX, DX
	JLT one
	VADDPS Y1, Y0, Y0
	VADDPS Y3, Y2, Y2
	VADDPS Y2, Y0, Y0
	TOTAL(Y0, X0, X1)
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func dotAVX512(a, b *float32, n int) float32
TEXT ·dotAVX512(SB), NOSPLIT, $0-28
	MOVQ a+0(FP), DI
	MOVQ b+8(FP), SI
	MOVQ n+16(FP), DX
	VXORPS X0, X0, X0
	VXORPS X1, X1, X1
	VXORPS X2, X2, X2
	VXORPS X3, X3, X3
	XORQ CX, CX
	SHLQ $2, DX
	SUBQ $192, DX
	JMP test4
four:
	VMOVUPS (DI)(CX*1), Z4
	VMOVUPS 64(DI)(CX*1), Z5
	VMOVUPS 128(DI)(CX*1), Z6
	VMOVUPS 192(DI)(CX*1), Z7
	VFMADD231PS (SI)(CX*1), Z4, Z0
	VFMADD231PS 64(SI)(CX*1), Z5, Z1
	VFMADD231PS 128(SI)(CX*1), Z6, Z2
	VFMADD231PS 192(SI)(CX*1), Z7, Z3
	ADDQ $256, CX
test4:
	CMPQ CX, DX
	JLT four
	ADDQ $192, DX
	JMP test
one:
	VMOVUPS (DI)(CX*1), Z4
	VFMADD231PS (SI)(CX*1), Z4, Z0
	ADDQ $64, CX
test:
	CMPQ CX, DX
	JLT one
	VADDPS Z1, Z0, Z0
	VADDPS Z3, Z2, Z2
	VADDPS Z2, Z0, Z0
	VEXTRACTF32X8 $1, Z0, Y1
	VADDPS Y1, Y0, Y0
	TOTAL(Y0, X0, X1)
	VMOVSS X0, ret+24(FP)
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

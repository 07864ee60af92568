#include "textflag.h"

// The transformations of F(2x2, 3x3), see type Winograd. Each body is written once, for
// vectors of 8 values (AVX2) and of 16 (AVX-512). A picture's tile is 4x4 pixels (input)
// or 2x2 (output) that begin at SI or DI; a plane holds one of its 16 transformed values
// for all tiles. Planes are R8 bytes apart: four of them lie at R11, by R8 and R10 = 3*R8.
//
//	R9 bytes of a pixel   R12 3*R9 (input)   AX, BX, DX the tile's other rows
//	CX bytes of a pixel left   R13 tiles left

// Four planes of one row of B^T d B, whose columns before are t0-t3; h is free.
#define ACROSS(t0, t1, t2, t3, h) \
	VSUBPS t2, t0, t0; \
	VMOVUPS t0, (R11); \
	VADDPS t2, t1, h; \
	VMOVUPS h, (R11)(R8*1); \
	VSUBPS t1, t2, h; \
	VMOVUPS h, (R11)(R8*2); \
	VSUBPS t3, t1, t1; \
	VMOVUPS t1, (R11)(R10*1); \
	LEAQ (R11)(R8*4), R11

// One row of the tile's pixels, and another added to it or subtracted.
#define ROW(row, t0, t1, t2, t3) \
	VMOVUPS (row), t0; \
	VMOVUPS (row)(R9*1), t1; \
	VMOVUPS (row)(R9*2), t2; \
	VMOVUPS (row)(R12*1), t3
#define COMBINE(op, row, t0, t1, t2, t3) \
	op (row), t0, t0; \
	op (row)(R9*1), t1, t1; \
	op (row)(R9*2), t2, t2; \
	op (row)(R12*1), t3, t3

#define INPUT(t0, t1, t2, t3, h, bytes) \
	SHLQ $2, R9; \
	LEAQ (R9)(R9*2), R12; \
	LEAQ (R8)(R8*2), R10; \
tile: \
	MOVQ R9, CX; \
	LEAQ (SI)(R15*1), AX; \
	LEAQ (SI)(R15*2), BX; \
	LEAQ (AX)(R15*2), DX; \
again: \
	MOVQ DI, R11; \
	ROW(SI, t0, t1, t2, t3); \
	COMBINE(VSUBPS, BX, t0, t1, t2, t3); \
	ACROSS(t0, t1, t2, t3, h); \
	ROW(AX, t0, t1, t2, t3); \
	COMBINE(VADDPS, BX, t0, t1, t2, t3); \
	ACROSS(t0, t1, t2, t3, h); \
	ROW(BX, t0, t1, t2, t3); \
	COMBINE(VSUBPS, AX, t0, t1, t2, t3); \
	ACROSS(t0, t1, t2, t3, h); \
	ROW(AX, t0, t1, t2, t3); \
	COMBINE(VSUBPS, DX, t0, t1, t2, t3); \
	ACROSS(t0, t1, t2, t3, h); \
	ADDQ $bytes, SI; \
	ADDQ $bytes, AX; \
	ADDQ $bytes, BX; \
	ADDQ $bytes, DX; \
	ADDQ $bytes, DI; \
	SUBQ $bytes, CX; \
	JNZ again; \
	ADDQ R9, SI; \
	DECQ R13; \
	JNZ tile; \
	VZEROUPPER; \
	RET

// func winogradInputAVX2(v, x *float32, tiles, channels, rowBytes, planeBytes int)
//
// v = B^T x B of a row of tiles.
TEXT ·winogradInputAVX2(SB), NOSPLIT, $0-48
	MOVQ v+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ channels+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	INPUT(Y0, Y1, Y2, Y3, Y4, 32)

// func winogradInputXMM(v, x *float32, tiles, channels, rowBytes, planeBytes int)
TEXT ·winogradInputXMM(SB), NOSPLIT, $0-48
	MOVQ v+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ channels+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	INPUT(X0, X1, X2, X3, X4, 16)

// func winogradInputAVX512(v, x *float32, tiles, channels, rowBytes, planeBytes int)
TEXT ·winogradInputAVX512(SB), NOSPLIT, $0-48
	MOVQ v+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ channels+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	INPUT(Z0, Z1, Z2, Z3, Z4, 64)

// Four planes at R11.
#define PLANES(t0, t1, t2, t3) \
	VMOVUPS (R11), t0; \
	VMOVUPS (R11)(R8*1), t1; \
	VMOVUPS (R11)(R8*2), t2; \
	VMOVUPS (R11)(R10*1), t3
#define COMBINEPLANES(op, t0, t1, t2, t3) \
	op (R11), t0, t0; \
	op (R11)(R8*1), t1, t1; \
	op (R11)(R8*2), t2, t2; \
	op (R11)(R10*1), t3, t3

// One row of y from the columns t0-t3: bias Z5 and floor Z6 or Y5, Y6.
#define ACROSSOUT(to, t0, t1, t2, t3, bias, floor) \
	VADDPS t1, t0, t0; \
	VADDPS t2, t0, t0; \
	VADDPS bias, t0, t0; \
	VMAXPS t0, floor, t0; \
	VMOVUPS t0, (to); \
	VSUBPS t2, t1, t1; \
	VSUBPS t3, t1, t1; \
	VADDPS bias, t1, t1; \
	VMAXPS t1, floor, t1; \
	VMOVUPS t1, (to)(R9*1)

#define OUTPUT(t0, t1, t2, t3, bias, floor, bytes) \
	SHLQ $2, R9; \
	LEAQ (R8)(R8*2), R10; \
tile: \
	MOVQ R12, DX; \
	MOVQ R9, CX; \
	LEAQ (DI)(R15*1), AX; \
again: \
	VMOVUPS (DX), bias; \
	MOVQ SI, R11; \
	PLANES(t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	ACROSSOUT(DI, t0, t1, t2, t3, bias, floor); \
	LEAQ (SI)(R8*4), R11; \
	PLANES(t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VSUBPS, t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VSUBPS, t0, t1, t2, t3); \
	ACROSSOUT(AX, t0, t1, t2, t3, bias, floor); \
	ADDQ $bytes, SI; \
	ADDQ $bytes, DI; \
	ADDQ $bytes, AX; \
	ADDQ $bytes, DX; \
	SUBQ $bytes, CX; \
	JNZ again; \
	ADDQ R9, DI; \
	DECQ R13; \
	JNZ tile; \
	VZEROUPPER; \
	RET

// func winogradOutputAVX2(y, m, bias *float32, tiles, filters, rowBytes, planeBytes int, floor float32)
//
// y = max(A^T m A + bias, floor) of a row of tiles; the sum is VMAXPS's second source,
// which it returns for NaN.
TEXT ·winogradOutputAVX2(SB), NOSPLIT, $0-60
	MOVQ y+0(FP), DI
	MOVQ m+8(FP), SI
	MOVQ bias+16(FP), R12
	MOVQ tiles+24(FP), R13
	MOVQ filters+32(FP), R9
	MOVQ rowBytes+40(FP), R15
	MOVQ planeBytes+48(FP), R8
	VBROADCASTSS floor+56(FP), Y6
	OUTPUT(Y0, Y1, Y2, Y3, Y5, Y6, 32)

// func winogradOutputXMM(y, m, bias *float32, tiles, filters, rowBytes, planeBytes int, floor float32)
TEXT ·winogradOutputXMM(SB), NOSPLIT, $0-60
	MOVQ y+0(FP), DI
	MOVQ m+8(FP), SI
	MOVQ bias+16(FP), R12
	MOVQ tiles+24(FP), R13
	MOVQ filters+32(FP), R9
	MOVQ rowBytes+40(FP), R15
	MOVQ planeBytes+48(FP), R8
	VBROADCASTSS floor+56(FP), X6
	OUTPUT(X0, X1, X2, X3, X5, X6, 16)

// func winogradOutputAVX512(y, m, bias *float32, tiles, filters, rowBytes, planeBytes int, floor float32)
TEXT ·winogradOutputAVX512(SB), NOSPLIT, $0-60
	MOVQ y+0(FP), DI
	MOVQ m+8(FP), SI
	MOVQ bias+16(FP), R12
	MOVQ tiles+24(FP), R13
	MOVQ filters+32(FP), R9
	MOVQ rowBytes+40(FP), R15
	MOVQ planeBytes+48(FP), R8
	VBROADCASTSS floor+56(FP), Z6
	OUTPUT(Z0, Z1, Z2, Z3, Z5, Z6, 64)

// Four planes from two columns of A dy; zero holds zeros, h is free.
#define ACROSSGRADIENT(t0, t1, zero, h) \
	VMOVUPS t0, (R11); \
	VADDPS t1, t0, h; \
	VMOVUPS h, (R11)(R8*1); \
	VSUBPS t1, t0, h; \
	VMOVUPS h, (R11)(R8*2); \
	VSUBPS t1, zero, h; \
	VMOVUPS h, (R11)(R10*1); \
	LEAQ (R11)(R8*4), R11

#define GRADIENT(d00, d01, d10, d11, t0, t1, zero, h, bytes) \
	SHLQ $2, R9; \
	LEAQ (R8)(R8*2), R10; \
	VXORPS X6, X6, X6; \
tile: \
	MOVQ R9, CX; \
	LEAQ (SI)(R15*1), AX; \
again: \
	MOVQ DI, R11; \
	VMOVUPS (SI), d00; \
	VMOVUPS (SI)(R9*1), d01; \
	VMOVUPS (AX), d10; \
	VMOVUPS (AX)(R9*1), d11; \
	ACROSSGRADIENT(d00, d01, zero, h); \
	VADDPS d10, d00, t0; \
	VADDPS d11, d01, t1; \
	ACROSSGRADIENT(t0, t1, zero, h); \
	VSUBPS d10, d00, t0; \
	VSUBPS d11, d01, t1; \
	ACROSSGRADIENT(t0, t1, zero, h); \
	VSUBPS d10, zero, t0; \
	VSUBPS d11, zero, t1; \
	ACROSSGRADIENT(t0, t1, zero, h); \
	ADDQ $bytes, SI; \
	ADDQ $bytes, AX; \
	ADDQ $bytes, DI; \
	SUBQ $bytes, CX; \
	JNZ again; \
	ADDQ R9, SI; \
	DECQ R13; \
	JNZ tile; \
	VZEROUPPER; \
	RET

// func winogradGradientAVX2(m, dy *float32, tiles, filters, rowBytes, planeBytes int)
//
// m = A dy A^T of a row of tiles.
TEXT ·winogradGradientAVX2(SB), NOSPLIT, $0-48
	MOVQ m+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ filters+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	GRADIENT(Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, 32)

// func winogradGradientXMM(m, dy *float32, tiles, filters, rowBytes, planeBytes int)
TEXT ·winogradGradientXMM(SB), NOSPLIT, $0-48
	MOVQ m+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ filters+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	GRADIENT(X0, X1, X2, X3, X4, X5, X6, X7, 16)

// func winogradGradientAVX512(m, dy *float32, tiles, filters, rowBytes, planeBytes int)
TEXT ·winogradGradientAVX512(SB), NOSPLIT, $0-48
	MOVQ m+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ filters+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	GRADIENT(Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, 64)

// Adds one row of B v B^T, whose columns before are t0-t3, to the pixels at row.
#define ACROSSSPREAD(row, t0, t1, t2, t3, h) \
	VADDPS (row), t0, h; \
	VMOVUPS h, (row); \
	VSUBPS t2, t1, h; \
	VADDPS t3, h, h; \
	VADDPS (row)(R9*1), h, h; \
	VMOVUPS h, (row)(R9*1); \
	VADDPS t1, t2, h; \
	VSUBPS t0, h, h; \
	VADDPS (row)(R9*2), h, h; \
	VMOVUPS h, (row)(R9*2); \
	VMOVUPS (row)(R12*1), h; \
	VSUBPS t3, h, h; \
	VMOVUPS h, (row)(R12*1)

#define SPREAD(t0, t1, t2, t3, h, zero, bytes) \
	SHLQ $2, R9; \
	LEAQ (R9)(R9*2), R12; \
	LEAQ (R8)(R8*2), R10; \
	VXORPS X6, X6, X6; \
tile: \
	MOVQ R9, CX; \
	LEAQ (DI)(R15*1), AX; \
	LEAQ (DI)(R15*2), BX; \
	LEAQ (AX)(R15*2), DX; \
again: \
	MOVQ SI, R11; \
	PLANES(t0, t1, t2, t3); \
	ACROSSSPREAD(DI, t0, t1, t2, t3, h); \
	LEAQ (SI)(R8*4), R11; \
	PLANES(t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VSUBPS, t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	ACROSSSPREAD(AX, t0, t1, t2, t3, h); \
	LEAQ (SI)(R8*4), R11; \
	PLANES(t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	MOVQ SI, R11; \
	COMBINEPLANES(VSUBPS, t0, t1, t2, t3); \
	ACROSSSPREAD(BX, t0, t1, t2, t3, h); \
	LEAQ (SI)(R10*4), R11; \
	VMOVAPS zero, t0; \
	VMOVAPS zero, t1; \
	VMOVAPS zero, t2; \
	VMOVAPS zero, t3; \
	COMBINEPLANES(VSUBPS, t0, t1, t2, t3); \
	ACROSSSPREAD(DX, t0, t1, t2, t3, h); \
	ADDQ $bytes, SI; \
	ADDQ $bytes, DI; \
	ADDQ $bytes, AX; \
	ADDQ $bytes, BX; \
	ADDQ $bytes, DX; \
	SUBQ $bytes, CX; \
	JNZ again; \
	ADDQ R9, DI; \
	DECQ R13; \
	JNZ tile; \
	VZEROUPPER; \
	RET

// func winogradSpreadAVX2(dx, v *float32, tiles, channels, rowBytes, planeBytes int)
//
// dx += B v B^T of a row of tiles, which overlap.
TEXT ·winogradSpreadAVX2(SB), NOSPLIT, $0-48
	MOVQ dx+0(FP), DI
	MOVQ v+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ channels+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	SPREAD(Y0, Y1, Y2, Y3, Y4, Y6, 32)

// func winogradSpreadXMM(dx, v *float32, tiles, channels, rowBytes, planeBytes int)
TEXT ·winogradSpreadXMM(SB), NOSPLIT, $0-48
	MOVQ dx+0(FP), DI
	MOVQ v+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ channels+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	SPREAD(X0, X1, X2, X3, X4, X6, 16)

// func winogradSpreadAVX512(dx, v *float32, tiles, channels, rowBytes, planeBytes int)
TEXT ·winogradSpreadAVX512(SB), NOSPLIT, $0-48
	MOVQ dx+0(FP), DI
	MOVQ v+8(FP), SI
	MOVQ tiles+16(FP), R13
	MOVQ channels+24(FP), R9
	MOVQ rowBytes+32(FP), R15
	MOVQ planeBytes+40(FP), R8
	SPREAD(Z0, Z1, Z2, Z3, Z4, Z6, 64)

// A row of the kernel, its three columns at SI, R9 apart.
#define TAPS(t0, t1, t2) \
	VMOVUPS (SI), t0; \
	VMOVUPS (SI)(R9*1), t1; \
	VMOVUPS (SI)(R9*2), t2
#define COMBINETAPS(op, t0, t1, t2) \
	op (SI), t0, t0; \
	op (SI)(R9*1), t1, t1; \
	op (SI)(R9*2), t2, t2

// Four planes of one row of G w G^T, whose columns before are t0-t2.
#define ACROSSTAPS(t0, t1, t2, h, k, half) \
	VMOVUPS t0, (R11); \
	VADDPS t2, t0, h; \
	VADDPS t1, h, k; \
	VMULPS half, k, k; \
	VMOVUPS k, (R11)(R8*1); \
	VSUBPS t1, h, k; \
	VMULPS half, k, k; \
	VMOVUPS k, (R11)(R8*2); \
	VMOVUPS t2, (R11)(R10*1); \
	LEAQ (R11)(R8*4), R11

#define SCALETAPS(t0, t1, t2, half) \
	VMULPS half, t0, t0; \
	VMULPS half, t1, t1; \
	VMULPS half, t2, t2

#define TAPSOF(t0, t1, t2, h, k, half, bytes) \
	MOVQ CX, R9; \
	SHLQ $2, R9; \
	LEAQ (R9)(R9*2), R12; \
	LEAQ (R8)(R8*2), R10; \
	MOVL $0x3f000000, AX; \
	VMOVD AX, X7; \
	VBROADCASTSS X7, half; \
	MOVQ R9, CX; \
again: \
	MOVQ DI, R11; \
	MOVQ SI, DX; \
	TAPS(t0, t1, t2); \
	ACROSSTAPS(t0, t1, t2, h, k, half); \
	TAPS(t0, t1, t2); \
	ADDQ R12, SI; \
	COMBINETAPS(VADDPS, t0, t1, t2); \
	ADDQ R12, SI; \
	COMBINETAPS(VADDPS, t0, t1, t2); \
	SCALETAPS(t0, t1, t2, half); \
	ACROSSTAPS(t0, t1, t2, h, k, half); \
	MOVQ DX, SI; \
	TAPS(t0, t1, t2); \
	ADDQ R12, SI; \
	COMBINETAPS(VSUBPS, t0, t1, t2); \
	ADDQ R12, SI; \
	COMBINETAPS(VADDPS, t0, t1, t2); \
	SCALETAPS(t0, t1, t2, half); \
	ACROSSTAPS(t0, t1, t2, h, k, half); \
	TAPS(t0, t1, t2); \
	ACROSSTAPS(t0, t1, t2, h, k, half); \
	MOVQ DX, SI; \
	ADDQ $bytes, SI; \
	ADDQ $bytes, DI; \
	SUBQ $bytes, CX; \
	JNZ again; \
	VZEROUPPER; \
	RET

// func winogradWeightsAVX2(u, w *float32, n, planeBytes int)
//
// u = G w G^T for n pairs of channel and filter, the nine values of w n apart.
TEXT ·winogradWeightsAVX2(SB), NOSPLIT, $0-32
	MOVQ u+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ planeBytes+24(FP), R8
	TAPSOF(Y0, Y1, Y2, Y3, Y4, Y7, 32)

// func winogradWeightsAVX512(u, w *float32, n, planeBytes int)
TEXT ·winogradWeightsAVX512(SB), NOSPLIT, $0-32
	MOVQ u+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ planeBytes+24(FP), R8
	TAPSOF(Z0, Z1, Z2, Z3, Z4, Z7, 64)

// Adds one row of G^T u G, whose columns before are t0-t3, to w at DI.
#define ACROSSWEIGHTS(t0, t1, t2, t3, h, k, half) \
	VADDPS t2, t1, h; \
	VMULPS half, h, h; \
	VADDPS h, t0, t0; \
	VADDPS (DI), t0, t0; \
	VMOVUPS t0, (DI); \
	VSUBPS t2, t1, k; \
	VMULPS half, k, k; \
	VADDPS (DI)(R9*1), k, k; \
	VMOVUPS k, (DI)(R9*1); \
	VADDPS t3, h, h; \
	VADDPS (DI)(R9*2), h, h; \
	VMOVUPS h, (DI)(R9*2)

#define SCALEPLANES(t0, t1, t2, t3, half) \
	SCALETAPS(t0, t1, t2, half); \
	VMULPS half, t3, t3

#define WEIGHTS(t0, t1, t2, t3, h, k, half, bytes) \
	MOVQ CX, R9; \
	SHLQ $2, R9; \
	LEAQ (R9)(R9*2), R12; \
	LEAQ (R8)(R8*2), R10; \
	MOVL $0x3f000000, AX; \
	VMOVD AX, X7; \
	VBROADCASTSS X7, half; \
	MOVQ R9, CX; \
again: \
	MOVQ DI, DX; \
	LEAQ (SI)(R8*4), R11; \
	PLANES(t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	SCALEPLANES(t0, t1, t2, t3, half); \
	MOVQ SI, R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	ACROSSWEIGHTS(t0, t1, t2, t3, h, k, half); \
	ADDQ R12, DI; \
	LEAQ (SI)(R8*4), R11; \
	PLANES(t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VSUBPS, t0, t1, t2, t3); \
	SCALEPLANES(t0, t1, t2, t3, half); \
	ACROSSWEIGHTS(t0, t1, t2, t3, h, k, half); \
	ADDQ R12, DI; \
	LEAQ (SI)(R8*4), R11; \
	PLANES(t0, t1, t2, t3); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	SCALEPLANES(t0, t1, t2, t3, half); \
	LEAQ (R11)(R8*4), R11; \
	COMBINEPLANES(VADDPS, t0, t1, t2, t3); \
	ACROSSWEIGHTS(t0, t1, t2, t3, h, k, half); \
	MOVQ DX, DI; \
	ADDQ $bytes, SI; \
	ADDQ $bytes, DI; \
	SUBQ $bytes, CX; \
	JNZ again; \
	VZEROUPPER; \
	RET

// func winogradWeightGradientAVX2(dw, u *float32, n, planeBytes int)
//
// dw += G^T u G, the reverse of winogradWeightsAVX2.
TEXT ·winogradWeightGradientAVX2(SB), NOSPLIT, $0-32
	MOVQ dw+0(FP), DI
	MOVQ u+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ planeBytes+24(FP), R8
	WEIGHTS(Y0, Y1, Y2, Y3, Y4, Y5, Y7, 32)

// func winogradWeightGradientAVX512(dw, u *float32, n, planeBytes int)
TEXT ·winogradWeightGradientAVX512(SB), NOSPLIT, $0-32
	MOVQ dw+0(FP), DI
	MOVQ u+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ planeBytes+24(FP), R8
	WEIGHTS(Z0, Z1, Z2, Z3, Z4, Z5, Z7, 64)

#include "textflag.h"

// Loops over pictures whose channels, a multiple of 4, are neighbours. Each body is written
// once, for vectors of 4 values (XMM), of 8 (AVX2) and, but for those that compare, of 16
// (AVX512); those are in picture_avx512_amd64.s.

// Rows of 2x2 max pooling: each of the pixels of y is the largest of two
// neighbours in the row of x and of the two below.
//
//	DI y   SI x   AX the row below   CX channels left   R8 pixels left   DX rows left
//	R9 bytes of a pixel   R10, R11 the pixel beside, in the row and below
//	R12 pixels   R13 bytes from the end of a row's windows to the next row of them
#define POOL(v0, v1, bytes) \
	SHLQ $2, R9; \
	ADDQ SI, AX; \
row: \
	MOVQ R12, R8; \
pixel: \
	MOVQ R9, CX; \
	LEAQ (SI)(R9*1), R10; \
	LEAQ (AX)(R9*1), R11; \
again: \
	VMOVUPS (SI), v0; \
	VMAXPS (R10), v0, v0; \
	VMOVUPS (AX), v1; \
	VMAXPS (R11), v1, v1; \
	VMAXPS v1, v0, v0; \
	VMOVUPS v0, (DI); \
	ADDQ $bytes, SI; \
	ADDQ $bytes, AX; \
	ADDQ $bytes, R10; \
	ADDQ $bytes, R11; \
	ADDQ $bytes, DI; \
	SUBQ $bytes, CX; \
	JNZ again; \
	MOVQ R10, SI; \
	MOVQ R11, AX; \
	DECQ R8; \
	JNZ pixel; \
	ADDQ R13, SI; \
	ADDQ R13, AX; \
	DECQ DX; \
	JNZ row; \
	VZEROUPPER; \
	RET

// func poolXMM(y, x *float32, rows, pixels, channels, rowBytes, skip int)
TEXT ·poolXMM(SB), NOSPLIT, $0-56
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ rows+16(FP), DX
	MOVQ pixels+24(FP), R12
	MOVQ channels+32(FP), R9
	MOVQ rowBytes+40(FP), AX
	MOVQ skip+48(FP), R13
	POOL(X0, X1, 16)

// func poolAVX2(y, x *float32, rows, pixels, channels, rowBytes, skip int)
TEXT ·poolAVX2(SB), NOSPLIT, $0-56
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ rows+16(FP), DX
	MOVQ pixels+24(FP), R12
	MOVQ channels+32(FP), R9
	MOVQ rowBytes+40(FP), AX
	MOVQ skip+48(FP), R13
	POOL(Y0, Y1, 32)

// func poolAVX512(y, x *float32, rows, pixels, channels, rowBytes, skip int)
TEXT ·poolAVX512(SB), NOSPLIT, $0-56
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ rows+16(FP), DX
	MOVQ pixels+24(FP), R12
	MOVQ channels+32(FP), R9
	MOVQ rowBytes+40(FP), AX
	MOVQ skip+48(FP), R13
	POOL(Z0, Z1, 64)

// Gives what is left of the gradient v1 to the place of x at which y (v0) stands.
#define GIVE(v0, v1, v2, v3, x, dx) \
	VCMPPS $0, x, v0, v2; \
	VANDPS v1, v2, v3; \
	VANDNPS v1, v2, v1; \
	VMOVUPS v3, dx

// The gradient of rows of POOL: dx has dy where x is the first largest of
// its window and above floor, 0 elsewhere. Comparison 30 is "greater, not signalling".
//
//	DI dx   BX the row below   SI x   AX the row below   DX dy   R12 y
//	CX channels left   R8 pixels left   R9 bytes of a pixel   R10 pixels   R11 rows left
//	R13 as POOL's
#define POOLGRADIENT(v0, v1, v2, v3, v4, bytes) \
	SHLQ $2, R9; \
	LEAQ (DI)(AX*1), BX; \
	ADDQ SI, AX; \
row: \
	MOVQ R10, R8; \
pixel: \
	MOVQ R9, CX; \
again: \
	VMOVUPS (R12), v0; \
	VCMPPS $30, v4, v0, v1; \
	VANDPS (DX), v1, v1; \
	GIVE(v0, v1, v2, v3, (SI), (DI)); \
	GIVE(v0, v1, v2, v3, (SI)(R9*1), (DI)(R9*1)); \
	GIVE(v0, v1, v2, v3, (AX), (BX)); \
	GIVE(v0, v1, v2, v3, (AX)(R9*1), (BX)(R9*1)); \
	ADDQ $bytes, R12; \
	ADDQ $bytes, DX; \
	ADDQ $bytes, SI; \
	ADDQ $bytes, DI; \
	ADDQ $bytes, AX; \
	ADDQ $bytes, BX; \
	SUBQ $bytes, CX; \
	JNZ again; \
	ADDQ R9, SI; \
	ADDQ R9, DI; \
	ADDQ R9, AX; \
	ADDQ R9, BX; \
	DECQ R8; \
	JNZ pixel; \
	ADDQ R13, SI; \
	ADDQ R13, DI; \
	ADDQ R13, AX; \
	ADDQ R13, BX; \
	DECQ R11; \
	JNZ row; \
	VZEROUPPER; \
	RET

// func poolGradientXMM(dx, dy, x, y *float32, rows, pixels, channels, rowBytes, skip int, floor float32)
TEXT ·poolGradientXMM(SB), NOSPLIT, $0-76
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ rows+32(FP), R11
	MOVQ pixels+40(FP), R10
	MOVQ channels+48(FP), R9
	MOVQ rowBytes+56(FP), AX
	MOVQ skip+64(FP), R13
	VBROADCASTSS floor+72(FP), X4
	POOLGRADIENT(X0, X1, X2, X3, X4, 16)

// func poolGradientAVX2(dx, dy, x, y *float32, rows, pixels, channels, rowBytes, skip int, floor float32)
TEXT ·poolGradientAVX2(SB), NOSPLIT, $0-76
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ rows+32(FP), R11
	MOVQ pixels+40(FP), R10
	MOVQ channels+48(FP), R9
	MOVQ rowBytes+56(FP), AX
	MOVQ skip+64(FP), R13
	VBROADCASTSS floor+72(FP), Y4
	POOLGRADIENT(Y0, Y1, Y2, Y3, Y4, 32)

// One row's part of the sums s and the products p.
#define ADDROW(at, row, s, p) \
	VMOVUPS (SI)(at), row; \
	VADDPS row, s, s; \
	VFMADD231PS (DX)(at), row, p

// Adds up a vector of channels at a time down the rows, each fourth row in sums of its own: one
// sum alone would wait for its last addition at every row.
//
//	DI sum   BX products   SI x   DX y, at AX, R11, R13, R15 of four rows
//	R9, R12 bytes of a row, of three   R8 rows   CX rows left   R10 bytes of channels left
//	v0-v3 sums   v4-v7 products
#define MOMENTS(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, bytes) \
	SHLQ $2, R9; \
	LEAQ (R9)(R9*2), R12; \
	MOVQ R9, R10; \
channels: \
	VXORPS X0, X0, X0; \
	VXORPS X1, X1, X1; \
	VXORPS X2, X2, X2; \
	VXORPS X3, X3, X3; \
	VXORPS X4, X4, X4; \
	VXORPS X5, X5, X5; \
	VXORPS X6, X6, X6; \
	VXORPS X7, X7, X7; \
	MOVQ R8, CX; \
	XORQ AX, AX; \
	SUBQ $4, CX; \
	JLT rest; \
four: \
	LEAQ (AX)(R9*1), R11; \
	LEAQ (AX)(R9*2), R13; \
	LEAQ (AX)(R12*1), R15; \
	ADDROW(AX*1, v8, v0, v4); \
	ADDROW(R11*1, v9, v1, v5); \
	ADDROW(R13*1, v10, v2, v6); \
	ADDROW(R15*1, v11, v3, v7); \
	LEAQ (AX)(R9*4), AX; \
	SUBQ $4, CX; \
	JGE four; \
rest: \
	ADDQ $4, CX; \
	JZ total; \
one: \
	ADDROW(AX*1, v8, v0, v4); \
	ADDQ R9, AX; \
	DECQ CX; \
	JNZ one; \
total: \
	VADDPS v1, v0, v0; \
	VADDPS v3, v2, v2; \
	VADDPS v2, v0, v0; \
	VADDPS (DI), v0, v0; \
	VMOVUPS v0, (DI); \
	VADDPS v5, v4, v4; \
	VADDPS v7, v6, v6; \
	VADDPS v6, v4, v4; \
	VADDPS (BX), v4, v4; \
	VMOVUPS v4, (BX); \
	ADDQ $bytes, DI; \
	ADDQ $bytes, BX; \
	ADDQ $bytes, SI; \
	ADDQ $bytes, DX; \
	SUBQ $bytes, R10; \
	JNZ channels; \
	VZEROUPPER; \
	RET

// func momentsXMM(sum, products, x, y *float32, rows, channels int)
TEXT ·momentsXMM(SB), NOSPLIT, $0-48
	MOVQ sum+0(FP), DI
	MOVQ products+8(FP), BX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	MOMENTS(X0, X1, X2, X3, X4, X5, X6, X7, X8, X9, X10, X11, 16)

// func momentsAVX2(sum, products, x, y *float32, rows, channels int)
TEXT ·momentsAVX2(SB), NOSPLIT, $0-48
	MOVQ sum+0(FP), DI
	MOVQ products+8(FP), BX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	MOMENTS(Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, Y8, Y9, Y10, Y11, 32)

// func momentsAVX512(sum, products, x, y *float32, rows, channels int)
TEXT ·momentsAVX512(SB), NOSPLIT, $0-48
	MOVQ sum+0(FP), DI
	MOVQ products+8(FP), BX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	MOMENTS(Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9, Z10, Z11, 64)

// The sum is VMAXPS's second source, which it returns for NaN.
//
//	DI y   SI x   BX scale   DX shift, at CX of the row   R8 rows left   R9 bytes of a row
#define SCALESHIFT(v0, v1, v3, bytes) \
	SHLQ $2, R9; \
row: \
	XORQ CX, CX; \
again: \
	VMOVUPS (SI)(CX*1), v0; \
	VMOVUPS (DX)(CX*1), v1; \
	VFMADD231PS (BX)(CX*1), v0, v1; \
	VMAXPS v1, v3, v1; \
	VMOVUPS v1, (DI)(CX*1); \
	ADDQ $bytes, CX; \
	CMPQ CX, R9; \
	JLT again; \
	ADDQ R9, SI; \
	ADDQ R9, DI; \
	DECQ R8; \
	JNZ row; \
	VZEROUPPER; \
	RET

// func scaleShiftXMM(y, x, scale, shift *float32, rows, channels int, floor float32)
TEXT ·scaleShiftXMM(SB), NOSPLIT, $0-52
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ shift+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	VBROADCASTSS floor+48(FP), X3
	SCALESHIFT(X0, X1, X3, 16)

// func scaleShiftAVX2(y, x, scale, shift *float32, rows, channels int, floor float32)
TEXT ·scaleShiftAVX2(SB), NOSPLIT, $0-52
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ shift+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	VBROADCASTSS floor+48(FP), Y3
	SCALESHIFT(Y0, Y1, Y3, 32)

// func scaleShiftAVX512(y, x, scale, shift *float32, rows, channels int, floor float32)
TEXT ·scaleShiftAVX512(SB), NOSPLIT, $0-52
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ shift+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	VBROADCASTSS floor+48(FP), Z3
	SCALESHIFT(Z0, Z1, Z3, 64)

//	DI dx   SI dy   AX x   BX a   DX b   R10 c, at CX of the row
//	R8 rows left   R9 bytes of a row
#define MIX(v0, v1, bytes) \
	SHLQ $2, R9; \
row: \
	XORQ CX, CX; \
again: \
	VMOVUPS (R10)(CX*1), v0; \
	VMOVUPS (AX)(CX*1), v1; \
	VFMADD231PS (DX)(CX*1), v1, v0; \
	VMOVUPS (SI)(CX*1), v1; \
	VFMADD231PS (BX)(CX*1), v1, v0; \
	VMOVUPS v0, (DI)(CX*1); \
	ADDQ $bytes, CX; \
	CMPQ CX, R9; \
	JLT again; \
	ADDQ R9, SI; \
	ADDQ R9, DI; \
	ADDQ R9, AX; \
	DECQ R8; \
	JNZ row; \
	VZEROUPPER; \
	RET

// func mixXMM(dx, dy, x, a, b, c *float32, rows, channels int)
TEXT ·mixXMM(SB), NOSPLIT, $0-64
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ x+16(FP), AX
	MOVQ a+24(FP), BX
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), R10
	MOVQ rows+48(FP), R8
	MOVQ channels+56(FP), R9
	MIX(X0, X1, 16)

// func mixAVX2(dx, dy, x, a, b, c *float32, rows, channels int)
TEXT ·mixAVX2(SB), NOSPLIT, $0-64
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ x+16(FP), AX
	MOVQ a+24(FP), BX
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), R10
	MOVQ rows+48(FP), R8
	MOVQ channels+56(FP), R9
	MIX(Y0, Y1, 32)

// func mixAVX512(dx, dy, x, a, b, c *float32, rows, channels int)
TEXT ·mixAVX512(SB), NOSPLIT, $0-64
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ x+16(FP), AX
	MOVQ a+24(FP), BX
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), R10
	MOVQ rows+48(FP), R8
	MOVQ channels+56(FP), R9
	MIX(Z0, Z1, 64)

// As POOL, of rows of y whose pictures have no pixels over, but the smallest value where
// scale is negative: there the values change their signs on the way in and out.
//
//	DI y   SI x   AX the row below   BX scale, at CX of the pixel   DX rows left
//	R8 pixels left   R9 bytes of a pixel   R10, R11 the pixel beside, in the row and below
//	R12 pixels of a row
#define POOLEXTREMES(v0, v1, v2, v3, bytes) \
	SHLQ $2, R9; \
	MOVL $0x80000000, AX; \
	VMOVD AX, X3; \
	VBROADCASTSS X3, v3; \
row: \
	MOVQ R12, R8; \
	MOVQ R8, AX; \
	IMULQ R9, AX; \
	LEAQ (SI)(AX*2), AX; \
pixel: \
	XORQ CX, CX; \
	LEAQ (SI)(R9*1), R10; \
	LEAQ (AX)(R9*1), R11; \
again: \
	VANDPS (BX)(CX*1), v3, v2; \
	VXORPS (SI)(CX*1), v2, v0; \
	VXORPS (R10)(CX*1), v2, v1; \
	VMAXPS v1, v0, v0; \
	VXORPS (AX)(CX*1), v2, v1; \
	VMAXPS v1, v0, v0; \
	VXORPS (R11)(CX*1), v2, v1; \
	VMAXPS v1, v0, v0; \
	VXORPS v2, v0, v0; \
	VMOVUPS v0, (DI)(CX*1); \
	ADDQ $bytes, CX; \
	CMPQ CX, R9; \
	JLT again; \
	ADDQ R9, DI; \
	LEAQ (SI)(R9*2), SI; \
	LEAQ (AX)(R9*2), AX; \
	DECQ R8; \
	JNZ pixel; \
	MOVQ AX, SI; \
	DECQ DX; \
	JNZ row; \
	VZEROUPPER; \
	RET

// func poolExtremesXMM(y, x, scale *float32, rows, pixels, channels int)
TEXT ·poolExtremesXMM(SB), NOSPLIT, $0-48
	MOVQ pixels+32(FP), R12
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ rows+24(FP), DX
	MOVQ channels+40(FP), R9
	POOLEXTREMES(X0, X1, X2, X3, 16)

// func poolExtremesAVX2(y, x, scale *float32, rows, pixels, channels int)
TEXT ·poolExtremesAVX2(SB), NOSPLIT, $0-48
	MOVQ pixels+32(FP), R12
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ rows+24(FP), DX
	MOVQ channels+40(FP), R9
	POOLEXTREMES(Y0, Y1, Y2, Y3, 32)

// func poolExtremesAVX512(y, x, scale *float32, rows, pixels, channels int)
TEXT ·poolExtremesAVX512(SB), NOSPLIT, $0-48
	MOVQ pixels+32(FP), R12
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ rows+24(FP), DX
	MOVQ channels+40(FP), R9
	POOLEXTREMES(Z0, Z1, Z2, Z3, 64)

// Writes one value of dx from x; v0 is y, v1 what is left of dy, v6 to v8 are a, b and c.
#define MIXED(v0, v1, v2, v3, v4, v5, v6, v7, v8, x, dx) \
	VMOVUPS x, v2; \
	VCMPPS $0, v2, v0, v3; \
	VANDPS v1, v3, v5; \
	VANDNPS v1, v3, v1; \
	VMOVAPS v8, v4; \
	VFMADD231PS v7, v2, v4; \
	VFMADD231PS v6, v5, v4; \
	VMOVUPS v4, dx

// dx = x*b + c, and dy*a more where x is the first of its window that is y. Rows are those
// of y, whose pictures have no pixels over.
//
//	DI dx   BX the row below   SI x   AX the row below   DX dy   R12 y
//	R13 a   R10 b   R11 c, at CX of the pixel   R15 rows left   R8 pixels left   R9 bytes of a pixel
//	R14 pixels of a row
#define POOLMIX(v0, v1, v2, v3, v4, v5, v6, v7, v8, bytes) \
	SHLQ $2, R9; \
row: \
	MOVQ R14, R8; \
	MOVQ R8, AX; \
	IMULQ R9, AX; \
	LEAQ (DI)(AX*2), BX; \
	LEAQ (SI)(AX*2), AX; \
pixel: \
	XORQ CX, CX; \
again: \
	VMOVUPS (R12)(CX*1), v0; \
	VMOVUPS (DX)(CX*1), v1; \
	VMOVUPS (R13)(CX*1), v6; \
	VMOVUPS (R10)(CX*1), v7; \
	VMOVUPS (R11)(CX*1), v8; \
	MIXED(v0, v1, v2, v3, v4, v5, v6, v7, v8, (SI), (DI)); \
	MIXED(v0, v1, v2, v3, v4, v5, v6, v7, v8, (SI)(R9*1), (DI)(R9*1)); \
	MIXED(v0, v1, v2, v3, v4, v5, v6, v7, v8, (AX), (BX)); \
	MIXED(v0, v1, v2, v3, v4, v5, v6, v7, v8, (AX)(R9*1), (BX)(R9*1)); \
	ADDQ $bytes, SI; \
	ADDQ $bytes, DI; \
	ADDQ $bytes, AX; \
	ADDQ $bytes, BX; \
	ADDQ $bytes, CX; \
	CMPQ CX, R9; \
	JLT again; \
	ADDQ R9, SI; \
	ADDQ R9, DI; \
	ADDQ R9, AX; \
	ADDQ R9, BX; \
	ADDQ R9, R12; \
	ADDQ R9, DX; \
	DECQ R8; \
	JNZ pixel; \
	MOVQ AX, SI; \
	MOVQ BX, DI; \
	DECQ R15; \
	JNZ row; \
	VZEROUPPER; \
	RET

// func poolMixXMM(dx, dy, x, y, a, b, c *float32, rows, pixels, channels int)
TEXT ·poolMixXMM(SB), NOSPLIT, $0-80
	MOVQ pixels+64(FP), R14
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ a+32(FP), R13
	MOVQ b+40(FP), R10
	MOVQ c+48(FP), R11
	MOVQ rows+56(FP), R15
	MOVQ channels+72(FP), R9
	POOLMIX(X0, X1, X2, X3, X4, X5, X6, X7, X8, 16)

// func poolMixAVX2(dx, dy, x, y, a, b, c *float32, rows, pixels, channels int)
TEXT ·poolMixAVX2(SB), NOSPLIT, $0-80
	MOVQ pixels+64(FP), R14
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ a+32(FP), R13
	MOVQ b+40(FP), R10
	MOVQ c+48(FP), R11
	MOVQ rows+56(FP), R15
	MOVQ channels+72(FP), R9
	POOLMIX(Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, Y8, 32)

#include "textflag.h"

// Loops over pictures whose channels, a multiple of 8, are neighbours.

// func poolAVX2(y, x *float32, pixels, channels, rowBytes int)
//
// One row of 2x2 max pooling: each of the pixels of y is the largest of two
// neighbours in the row of x and of the two below.
//
//	DI y   SI x   AX the row below   CX channels left   R8 pixels left
//	R9 bytes of a pixel   R10, R11 the pixel beside, in the row and below
TEXT ·poolAVX2(SB), NOSPLIT, $0-40
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ pixels+16(FP), R8
	MOVQ channels+24(FP), R9
	MOVQ rowBytes+32(FP), AX
	SHLQ $2, R9
	ADDQ SI, AX
pixel:
	MOVQ R9, CX
	LEAQ (SI)(R9*1), R10
	LEAQ (AX)(R9*1), R11
again:
	VMOVUPS (SI), Y0
	VMAXPS (R10), Y0, Y0
	VMOVUPS (AX), Y1
	VMAXPS (R11), Y1, Y1
	VMAXPS Y1, Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, AX
	ADDQ $32, R10
	ADDQ $32, R11
	ADDQ $32, DI
	SUBQ $32, CX
	JNZ again
	MOVQ R10, SI
	MOVQ R11, AX
	DECQ R8
	JNZ pixel
	VZEROUPPER
	RET

// Gives what is left of the gradient Y1 to the place of x at which y (Y0) stands.
#define GIVE(x, dx) \
	VCMPPS $0, x, Y0, Y2; \
	VANDPS Y1, Y2, Y3; \
	VANDNPS Y1, Y2, Y1; \
	VMOVUPS Y3, dx

// func poolGradientAVX2(dx, dy, x, y *float32, pixels, channels, rowBytes int, floor float32)
//
// The gradient of one row of poolAVX2: dx has dy where x is the first largest of
// its window and above floor, 0 elsewhere. Comparison 30 is "greater, not signalling".
//
//	DI dx   BX the row below   SI x   AX the row below   DX dy   R12 y
//	CX channels left   R8 pixels left   R9 bytes of a pixel
TEXT ·poolGradientAVX2(SB), NOSPLIT, $0-60
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ pixels+32(FP), R8
	MOVQ channels+40(FP), R9
	MOVQ rowBytes+48(FP), AX
	VBROADCASTSS floor+56(FP), Y4
	SHLQ $2, R9
	LEAQ (DI)(AX*1), BX
	ADDQ SI, AX
pixel:
	MOVQ R9, CX
again:
	VMOVUPS (R12), Y0
	VCMPPS $30, Y4, Y0, Y1
	VANDPS (DX), Y1, Y1
	GIVE((SI), (DI))
	GIVE((SI)(R9*1), (DI)(R9*1))
	GIVE((AX), (BX))
	GIVE((AX)(R9*1), (BX)(R9*1))
	ADDQ $32, R12
	ADDQ $32, DX
	ADDQ $32, SI
	ADDQ $32, DI
	ADDQ $32, AX
	ADDQ $32, BX
	SUBQ $32, CX
	JNZ again
	ADDQ R9, SI
	ADDQ R9, DI
	ADDQ R9, AX
	ADDQ R9, BX
	DECQ R8
	JNZ pixel
	VZEROUPPER
	RET

// One row's part of the sums s and the products p.
#define ADDROW(at, row, s, p) \
	VMOVUPS (SI)(at), row; \
	VADDPS row, s, s; \
	VFMADD231PS (DX)(at), row, p

// func momentsAVX2(sum, products, x, y *float32, rows, channels int)
//
// Adds up 8 channels at a time down the rows, each fourth row in sums of its own: one
// sum alone would wait for its last addition at every row.
//
//	DI sum   BX products   SI x   DX y, at AX, R11, R13, R15 of four rows
//	R9, R12 bytes of a row, of three   R8 rows   CX rows left   R10 bytes of channels left
//	Y0-Y3 sums   Y4-Y7 products
TEXT ·momentsAVX2(SB), NOSPLIT, $0-48
	MOVQ sum+0(FP), DI
	MOVQ products+8(FP), BX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	SHLQ $2, R9
	LEAQ (R9)(R9*2), R12
	MOVQ R9, R10
channels:
	VXORPS X0, X0, X0
	VXORPS X1, X1, X1
	VXORPS X2, X2, X2
	VXORPS X3, X3, X3
	VXORPS X4, X4, X4
	VXORPS X5, X5, X5
	VXORPS X6, X6, X6
	VXORPS X7, X7, X7
	MOVQ R8, CX
	XORQ AX, AX
	SUBQ $4, CX
	JLT rest
four:
	LEAQ (AX)(R9*1), R11
	LEAQ (AX)(R9*2), R13
	LEAQ (AX)(R12*1), R15
	ADDROW(AX*1, Y8, Y0, Y4)
	ADDROW(R11*1, Y9, Y1, Y5)
	ADDROW(R13*1, Y10, Y2, Y6)
	ADDROW(R15*1, Y11, Y3, Y7)
	LEAQ (AX)(R9*4), AX
	SUBQ $4, CX
	JGE four
rest:
	ADDQ $4, CX
	JZ total
one:
	ADDROW(AX*1, Y8, Y0, Y4)
	ADDQ R9, AX
	DECQ CX
	JNZ one
total:
	VADDPS Y1, Y0, Y0
	VADDPS Y3, Y2, Y2
	VADDPS Y2, Y0, Y0
	VADDPS (DI), Y0, Y0
	VMOVUPS Y0, (DI)
	VADDPS Y5, Y4, Y4
	VADDPS Y7, Y6, Y6
	VADDPS Y6, Y4, Y4
	VADDPS (BX), Y4, Y4
	VMOVUPS Y4, (BX)
	ADDQ $32, DI
	ADDQ $32, BX
	ADDQ $32, SI
	ADDQ $32, DX
	SUBQ $32, R10
	JNZ channels
	VZEROUPPER
	RET

// func scaleShiftAVX2(y, x, scale, shift *float32, rows, channels int, floor float32)
//
// The sum is VMAXPS's second source, which it returns for NaN.
//
//	DI y   SI x   BX scale   DX shift, at CX of the row   R8 rows left   R9 bytes of a row
TEXT ·scaleShiftAVX2(SB), NOSPLIT, $0-52
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ shift+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	VBROADCASTSS floor+48(FP), Y3
	SHLQ $2, R9
row:
	XORQ CX, CX
again:
	VMOVUPS (SI)(CX*1), Y0
	VMOVUPS (DX)(CX*1), Y1
	VFMADD231PS (BX)(CX*1), Y0, Y1
	VMAXPS Y1, Y3, Y1
	VMOVUPS Y1, (DI)(CX*1)
	ADDQ $32, CX
	CMPQ CX, R9
	JLT again
	ADDQ R9, SI
	ADDQ R9, DI
	DECQ R8
	JNZ row
	VZEROUPPER
	RET

// func mixAVX2(dx, dy, x, a, b, c *float32, rows, channels int)
//
//	DI dx   SI dy   AX x   BX a   DX b   R10 c, at CX of the row
//	R8 rows left   R9 bytes of a row
TEXT ·mixAVX2(SB), NOSPLIT, $0-64
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), SI
	MOVQ x+16(FP), AX
	MOVQ a+24(FP), BX
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), R10
	MOVQ rows+48(FP), R8
	MOVQ channels+56(FP), R9
	SHLQ $2, R9
row:
	XORQ CX, CX
again:
	VMOVUPS (R10)(CX*1), Y0
	VMOVUPS (AX)(CX*1), Y1
	VFMADD231PS (DX)(CX*1), Y1, Y0
	VMOVUPS (SI)(CX*1), Y1
	VFMADD231PS (BX)(CX*1), Y1, Y0
	VMOVUPS Y0, (DI)(CX*1)
	ADDQ $32, CX
	CMPQ CX, R9
	JLT again
	ADDQ R9, SI
	ADDQ R9, DI
	ADDQ R9, AX
	DECQ R8
	JNZ row
	VZEROUPPER
	RET

// func poolExtremesAVX2(y, x, scale *float32, rows, pixels, channels int)
//
// As poolAVX2, of rows of y whose pictures have no pixels over, but the smallest value where
// scale is negative: there the values change their signs on the way in and out.
//
//	DI y   SI x   AX the row below   BX scale, at CX of the pixel   DX rows left
//	R8 pixels left   R9 bytes of a pixel   R10, R11 the pixel beside, in the row and below
TEXT ·poolExtremesAVX2(SB), NOSPLIT, $0-48
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ rows+24(FP), DX
	MOVQ channels+40(FP), R9
	SHLQ $2, R9
	VPCMPEQD Y3, Y3, Y3
	VPSLLD $31, Y3, Y3
row:
	MOVQ pixels+32(FP), R8
	MOVQ R8, AX
	IMULQ R9, AX
	LEAQ (SI)(AX*2), AX
pixel:
	XORQ CX, CX
	LEAQ (SI)(R9*1), R10
	LEAQ (AX)(R9*1), R11
again:
	VANDPS (BX)(CX*1), Y3, Y2
	VXORPS (SI)(CX*1), Y2, Y0
	VXORPS (R10)(CX*1), Y2, Y1
	VMAXPS Y1, Y0, Y0
	VXORPS (AX)(CX*1), Y2, Y1
	VMAXPS Y1, Y0, Y0
	VXORPS (R11)(CX*1), Y2, Y1
	VMAXPS Y1, Y0, Y0
	VXORPS Y2, Y0, Y0
	VMOVUPS Y0, (DI)(CX*1)
	ADDQ $32, CX
	CMPQ CX, R9
	JLT again
	ADDQ R9, DI
	LEAQ (SI)(R9*2), SI
	LEAQ (AX)(R9*2), AX
	DECQ R8
	JNZ pixel
	MOVQ AX, SI
	DECQ DX
	JNZ row
	VZEROUPPER
	RET

// Writes one value of dx from x; Y0 is y, Y1 what is left of dy, Y6-Y8 are a, b and c.
#define MIX(x, dx) \
	VMOVUPS x, Y2; \
	VCMPPS $0, Y2, Y0, Y3; \
	VANDPS Y1, Y3, Y5; \
	VANDNPS Y1, Y3, Y1; \
	VMOVAPS Y8, Y4; \
	VFMADD231PS Y7, Y2, Y4; \
	VFMADD231PS Y6, Y5, Y4; \
	VMOVUPS Y4, dx

// func poolMixAVX2(dx, dy, x, y, a, b, c *float32, rows, pixels, channels int)
//
// dx = x*b + c, and dy*a more where x is the first of its window that is y. Rows are those
// of y, whose pictures have no pixels over.
//
//	DI dx   BX the row below   SI x   AX the row below   DX dy   R12 y
//	R13 a   R10 b   R11 c, at CX of the pixel   R15 rows left   R8 pixels left   R9 bytes of a pixel
TEXT ·poolMixAVX2(SB), NOSPLIT, $0-80
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ a+32(FP), R13
	MOVQ b+40(FP), R10
	MOVQ c+48(FP), R11
	MOVQ rows+56(FP), R15
	MOVQ channels+72(FP), R9
	SHLQ $2, R9
row:
	MOVQ pixels+64(FP), R8
	MOVQ R8, AX
	IMULQ R9, AX
	LEAQ (DI)(AX*2), BX
	LEAQ (SI)(AX*2), AX
pixel:
	XORQ CX, CX
again:
	VMOVUPS (R12)(CX*1), Y0
	VMOVUPS (DX)(CX*1), Y1
	VMOVUPS (R13)(CX*1), Y6
	VMOVUPS (R10)(CX*1), Y7
	VMOVUPS (R11)(CX*1), Y8
	MIX((SI), (DI))
	MIX((SI)(R9*1), (DI)(R9*1))
	MIX((AX), (BX))
	MIX((AX)(R9*1), (BX)(R9*1))
	ADDQ $32, SI
	ADDQ $32, DI
	ADDQ $32, AX
	ADDQ $32, BX
	ADDQ $32, CX
	CMPQ CX, R9
	JLT again
	ADDQ R9, SI
	ADDQ R9, DI
	ADDQ R9, AX
	ADDQ R9, BX
	ADDQ R9, R12
	ADDQ R9, DX
	DECQ R8
	JNZ pixel
	MOVQ AX, SI
	MOVQ BX, DI
	DECQ R15
	JNZ row
	VZEROUPPER
	RET

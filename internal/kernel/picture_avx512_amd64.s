#include "textflag.h"

// The loops of picture_amd64.s by 16 channels, whose number is a multiple of 16; the
// registers are theirs, too.

// func poolAVX512(y, x *float32, pixels, channels, rowBytes int)
TEXT ·poolAVX512(SB), NOSPLIT, $0-40
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
	VMOVUPS (SI), Z0
	VMAXPS (R10), Z0, Z0
	VMOVUPS (AX), Z1
	VMAXPS (R11), Z1, Z1
	VMAXPS Z1, Z0, Z0
	VMOVUPS Z0, (DI)
	ADDQ $64, SI
	ADDQ $64, AX
	ADDQ $64, R10
	ADDQ $64, R11
	ADDQ $64, DI
	SUBQ $64, CX
	JNZ again
	MOVQ R10, SI
	MOVQ R11, AX
	DECQ R8
	JNZ pixel
	VZEROUPPER
	RET

// Gives what is left of the gradient Z1, in the places of K1, to the place of x at
// which y (Z0) stands.
#define GIVE(x, dx) \
	VCMPPS $0, x, Z0, K1, K2; \
	VMOVUPS.Z Z1, K2, Z3; \
	KANDNW K1, K2, K1; \
	VMOVUPS Z3, dx

// func poolGradientAVX512(dx, dy, x, y *float32, pixels, channels, rowBytes int, floor float32)
TEXT ·poolGradientAVX512(SB), NOSPLIT, $0-60
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ pixels+32(FP), R8
	MOVQ channels+40(FP), R9
	MOVQ rowBytes+48(FP), AX
	VBROADCASTSS floor+56(FP), Z4
	SHLQ $2, R9
	LEAQ (DI)(AX*1), BX
	ADDQ SI, AX
pixel:
	MOVQ R9, CX
again:
	VMOVUPS (R12), Z0
	VMOVUPS (DX), Z1
	VCMPPS $30, Z4, Z0, K1
	GIVE((SI), (DI))
	GIVE((SI)(R9*1), (DI)(R9*1))
	GIVE((AX), (BX))
	GIVE((AX)(R9*1), (BX)(R9*1))
	ADDQ $64, R12
	ADDQ $64, DX
	ADDQ $64, SI
	ADDQ $64, DI
	ADDQ $64, AX
	ADDQ $64, BX
	SUBQ $64, CX
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

// func momentsAVX512(sum, products, x, y *float32, rows, channels int)
TEXT ·momentsAVX512(SB), NOSPLIT, $0-48
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
	ADDROW(AX*1, Z8, Z0, Z4)
	ADDROW(R11*1, Z9, Z1, Z5)
	ADDROW(R13*1, Z10, Z2, Z6)
	ADDROW(R15*1, Z11, Z3, Z7)
	LEAQ (AX)(R9*4), AX
	SUBQ $4, CX
	JGE four
rest:
	ADDQ $4, CX
	JZ total
one:
	ADDROW(AX*1, Z8, Z0, Z4)
	ADDQ R9, AX
	DECQ CX
	JNZ one
total:
	VADDPS Z1, Z0, Z0
	VADDPS Z3, Z2, Z2
	VADDPS Z2, Z0, Z0
	VADDPS (DI), Z0, Z0
	VMOVUPS Z0, (DI)
	VADDPS Z5, Z4, Z4
	VADDPS Z7, Z6, Z6
	VADDPS Z6, Z4, Z4
	VADDPS (BX), Z4, Z4
	VMOVUPS Z4, (BX)
	ADDQ $64, DI
	ADDQ $64, BX
	ADDQ $64, SI
	ADDQ $64, DX
	SUBQ $64, R10
	JNZ channels
	VZEROUPPER
	RET

// func scaleShiftAVX512(y, x, scale, shift *float32, rows, channels int, floor float32)
TEXT ·scaleShiftAVX512(SB), NOSPLIT, $0-52
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ shift+24(FP), DX
	MOVQ rows+32(FP), R8
	MOVQ channels+40(FP), R9
	VBROADCASTSS floor+48(FP), Z3
	SHLQ $2, R9
row:
	XORQ CX, CX
again:
	VMOVUPS (SI)(CX*1), Z0
	VMOVUPS (DX)(CX*1), Z1
	VFMADD231PS (BX)(CX*1), Z0, Z1
	VMAXPS Z1, Z3, Z1
	VMOVUPS Z1, (DI)(CX*1)
	ADDQ $64, CX
	CMPQ CX, R9
	JLT again
	ADDQ R9, SI
	ADDQ R9, DI
	DECQ R8
	JNZ row
	VZEROUPPER
	RET

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
	SHLQ $2, R9
row:
	XORQ CX, CX
again:
	VMOVUPS (R10)(CX*1), Z0
	VMOVUPS (AX)(CX*1), Z1
	VFMADD231PS (DX)(CX*1), Z1, Z0
	VMOVUPS (SI)(CX*1), Z1
	VFMADD231PS (BX)(CX*1), Z1, Z0
	VMOVUPS Z0, (DI)(CX*1)
	ADDQ $64, CX
	CMPQ CX, R9
	JLT again
	ADDQ R9, SI
	ADDQ R9, DI
	ADDQ R9, AX
	DECQ R8
	JNZ row
	VZEROUPPER
	RET

// func poolExtremesAVX512(y, x, scale *float32, rows, pixels, channels int)
TEXT ·poolExtremesAVX512(SB), NOSPLIT, $0-48
	MOVQ y+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ scale+16(FP), BX
	MOVQ rows+24(FP), DX
	MOVQ channels+40(FP), R9
	SHLQ $2, R9
	VPTERNLOGD $0xff, Z3, Z3, Z3
	VPSLLD $31, Z3, Z3
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
	VPANDD (BX)(CX*1), Z3, Z2
	VPXORD (SI)(CX*1), Z2, Z0
	VPXORD (R10)(CX*1), Z2, Z1
	VMAXPS Z1, Z0, Z0
	VPXORD (AX)(CX*1), Z2, Z1
	VMAXPS Z1, Z0, Z0
	VPXORD (R11)(CX*1), Z2, Z1
	VMAXPS Z1, Z0, Z0
	VPXORD Z2, Z0, Z0
	VMOVUPS Z0, (DI)(CX*1)
	ADDQ $64, CX
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

// Writes one value of dx from x; Z0 is y, Z1 dy, K1 where it is left, Z6-Z8 are a, b and c.
#define MIX(x, dx) \
	VMOVUPS x, Z2; \
	VCMPPS $0, Z2, Z0, K1, K2; \
	VMOVUPS.Z Z1, K2, Z5; \
	KANDNW K1, K2, K1; \
	VMOVAPS Z8, Z4; \
	VFMADD231PS Z7, Z2, Z4; \
	VFMADD231PS Z6, Z5, Z4; \
	VMOVUPS Z4, dx

// func poolMixAVX512(dx, dy, x, y, a, b, c *float32, rows, pixels, channels int)
TEXT ·poolMixAVX512(SB), NOSPLIT, $0-80
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
	VMOVUPS (R12)(CX*1), Z0
	VMOVUPS (DX)(CX*1), Z1
	VMOVUPS (R13)(CX*1), Z6
	VMOVUPS (R10)(CX*1), Z7
	VMOVUPS (R11)(CX*1), Z8
	KXNORW K1, K1, K1
	MIX((SI), (DI))
	MIX((SI)(R9*1), (DI)(R9*1))
	MIX((AX), (BX))
	MIX((AX)(R9*1), (BX)(R9*1))
	ADDQ $64, SI
	ADDQ $64, DI
	ADDQ $64, AX
	ADDQ $64, BX
	ADDQ $64, CX
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

#include "textflag.h"

// The loops of picture_amd64.s that compare, by 16 channels, whose number is a multiple of
// 16; the registers are theirs, too.

// Gives what is left of the gradient Z1, in the places of K1, to the place of x at
// which y (Z0) stands.
#define GIVE(x, dx) \
	VCMPPS $0, x, Z0, K1, K2; \
	VMOVUPS.Z Z1, K2, Z3; \
	KANDNW K1, K2, K1; \
	VMOVUPS Z3, dx

// func poolGradientAVX512(dx, dy, x, y *float32, rows, pixels, channels, rowBytes, skip int, floor float32)
TEXT ·poolGradientAVX512(SB), NOSPLIT, $0-76
	MOVQ dx+0(FP), DI
	MOVQ dy+8(FP), DX
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), R12
	MOVQ rows+32(FP), R11
	MOVQ pixels+40(FP), R10
	MOVQ channels+48(FP), R9
	MOVQ rowBytes+56(FP), AX
	MOVQ skip+64(FP), R13
	VBROADCASTSS floor+72(FP), Z4
	SHLQ $2, R9
	LEAQ (DI)(AX*1), BX
	ADDQ SI, AX
row:
	MOVQ R10, R8
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
	ADDQ R13, SI
	ADDQ R13, DI
	ADDQ R13, AX
	ADDQ R13, BX
	DECQ R11
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

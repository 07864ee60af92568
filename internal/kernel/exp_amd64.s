#include "textflag.h"

// The constants of expPortable, eight of each.
#define CONSTANT(name, bits) \
	DATA name<>+0(SB)/8, $bits; \
	DATA name<>+8(SB)/8, $bits; \
	DATA name<>+16(SB)/8, $bits; \
	DATA name<>+24(SB)/8, $bits; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

CONSTANT(lowest, 0xc2ae0000c2ae0000)
CONSTANT(log2e, 0x3fb8aa3b3fb8aa3b)
CONSTANT(ln2high, 0x3f3180003f318000)
CONSTANT(ln2low, 0xb95e8083b95e8083)
CONSTANT(one8, 0x3f8000003f800000)

// func expAVX2(dst, x *float32, n int, polynomial *[6]float32)
//
// The operations and their order are those of expPortable, each rounded by
// itself; n is a multiple of 8.
//
//	Y0 x, then r   Y1 k   Y2 e   Y3 product   Y10-Y15 polynomial
TEXT ·expAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), DX
	MOVQ polynomial+24(FP), AX
	VBROADCASTSS (AX), Y10
	VBROADCASTSS 4(AX), Y11
	VBROADCASTSS 8(AX), Y12
	VBROADCASTSS 12(AX), Y13
	VBROADCASTSS 16(AX), Y14
	VBROADCASTSS 20(AX), Y15
	VMOVUPS one8<>(SB), Y9
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	VMOVUPS lowest<>(SB), Y0
	VMAXPS (SI)(CX*1), Y0, Y0
	VMULPS log2e<>(SB), Y0, Y1
	VROUNDPS $0, Y1, Y1
	VMULPS ln2high<>(SB), Y1, Y3
	VSUBPS Y3, Y0, Y0
	VMULPS ln2low<>(SB), Y1, Y3
	VSUBPS Y3, Y0, Y0
	VMULPS Y0, Y15, Y2
	VADDPS Y14, Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS Y13, Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS Y12, Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS Y11, Y2, Y2
	VMULPS Y0, Y2, Y2
	VADDPS Y10, Y2, Y2
	VMULPS Y0, Y0, Y3
	VMULPS Y3, Y2, Y2
	VADDPS Y0, Y2, Y2
	VADDPS Y9, Y2, Y2
	VCVTPS2DQ Y1, Y1
	VPSLLD $23, Y1, Y1
	VPADDD Y9, Y1, Y1
	VMULPS Y1, Y2, Y2
	VMOVUPS Y2, (DI)(CX*1)
	ADDQ $32, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

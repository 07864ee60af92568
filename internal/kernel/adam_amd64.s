#include "textflag.h"
#include "go_asm.h"

// One step of Adam for a vector of values. The operations and their order are
// those of adamPortable, each rounded by itself.
//
//	(SI) grads   (DI) values   (R8) m   (R9) v, all at CX
//	rate, gain1, gain2, epsilon, keep: the settings in all places
#define ADAM(g, m, v, w, t, rate, gain1, gain2, epsilon, keep) \
	VMOVUPS (SI)(CX*1), g; \
	VMOVUPS (R8)(CX*1), m; \
	VMOVUPS (R9)(CX*1), v; \
	VSUBPS m, g, t; \
	VMULPS t, gain1, t; \
	VADDPS t, m, m; \
	VMULPS g, g, g; \
	VSUBPS v, g, g; \
	VMULPS g, gain2, g; \
	VADDPS g, v, v; \
	VMOVUPS m, (R8)(CX*1); \
	VMOVUPS v, (R9)(CX*1); \
	VSQRTPS v, v; \
	VADDPS epsilon, v, v; \
	VMULPS rate, m, m; \
	VDIVPS v, m, m; \
	VMULPS (DI)(CX*1), keep, w; \
	VSUBPS m, w, w; \
	VMOVUPS w, (DI)(CX*1)

// func adamAVX2(values, grads, m, v *float32, n int, s *AdamStep)
//
// n is a multiple of 8.
TEXT ·adamAVX2(SB), NOSPLIT, $0-48
	MOVQ values+0(FP), DI
	MOVQ grads+8(FP), SI
	MOVQ m+16(FP), R8
	MOVQ v+24(FP), R9
	MOVQ n+32(FP), DX
	MOVQ s+40(FP), AX
	VBROADCASTSS AdamStep_Rate(AX), Y11
	VBROADCASTSS AdamStep_Gain1(AX), Y12
	VBROADCASTSS AdamStep_Gain2(AX), Y13
	VBROADCASTSS AdamStep_Epsilon(AX), Y14
	VBROADCASTSS AdamStep_Keep(AX), Y15
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	ADAM(Y0, Y1, Y2, Y3, Y4, Y11, Y12, Y13, Y14, Y15)
	ADDQ $32, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

// func adamAVX512(values, grads, m, v *float32, n int, s *AdamStep)
//
// n is a multiple of 16.
TEXT ·adamAVX512(SB), NOSPLIT, $0-48
	MOVQ values+0(FP), DI
	MOVQ grads+8(FP), SI
	MOVQ m+16(FP), R8
	MOVQ v+24(FP), R9
	MOVQ n+32(FP), DX
	MOVQ s+40(FP), AX
	VBROADCASTSS AdamStep_Rate(AX), Z11
	VBROADCASTSS AdamStep_Gain1(AX), Z12
	VBROADCASTSS AdamStep_Gain2(AX), Z13
	VBROADCASTSS AdamStep_Epsilon(AX), Z14
	VBROADCASTSS AdamStep_Keep(AX), Z15
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	ADAM(Z0, Z1, Z2, Z3, Z4, Z11, Z12, Z13, Z14, Z15)
	ADDQ $64, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

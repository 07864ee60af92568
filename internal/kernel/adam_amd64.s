#include "textflag.h"
#include "go_asm.h"

// One step of Adam for a vector of values, in two parts. Between them m becomes 0 where
// it is negligible, and v its root. The operations and their order are those of
// updatePortable, each rounded by itself.
//
//	(SI) grads   (DI) values   (R8) m   (R9) v, all at CX
//	rate, gain1, gain2, epsilon, keep: the settings in all places
#define MOMENTS(g, m, v, t, gain1, gain2) \
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
	VMOVUPS v, (R9)(CX*1)

#define VALUES(m, v, w, rate, epsilon, keep) \
	VMOVUPS m, (R8)(CX*1); \
	VADDPS epsilon, v, v; \
	VMULPS rate, m, m; \
	VDIVPS v, m, m; \
	VMULPS (DI)(CX*1), keep, w; \
	VSUBPS m, w, w; \
	VMOVUPS w, (DI)(CX*1)

// The bits of float32: negligible, and all but the sign.
#define NEGLIGIBLE $0x0d800000
#define SIGNLESS $0x7fffffff

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
	MOVL NEGLIGIBLE, R10
	VMOVD R10, X10
	VPBROADCASTD X10, Y10
	MOVL SIGNLESS, R10
	VMOVD R10, X9
	VPBROADCASTD X9, Y9
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	MOMENTS(Y0, Y1, Y2, Y4, Y12, Y13)
	VANDPS Y9, Y1, Y5
	VCMPPS $5, Y10, Y5, Y5 // not less: a NaN stays
	VANDPS Y5, Y1, Y1
	VSQRTPS Y2, Y2
	VALUES(Y1, Y2, Y3, Y11, Y14, Y15)
	ADDQ $32, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET

// The bits of float32: 2^-96; those between it and 2^96; one half.
#define TINY $0x0f800000
#define ORDINARY $0x60000000
#define HALF $0x3f000000

// SQRT puts the roots of v, all ordinary, into v, rounded as VSQRTPS does, with which
// BenchmarkAdam takes 1.26 times as long on an Intel Xeon: an approximation, one step of
// Newton's for the root (t) and half its inverse (u), and the root corrected by what its
// square lacks (Markstein, "Software division and square root using Goldschmidt's
// algorithms", 2004).
#define SQRT(v, t, u, r, half) \
	VRSQRT14PS v, u; \
	VMULPS u, v, t; \
	VMULPS half, u, u; \
	VMOVAPS half, r; \
	VFNMADD231PS t, u, r; \
	VFMADD231PS t, r, t; \
	VFMADD231PS u, r, u; \
	VFNMADD231PS t, t, v; \
	VFMADD213PS t, u, v

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
	MOVL TINY, R10
	VPBROADCASTD R10, Z16
	MOVL ORDINARY, R10
	VPBROADCASTD R10, Z17
	MOVL HALF, R10
	VPBROADCASTD R10, Z18
	MOVL NEGLIGIBLE, R10
	VPBROADCASTD R10, Z19
	MOVL SIGNLESS, R10
	VPBROADCASTD R10, Z20
	XORQ CX, CX
	SHLQ $2, DX
	JMP test
again:
	MOMENTS(Z0, Z1, Z2, Z4, Z12, Z13)
	VPANDD Z20, Z1, Z5
	VCMPPS $5, Z19, Z5, K2 // not less: a NaN stays
	VMOVAPS.Z Z1, K2, Z1
	VPSUBD Z16, Z2, Z5
	VPCMPUD $1, Z17, Z5, K1
	KORTESTW K1, K1
	JCC special
	SQRT(Z2, Z5, Z6, Z7, Z18)
rest:
	VALUES(Z1, Z2, Z3, Z11, Z14, Z15)
	ADDQ $64, CX
test:
	CMPQ CX, DX
	JLT again
	VZEROUPPER
	RET
special:
	VSQRTPS Z2, Z2
	JMP rest

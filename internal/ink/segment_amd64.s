#include "go_asm.h"
#include "textflag.h"

DATA columns<>+0(SB)/8, $0.0
DATA columns<>+8(SB)/8, $1.0
DATA columns<>+16(SB)/8, $2.0
DATA columns<>+24(SB)/8, $3.0
DATA columns<>+32(SB)/8, $4.0
DATA columns<>+40(SB)/8, $1.0
DATA columns<>+48(SB)/8, $255.0
DATA columns<>+56(SB)/8, $0.5
GLOBL columns<>(SB), RODATA, $64

// func coverAVX2(s *cover)
//
// Four pixels at once, with the operations of coverPortable in their order, each rounded
// by itself.
//
//	SI s   DI pixels   R8 bytes of a row   R9 rows left   R10 bytes covered of a row   CX byte of the row
//	Y3 x of four pixels   Y4 py*dy   Y5 py   Y6 4   Y7 a's x   Y8 0.5   Y9 255   Y10 1
//	Y11 reach²   Y12 reach   Y13 inverse   Y14 dy   Y15 dx   X2 y at the row's head
TEXT ·coverAVX2(SB), NOSPLIT, $0-8
	MOVQ s+0(FP), SI
	MOVQ cover_pix(SI), DI
	MOVQ cover_width(SI), R8
	MOVQ cover_rows(SI), R9
	MOVQ cover_columns(SI), R10
	VBROADCASTSD cover_dx(SI), Y15
	VBROADCASTSD cover_dy(SI), Y14
	VBROADCASTSD cover_inverse(SI), Y13
	VBROADCASTSD cover_reach(SI), Y12
	VMULPD Y12, Y12, Y11
	VBROADCASTSD columns<>+40(SB), Y10
	VBROADCASTSD columns<>+48(SB), Y9
	VBROADCASTSD columns<>+56(SB), Y8
	VBROADCASTSD cover_ax(SI), Y7
	VBROADCASTSD columns<>+32(SB), Y6
row:
	VBROADCASTSD cover_y(SI), Y5
	VADDSD cover_y(SI), X10, X2
	VMOVSD X2, cover_y(SI)
	VBROADCASTSD cover_ay(SI), Y2
	VSUBPD Y2, Y5, Y5
	VMULPD Y14, Y5, Y4
	VBROADCASTSD cover_x(SI), Y3
	VADDPD columns<>+0(SB), Y3, Y3
	XORQ CX, CX
four:
	VSUBPD Y7, Y3, Y0
	VMULPD Y15, Y0, Y1
	VADDPD Y4, Y1, Y1
	VMULPD Y13, Y1, Y1
	VXORPD Y2, Y2, Y2
	VMAXPD Y2, Y1, Y1
	VMINPD Y10, Y1, Y1
	VMULPD Y15, Y1, Y2
	VSUBPD Y2, Y0, Y0
	VMULPD Y14, Y1, Y2
	VSUBPD Y2, Y5, Y2
	VMULPD Y0, Y0, Y0
	VMULPD Y2, Y2, Y2
	VADDPD Y2, Y0, Y0
	VCMPPD $1, Y11, Y0, Y1
	VSQRTPD Y0, Y0
	VSUBPD Y0, Y12, Y0
	VMINPD Y10, Y0, Y0
	VMULPD Y9, Y0, Y0
	VADDPD Y8, Y0, Y0
	VANDPD Y1, Y0, Y0
	VCVTTPD2DQY Y0, X0
	VPACKUSDW X0, X0, X0
	VPACKUSWB X0, X0, X0
	VMOVD (DI)(CX*1), X1
	VPMAXUB X1, X0, X0
	VMOVD X0, (DI)(CX*1)
	VADDPD Y6, Y3, Y3
	ADDQ $4, CX
	CMPQ CX, R10
	JLT four
	ADDQ R8, DI
	DECQ R9
	JNZ row
	VZEROUPPER
	RET

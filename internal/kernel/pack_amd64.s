#include "textflag.h"

// The transpose of a 4x4 block in each half: (Y0..Y3) are rows, t are free.
#define TRANSPOSE4(a, b, c, d, t0, t1, t2, t3) \
	VUNPCKLPS b, a, t0; \
	VUNPCKHPS b, a, t1; \
	VUNPCKLPS d, c, t2; \
	VUNPCKHPS d, c, t3; \
	VUNPCKLPD t2, t0, a; \
	VUNPCKHPD t2, t0, b; \
	VUNPCKLPD t3, t1, c; \
	VUNPCKHPD t3, t1, d

// func transposeAVX2(dst, src unsafe.Pointer, dstRow, srcRow, blocks int)
//
// dst (8*blocks, 8) = src (8, 8*blocks) transposed; the distances from row to
// row are in bytes.
//
//	DI dst   R8, R9, R10, R11  1, 3, 5, 7 times dstRow
//	SI src   R12, R13          1, 3 times srcRow   AX src's row 4
//	CX blocks left
TEXT ·transposeAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ dstRow+16(FP), R8
	MOVQ srcRow+24(FP), R12
	MOVQ blocks+32(FP), CX
	LEAQ (R8)(R8*2), R9
	LEAQ (R8)(R8*4), R10
	LEAQ (R9)(R8*4), R11
	LEAQ (R12)(R12*2), R13
	LEAQ (SI)(R12*4), AX
again:
	// Rows 0..3 in the low halves, 4..7 in the high ones; columns 0..3, 4..7.
	VMOVUPS (SI), X0
	VMOVUPS (SI)(R12*1), X1
	VMOVUPS (SI)(R12*2), X2
	VMOVUPS (SI)(R13*1), X3
	VMOVUPS 16(SI), X4
	VMOVUPS 16(SI)(R12*1), X5
	VMOVUPS 16(SI)(R12*2), X6
	VMOVUPS 16(SI)(R13*1), X7
	VINSERTF128 $1, (AX), Y0, Y0
	VINSERTF128 $1, (AX)(R12*1), Y1, Y1
	VINSERTF128 $1, (AX)(R12*2), Y2, Y2
	VINSERTF128 $1, (AX)(R13*1), Y3, Y3
	VINSERTF128 $1, 16(AX), Y4, Y4
	VINSERTF128 $1, 16(AX)(R12*1), Y5, Y5
	VINSERTF128 $1, 16(AX)(R12*2), Y6, Y6
	VINSERTF128 $1, 16(AX)(R13*1), Y7, Y7
	TRANSPOSE4(Y0, Y1, Y2, Y3, Y8, Y9, Y10, Y11)
	TRANSPOSE4(Y4, Y5, Y6, Y7, Y12, Y13, Y14, Y15)
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, (DI)(R8*1)
	VMOVUPS Y2, (DI)(R8*2)
	VMOVUPS Y3, (DI)(R9*1)
	VMOVUPS Y4, (DI)(R8*4)
	VMOVUPS Y5, (DI)(R10*1)
	VMOVUPS Y6, (DI)(R9*2)
	VMOVUPS Y7, (DI)(R11*1)
	ADDQ $32, SI
	ADDQ $32, AX
	LEAQ (DI)(R8*8), DI
	DECQ CX
	JNZ again
	VZEROUPPER
	RET

// func packAVX2(dst, src unsafe.Pointer, srcRow, k, columns, panelBytes int)
//
// k rows of this many columns, a multiple of the panel's, become panels one behind
// the other; srcRow is in bytes.
//
//	DI row in the first panel   AX row in a panel   BX left of that row
//	SI row of src, DX in it     R8 srcRow   R9 k, counted down
//	R10 columns in bytes   CX left of them   R11 panelBytes   R12 from panel to panel
TEXT ·packAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ srcRow+16(FP), R8
	MOVQ k+24(FP), R9
	MOVQ columns+32(FP), R10
	MOVQ panelBytes+40(FP), R11
	SHLQ $2, R10
	MOVQ R9, R12
	DECQ R12
	IMULQ R11, R12
row:
	MOVQ DI, AX
	MOVQ SI, DX
	MOVQ R10, CX
panel:
	MOVQ R11, BX
again:
	VMOVUPS (DX), Y0
	VMOVUPS 32(DX), Y1
	VMOVUPS Y0, (AX)
	VMOVUPS Y1, 32(AX)
	ADDQ $64, DX
	ADDQ $64, AX
	SUBQ $64, BX
	JNZ again
	ADDQ R12, AX
	SUBQ R11, CX
	JNZ panel
	ADDQ R11, DI
	ADDQ R8, SI
	DECQ R9
	JNZ row
	VZEROUPPER
	RET

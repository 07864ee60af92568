#include "textflag.h"
#include "go_asm.h"

// Eight words of ones before eight of zeros.
DATA ones8<>+0(SB)/8, $-1
DATA ones8<>+8(SB)/8, $-1
DATA ones8<>+16(SB)/8, $-1
DATA ones8<>+24(SB)/8, $-1
GLOBL ones8<>(SB), RODATA|NOPTR, $64

// AX is the address of the next row of x, Y8 its factor.
#define ROW \
	MOVWLZX (R8)(CX*2), AX; \
	MOVBLZX (R9)(CX*1), BX; \
	IMULQ R10, AX; \
	VBROADCASTSS (R11)(BX*4), Y8; \
	ADDQ SI, AX; \
	INCQ CX

// The next row of 64 or of 32 columns; the loops take two rows a turn, an odd
// one before them.
#define WIDEROW \
	ROW; \
	VFMADD231PS (AX), Y8, Y0; \
	VFMADD231PS 32(AX), Y8, Y1; \
	VFMADD231PS 64(AX), Y8, Y2; \
	VFMADD231PS 96(AX), Y8, Y3; \
	VFMADD231PS 128(AX), Y8, Y4; \
	VFMADD231PS 160(AX), Y8, Y5; \
	VFMADD231PS 192(AX), Y8, Y6; \
	VFMADD231PS 224(AX), Y8, Y7
#define HALFROW \
	ROW; \
	VFMADD231PS (AX), Y8, Y0; \
	VFMADD231PS 32(AX), Y8, Y1; \
	VFMADD231PS 64(AX), Y8, Y2; \
	VFMADD231PS 96(AX), Y8, Y3

// func sumAVX2(s *sums)
//
// For each row, y = max(floor, init + the sum of scale[value[j]] * row index[j]
// of x), 64 columns at a time, then 32, then up to 8. See type sums.
//
//	R15 s   SI x   DI y   DX init   R13 columns left
//	R8 end of index   R9 end of value   R10 xRow   R11 scale   R12 -count
//	CX from -count to 0   AX address of a row   BX value
//	Y0-Y7 sums   Y8 scale of a value   Y9 floor   Y10 mask of the last 8
TEXT ·sumAVX2(SB), NOSPLIT, $0-8
	MOVQ s+0(FP), R15
	MOVQ sums_xRow(R15), R10
	MOVQ sums_scale(R15), R11
	VBROADCASTSS sums_floor(R15), Y9

row:
	MOVQ sums_done(R15), AX
	CMPQ AX, sums_rows(R15)
	JGE done
	INCQ sums_done(R15)
	MOVQ sums_yRow(R15), DI
	IMULQ AX, DI
	ADDQ sums_y(R15), DI
	MOVQ sums_initRow(R15), DX
	IMULQ AX, DX
	ADDQ sums_init(R15), DX
	MOVQ sums_count(R15), R12
	MOVLQSX (R12)(AX*4), R12
	IMULQ sums_slot(R15), AX
	ADDQ R12, AX
	MOVQ sums_index(R15), R8
	LEAQ (R8)(AX*2), R8
	MOVQ sums_value(R15), R9
	ADDQ AX, R9
	NEGQ R12
	MOVQ sums_x(R15), SI
	MOVQ sums_columns(R15), R13

wide:
	SUBQ $64, R13
	JLT notwide
	VMOVUPS (DX), Y0
	VMOVUPS 32(DX), Y1
	VMOVUPS 64(DX), Y2
	VMOVUPS 96(DX), Y3
	VMOVUPS 128(DX), Y4
	VMOVUPS 160(DX), Y5
	VMOVUPS 192(DX), Y6
	VMOVUPS 224(DX), Y7
	MOVQ R12, CX
	TESTQ $1, CX
	JZ wideeven
	WIDEROW
wideeven:
	TESTQ CX, CX
	JZ widedone
widepair:
	WIDEROW
	WIDEROW
	TESTQ CX, CX
	JNZ widepair
widedone:
	VMAXPS Y0, Y9, Y0
	VMAXPS Y1, Y9, Y1
	VMAXPS Y2, Y9, Y2
	VMAXPS Y3, Y9, Y3
	VMAXPS Y4, Y9, Y4
	VMAXPS Y5, Y9, Y5
	VMAXPS Y6, Y9, Y6
	VMAXPS Y7, Y9, Y7
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, 64(DI)
	VMOVUPS Y3, 96(DI)
	VMOVUPS Y4, 128(DI)
	VMOVUPS Y5, 160(DI)
	VMOVUPS Y6, 192(DI)
	VMOVUPS Y7, 224(DI)
	ADDQ $256, DX
	ADDQ $256, DI
	ADDQ $256, SI
	JMP wide

notwide:
	ADDQ $64, R13
half:
	SUBQ $32, R13
	JLT nothalf
	VMOVUPS (DX), Y0
	VMOVUPS 32(DX), Y1
	VMOVUPS 64(DX), Y2
	VMOVUPS 96(DX), Y3
	MOVQ R12, CX
	TESTQ $1, CX
	JZ halfeven
	HALFROW
halfeven:
	TESTQ CX, CX
	JZ halfdone
halfpair:
	HALFROW
	HALFROW
	TESTQ CX, CX
	JNZ halfpair
halfdone:
	VMAXPS Y0, Y9, Y0
	VMAXPS Y1, Y9, Y1
	VMAXPS Y2, Y9, Y2
	VMAXPS Y3, Y9, Y3
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, 64(DI)
	VMOVUPS Y3, 96(DI)
	ADDQ $128, DX
	ADDQ $128, DI
	ADDQ $128, SI
	JMP half

nothalf:
	ADDQ $32, R13
narrow:
	JZ row
	MOVQ $8, CX
	CMPQ R13, CX
	CMOVQLT R13, CX
	SUBQ CX, R13
	SHLQ $2, CX
	LEAQ ones8<>+32(SB), AX
	SUBQ CX, AX
	VMOVUPS (AX), Y10
	VMASKMOVPS (DX), Y10, Y0
	MOVQ R12, CX
	TESTQ CX, CX
	JZ narrowdone
narrowadd:
	ROW
	VMASKMOVPS (AX), Y10, Y1
	VFMADD231PS Y1, Y8, Y0
	TESTQ CX, CX
	JNZ narrowadd
narrowdone:
	VMAXPS Y0, Y9, Y0
	VMASKMOVPS Y0, Y10, (DI)
	ADDQ $32, DX
	ADDQ $32, DI
	ADDQ $32, SI
	TESTQ R13, R13
	JMP narrow

done:
	VZEROUPPER
	RET

// func compactAVX2(c *compaction, places *[256]uint64)
//
// Lists each row's nonzero bytes, 32 at a time, c.n being a multiple of 32.
// places[m] holds, byte by byte, the places of the bits set in m. See type
// compaction.
//
//	R15 c   R10 places   R11 slot   R12 bytesRow   R13 lengths   R14 rows left
//	R8 index   R9 value   SI bytes   DI byte   DX bytes left   CX count
//	AX mask of 32 bytes   BX mask of 8
//	X0 base of 8 bytes   X1 8s   X2 places   X3 indices   X4 bytes   Y5 zero
#define EIGHT(offset) \
	MOVBLZX AX, BX; \
	VMOVQ (R10)(BX*8), X2; \
	VPMOVZXBW X2, X3; \
	VMOVQ offset(DI), X4; \
	VPSHUFB X2, X4, X4; \
	VPADDW X0, X3, X3; \
	VMOVDQU X3, (R8)(CX*2); \
	VMOVQ X4, (R9)(CX*1); \
	POPCNTL BX, BX; \
	ADDQ BX, CX; \
	SHRL $8, AX; \
	VPADDW X1, X0, X0

TEXT ·compactAVX2(SB), NOSPLIT, $0-16
	MOVQ c+0(FP), R15
	MOVQ places+8(FP), R10
	MOVQ compaction_slot(R15), R11
	MOVQ compaction_bytesRow(R15), R12
	MOVQ compaction_length(R15), R13
	MOVQ compaction_rows(R15), R14
	MOVQ compaction_index(R15), R8
	MOVQ compaction_value(R15), R9
	MOVQ compaction_bytes(R15), SI
	MOVQ $8, AX
	VMOVQ AX, X1
	VPBROADCASTW X1, X1
	VPXOR Y5, Y5, Y5

row:
	DECQ R14
	JLT done
	MOVQ SI, DI
	MOVQ compaction_n(R15), DX
	XORQ CX, CX
	VPXOR X0, X0, X0
again:
	SUBQ $32, DX
	JLT listed
	VPCMPEQB (DI), Y5, Y6
	VPMOVMSKB Y6, AX
	NOTL AX
	TESTL AX, AX
	JZ empty
	EIGHT(0)
	EIGHT(8)
	EIGHT(16)
	EIGHT(24)
	ADDQ $32, DI
	JMP again
empty:
	VPADDW X1, X0, X0
	VPADDW X1, X0, X0
	VPADDW X1, X0, X0
	VPADDW X1, X0, X0
	ADDQ $32, DI
	JMP again
listed:
	MOVL CX, (R13)
	ADDQ $4, R13
	LEAQ (R8)(R11*2), R8
	ADDQ R11, R9
	ADDQ R12, SI
	JMP row
done:
	VZEROUPPER
	RET

// func transposeBytesAVX2(dst, src *uint8, dstRow, srcRow int)
//
// dst (32, 8) = src (8, 32) transposed, byte by byte; distances from row to row
// in bytes.
//
//	DI dst   R8 dstRow   SI src, AX its row 4   R9, R10 1, 3 times srcRow
#define PAIR(a, b, l, h) \
	VPUNPCKLBW b, a, l; \
	VPUNPCKHBW b, a, h

// Pixels p, p+1 from the low half of y, p+16, p+17 from the high one.
#define OUT(y, x, at, at16) \
	VMOVQ x, (at); \
	VPEXTRQ $1, x, (at)(R8*1); \
	VEXTRACTI128 $1, y, x; \
	VMOVQ x, (at16); \
	VPEXTRQ $1, x, (at16)(R8*1); \
	LEAQ (at)(R8*2), at; \
	LEAQ (at16)(R8*2), at16

TEXT ·transposeBytesAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ dstRow+16(FP), R8
	MOVQ srcRow+24(FP), R9
	LEAQ (R9)(R9*2), R10
	LEAQ (SI)(R9*4), AX
	VMOVDQU (SI), Y0
	VMOVDQU (SI)(R9*1), Y1
	VMOVDQU (SI)(R9*2), Y2
	VMOVDQU (SI)(R10*1), Y3
	VMOVDQU (AX), Y4
	VMOVDQU (AX)(R9*1), Y5
	VMOVDQU (AX)(R9*2), Y6
	VMOVDQU (AX)(R10*1), Y7
	PAIR(Y0, Y1, Y8, Y9)
	PAIR(Y2, Y3, Y10, Y11)
	PAIR(Y4, Y5, Y12, Y13)
	PAIR(Y6, Y7, Y14, Y15)
	// Four rows of pixels 0-3, 4-7, 8-11, 12-15 in Y0-Y3 and Y4-Y7.
	VPUNPCKLWD Y10, Y8, Y0
	VPUNPCKHWD Y10, Y8, Y1
	VPUNPCKLWD Y11, Y9, Y2
	VPUNPCKHWD Y11, Y9, Y3
	VPUNPCKLWD Y14, Y12, Y4
	VPUNPCKHWD Y14, Y12, Y5
	VPUNPCKLWD Y15, Y13, Y6
	VPUNPCKHWD Y15, Y13, Y7
	// All eight rows of two pixels in each half.
	VPUNPCKLDQ Y4, Y0, Y8
	VPUNPCKHDQ Y4, Y0, Y9
	VPUNPCKLDQ Y5, Y1, Y10
	VPUNPCKHDQ Y5, Y1, Y11
	VPUNPCKLDQ Y6, Y2, Y12
	VPUNPCKHDQ Y6, Y2, Y13
	VPUNPCKLDQ Y7, Y3, Y14
	VPUNPCKHDQ Y7, Y3, Y15
	MOVQ R8, BX
	SHLQ $4, BX
	ADDQ DI, BX
	OUT(Y8, X8, DI, BX)
	OUT(Y9, X9, DI, BX)
	OUT(Y10, X10, DI, BX)
	OUT(Y11, X11, DI, BX)
	OUT(Y12, X12, DI, BX)
	OUT(Y13, X13, DI, BX)
	OUT(Y14, X14, DI, BX)
	OUT(Y15, X15, DI, BX)
	VZEROUPPER
	RET

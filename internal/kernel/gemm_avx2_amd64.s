#include "textflag.h"
#include "go_asm.h"
#include "gemm_amd64.h"

// func gemmAVX2(t *tiles)
//
// C = max(floor, init + A·B) for one panel of up to 16 columns and all rows,
// six rows at a time. See type tiles.
//
//	R15 t
//	R11 a   AX a of the step     R8, R9, R10  1, 3, 5 times aRow
//	R12 end of steps             R14 bStep
//	BX  b, moving along k        DX  initRow  R13 cRow
//	CX  from -k to 0
//	SI  init, row by row         DI  c, row by row
//	Y0-Y11 sums, two a row (wide, ragged) or one (up to 8 columns)
//	Y12, Y13 a row of B   Y14 one element of A, floor at the end
//	Y15 mask of the columns from the last multiple of 8 on, not used by 16

// A step of k for one row: wide, narrow.
#define WIDE(a, c0, c1) \
	VBROADCASTSS a, Y14; \
	VFMADD231PS Y12, Y14, c0; \
	VFMADD231PS Y13, Y14, c1
#define NARROW(a, c0) \
	VBROADCASTSS a, Y14; \
	VFMADD231PS Y12, Y14, c0

#define WIDE1 WIDE((AX), Y0, Y1)
#define WIDE2 WIDE1; WIDE((AX)(R8*1), Y2, Y3)
#define WIDE3 WIDE2; WIDE((AX)(R8*2), Y4, Y5)
#define WIDE4 WIDE3; WIDE((AX)(R9*1), Y6, Y7)
#define WIDE5 WIDE4; WIDE((AX)(R8*4), Y8, Y9)
#define WIDE6 WIDE5; WIDE((AX)(R10*1), Y10, Y11)

#define NARROW1 NARROW((AX), Y0)
#define NARROW2 NARROW1; NARROW((AX)(R8*1), Y2)
#define NARROW3 NARROW2; NARROW((AX)(R8*2), Y4)
#define NARROW4 NARROW3; NARROW((AX)(R9*1), Y6)
#define NARROW5 NARROW4; NARROW((AX)(R8*4), Y8)
#define NARROW6 NARROW5; NARROW((AX)(R10*1), Y10)

// The sums begin as init's rows.
#define LOAD(c0) \
	VMASKMOVPS (SI), Y15, c0; \
	ADDQ DX, SI
#define LOAD1 LOAD(Y0)
#define LOAD2 LOAD1; LOAD(Y2)
#define LOAD3 LOAD2; LOAD(Y4)
#define LOAD4 LOAD3; LOAD(Y6)
#define LOAD5 LOAD4; LOAD(Y8)
#define LOAD6 LOAD5; LOAD(Y10)
#define LOADW(c0, c1) \
	VMOVUPS (SI), c0; \
	VMOVUPS 32(SI), c1; \
	ADDQ DX, SI
#define LOADW1 LOADW(Y0, Y1)
#define LOADW2 LOADW1; LOADW(Y2, Y3)
#define LOADW3 LOADW2; LOADW(Y4, Y5)
#define LOADW4 LOADW3; LOADW(Y6, Y7)
#define LOADW5 LOADW4; LOADW(Y8, Y9)
#define LOADW6 LOADW5; LOADW(Y10, Y11)
#define LOADR(c0, c1) \
	VMOVUPS (SI), c0; \
	VMASKMOVPS 32(SI), Y15, c1; \
	ADDQ DX, SI
#define LOADR1 LOADR(Y0, Y1)
#define LOADR2 LOADR1; LOADR(Y2, Y3)
#define LOADR3 LOADR2; LOADR(Y4, Y5)
#define LOADR4 LOADR3; LOADR(Y6, Y7)
#define LOADR5 LOADR4; LOADR(Y8, Y9)
#define LOADR6 LOADR5; LOADR(Y10, Y11)

// The sum is VMAXPS's second source, which it returns for NaN.
#define STORE(c0) \
	VMAXPS c0, Y14, c0; \
	VMASKMOVPS c0, Y15, (DI); \
	ADDQ R13, DI
#define STORE1 STORE(Y0)
#define STORE2 STORE1; STORE(Y2)
#define STORE3 STORE2; STORE(Y4)
#define STORE4 STORE3; STORE(Y6)
#define STORE5 STORE4; STORE(Y8)
#define STORE6 STORE5; STORE(Y10)
#define STOREW(c0, c1) \
	VMAXPS c0, Y14, c0; \
	VMOVUPS c0, (DI); \
	VMAXPS c1, Y14, c1; \
	VMOVUPS c1, 32(DI); \
	ADDQ R13, DI
#define STOREW1 STOREW(Y0, Y1)
#define STOREW2 STOREW1; STOREW(Y2, Y3)
#define STOREW3 STOREW2; STOREW(Y4, Y5)
#define STOREW4 STOREW3; STOREW(Y6, Y7)
#define STOREW5 STOREW4; STOREW(Y8, Y9)
#define STOREW6 STOREW5; STOREW(Y10, Y11)
#define STORER(c0, c1) \
	VMAXPS c0, Y14, c0; \
	VMOVUPS c0, (DI); \
	VMAXPS c1, Y14, c1; \
	VMASKMOVPS c1, Y15, 32(DI); \
	ADDQ R13, DI
#define STORER1 STORER(Y0, Y1)
#define STORER2 STORER1; STORER(Y2, Y3)
#define STORER3 STORER2; STORER(Y4, Y5)
#define STORER4 STORER3; STORER(Y6, Y7)
#define STORER5 STORER4; STORER(Y8, Y9)
#define STORER6 STORER5; STORER(Y10, Y11)

#define START \
	MOVQ tiles_a(R15), R11; \
	ADDQ tiles_done(R15), R11; \
	MOVQ tiles_b(R15), BX; \
	MOVQ tiles_k(R15), CX; \
	NEGQ CX
#define STEP \
	MOVLQSX (R12)(CX*4), AX; \
	LEAQ (R11)(AX*4), AX
#define ADVANCE(again) \
	ADDQ R14, BX; \
	INCQ CX; \
	JNZ again

#define WIDETILE(again, load, rows, store) \
	START; \
	load; \
again: \
	STEP; \
	VMOVUPS (BX), Y12; \
	VMOVUPS 32(BX), Y13; \
	rows; \
	ADVANCE(again); \
	VBROADCASTSS tiles_floor(R15), Y14; \
	store

#define RAGGEDTILE(again, load, rows, store) \
	START; \
	load; \
again: \
	STEP; \
	VMOVUPS (BX), Y12; \
	VMASKMOVPS 32(BX), Y15, Y13; \
	rows; \
	ADVANCE(again); \
	VBROADCASTSS tiles_floor(R15), Y14; \
	store

#define NARROWTILE(again, load, rows, store) \
	START; \
	load; \
again: \
	STEP; \
	VMASKMOVPS (BX), Y15, Y12; \
	rows; \
	ADVANCE(again); \
	VBROADCASTSS tiles_floor(R15), Y14; \
	store

// Eight words of ones before eight of zeros.
DATA mask8<>+0(SB)/8, $-1
DATA mask8<>+8(SB)/8, $-1
DATA mask8<>+16(SB)/8, $-1
DATA mask8<>+24(SB)/8, $-1
GLOBL mask8<>(SB), RODATA|NOPTR, $64

TEXT ·gemmAVX2(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), R15
	MOVQ tiles_aRow(R15), R8
	LEAQ (R8)(R8*2), R9
	LEAQ (R8)(R8*4), R10
	MOVQ tiles_steps(R15), R12
	MOVQ tiles_k(R15), AX
	LEAQ (R12)(AX*4), R12
	MOVQ tiles_bStep(R15), R14
	MOVQ tiles_initRow(R15), DX
	MOVQ tiles_cRow(R15), R13

plane:
	MOVQ tiles_init(R15), SI
	MOVQ tiles_c(R15), DI

	// Eight words of mask8 that begin with one set word for each column.
	MOVQ tiles_columns(R15), CX
	CMPQ CX, $16
	JEQ wide
	MOVQ CX, BX
	ANDQ $7, BX
	CMPQ CX, $8
	JNE mask
	MOVQ CX, BX
mask:
	SHLQ $2, BX
	LEAQ mask8<>+32(SB), AX
	SUBQ BX, AX
	VMOVUPS (AX), Y15
	CMPQ CX, $8
	JLE narrow
	JMP ragged

wide:
	CMPQ tiles_left(R15), $6
	JLT widerest
	WIDETILE(sixwide, LOADW6, WIDE6, STOREW6)
	LEAQ (R9*2), AX
	ADDQ AX, tiles_done(R15)
	SUBQ $6, tiles_left(R15)
	JMP wide
widerest:
	MOVQ tiles_left(R15), CX
	CMPQ CX, $1
	JEQ wide1
	CMPQ CX, $2
	JEQ wide2
	CMPQ CX, $3
	JEQ wide3
	CMPQ CX, $4
	JEQ wide4
	CMPQ CX, $5
	JEQ wide5
	JMP done
wide1:
	WIDETILE(onewide, LOADW1, WIDE1, STOREW1)
	JMP done
wide2:
	WIDETILE(twowide, LOADW2, WIDE2, STOREW2)
	JMP done
wide3:
	WIDETILE(threewide, LOADW3, WIDE3, STOREW3)
	JMP done
wide4:
	WIDETILE(fourwide, LOADW4, WIDE4, STOREW4)
	JMP done
wide5:
	WIDETILE(fivewide, LOADW5, WIDE5, STOREW5)
	JMP done

ragged:
	CMPQ tiles_left(R15), $6
	JLT raggedrest
	RAGGEDTILE(sixragged, LOADR6, WIDE6, STORER6)
	LEAQ (R9*2), AX
	ADDQ AX, tiles_done(R15)
	SUBQ $6, tiles_left(R15)
	JMP ragged
raggedrest:
	MOVQ tiles_left(R15), CX
	CMPQ CX, $1
	JEQ ragged1
	CMPQ CX, $2
	JEQ ragged2
	CMPQ CX, $3
	JEQ ragged3
	CMPQ CX, $4
	JEQ ragged4
	CMPQ CX, $5
	JEQ ragged5
	JMP done
ragged1:
	RAGGEDTILE(oneragged, LOADR1, WIDE1, STORER1)
	JMP done
ragged2:
	RAGGEDTILE(tworagged, LOADR2, WIDE2, STORER2)
	JMP done
ragged3:
	RAGGEDTILE(threeragged, LOADR3, WIDE3, STORER3)
	JMP done
ragged4:
	RAGGEDTILE(fourragged, LOADR4, WIDE4, STORER4)
	JMP done
ragged5:
	RAGGEDTILE(fiveragged, LOADR5, WIDE5, STORER5)
	JMP done

narrow:
	CMPQ tiles_left(R15), $6
	JLT narrowrest
	NARROWTILE(sixnarrow, LOAD6, NARROW6, STORE6)
	LEAQ (R9*2), AX
	ADDQ AX, tiles_done(R15)
	SUBQ $6, tiles_left(R15)
	JMP narrow
narrowrest:
	MOVQ tiles_left(R15), CX
	CMPQ CX, $1
	JEQ narrow1
	CMPQ CX, $2
	JEQ narrow2
	CMPQ CX, $3
	JEQ narrow3
	CMPQ CX, $4
	JEQ narrow4
	CMPQ CX, $5
	JEQ narrow5
	JMP done
narrow1:
	NARROWTILE(onenarrow, LOAD1, NARROW1, STORE1)
	JMP done
narrow2:
	NARROWTILE(twonarrow, LOAD2, NARROW2, STORE2)
	JMP done
narrow3:
	NARROWTILE(threenarrow, LOAD3, NARROW3, STORE3)
	JMP done
narrow4:
	NARROWTILE(fournarrow, LOAD4, NARROW4, STORE4)
	JMP done
narrow5:
	NARROWTILE(fivenarrow, LOAD5, NARROW5, STORE5)
	JMP done

done:
	NEXTPLANE(plane, out)
out:
	VZEROUPPER
	RET

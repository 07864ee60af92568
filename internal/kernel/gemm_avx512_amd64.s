#include "textflag.h"
#include "go_asm.h"

// func gemmAVX512(t *tiles)
//
// C = max(floor, init + A·B) for one panel of up to 32 columns and all rows,
// eight rows at a time. See type tiles.
//
//	R15 t between tiles, a within AX a of the step
//	R8, R9, R10, R11  1, 3, 5, 7 times aRow
//	R12 end of steps             R14 bStep
//	BX  b, moving along k        DX  initRow R13 cRow
//	CX  from -k to 0
//	SI  init, row by row         DI  c, row by row
//	Z0-Z15 sums, two a row (wide) or one (narrow)
//	Z28, Z29 a row of B   Z30 floor   Z31 one element of A
//	K1, K2 columns of the panel

// A step of k for one row: wide, narrow.
#define WIDE(a, c0, c1) \
	VBROADCASTSS a, Z31; \
	VFMADD231PS Z28, Z31, c0; \
	VFMADD231PS Z29, Z31, c1
#define NARROW(a, c0) VFMADD231PS.BCST a, Z28, c0

#define WIDE1 WIDE((AX), Z0, Z1)
#define WIDE2 WIDE1; WIDE((AX)(R8*1), Z2, Z3)
#define WIDE3 WIDE2; WIDE((AX)(R8*2), Z4, Z5)
#define WIDE4 WIDE3; WIDE((AX)(R9*1), Z6, Z7)
#define WIDE5 WIDE4; WIDE((AX)(R8*4), Z8, Z9)
#define WIDE6 WIDE5; WIDE((AX)(R10*1), Z10, Z11)
#define WIDE7 WIDE6; WIDE((AX)(R9*2), Z12, Z13)
#define WIDE8 WIDE7; WIDE((AX)(R11*1), Z14, Z15)

#define NARROW1 NARROW((AX), Z0)
#define NARROW2 NARROW1; NARROW((AX)(R8*1), Z2)
#define NARROW3 NARROW2; NARROW((AX)(R8*2), Z4)
#define NARROW4 NARROW3; NARROW((AX)(R9*1), Z6)
#define NARROW5 NARROW4; NARROW((AX)(R8*4), Z8)
#define NARROW6 NARROW5; NARROW((AX)(R10*1), Z10)
#define NARROW7 NARROW6; NARROW((AX)(R9*2), Z12)
#define NARROW8 NARROW7; NARROW((AX)(R11*1), Z14)

// The sums begin as init's rows.
#define LOAD(c0) \
	VMOVUPS.Z (SI), K1, c0; \
	ADDQ DX, SI
#define LOAD1 LOAD(Z0)
#define LOAD2 LOAD1; LOAD(Z2)
#define LOAD3 LOAD2; LOAD(Z4)
#define LOAD4 LOAD3; LOAD(Z6)
#define LOAD5 LOAD4; LOAD(Z8)
#define LOAD6 LOAD5; LOAD(Z10)
#define LOAD7 LOAD6; LOAD(Z12)
#define LOAD8 LOAD7; LOAD(Z14)
#define LOADW(c0, c1) \
	VMOVUPS.Z 64(SI), K2, c1; \
	LOAD(c0)
#define LOADW1 LOADW(Z0, Z1)
#define LOADW2 LOADW1; LOADW(Z2, Z3)
#define LOADW3 LOADW2; LOADW(Z4, Z5)
#define LOADW4 LOADW3; LOADW(Z6, Z7)
#define LOADW5 LOADW4; LOADW(Z8, Z9)
#define LOADW6 LOADW5; LOADW(Z10, Z11)
#define LOADW7 LOADW6; LOADW(Z12, Z13)
#define LOADW8 LOADW7; LOADW(Z14, Z15)

// The sum is VMAXPS's second source, which it returns for NaN.
#define STORE(c0) \
	VMAXPS c0, Z30, c0; \
	VMOVUPS c0, K1, (DI); \
	ADDQ R13, DI
#define STORE1 STORE(Z0)
#define STORE2 STORE1; STORE(Z2)
#define STORE3 STORE2; STORE(Z4)
#define STORE4 STORE3; STORE(Z6)
#define STORE5 STORE4; STORE(Z8)
#define STORE6 STORE5; STORE(Z10)
#define STORE7 STORE6; STORE(Z12)
#define STORE8 STORE7; STORE(Z14)
#define STOREW(c0, c1) \
	VMAXPS c1, Z30, c1; \
	VMOVUPS c1, K2, 64(DI); \
	STORE(c0)
#define STOREW1 STOREW(Z0, Z1)
#define STOREW2 STOREW1; STOREW(Z2, Z3)
#define STOREW3 STOREW2; STOREW(Z4, Z5)
#define STOREW4 STOREW3; STOREW(Z6, Z7)
#define STOREW5 STOREW4; STOREW(Z8, Z9)
#define STOREW6 STOREW5; STOREW(Z10, Z11)
#define STOREW7 STOREW6; STOREW(Z12, Z13)
#define STOREW8 STOREW7; STOREW(Z14, Z15)

#define START \
	MOVQ tiles_b(R15), BX; \
	MOVQ tiles_k(R15), CX; \
	NEGQ CX; \
	MOVQ tiles_done(R15), AX; \
	MOVQ tiles_a(R15), R15; \
	ADDQ AX, R15
#define STEP \
	MOVLQSX (R12)(CX*4), AX; \
	LEAQ (R15)(AX*4), AX
#define ADVANCE(again) \
	ADDQ R14, BX; \
	INCQ CX; \
	JNZ again; \
	MOVQ t+0(FP), R15

#define WIDETILE(again, load, rows, store) \
	START; \
	load; \
again: \
	STEP; \
	VMOVUPS.Z (BX), K1, Z28; \
	VMOVUPS.Z 64(BX), K2, Z29; \
	rows; \
	ADVANCE(again); \
	store

#define NARROWTILE(again, load, rows, store) \
	START; \
	load; \
again: \
	STEP; \
	VMOVUPS.Z (BX), K1, Z28; \
	rows; \
	ADVANCE(again); \
	store

TEXT ·gemmAVX512(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), R15
	MOVQ tiles_aRow(R15), R8
	LEAQ (R8)(R8*2), R9
	LEAQ (R8)(R8*4), R10
	LEAQ (R9)(R8*4), R11
	MOVQ tiles_steps(R15), R12
	MOVQ tiles_k(R15), AX
	LEAQ (R12)(AX*4), R12
	MOVQ tiles_bStep(R15), R14
	MOVQ tiles_initRow(R15), DX
	MOVQ tiles_cRow(R15), R13
	MOVQ tiles_init(R15), SI
	MOVQ tiles_c(R15), DI
	VBROADCASTSS tiles_floor(R15), Z30

	// K1 and K2 hold a one for each column.
	MOVQ tiles_columns(R15), CX
	MOVQ $1, AX
	SHLQ CX, AX
	DECQ AX
	KMOVW AX, K1
	SHRQ $16, AX
	KMOVW AX, K2
	JZ narrow

wide:
	CMPQ tiles_m(R15), $8
	JLT widerest
	WIDETILE(eightwide, LOADW8, WIDE8, STOREW8)
	LEAQ (R8*8), AX
	ADDQ AX, tiles_done(R15)
	SUBQ $8, tiles_m(R15)
	JMP wide
widerest:
	MOVQ tiles_m(R15), CX
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
	CMPQ CX, $6
	JEQ wide6
	CMPQ CX, $7
	JEQ wide7
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
wide6:
	WIDETILE(sixwide, LOADW6, WIDE6, STOREW6)
	JMP done
wide7:
	WIDETILE(sevenwide, LOADW7, WIDE7, STOREW7)
	JMP done

narrow:
	CMPQ tiles_m(R15), $8
	JLT narrowrest
	NARROWTILE(eightnarrow, LOAD8, NARROW8, STORE8)
	LEAQ (R8*8), AX
	ADDQ AX, tiles_done(R15)
	SUBQ $8, tiles_m(R15)
	JMP narrow
narrowrest:
	MOVQ tiles_m(R15), CX
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
	CMPQ CX, $6
	JEQ narrow6
	CMPQ CX, $7
	JEQ narrow7
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
narrow6:
	NARROWTILE(sixnarrow, LOAD6, NARROW6, STORE6)
	JMP done
narrow7:
	NARROWTILE(sevennarrow, LOAD7, NARROW7, STORE7)
	JMP done

done:
	VZEROUPPER
	RET

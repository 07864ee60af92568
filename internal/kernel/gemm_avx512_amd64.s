#include "textflag.h"
#include "go_asm.h"
#include "gemm_amd64.h"

// func gemmAVX512(t *tiles)
//
// C = max(floor, init + A·B) for one panel of up to 32 columns and all rows, up to twelve
// rows at a time, two steps of k at a time. See type tiles.
//
//	R15 t between tiles, a within AX a of the step, its first eight rows
//	R8, R9, R10, R11  1, 3, 5, 7 times aRow; of bands aRow, band, band + aRow, band + 2*aRow
//	R12 end of steps             R14 bStep
//	BX  b, moving along k        DX  initRow R13 cRow, within a tile a of the other rows
//	CX  from -k to 0
//	SI  init, row by row         DI  c, row by row
//	Z0-Z23 sums, two a row (wide) or one (narrow)
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
#define WIDE9 WIDE8; LEAQ (AX)(R8*8), R13; WIDE((R13), Z16, Z17)
#define WIDE10 WIDE9; WIDE((R13)(R8*1), Z18, Z19)
#define WIDE11 WIDE10; WIDE((R13)(R8*2), Z20, Z21)
#define WIDE12 WIDE11; WIDE((R13)(R9*1), Z22, Z23)

#define NARROW1 NARROW((AX), Z0)
#define NARROW2 NARROW1; NARROW((AX)(R8*1), Z2)
#define NARROW3 NARROW2; NARROW((AX)(R8*2), Z4)
#define NARROW4 NARROW3; NARROW((AX)(R9*1), Z6)
#define NARROW5 NARROW4; NARROW((AX)(R8*4), Z8)
#define NARROW6 NARROW5; NARROW((AX)(R10*1), Z10)
#define NARROW7 NARROW6; NARROW((AX)(R9*2), Z12)
#define NARROW8 NARROW7; NARROW((AX)(R11*1), Z14)
#define NARROW9 NARROW8; LEAQ (AX)(R8*8), R13; NARROW((R13), Z16)
#define NARROW10 NARROW9; NARROW((R13)(R8*1), Z18)
#define NARROW11 NARROW10; NARROW((R13)(R8*2), Z20)
#define NARROW12 NARROW11; NARROW((R13)(R9*1), Z22)

// Three bands of three rows.
#define WIDEBANDS WIDE3; WIDE((AX)(R9*1), Z6, Z7); WIDE((AX)(R10*1), Z8, Z9); WIDE((AX)(R11*1), Z10, Z11); \
	LEAQ (AX)(R9*2), R13; WIDE((R13), Z12, Z13); WIDE((R13)(R8*1), Z14, Z15); WIDE((R13)(R8*2), Z16, Z17)
#define NARROWBANDS NARROW3; NARROW((AX)(R9*1), Z6); NARROW((AX)(R10*1), Z8); NARROW((AX)(R11*1), Z10); \
	LEAQ (AX)(R9*2), R13; NARROW((R13), Z12); NARROW((R13)(R8*1), Z14); NARROW((R13)(R8*2), Z16)

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
#define LOAD9 LOAD8; LOAD(Z16)
#define LOAD10 LOAD9; LOAD(Z18)
#define LOAD11 LOAD10; LOAD(Z20)
#define LOAD12 LOAD11; LOAD(Z22)
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
#define LOADW9 LOADW8; LOADW(Z16, Z17)
#define LOADW10 LOADW9; LOADW(Z18, Z19)
#define LOADW11 LOADW10; LOADW(Z20, Z21)
#define LOADW12 LOADW11; LOADW(Z22, Z23)

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
#define STORE9 STORE8; STORE(Z16)
#define STORE10 STORE9; STORE(Z18)
#define STORE11 STORE10; STORE(Z20)
#define STORE12 STORE11; STORE(Z22)
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
#define STOREW9 STOREW8; STOREW(Z16, Z17)
#define STOREW10 STOREW9; STOREW(Z18, Z19)
#define STOREW11 STOREW10; STOREW(Z20, Z21)
#define STOREW12 STOREW11; STOREW(Z22, Z23)

// Two rows of B, or of an odd k the first alone, as if another one came before it.
#define START(second) \
	MOVQ tiles_b(R15), BX; \
	MOVQ tiles_k(R15), CX; \
	MOVQ tiles_done(R15), AX; \
	MOVQ tiles_a(R15), R15; \
	ADDQ AX, R15; \
	NEGQ CX; \
	TESTQ $1, CX; \
	JEQ 4(PC); \
	DECQ CX; \
	SUBQ R14, BX; \
	JMP second
#define STEP(at) \
	MOVLQSX at(R12)(CX*4), AX; \
	LEAQ (R15)(AX*4), AX
#define END(first) \
	LEAQ (BX)(R14*2), BX; \
	ADDQ $2, CX; \
	JNZ first; \
	MOVQ t+0(FP), R15; \
	MOVQ tiles_cRow(R15), R13

#define WIDETILE(first, second, load, rows, store) \
	load; \
	START(second); \
first: \
	STEP(0); \
	VMOVUPS.Z (BX), K1, Z28; \
	VMOVUPS.Z 64(BX), K2, Z29; \
	rows; \
second: \
	STEP(4); \
	VMOVUPS.Z (BX)(R14*1), K1, Z28; \
	VMOVUPS.Z 64(BX)(R14*1), K2, Z29; \
	rows; \
	END(first); \
	store; \
	JMP next

#define NARROWTILE(first, second, load, rows, store) \
	load; \
	START(second); \
first: \
	STEP(0); \
	VMOVUPS.Z (BX), K1, Z28; \
	rows; \
second: \
	STEP(4); \
	VMOVUPS.Z (BX)(R14*1), K1, Z28; \
	rows; \
	END(first); \
	store; \
	JMP next

TEXT ·gemmAVX512(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), R15
	MOVQ tiles_aRow(R15), R8
	LEAQ (R8)(R8*2), R9
	LEAQ (R8)(R8*4), R10
	LEAQ (R9)(R8*4), R11
	MOVQ tiles_band(R15), AX
	TESTQ AX, AX
	JEQ rows
	MOVQ AX, R9
	LEAQ (R8)(R9*1), R10
	LEAQ (R9)(R8*2), R11
rows:
	MOVQ tiles_steps(R15), R12
	MOVQ tiles_k(R15), AX
	LEAQ (R12)(AX*4), R12
	MOVQ tiles_bStep(R15), R14
	MOVQ tiles_initRow(R15), DX
	MOVQ tiles_cRow(R15), R13
	VBROADCASTSS tiles_floor(R15), Z30

	// K1 and K2 hold a one for each column.
	MOVQ tiles_columns(R15), CX
	MOVQ $1, AX
	SHLQ CX, AX
	DECQ AX
	KMOVW AX, K1
	SHRQ $16, AX
	KMOVW AX, K2

plane:
	MOVQ tiles_init(R15), SI
	MOVQ tiles_c(R15), DI
	JMP tile

	// The rows of the tile before are done.
next:
	MOVQ tiles_height(R15), CX
	SUBQ CX, tiles_left(R15)
	JLE planes
	IMULQ R8, CX
	ADDQ CX, tiles_done(R15)
tile:
	MOVQ tiles_height(R15), CX
	MOVQ tiles_left(R15), AX
	CMPQ AX, CX
	CMOVQLT AX, CX
	CMPQ tiles_columns(R15), $16
	JLE narrow
	CMPQ tiles_band(R15), $0
	JNE widebands

	CMPQ CX, $8
	JEQ wide8
	CMPQ CX, $9
	JEQ wide9
	CMPQ CX, $10
	JEQ wide10
	CMPQ CX, $11
	JEQ wide11
	CMPQ CX, $12
	JEQ wide12
	CMPQ CX, $6
	JEQ wide6
	CMPQ CX, $7
	JEQ wide7
	CMPQ CX, $5
	JEQ wide5
	CMPQ CX, $4
	JEQ wide4
	CMPQ CX, $3
	JEQ wide3
	CMPQ CX, $2
	JEQ wide2
	JMP wide1
narrow:
	CMPQ tiles_band(R15), $0
	JNE narrowbands
	CMPQ CX, $8
	JEQ narrow8
	CMPQ CX, $9
	JEQ narrow9
	CMPQ CX, $10
	JEQ narrow10
	CMPQ CX, $11
	JEQ narrow11
	CMPQ CX, $12
	JEQ narrow12
	CMPQ CX, $6
	JEQ narrow6
	CMPQ CX, $7
	JEQ narrow7
	CMPQ CX, $5
	JEQ narrow5
	CMPQ CX, $4
	JEQ narrow4
	CMPQ CX, $3
	JEQ narrow3
	CMPQ CX, $2
	JEQ narrow2
	JMP narrow1
wide1:
	WIDETILE(wide1first, wide1second, LOADW1, WIDE1, STOREW1)
wide2:
	WIDETILE(wide2first, wide2second, LOADW2, WIDE2, STOREW2)
wide3:
	WIDETILE(wide3first, wide3second, LOADW3, WIDE3, STOREW3)
wide4:
	WIDETILE(wide4first, wide4second, LOADW4, WIDE4, STOREW4)
wide5:
	WIDETILE(wide5first, wide5second, LOADW5, WIDE5, STOREW5)
wide6:
	WIDETILE(wide6first, wide6second, LOADW6, WIDE6, STOREW6)
wide7:
	WIDETILE(wide7first, wide7second, LOADW7, WIDE7, STOREW7)
wide8:
	WIDETILE(wide8first, wide8second, LOADW8, WIDE8, STOREW8)
wide9:
	WIDETILE(wide9first, wide9second, LOADW9, WIDE9, STOREW9)
wide10:
	WIDETILE(wide10first, wide10second, LOADW10, WIDE10, STOREW10)
wide11:
	WIDETILE(wide11first, wide11second, LOADW11, WIDE11, STOREW11)
wide12:
	WIDETILE(wide12first, wide12second, LOADW12, WIDE12, STOREW12)
narrow1:
	NARROWTILE(narrow1first, narrow1second, LOAD1, NARROW1, STORE1)
narrow2:
	NARROWTILE(narrow2first, narrow2second, LOAD2, NARROW2, STORE2)
narrow3:
	NARROWTILE(narrow3first, narrow3second, LOAD3, NARROW3, STORE3)
narrow4:
	NARROWTILE(narrow4first, narrow4second, LOAD4, NARROW4, STORE4)
narrow5:
	NARROWTILE(narrow5first, narrow5second, LOAD5, NARROW5, STORE5)
narrow6:
	NARROWTILE(narrow6first, narrow6second, LOAD6, NARROW6, STORE6)
narrow7:
	NARROWTILE(narrow7first, narrow7second, LOAD7, NARROW7, STORE7)
narrow8:
	NARROWTILE(narrow8first, narrow8second, LOAD8, NARROW8, STORE8)
narrow9:
	NARROWTILE(narrow9first, narrow9second, LOAD9, NARROW9, STORE9)
narrow10:
	NARROWTILE(narrow10first, narrow10second, LOAD10, NARROW10, STORE10)
narrow11:
	NARROWTILE(narrow11first, narrow11second, LOAD11, NARROW11, STORE11)
narrow12:
	NARROWTILE(narrow12first, narrow12second, LOAD12, NARROW12, STORE12)
widebands:
	WIDETILE(widebandsfirst, widebandssecond, LOADW9, WIDEBANDS, STOREW9)
narrowbands:
	NARROWTILE(narrowbandsfirst, narrowbandssecond, LOAD9, NARROWBANDS, STORE9)

planes:
	NEXTPLANE(plane, done)
done:
	VZEROUPPER
	RET

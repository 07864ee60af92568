#include "textflag.h"
#include "go_asm.h"

// The transformations of Winograd's minimal filtering, see type Winograd: each is one of
// a few values, done first down the columns and then along the rows, or the other way
// round. See type pass, whose loops are these. The bodies are written once, for vectors
// of 4 values (SSE's registers), 8 (AVX2) and 16 (AVX-512).
//
//	R15 pass   SI, DI from, to of the tile   DX, AX of the vector   BX bias
//	R9, R11, R13  1, 3, 5 times fromStep     R8, R10, R12  the same of toStep
//	CX bytes left   R14 tiles left

#define FROM0 (DX)
#define FROM1 (DX)(R9*1)
#define FROM2 (DX)(R9*2)
#define FROM3 (DX)(R11*1)
#define FROM4 (DX)(R9*4)
#define FROM5 (DX)(R13*1)
#define TO0 (AX)
#define TO1 (AX)(R8*1)
#define TO2 (AX)(R8*2)
#define TO3 (AX)(R10*1)
#define TO4 (AX)(R8*4)
#define TO5 (AX)(R12*1)

#define READ3 \
	VMOVUPS FROM0, V0; \
	VMOVUPS FROM1, V1; \
	VMOVUPS FROM2, V2
#define READ4 \
	READ3; \
	VMOVUPS FROM3, V3
#define READ6 \
	READ4; \
	VMOVUPS FROM4, V4; \
	VMOVUPS FROM5, V5

#define ADDTO(sum, to) \
	VADDPS to, sum, sum; \
	VMOVUPS sum, to

// F(2, 3), of the points 0, 1, -1 and infinity.

#define INPUT2 \
	READ4; \
	VSUBPS V2, V0, V0; \
	VMOVUPS V0, TO0; \
	VADDPS V2, V1, V4; \
	VMOVUPS V4, TO1; \
	VSUBPS V1, V2, V2; \
	VMOVUPS V2, TO2; \
	VSUBPS V3, V1, V1; \
	VMOVUPS V1, TO3

#define SUMS2 \
	READ4; \
	VADDPS V1, V0, V0; \
	VADDPS V2, V0, V0; \
	VSUBPS V2, V1, V1; \
	VSUBPS V3, V1, V1
#define OUTPUT2 \
	SUMS2; \
	VMOVUPS V0, TO0; \
	VMOVUPS V1, TO1

// The sum is VMAXPS's second source, which it returns for NaN: V14 is the bias, V15 the floor.
#define FINISH(sum, to) \
	VADDPS V14, sum, sum; \
	VMAXPS sum, V15, sum; \
	VMOVUPS sum, to
#define BIASED2 \
	SUMS2; \
	VMOVUPS (BX), V14; \
	FINISH(V0, TO0); \
	FINISH(V1, TO1)

#define GRADIENT2 \
	VMOVUPS FROM0, V0; \
	VMOVUPS FROM1, V1; \
	VMOVUPS V0, TO0; \
	VADDPS V1, V0, V2; \
	VMOVUPS V2, TO1; \
	VSUBPS V1, V0, V2; \
	VMOVUPS V2, TO2; \
	VXORPS V3, V3, V3; \
	VSUBPS V1, V3, V3; \
	VMOVUPS V3, TO3

#define SPREAD2 \
	READ4; \
	VSUBPS V2, V1, V4; \
	VADDPS V3, V4, V4; \
	VADDPS V2, V1, V5; \
	VSUBPS V0, V5, V5; \
	ADDTO(V0, TO0); \
	ADDTO(V4, TO1); \
	ADDTO(V5, TO2); \
	VMOVUPS TO3, V0; \
	VSUBPS V3, V0, V0; \
	VMOVUPS V0, TO3

#define TAPS2 \
	READ3; \
	VMOVUPS V0, TO0; \
	VMOVUPS V2, TO3; \
	VADDPS V2, V0, V0; \
	VADDPS V1, V0, V2; \
	VMULPS V10, V2, V2; \
	VMOVUPS V2, TO1; \
	VSUBPS V1, V0, V0; \
	VMULPS V10, V0, V0; \
	VMOVUPS V0, TO2

#define TAPSUMS2 \
	READ4; \
	VADDPS V2, V1, V4; \
	VSUBPS V2, V1, V1; \
	VMULPS V10, V1, V1; \
	VFMADD231PS V10, V4, V0; \
	VFMADD213PS V3, V10, V4

// F(4, 3), of the points 0, r, -r, 2r, -2r and infinity, r the root of 1/2, by which the
// powers of the points stay near 1: with 1 and 2 the errors are twice as large.
//
//	V8 5/2   V9 2   V10 1/2   V11 r   V12 2r

#define INPUT4 \
	READ6; \
	VADDPS V4, V0, V0; \
	VFNMADD231PS V8, V2, V0; \
	VMOVUPS V0, TO0; \
	VADDPS V5, V1, V5; \
	VFNMADD231PS V8, V3, V5; \
	VMOVUPS V5, TO5; \
	VMOVAPS V4, V6; \
	VFNMADD231PS V9, V2, V6; \
	VMOVAPS V3, V7; \
	VFNMADD231PS V9, V1, V7; \
	VFNMADD231PS V10, V2, V4; \
	VFNMADD231PS V10, V1, V3; \
	VMOVAPS V6, V0; \
	VFMADD231PS V11, V7, V0; \
	VMOVUPS V0, TO1; \
	VFNMADD231PS V11, V7, V6; \
	VMOVUPS V6, TO2; \
	VMOVAPS V4, V0; \
	VFMADD231PS V12, V3, V0; \
	VMOVUPS V0, TO3; \
	VFNMADD231PS V12, V3, V4; \
	VMOVUPS V4, TO4

// V1 - V2, V1 + V2, V3 - V4, V3 + V4 as V1, V6, V3, V7.
#define PAIRS \
	VADDPS V2, V1, V6; \
	VSUBPS V2, V1, V1; \
	VADDPS V4, V3, V7; \
	VSUBPS V4, V3, V3

#define SUMS4 \
	READ6; \
	PAIRS; \
	VADDPS V6, V0, V0; \
	VADDPS V7, V0, V0; \
	VMULPS V11, V1, V1; \
	VMULPS V12, V3, V3; \
	VMULPS V10, V6, V2; \
	VFMADD231PS V9, V7, V2; \
	VADDPS V3, V1, V4; \
	VFMADD231PS V10, V1, V5; \
	VFMADD231PS V9, V3, V5
#define OUTPUT4 \
	SUMS4; \
	VMOVUPS V0, TO0; \
	VMOVUPS V4, TO1; \
	VMOVUPS V2, TO2; \
	VMOVUPS V5, TO3
#define BIASED4 \
	SUMS4; \
	VMOVUPS (BX), V14; \
	FINISH(V0, TO0); \
	FINISH(V4, TO1); \
	FINISH(V2, TO2); \
	FINISH(V5, TO3)

#define GRADIENT4 \
	READ4; \
	VMOVUPS V0, TO0; \
	VMOVUPS V3, TO5; \
	VMOVAPS V0, V4; \
	VFMADD231PS V10, V2, V4; \
	VMOVAPS V1, V5; \
	VFMADD231PS V10, V3, V5; \
	VFMADD231PS V9, V2, V0; \
	VFMADD231PS V9, V3, V1; \
	VMOVAPS V4, V6; \
	VFMADD231PS V11, V5, V6; \
	VMOVUPS V6, TO1; \
	VFNMADD231PS V11, V5, V4; \
	VMOVUPS V4, TO2; \
	VMOVAPS V0, V6; \
	VFMADD231PS V12, V1, V6; \
	VMOVUPS V6, TO3; \
	VFNMADD231PS V12, V1, V0; \
	VMOVUPS V0, TO4

#define SPREAD4 \
	READ6; \
	PAIRS; \
	VADDPS V7, V6, V2; \
	VADDPS V0, V2, V2; \
	ADDTO(V2, TO4); \
	VADDPS TO0, V0, V4; \
	VMOVUPS V4, TO0; \
	VADDPS TO5, V5, V4; \
	VMOVUPS V4, TO5; \
	VMOVUPS TO1, V4; \
	VADDPS V5, V4, V4; \
	VFNMADD231PS V12, V1, V4; \
	VFNMADD231PS V11, V3, V4; \
	VMOVUPS V4, TO1; \
	VMOVUPS TO2, V4; \
	VFNMADD231PS V8, V0, V4; \
	VFNMADD231PS V9, V6, V4; \
	VFNMADD231PS V10, V7, V4; \
	VMOVUPS V4, TO2; \
	VMOVUPS TO3, V4; \
	VFNMADD231PS V8, V5, V4; \
	VFMADD231PS V11, V1, V4; \
	VFMADD231PS V12, V3, V4; \
	VMOVUPS V4, TO3

// Weights are transformed with V8 1/3, V9 2/3, V10 1/6, V11 2r/3, V12 2r/6.
#define TAPS4 \
	READ3; \
	VMOVUPS V0, TO0; \
	VMOVUPS V2, TO5; \
	VMULPS V8, V2, V2; \
	VMOVAPS V2, V3; \
	VFMADD231PS V9, V0, V2; \
	VFMADD231PS V10, V0, V3; \
	VMULPS V12, V1, V4; \
	VMULPS V11, V1, V1; \
	VXORPS V5, V5, V5; \
	VSUBPS V2, V5, V5; \
	VSUBPS V1, V5, V0; \
	VMOVUPS V0, TO1; \
	VADDPS V1, V5, V5; \
	VMOVUPS V5, TO2; \
	VADDPS V4, V3, V0; \
	VMOVUPS V0, TO3; \
	VSUBPS V4, V3, V3; \
	VMOVUPS V3, TO4

// The three sums in V0, V1 and V4 as those of TAPSUMS2.
#define TAPSUMS4 \
	READ6; \
	PAIRS; \
	VFNMADD231PS V9, V6, V0; \
	VFMADD231PS V10, V7, V0; \
	VSUBPS V6, V7, V4; \
	VFMADD213PS V5, V8, V4; \
	VMULPS V12, V3, V3; \
	VFNMADD213PS V3, V11, V1

#define TAPSUMS(sums) \
	sums; \
	VMOVUPS V0, TO0; \
	VMOVUPS V1, TO1; \
	VMOVUPS V4, TO2
#define ADDTAPSUMS(sums) \
	sums; \
	ADDTO(V0, TO0); \
	ADDTO(V1, TO1); \
	ADDTO(V4, TO2)

#define CONSTANTS(table) \
	VBROADCASTSS table+0(SB), V8; \
	VBROADCASTSS table+4(SB), V9; \
	VBROADCASTSS table+8(SB), V10; \
	VBROADCASTSS table+12(SB), V11; \
	VBROADCASTSS table+16(SB), V12

DATA pixelConstants<>+0(SB)/4, $2.5
DATA pixelConstants<>+4(SB)/4, $2.0
DATA pixelConstants<>+8(SB)/4, $0.5
DATA pixelConstants<>+12(SB)/4, $0.70710678118654752
DATA pixelConstants<>+16(SB)/4, $1.41421356237309505
GLOBL pixelConstants<>(SB), RODATA|NOPTR, $20

DATA tapConstants<>+0(SB)/4, $0.33333333333333333
DATA tapConstants<>+4(SB)/4, $0.66666666666666667
DATA tapConstants<>+8(SB)/4, $0.16666666666666667
DATA tapConstants<>+12(SB)/4, $0.47140452079103168
DATA tapConstants<>+16(SB)/4, $0.23570226039551584
GLOBL tapConstants<>(SB), RODATA|NOPTR, $20

// One transformation's loops over rows, tiles and the vectors that are neighbours.
#define LOOPS(row, tile, again, body) \
row: \
	MOVQ pass_from(R15), SI; \
	MOVQ pass_to(R15), DI; \
	MOVQ pass_tiles(R15), R14; \
tile: \
	MOVQ SI, DX; \
	MOVQ DI, AX; \
	MOVQ pass_bias(R15), BX; \
	MOVQ pass_size(R15), CX; \
again: \
	body; \
	ADDQ $BYTES, DX; \
	ADDQ $BYTES, AX; \
	ADDQ $BYTES, BX; \
	SUBQ $BYTES, CX; \
	JNZ again; \
	ADDQ pass_fromTile(R15), SI; \
	ADDQ pass_toTile(R15), DI; \
	DECQ R14; \
	JNZ tile; \
	MOVQ pass_fromRow(R15), AX; \
	ADDQ AX, pass_from(R15); \
	MOVQ pass_toRow(R15), AX; \
	ADDQ AX, pass_to(R15); \
	DECQ pass_rows(R15); \
	JNZ row; \
	VZEROUPPER; \
	RET

#define TRANSFORMATIONS \
	MOVQ p+0(FP), R15; \
	MOVQ pass_fromStep(R15), R9; \
	LEAQ (R9)(R9*2), R11; \
	LEAQ (R9)(R9*4), R13; \
	MOVQ pass_toStep(R15), R8; \
	LEAQ (R8)(R8*2), R10; \
	LEAQ (R8)(R8*4), R12; \
	MOVBQZX pass_what(R15), AX; \
	CONSTANTS(pixelConstants<>); \
	CMPQ AX, $const_input4; \
	JEQ input4; \
	CMPQ AX, $const_output4; \
	JEQ output4; \
	CMPQ AX, $const_gradient4; \
	JEQ gradient4; \
	CMPQ AX, $const_spread4; \
	JEQ spread4; \
	CMPQ AX, $const_input2; \
	JEQ input2; \
	CMPQ AX, $const_output2; \
	JEQ output2; \
	CMPQ AX, $const_gradient2; \
	JEQ gradient2; \
	CMPQ AX, $const_spread2; \
	JEQ spread2; \
	VBROADCASTSS pass_floor(R15), V15; \
	CMPQ AX, $const_biased4; \
	JEQ biased4; \
	CMPQ AX, $const_biased2; \
	JEQ biased2; \
	CMPQ AX, $const_taps2; \
	JEQ taps2; \
	CMPQ AX, $const_tapSums2; \
	JEQ tapsums2; \
	CMPQ AX, $const_addTapSums2; \
	JEQ addtapsums2; \
	CONSTANTS(tapConstants<>); \
	CMPQ AX, $const_taps4; \
	JEQ taps4; \
	CMPQ AX, $const_tapSums4; \
	JEQ tapsums4; \
	LOOPS(row0, tile0, vector0, ADDTAPSUMS(TAPSUMS4)); \
input4: \
	LOOPS(row1, tile1, vector1, INPUT4); \
output4: \
	LOOPS(row2, tile2, vector2, OUTPUT4); \
gradient4: \
	LOOPS(row3, tile3, vector3, GRADIENT4); \
spread4: \
	LOOPS(row4, tile4, vector4, SPREAD4); \
biased4: \
	LOOPS(row5, tile5, vector5, BIASED4); \
taps4: \
	LOOPS(row6, tile6, vector6, TAPS4); \
tapsums4: \
	LOOPS(row7, tile7, vector7, TAPSUMS(TAPSUMS4)); \
input2: \
	LOOPS(row8, tile8, vector8, INPUT2); \
output2: \
	LOOPS(row9, tile9, vector9, OUTPUT2); \
gradient2: \
	LOOPS(row10, tile10, vector10, GRADIENT2); \
spread2: \
	LOOPS(row11, tile11, vector11, SPREAD2); \
biased2: \
	LOOPS(row12, tile12, vector12, BIASED2); \
taps2: \
	LOOPS(row13, tile13, vector13, TAPS2); \
tapsums2: \
	LOOPS(row14, tile14, vector14, TAPSUMS(TAPSUMS2)); \
addtapsums2: \
	LOOPS(row15, tile15, vector15, ADDTAPSUMS(TAPSUMS2))

#define V0 X0
#define V1 X1
#define V2 X2
#define V3 X3
#define V4 X4
#define V5 X5
#define V6 X6
#define V7 X7
#define V8 X8
#define V9 X9
#define V10 X10
#define V11 X11
#define V12 X12
#define V13 X13
#define V14 X14
#define V15 X15
#define BYTES 16

// func winogradXMM(p *pass)
TEXT ·winogradXMM(SB), NOSPLIT, $0-8
	TRANSFORMATIONS

#undef V0
#undef V1
#undef V2
#undef V3
#undef V4
#undef V5
#undef V6
#undef V7
#undef V8
#undef V9
#undef V10
#undef V11
#undef V12
#undef V13
#undef V14
#undef V15
#undef BYTES

#define V0 Y0
#define V1 Y1
#define V2 Y2
#define V3 Y3
#define V4 Y4
#define V5 Y5
#define V6 Y6
#define V7 Y7
#define V8 Y8
#define V9 Y9
#define V10 Y10
#define V11 Y11
#define V12 Y12
#define V13 Y13
#define V14 Y14
#define V15 Y15
#define BYTES 32

// func winogradAVX2(p *pass)
TEXT ·winogradAVX2(SB), NOSPLIT, $0-8
	TRANSFORMATIONS

#undef V0
#undef V1
#undef V2
#undef V3
#undef V4
#undef V5
#undef V6
#undef V7
#undef V8
#undef V9
#undef V10
#undef V11
#undef V12
#undef V13
#undef V14
#undef V15
#undef BYTES

#define V0 Z0
#define V1 Z1
#define V2 Z2
#define V3 Z3
#define V4 Z4
#define V5 Z5
#define V6 Z6
#define V7 Z7
#define V8 Z8
#define V9 Z9
#define V10 Z10
#define V11 Z11
#define V12 Z12
#define V13 Z13
#define V14 Z14
#define V15 Z15
#define BYTES 64

// func winogradAVX512(p *pass)
TEXT ·winogradAVX512(SB), NOSPLIT, $0-8
	TRANSFORMATIONS

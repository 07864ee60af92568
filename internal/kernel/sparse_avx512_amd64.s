#include "textflag.h"
#include "go_asm.h"

// func sumAVX512(s *sums)
//
// For each row, y = max(floor, init + the sum of scale[value[j]] * row index[j]
// of x), 64 columns at a time, the last ones masked. See type sums.
//
//	R15 s   SI x   DI y   DX init   R13 columns left
//	R8 end of index   R9 end of value   R10 xRow   R11 scale   R12 -count
//	CX from -count to 0   AX offset of a row   BX value
//	Z0-Z3 sums   Z4 scale of a value   Z5 floor   K1-K4 columns of the sums
TEXT ·sumAVX512(SB), NOSPLIT, $0-8
	MOVQ s+0(FP), R15
	MOVQ sums_xRow(R15), R10
	MOVQ sums_scale(R15), R11
	VBROADCASTSS sums_floor(R15), Z5

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

columns:
	SUBQ $64, R13
	JLT last
	VMOVUPS (DX), Z0
	VMOVUPS 64(DX), Z1
	VMOVUPS 128(DX), Z2
	VMOVUPS 192(DX), Z3
	MOVQ R12, CX
	TESTQ CX, CX
	JZ stored
add:
	MOVWLZX (R8)(CX*2), AX
	MOVBLZX (R9)(CX*1), BX
	IMULQ R10, AX
	VBROADCASTSS (R11)(BX*4), Z4
	VFMADD231PS (SI)(AX*1), Z4, Z0
	VFMADD231PS 64(SI)(AX*1), Z4, Z1
	VFMADD231PS 128(SI)(AX*1), Z4, Z2
	VFMADD231PS 192(SI)(AX*1), Z4, Z3
	INCQ CX
	JNZ add
stored:
	VMAXPS Z0, Z5, Z0
	VMAXPS Z1, Z5, Z1
	VMAXPS Z2, Z5, Z2
	VMAXPS Z3, Z5, Z3
	VMOVUPS Z0, (DI)
	VMOVUPS Z1, 64(DI)
	VMOVUPS Z2, 128(DI)
	VMOVUPS Z3, 192(DI)
	ADDQ $256, DX
	ADDQ $256, DI
	ADDQ $256, SI
	JMP columns

last:
	ADDQ $64, R13
	JZ row
	MOVQ $-1, AX
	BZHIQ R13, AX, AX
	KMOVW AX, K1
	SHRQ $16, AX
	KMOVW AX, K2
	SHRQ $16, AX
	KMOVW AX, K3
	SHRQ $16, AX
	KMOVW AX, K4
	VMOVUPS.Z (DX), K1, Z0
	VMOVUPS.Z 64(DX), K2, Z1
	VMOVUPS.Z 128(DX), K3, Z2
	VMOVUPS.Z 192(DX), K4, Z3
	MOVQ R12, CX
	TESTQ CX, CX
	JZ laststored
lastadd:
	MOVWLZX (R8)(CX*2), AX
	MOVBLZX (R9)(CX*1), BX
	IMULQ R10, AX
	VBROADCASTSS (R11)(BX*4), Z4
	VFMADD231PS (SI)(AX*1), Z4, K1, Z0
	VFMADD231PS 64(SI)(AX*1), Z4, K2, Z1
	VFMADD231PS 128(SI)(AX*1), Z4, K3, Z2
	VFMADD231PS 192(SI)(AX*1), Z4, K4, Z3
	INCQ CX
	JNZ lastadd
laststored:
	VMAXPS Z0, Z5, Z0
	VMAXPS Z1, Z5, Z1
	VMAXPS Z2, Z5, Z2
	VMAXPS Z3, Z5, Z3
	VMOVUPS Z0, K1, (DI)
	VMOVUPS Z1, K2, 64(DI)
	VMOVUPS Z2, K3, 128(DI)
	VMOVUPS Z3, K4, 192(DI)
	JMP row

done:
	VZEROUPPER
	RET

DATA bytes64<>+0(SB)/8, $0x0706050403020100
DATA bytes64<>+8(SB)/8, $0x0f0e0d0c0b0a0908
DATA bytes64<>+16(SB)/8, $0x1716151413121110
DATA bytes64<>+24(SB)/8, $0x1f1e1d1c1b1a1918
DATA bytes64<>+32(SB)/8, $0x2726252423222120
DATA bytes64<>+40(SB)/8, $0x2f2e2d2c2b2a2928
DATA bytes64<>+48(SB)/8, $0x3736353433323130
DATA bytes64<>+56(SB)/8, $0x3f3e3d3c3b3a3938
GLOBL bytes64<>(SB), RODATA|NOPTR, $64

// func compactAVX512(c *compaction)
//
// Lists each row's nonzero bytes, 64 at a time. See type compaction.
//
//	R15 c   R10 rows left   R11 slot   R12 bytesRow   R13 lengths
//	R8 index   R9 value   SI bytes   DX bytes left   CX count   AX mask   DI byte
//	Z0 bytes   Z1 those not zero   Z2 0..63   Z3 base   Z4-Z6 indices   Z7 64s
//	K1 not zero   K2 bytes of this step
TEXT ·compactAVX512(SB), NOSPLIT, $0-8
	MOVQ c+0(FP), R15
	MOVQ compaction_rows(R15), R10
	MOVQ compaction_slot(R15), R11
	MOVQ compaction_bytesRow(R15), R12
	MOVQ compaction_length(R15), R13
	MOVQ compaction_index(R15), R8
	MOVQ compaction_value(R15), R9
	MOVQ compaction_bytes(R15), SI
	VMOVDQU64 bytes64<>(SB), Z2
	MOVQ $64, AX
	VPBROADCASTW AX, Z7

row:
	DECQ R10
	JLT done
	MOVQ SI, DI
	MOVQ compaction_n(R15), DX
	XORQ CX, CX
	VPXORQ Z3, Z3, Z3
	KXNORQ K2, K2, K2
again:
	CMPQ DX, $64
	JGE full
	TESTQ DX, DX
	JLE listed
	MOVQ $-1, AX
	BZHIQ DX, AX, AX
	KMOVQ AX, K2
full:
	VMOVDQU8.Z (DI), K2, Z0
	VPTESTMB Z0, Z0, K1
	KMOVQ K1, AX
	VPCOMPRESSB.Z Z0, K1, Z1
	VPCOMPRESSB.Z Z2, K1, Z4
	POPCNTQ AX, AX
	VPMOVZXBW Y4, Z5
	VEXTRACTI64X4 $1, Z4, Y6
	VPMOVZXBW Y6, Z6
	VPADDW Z3, Z5, Z5
	VPADDW Z3, Z6, Z6
	VMOVDQU8 Z1, (R9)(CX*1)
	VMOVDQU16 Z5, (R8)(CX*2)
	VMOVDQU16 Z6, 64(R8)(CX*2)
	ADDQ AX, CX
	VPADDW Z7, Z3, Z3
	ADDQ $64, DI
	SUBQ $64, DX
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

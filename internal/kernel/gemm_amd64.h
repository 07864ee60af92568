// What gemmAVX2 and gemmAVX512 share.

// Goes to the next product of tiles, R15, at plane, or to out behind the last. AX is free.
#define NEXTPLANE(plane, out) \
	DECQ tiles_after(R15); \
	JLE out; \
	MOVQ tiles_initPlane(R15), AX; \
	ADDQ AX, tiles_init(R15); \
	MOVQ tiles_aPlane(R15), AX; \
	ADDQ AX, tiles_a(R15); \
	MOVQ tiles_bPlane(R15), AX; \
	ADDQ AX, tiles_b(R15); \
	MOVQ tiles_cPlane(R15), AX; \
	ADDQ AX, tiles_c(R15); \
	MOVQ tiles_m(R15), AX; \
	MOVQ AX, tiles_left(R15); \
	MOVQ $0, tiles_done(R15); \
	JMP plane

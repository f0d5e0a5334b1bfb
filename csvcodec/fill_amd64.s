//go:build !purego

#include "textflag.h"

// How an endpoint.Value is packed; a test holds it against the package.
#define LEN_SHIFT $24

// func fillRowsAVX2(vals *endpoint.Value, bounds *uint32, tags *endpoint.Value, width, rows, base int)
//
// Four cells at a time: their starts are the bounds before them plus one, in 32 bits,
// so that the bound before the text gives zero; Y4 is base, X5 minus one.
TEXT ·fillRowsAVX2(SB), NOSPLIT, $0-48
	MOVQ vals+0(FP), DI
	MOVQ bounds+8(FP), SI
	MOVQ tags+16(FP), DX
	MOVQ width+24(FP), CX
	MOVQ rows+32(FP), BX
	VPBROADCASTQ base+40(FP), Y4
	VPCMPEQD X5, X5, X5

row:
	XORL AX, AX

four:
	VMOVDQU   (SI)(AX*4), X0
	VPSUBD    X5, X0, X0
	VPMOVZXDQ 4(SI)(AX*4), Y1
	VPMOVZXDQ X0, Y0
	VPSUBQ    Y0, Y1, Y1
	VPADDQ    Y4, Y0, Y0
	VPSLLQ    LEN_SHIFT, Y1, Y1
	VPADDQ    (DX)(AX*8), Y0, Y0
	VPADDQ    Y1, Y0, Y0
	VMOVDQU   Y0, (DI)(AX*8)
	ADDQ      $4, AX
	CMPQ      AX, CX
	JLT       four

	LEAQ (SI)(CX*4), SI
	LEAQ (DI)(CX*8), DI
	DECQ BX
	JNZ  row
	VZEROUPPER
	RET

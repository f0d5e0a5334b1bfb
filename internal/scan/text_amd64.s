//go:build !purego

#include "textflag.h"

// One byte each, spread over a register.
DATA textBytes<>+0(SB)/1, $34 // quote
DATA textBytes<>+1(SB)/1, $92 // backslash
DATA textBytes<>+2(SB)/1, $31 // the last control character
DATA textBytes<>+3(SB)/1, $15 // the last that may have a short escape
DATA textBytes<>+4(SB)/1, $44 // comma
DATA textBytes<>+5(SB)/1, $0
DATA textBytes<>+6(SB)/1, $0
DATA textBytes<>+7(SB)/1, $0
GLOBL textBytes<>(SB), RODATA|NOPTR, $8

// What stands behind the backslash for the first sixteen control characters, 0 where
// there is no such escape.
DATA textEscapes<>+0(SB)/8, $0
DATA textEscapes<>+8(SB)/8, $0x00007266006e7462
GLOBL textEscapes<>(SB), RODATA|NOPTR, $16

// PART loads the next bytes of SI, of which R8 are left: as many as R12 says, or all. R9
// is how many, BX and K1 have a bit for each. Loads under a mask do not touch what the
// mask leaves out.
#define PART(to) \
	MOVQ       R8, R9       \
	CMPQ       R9, R12      \
	CMOVQGT    R12, R9      \
	MOVQ       $-1, BX      \
	BZHIQ      R9, BX, BX   \
	KMOVQ      BX, K1       \
	VMOVDQU8.Z (SI), K1, to

// func jsonEscapeAVX512(dst *byte, last int, src *byte, n int) (written, read int)
//
// 32 bytes at a time: each becomes two, a backslash and itself or what stands for it,
// and of these 64 those are packed that are wanted.
TEXT ·jsonEscapeAVX512(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ last+8(FP), R13
	ADDQ DI, R13
	MOVQ src+16(FP), SI
	MOVQ n+24(FP), R8
	VPBROADCASTB textBytes<>+0(SB), Y8
	VPBROADCASTB textBytes<>+1(SB), Y9
	VPBROADCASTB textBytes<>+2(SB), Y10
	VPBROADCASTB textBytes<>+3(SB), Y13
	VBROADCASTI128 textEscapes<>(SB), Y11
	MOVL         $0x005c005c, AX
	VPBROADCASTD AX, Z12
	MOVQ         $0x5555555555555555, R10
	MOVQ         $0xaaaaaaaaaaaaaaaa, R11
	MOVL         $32, R12

block:
	CMPQ DI, R13
	JGT  done
	TESTQ R8, R8
	JLE  done

	PART(Y0)
	VPCMPEQB Y8, Y0, K1, K2
	VPCMPEQB Y9, Y0, K1, K3
	VPCMPUB  $2, Y10, Y0, K1, K4
	KMOVD    K4, CX
	TESTL    CX, CX
	JNZ      control

escape:
	KORD     K2, K3, K3
	KORD     K3, K4, K4
	KMOVD    K4, AX
	TESTL    AX, AX
	JZ       plain
	VPMOVZXBW Y0, Z1
	VPSLLW    $8, Z1, Z1
	VPORQ     Z12, Z1, Z1
	PDEPQ     R10, AX, AX
	ORQ       R11, AX
	LEAL      (R9)(R9*1), CX
	BZHIQ     CX, AX, AX
	KMOVQ     AX, K5
	VPCOMPRESSB.Z Z1, K5, Z2
	VMOVDQU64 Z2, (DI)
	POPCNTQ   AX, AX
	ADDQ      AX, DI
	ADDQ      R9, SI
	SUBQ      R9, R8
	JMP       block

plain:
	VMOVDQU Y0, (DI)
	ADDQ    R9, DI
	ADDQ    R9, SI
	SUBQ    R9, R8
	JMP     block

	// Control characters are translated. At one that cannot be, the block ends.
control:
	VPSHUFB   Y0, Y11, Y3
	VPTESTNMB Y3, Y3, K4, K5
	VPCMPUB   $6, Y13, Y0, K4, K6
	KORD      K5, K6, K6
	KMOVD     K6, CX
	VPBLENDMB Y3, Y0, K4, Y0
	TESTL     CX, CX
	JZ        escape
	TZCNTL    CX, R9
	TESTL     R9, R9
	JZ        done
	MOVQ      $-1, BX
	BZHIQ     R9, BX, BX
	MOVQ      R9, R8
	KMOVQ     BX, K1
	KANDD     K1, K2, K2
	KANDD     K1, K3, K3
	KANDD     K1, K4, K4
	JMP       escape

done:
	SUBQ dst+0(FP), DI
	MOVQ DI, written+32(FP)
	SUBQ src+16(FP), SI
	MOVQ SI, read+40(FP)
	VZEROUPPER
	RET

// func undoubleAVX512(dst, src *byte, n int) int
//
// In each run of quotes, which has an even number, those with an even parity are left
// out. DX is all ones while the number so far is odd.
TEXT ·undoubleAVX512(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), R8
	VPBROADCASTB textBytes<>+0(SB), Z8
	VPCMPEQB     X14, X14, X14
	XORL DX, DX
	MOVL $64, R12

block:
	PART(Z0)
	VPCMPEQB Z8, Z0, K1, K2
	KMOVQ    K2, AX
	VMOVQ    AX, X2
	VPCLMULQDQ $0, X14, X2, X2
	VMOVQ    X2, CX
	XORQ     DX, CX
	MOVQ     CX, DX
	SARQ     $63, DX
	ANDNQ    AX, CX, CX    // quotes of even parity
	ANDNQ    BX, CX, BX
	KMOVQ    BX, K1
	VPCOMPRESSB.Z Z0, K1, Z1
	VMOVDQU64 Z1, (DI)
	POPCNTQ  BX, BX
	ADDQ     BX, DI
	ADDQ     R9, SI
	SUBQ     R9, R8
	JNZ      block

	SUBQ dst+0(FP), DI
	MOVQ DI, ret+24(FP)
	VZEROUPPER
	RET

// func csvCareAVX512(src *byte, n int) uint8
//
// K2 to K4 gather the quotes, the commas and the rest of what needs care.
TEXT ·csvCareAVX512(SB), NOSPLIT, $0-17
	MOVQ src+0(FP), SI
	MOVQ n+8(FP), R8
	VPBROADCASTB textBytes<>+0(SB), Z8
	VPBROADCASTB textBytes<>+1(SB), Z9
	VPBROADCASTB textBytes<>+2(SB), Z10
	VPBROADCASTB textBytes<>+4(SB), Z11
	KXORQ K2, K2, K2
	KXORQ K3, K3, K3
	KXORQ K4, K4, K4
	MOVL  $64, R12

block:
	PART(Z0)
	VPCMPEQB Z8, Z0, K1, K5
	KORQ     K5, K2, K2
	VPCMPEQB Z11, Z0, K1, K5
	KORQ     K5, K3, K3
	VPCMPEQB Z9, Z0, K1, K5
	KORQ     K5, K4, K4
	VPCMPUB  $2, Z10, Z0, K1, K5
	KORQ     K5, K4, K4
	ADDQ     R9, SI
	SUBQ     R9, R8
	JNZ      block

	XORL     AX, AX
	XORL     BX, BX
	XORL     CX, CX
	KORTESTQ K2, K2
	SETNE    AX
	KORTESTQ K3, K3
	SETNE    BX
	KORTESTQ K4, K4
	SETNE    CX
	LEAL     (AX)(BX*2), AX
	LEAL     (AX)(CX*4), AX
	MOVB     AX, ret+16(FP)
	VZEROUPPER
	RET

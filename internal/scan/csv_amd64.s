//go:build !purego

#include "textflag.h"

// One byte each, spread over a register.
DATA csvBytes<>+0(SB)/1, $44   // comma
DATA csvBytes<>+1(SB)/1, $10   // line feed
DATA csvBytes<>+2(SB)/1, $13   // carriage return
DATA csvBytes<>+3(SB)/1, $34   // quote
DATA csvBytes<>+4(SB)/1, $92   // backslash
DATA csvBytes<>+5(SB)/1, $31   // the last control character
DATA csvBytes<>+6(SB)/1, $0
DATA csvBytes<>+7(SB)/1, $0
GLOBL csvBytes<>(SB), RODATA|NOPTR, $8

// MASK makes the 64-bit mask of two compared halves and stores it. It uses AX
// and R8.
#define MASK(lo, hi, to) \
	VPMOVMSKB lo, AX \
	VPMOVMSKB hi, R8 \
	SHLQ      $32, R8 \
	ORQ       R8, AX \
	MOVQ      AX, to

// func masksCSVAVX2(dst *[maskRun]csvMask, src *byte, n int)
//
// Y0 and Y1 hold the 64 bytes of a block, Y8 to Y13 the bytes that are looked
// for. A byte is a control character if it is the smaller of itself and 0x1f.
TEXT ·masksCSVAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX
	VPBROADCASTB csvBytes<>+0(SB), Y8
	VPBROADCASTB csvBytes<>+1(SB), Y9
	VPBROADCASTB csvBytes<>+2(SB), Y10
	VPBROADCASTB csvBytes<>+3(SB), Y11
	VPBROADCASTB csvBytes<>+4(SB), Y12
	VPBROADCASTB csvBytes<>+5(SB), Y13

block:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1

	VPCMPEQB Y8, Y0, Y2
	VPCMPEQB Y8, Y1, Y3
	MASK(Y2, Y3, 0(DI))

	VPCMPEQB Y9, Y0, Y2
	VPCMPEQB Y9, Y1, Y3
	MASK(Y2, Y3, 8(DI))

	VPCMPEQB Y10, Y0, Y2
	VPCMPEQB Y10, Y1, Y3
	MASK(Y2, Y3, 16(DI))

	VPCMPEQB Y11, Y0, Y4
	VPCMPEQB Y11, Y1, Y5
	MASK(Y4, Y5, 24(DI))

	VPCMPEQB Y12, Y0, Y2
	VPCMPEQB Y12, Y1, Y3
	VPOR     Y2, Y4, Y4
	VPOR     Y3, Y5, Y5
	VPMINUB  Y13, Y0, Y2
	VPMINUB  Y13, Y1, Y3
	VPCMPEQB Y2, Y0, Y2
	VPCMPEQB Y3, Y1, Y3
	VPOR     Y2, Y4, Y4
	VPOR     Y3, Y5, Y5
	MASK(Y4, Y5, 32(DI))

	ADDQ $64, SI
	ADDQ $40, DI
	DECQ CX
	JNZ  block
	VZEROUPPER
	RET

// ENTRY writes the place of the lowest bit of AX, and clears the bit.
#define ENTRY(to) \
	TZCNTQ AX, CX \
	ADDL   DX, CX \
	MOVL   CX, to \
	BLSRQ  AX, AX

// func flattenBMI(out *[IndexSlack]uint32, set uint64, base uint32)
TEXT ·flattenBMI(SB), NOSPLIT, $0-20
	MOVQ out+0(FP), DI
	MOVQ set+8(FP), AX
	MOVL base+16(FP), DX

	// Twelve are enough nearly always: more than that are asked for.
	ENTRY(0(DI))
	ENTRY(4(DI))
	ENTRY(8(DI))
	ENTRY(12(DI))
	ENTRY(16(DI))
	ENTRY(20(DI))
	ENTRY(24(DI))
	ENTRY(28(DI))
	ENTRY(32(DI))
	ENTRY(36(DI))
	ENTRY(40(DI))
	ENTRY(44(DI))
	ADDQ  $48, DI
	TESTQ AX, AX
	JZ    done

four:
	ENTRY(0(DI))
	ENTRY(4(DI))
	ENTRY(8(DI))
	ENTRY(12(DI))
	ADDQ  $16, DI
	TESTQ AX, AX
	JNZ   four

done:
	RET

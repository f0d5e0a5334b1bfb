//go:build !purego

#include "textflag.h"
#include "kernel_amd64.h"

#define NUMBER_BYTES \
	SPREAD($0x30, X8, Y8) \
	SPREAD($9, X9, Y9) \
	SPREAD($0x2e, X10, Y10) \
	SPREAD($0x2d, X11, Y11) \
	VPXOR Y12, Y12, Y12

// Numbers are judged four at a time. Sets of their characters are the bits of a
// register, 16 for each, of which the highest is free.
DATA lanes<>+0(SB)/8, $0x0001000100010001
DATA lanes<>+8(SB)/8, $0x8000800080008000
GLOBL lanes<>(SB), RODATA|NOPTR, $16

// LANE finds a number and puts the set of its characters into DI. It leaves for one.
#define LANE(from, shift) \
	VALUE(from, one) \
	BZHIL CX, R14, DX \
	SHLQ  shift, DX \
	ORQ   DX, DI

// FOUR loads four numbers to Y0 and Y3, if there are so many.
#define FOUR \
	LEAQ (R8)(R11*2), R15 \
	LEAQ (R15)(R11*1), AX \
	CMPQ AX, R10 \
	JCC  one \
	MOVL $-1, R14 \
	XORL DI, DI \
	LANE((R8), $0) \
	VMOVDQU (BX), X0 \
	LANE((R8)(R11*1), $16) \
	VINSERTI128 $1, (BX), Y0, Y0 \
	LANE((R15), $32) \
	VMOVDQU (BX), X3 \
	LANE((R15)(R11*1), $48) \
	VINSERTI128 $1, (BX), Y3, Y3

// ONE loads one number to Y0 and makes the others empty.
#define ONE \
	VALUE((R8), done) \
	MOVL    $-1, R14 \
	BZHIL   CX, R14, DI \
	VMOVDQU (BX), X0 \
	VPXOR   Y3, Y3, Y3

// MARK marks four numbers and goes on behind them.
#define MARK \
	LEAQ (R8)(R11*2), R15 \
	ORB  BARE, 7(R8) \
	ORB  BARE, 7(R8)(R11*1) \
	ORB  BARE, 7(R15) \
	ORB  BARE, 7(R15)(R11*1) \
	LEAQ (R15)(R11*2), R8 \
	CMPQ R8, R10 \
	JCS  value

// SETS makes the sets of four numbers. It uses CX.
#define SETS(low, high, to) \
	VPMOVMSKB low, to \
	VPMOVMSKB high, CX \
	SHLQ      $32, CX \
	ORQ       CX, to

// NUMBERS judges four numbers in Y0 and Y3, whose characters are DI: DX becomes the
// set of digits, SI of periods, R15 of a minus in the first place, BX of the place of
// the first digit. CX is not zero, and was not before, if one is no number. It uses
// AX, Y1, Y2, Y4 and Y5; R14 becomes the first place of each.
//
// Wrong are another character; two periods; no digit first or last; a zero first
// and a digit behind it.
#define NUMBERS \
	MOVQ     lanes<>+0(SB), R14 \
	VPSUBB   Y8, Y0, Y1 \
	VPSUBB   Y8, Y3, Y4 \
	VPMINUB  Y9, Y1, Y2 \
	VPMINUB  Y9, Y4, Y5 \
	VPCMPEQB Y1, Y2, Y2 \
	VPCMPEQB Y4, Y5, Y5 \
	SETS(Y2, Y5, DX) \
	VPCMPEQB Y10, Y0, Y2 \
	VPCMPEQB Y10, Y3, Y5 \
	SETS(Y2, Y5, SI) \
	VPCMPEQB Y11, Y0, Y2 \
	VPCMPEQB Y11, Y3, Y5 \
	SETS(Y2, Y5, R15) \
	VPCMPEQB Y12, Y1, Y2 \
	VPCMPEQB Y12, Y4, Y5 \
	SETS(Y2, Y5, AX) \
	ANDQ     DI, DX \
	ANDQ     DI, SI \
	ANDQ     DI, R15 \
	ANDQ     R14, R15 \
	LEAQ     (R15)(R14*1), BX \
	ANDQ     BX, AX \
	ADDQ     AX, AX \
	ANDQ     DX, AX \
	MOVQ     DX, CX \
	ORQ      SI, CX \
	ORQ      R15, CX \
	XORQ     DI, CX \
	ORQ      AX, CX \
	MOVQ     SI, AX \
	ORQ      lanes<>+8(SB), AX \
	SUBQ     R14, AX \
	ANDQ     SI, AX \
	ORQ      AX, CX \
	MOVQ     DI, AX \
	SHRQ     $1, AX \
	NOTQ     AX \
	ORQ      BX, AX \
	ANDQ     DI, AX \
	ANDNQ    AX, DX, AX \
	ORQ      AX, CX

// DEGREES goes on where NUMBERS ended. AX is the set of digits before the period, Y6
// and Y7 are full of first and second. Wrong are also two digits behind the period,
// and before it more than digits or, where they are so many, the first or second
// above its limit.
#define DEGREES \
	MOVQ  SI, AX \
	ORQ   lanes<>+8(SB), AX \
	SUBQ  R14, AX \
	ANDQ  DI, AX \
	ANDNQ AX, R15, AX \
	SHLQ  $2, SI \
	ANDQ  DI, SI \
	MOVQ  CX, R15 \
	ORQ   SI, R15 \
	MOVQ  digits+40(FP), DX \
	SHLXQ DX, BX, SI \
	ANDQ  AX, SI \
	ORQ   SI, R15 \
	DECQ  DX \
	SHRXQ DX, AX, DI \
	ANDQ  BX, DI \
	VPCMPGTB Y6, Y0, Y2 \
	VPCMPGTB Y6, Y3, Y5 \
	SETS(Y2, Y5, SI) \
	ANDQ  DI, SI \
	ORQ   SI, R15 \
	VPCMPGTB Y7, Y0, Y2 \
	VPCMPGTB Y7, Y3, Y5 \
	SETS(Y2, Y5, SI) \
	ADDQ  DI, DI \
	ANDQ  DI, SI \
	ORQ   SI, R15

// func metricsAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int
TEXT ·metricsAVX2(SB), NOSPLIT, $0-48
	ARGUMENTS(UP_TO_15)
	NUMBER_BYTES

value:
	FOUR
	NUMBERS
	JNE one
	MARK
	JMP done

one:
	ONE
	NUMBERS
	JNE done
	ORB BARE, 7(R8)
	NEXT

done:
	INDEX
	MOVQ R8, ret+40(FP)
	VZEROUPPER
	RET

// func degreesAVX2(vals *endpoint.Value, n, step int, data *byte, last, digits int, first, second byte) int
TEXT ·degreesAVX2(SB), NOSPLIT, $0-64
	ARGUMENTS(UP_TO_15)
	NUMBER_BYTES
	VPBROADCASTB first+48(FP), Y6
	VPBROADCASTB second+49(FP), Y7

value:
	FOUR
	NUMBERS
	DEGREES
	JNE one
	MARK
	JMP done

one:
	ONE
	NUMBERS
	DEGREES
	JNE done
	ORB BARE, 7(R8)
	NEXT

done:
	INDEX
	MOVQ R8, ret+56(FP)
	VZEROUPPER
	RET

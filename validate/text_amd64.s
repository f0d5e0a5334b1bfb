//go:build !purego

#include "textflag.h"
#include "kernel_amd64.h"

// What dates look like, for the empty one, 20171011T150548Z and
// 2019-08-23T10:54:35.220Z. For each place the least character and how far it may be
// above that; where the digits of century, year, month, day, hour, minute and second
// stand, within 16 bytes; and the least of each of the seven.
DATA dateForms<>+0(SB)/8, $0
DATA dateForms<>+8(SB)/8, $0
DATA dateForms<>+16(SB)/8, $0
DATA dateForms<>+24(SB)/8, $0
DATA dateForms<>+32(SB)/8, $0xffffffffffffffff
DATA dateForms<>+40(SB)/8, $0xffffffffffffffff
DATA dateForms<>+48(SB)/8, $0xffffffffffffffff
DATA dateForms<>+56(SB)/8, $0xffffffffffffffff
DATA dateForms<>+64(SB)/8, $0x8080808080808080
DATA dateForms<>+72(SB)/8, $0x8080808080808080
DATA dateForms<>+80(SB)/8, $0x8080808080808080
DATA dateForms<>+88(SB)/8, $0x8080808080808080
DATA dateForms<>+96(SB)/8, $0
DATA dateForms<>+104(SB)/8, $0
DATA dateForms<>+112(SB)/8, $0
DATA dateForms<>+120(SB)/8, $0

DATA dateForms<>+128(SB)/8, $0x3030303030303030
DATA dateForms<>+136(SB)/8, $0x5a30303030303054
DATA dateForms<>+144(SB)/8, $0
DATA dateForms<>+152(SB)/8, $0
DATA dateForms<>+160(SB)/8, $0x0909090909090909
DATA dateForms<>+168(SB)/8, $0x0009090909090900
DATA dateForms<>+176(SB)/8, $0xffffffffffffffff
DATA dateForms<>+184(SB)/8, $0xffffffffffffffff
DATA dateForms<>+192(SB)/8, $0x0706050403020100
DATA dateForms<>+200(SB)/8, $0x80800e0d0c0b0a09
DATA dateForms<>+208(SB)/8, $0x8080808080808080
DATA dateForms<>+216(SB)/8, $0x8080808080808080
DATA dateForms<>+224(SB)/8, $0x0001000100000000
DATA dateForms<>+232(SB)/8, $0
DATA dateForms<>+240(SB)/8, $0
DATA dateForms<>+248(SB)/8, $0

DATA dateForms<>+256(SB)/8, $0x2d30302d30303030
DATA dateForms<>+264(SB)/8, $0x30303a3030543030
DATA dateForms<>+272(SB)/8, $0x5a3030302e30303a
DATA dateForms<>+280(SB)/8, $0
DATA dateForms<>+288(SB)/8, $0x0009090009090909
DATA dateForms<>+296(SB)/8, $0x0909000909000909
DATA dateForms<>+304(SB)/8, $0x0009090900090900
DATA dateForms<>+312(SB)/8, $0xffffffffffffffff
DATA dateForms<>+320(SB)/8, $0x0908060503020100
DATA dateForms<>+328(SB)/8, $0x808080800f0e0c0b
DATA dateForms<>+336(SB)/8, $0x8080808080800201
DATA dateForms<>+344(SB)/8, $0x8080808080808080
DATA dateForms<>+352(SB)/8, $0x0001000100000000
DATA dateForms<>+360(SB)/8, $0
DATA dateForms<>+368(SB)/8, $0
DATA dateForms<>+376(SB)/8, $0
GLOBL dateForms<>(SB), RODATA|NOPTR, $384

// How far each of the seven may be above its least, the second in two places.
DATA dateSpans<>+0(SB)/8, $0x001e000b00630063
DATA dateSpans<>+8(SB)/8, $0x0000003b003b0017
DATA dateSpans<>+16(SB)/8, $0x000000000000003b
DATA dateSpans<>+24(SB)/8, $0
GLOBL dateSpans<>(SB), RODATA|NOPTR, $32

// The last day of each month, less one.
DATA dateDays<>+0(SB)/8, $0x1e1e1d1e1d1e1b1e
DATA dateDays<>+8(SB)/8, $0x000000001e1d1e1d
GLOBL dateDays<>(SB), RODATA|NOPTR, $16

// func datesAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int
TEXT ·datesAVX2(SB), NOSPLIT, $0-48
	ARGUMENTS(UP_TO_31)
	MOVL         $0x010a, AX
	VMOVD        AX, X8
	VPBROADCASTW X8, Y8
	VMOVDQU      dateSpans<>(SB), Y9
	LEAQ         dateForms<>(SB), R14
	LEAQ         dateDays<>(SB), R15

value:
	VALUE((R8), done)
	MOVBLZX CL, CX
	TESTL $7, CX
	JNE   done
	CMPL  CX, $8
	JEQ   done
	MOVL  CX, DX
	SHRL  $3, CX
	SHRL  $4, DX
	SUBL  DX, CX
	SHLL  $7, CX
	ADDQ  R14, CX

	VMOVDQU   (BX), Y0
	VPSUBB    (CX), Y0, Y0
	VPMINUB   32(CX), Y0, Y1
	VPCMPEQB  Y0, Y1, Y1
	VPSHUFB   64(CX), Y0, Y0
	VPMADDUBSW Y8, Y0, Y0
	VPSUBW    96(CX), Y0, Y0
	VPMINUW   Y9, Y0, Y2
	VPCMPEQW  Y0, Y2, Y2
	VPAND     Y1, Y2, Y1
	VPMOVMSKB Y1, AX
	VPEXTRW   $2, X0, SI
	VPEXTRW   $3, X0, DI
	CMPL      AX, $-1
	JNE       done
	MOVBLZX   (R15)(SI*1), SI
	CMPL      DI, SI
	JHI       done
	NEXT

done:
	INDEX
	MOVQ R8, ret+40(FP)
	VZEROUPPER
	RET

// BITS makes the 64-bit set of two compared halves. It uses R14.
#define BITS(low, high, to) \
	VPMOVMSKB low, to \
	VPMOVMSKB high, R14 \
	SHLQ      $32, R14 \
	ORQ       R14, to

// EITHER finds the bytes of text that are those of a or b. It uses y.
#define EITHER(text, a, b, x, y) \
	VPCMPEQB a, text, x \
	VPCMPEQB b, text, y \
	VPOR     y, x, x

// func idsAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int
//
// DI is the set of all characters, DX of braces and dollars, SI of spaces.
TEXT ·idsAVX2(SB), NOSPLIT, $0-48
	ARGUMENTS(UP_TO_63)
	SPREAD($0x24, X8, Y8)
	SPREAD($0x7b, X9, Y9)
	SPREAD($0x7d, X10, Y10)
	SPREAD($0x20, X11, Y11)
	SPREAD($0x09, X12, Y12)
	MOVQ $-1, R15

value:
	VALUE((R8), done)
	BZHIQ   CX, R15, DI
	VMOVDQU (BX), Y0
	VMOVDQU 32(BX), Y1
	EITHER(Y0, Y8, Y9, Y2, Y3)
	VPCMPEQB Y10, Y0, Y3
	VPOR     Y3, Y2, Y2
	EITHER(Y1, Y8, Y9, Y4, Y5)
	VPCMPEQB Y10, Y1, Y5
	VPOR     Y5, Y4, Y4
	BITS(Y2, Y4, DX)
	EITHER(Y0, Y11, Y12, Y2, Y3)
	EITHER(Y1, Y11, Y12, Y4, Y5)
	BITS(Y2, Y4, SI)

	// Spaces count if they are first or last.
	MOVQ  DI, AX
	SHRQ  $1, AX
	NOTQ  AX
	ORQ   $1, AX
	ANDQ  AX, SI
	ORQ   SI, DX
	TESTQ DI, DX
	JNE   done
	NEXT

done:
	INDEX
	MOVQ R8, ret+40(FP)
	VZEROUPPER
	RET

// The class of a character in an email address, by its low and its high half: 0x80
// digit, 0x40 and 0x20 letter, 0x10 @, 0x08 period, 0x04 hyphen, 0x02 plus, 0x01
// underscore, 0 anything else.
DATA emailLow<>+0(SB)/8, $0xe0e0e0e0e0e0e0b0
DATA emailLow<>+8(SB)/8, $0x414844404260e0e0
GLOBL emailLow<>(SB), RODATA|NOPTR, $16

DATA emailHigh<>+0(SB)/8, $0x20402150800e0000
DATA emailHigh<>+8(SB)/8, $0
GLOBL emailHigh<>(SB), RODATA|NOPTR, $16

// CLASSES puts the classes of 32 characters in their place. It uses y.
#define CLASSES(x, y) \
	VPSRLW  $4, x, y \
	VPAND   Y8, y, y \
	VPSHUFB y, Y10, y \
	VPSHUFB x, Y9, x \
	VPAND   y, x, x

// func emailsAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int
//
// Y0 and Y1 hold classes. DI is the set of all characters, SI of those that are
// neither letter nor digit, DX of the @, R15 of periods; what is wrong is gathered
// in AX.
TEXT ·emailsAVX2(SB), NOSPLIT, $0-48
	ARGUMENTS(UP_TO_63)
	SPREAD($0x0f, X8, Y8)
	VBROADCASTI128 emailLow<>(SB), Y9
	VBROADCASTI128 emailHigh<>(SB), Y10
	SPREAD($0x20, X11, Y11)
	SPREAD($0x10, X12, Y12)
	SPREAD($0x08, X13, Y13)
	SPREAD($0x02, X14, Y14)
	VPXOR Y15, Y15, Y15

value:
	VALUE((R8), done)
	VMOVDQU (BX), Y0
	VMOVDQU 32(BX), Y1
	CLASSES(Y0, Y2)
	CLASSES(Y1, Y3)
	MOVQ  $-1, DI
	BZHIQ CX, DI, DI

	VPMINUB  Y11, Y0, Y2
	VPMINUB  Y11, Y1, Y3
	VPCMPEQB Y11, Y2, Y2
	VPCMPEQB Y11, Y3, Y3
	BITS(Y2, Y3, SI)
	ANDNQ    DI, SI, SI
	VPCMPEQB Y12, Y0, Y2
	VPCMPEQB Y12, Y1, Y3
	BITS(Y2, Y3, DX)
	ANDQ     DI, DX
	JEQ      done
	VPCMPEQB Y13, Y0, Y2
	VPCMPEQB Y13, Y1, Y3
	BITS(Y2, Y3, R15)
	ANDQ     DI, R15

	// The last special character must be a period, and the last of all no digit.
	MOVQ    SI, AX
	XORQ    R15, AX
	CMPQ    AX, R15
	JHI     done
	MOVBLZX CL, CX
	MOVBLZX -1(BX)(CX*1), CX
	SUBL    $0x30, CX
	CMPL    CX, $9
	JLS     done

	// Two @; special characters side by side, first or last.
	LEAQ -1(DX), AX
	ANDQ DX, AX
	LEAQ 1(SI)(SI*1), CX
	MOVQ DI, BX
	SHRQ $1, BX
	NOTQ BX
	ORQ  BX, CX
	ANDQ DI, CX
	ANDQ SI, CX
	ORQ  CX, AX

	// Characters that have no class, or none behind the @.
	VPCMPEQB Y15, Y0, Y2
	VPCMPEQB Y15, Y1, Y3
	BITS(Y2, Y3, CX)
	ANDQ     DI, CX
	ORQ      CX, AX
	VPMINUB  Y14, Y0, Y2
	VPMINUB  Y14, Y1, Y3
	VPCMPEQB Y0, Y2, Y2
	VPCMPEQB Y1, Y3, Y3
	BITS(Y2, Y3, CX)
	NEGQ     DX
	ANDQ     DI, DX
	ANDQ     DX, CX
	ORQ      CX, AX
	JNE      done
	NEXT

done:
	INDEX
	MOVQ R8, ret+40(FP)
	VZEROUPPER
	RET

// LONG compares the lengths of four values with their limits. It gathers in Y0.
#define LONG(vals, limits) \
	VMOVDQU  vals, Y1 \
	VPSLLQ   $18, Y1, Y1 \
	VPSRLQ   $42, Y1, Y1 \
	VPCMPGTQ limits, Y1, Y1 \
	VPOR     Y1, Y0, Y0

// func longRowAVX2(vals *endpoint.Value, rows int, limits *int, width int) int
//
// The last four values of a row are looked at together, whatever the width.
TEXT ·longRowAVX2(SB), NOSPLIT, $0-40
	MOVQ vals+0(FP), R8
	MOVQ rows+8(FP), R10
	MOVQ limits+16(FP), R12
	MOVQ width+24(FP), R13
	XORL R9, R9
	LEAQ -4(R13), R11

row:
	VPXOR Y0, Y0, Y0
	XORL  CX, CX
	TESTQ R11, R11
	JEQ   last

	// Rows of many columns spend their time here.
	PCALIGN $32
four:
	LONG((R8)(CX*8), (R12)(CX*8))
	ADDQ $4, CX
	CMPQ CX, R11
	JLT  four

last:
	LONG((R8)(R11*8), (R12)(R11*8))
	VPTEST Y0, Y0
	JNE    done
	LEAQ   (R8)(R13*8), R8
	INCQ   R9
	CMPQ   R9, R10
	JLT    row

done:
	MOVQ R9, ret+32(FP)
	VZEROUPPER
	RET

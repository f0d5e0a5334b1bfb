//go:build !purego

#include "go_asm.h"
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

// The places of 64 bytes.
DATA csvPlaces<>+0(SB)/8, $0x0706050403020100
DATA csvPlaces<>+8(SB)/8, $0x0f0e0d0c0b0a0908
DATA csvPlaces<>+16(SB)/8, $0x1716151413121110
DATA csvPlaces<>+24(SB)/8, $0x1f1e1d1c1b1a1918
DATA csvPlaces<>+32(SB)/8, $0x2726252423222120
DATA csvPlaces<>+40(SB)/8, $0x2f2e2d2c2b2a2928
DATA csvPlaces<>+48(SB)/8, $0x3736353433323130
DATA csvPlaces<>+56(SB)/8, $0x3f3e3d3c3b3a3938
GLOBL csvPlaces<>(SB), RODATA|NOPTR, $64

// Both bodies do what csvScan.block does, with the same steps, and use the same
// registers between blocks:
//
// R14 the arguments, BX start of the block, SI its bytes, DI where the next bound
// goes, R9 where the next row goes, R10 its word of special, R11 inside, R12 closed, R13 cellAt.
//
// Within a block AX are the commas and then all ends, DX the line feeds, R8 the
// special bytes.

#define BEGIN \
	MOVQ v+0(FP), R14                  \
	MOVQ csvVector_csvScan(R14), AX    \
	MOVQ csvScan_at(AX), BX            \
	MOVQ csvVector_src(R14), SI        \
	ADDQ BX, SI                        \
	MOVQ csvScan_n(AX), CX             \
	MOVQ csvVector_bounds(R14), DI     \
	LEAQ (DI)(CX*4), DI                \
	MOVQ csvScan_lines(AX), CX         \
	MOVQ csvVector_rows(R14), R9       \
	LEAQ (R9)(CX*4), R9                \
	MOVQ BX, R10                       \
	SHRQ $3, R10                       \
	ADDQ csvVector_special(R14), R10   \
	MOVQ csvScan_inside(AX), R11       \
	MOVQ csvScan_closed(AX), R12       \
	MOVQ csvScan_cellAt(AX), R13       \
	MOVQ csvVector_limit(R14), CX      \
	MOVQ csvVector_bounds(R14), R8     \
	LEAQ (R8)(CX*4), CX                \
	MOVQ CX, limit-8(SP)               \
	MOVQ csvVector_hard(R14), CX       \
	SUBQ csvVector_special(R14), CX    \
	MOVQ CX, hard-64(SP)

// HARD stores the hard bytes of a block; those of one without quotes are none.
#define HARD(set) \
	MOVQ hard-64(SP), R15 \
	MOVQ set, (R10)(R15*1)

#define END \
	MOVQ csvVector_csvScan(R14), AX    \
	MOVQ BX, csvScan_at(AX)            \
	SUBQ csvVector_bounds(R14), DI     \
	SHRQ $2, DI                        \
	MOVQ DI, csvScan_n(AX)             \
	SUBQ csvVector_rows(R14), R9       \
	SHRQ $2, R9                        \
	MOVQ R9, csvScan_lines(AX)         \
	MOVQ R11, csvScan_inside(AX)       \
	MOVQ R12, csvScan_closed(AX)       \
	MOVQ R13, csvScan_cellAt(AX)       \
	VZEROUPPER                         \
	RET

// QUOTES does what there is to do in a block with care, given the quotes in CX and
// the carriage returns in R15; X14 is all ones. It jumps to done, with all as it was
// at the start of the block, if something is wrong.
#define QUOTES(done) \
	VMOVQ      CX, X2             \
	VPCLMULQDQ $0, X14, X2, X2    \
	MOVQ       DX, stack-16(SP)   \ // all line feeds
	MOVQ       AX, stack-24(SP)   \ // all commas
	SHRQ       $1, DX             \
	ANDQ       R15, DX            \ // carriage returns before line feeds
	SHRQ       $63, R15           \
	CMPB       64(SI), $10        \
	SETEQ      AX                 \
	ANDQ       AX, R15            \
	SHLQ       $63, R15           \
	ORQ        DX, R15            \
	VMOVQ      X2, DX             \
	XORQ       R11, DX            \ // inside quotes
	ANDNQ      R15, DX, R15       \ // the carriage returns outside
	MOVQ       stack-24(SP), AX   \
	ANDQ       DX, AX             \
	ORQ        AX, R8             \ // commas inside are special
	XORQ       stack-24(SP), AX   \ // commas outside
	MOVQ       DX, stack-32(SP)   \
	ANDNQ      stack-16(SP), DX, DX \ // line feeds outside
	ORQ        DX, AX             \ // the ends
	MOVQ       DX, stack-16(SP)   \
	ORQ        R15, DX            \
	ANDNQ      R8, DX, R8         \ // what is special
	ORQ        AX, R15            \ // what may stand after a closing quote, but for quotes
	MOVQ       stack-32(SP), DX   \
	ANDQ       CX, DX             \ // quotes that open
	XORQ       DX, CX             \ // quotes that close
	MOVQ       R15, stack-48(SP)  \
	SHRQ       $1, R15            \
	ANDQ       CX, R15            \ // quotes that close a cell
	MOVQ       R15, stack-56(SP)  \
	MOVQ       stack-48(SP), R15  \
	ORQ        DX, R15            \
	MOVQ       CX, stack-40(SP)   \
	SHLQ       $1, CX             \
	ORQ        R12, CX            \
	ANDNQ      CX, R15, R15       \ // wrong after a closing quote
	MOVQ       AX, stack-24(SP)   \
	SHLQ       $1, AX             \
	ORQ        R13, AX            \ // where a cell begins
	ORQ        AX, CX             \ // where a quote may open
	ANDQ       DX, AX             \
	ORQ        AX, stack-56(SP)   \ // quotes that open or close a cell
	ANDNQ      DX, CX, CX         \
	ORQ        R15, CX            \
	JNZ        done               \
	MOVQ       stack-32(SP), R11  \
	SARQ       $63, R11           \
	MOVQ       stack-40(SP), R12  \
	SHRQ       $63, R12           \
	MOVQ       stack-24(SP), AX   \
	MOVQ       stack-16(SP), DX

// MASK makes the 64-bit mask of two compared halves. It uses R15.
#define MASK(lo, hi, to) \
	VPMOVMSKB lo, to \
	VPMOVMSKB hi, R15 \
	SHLQ      $32, R15 \
	ORQ       R15, to

// ENTRY writes the place of the lowest bit of set, and clears the bit.
#define ENTRY(set, to) \
	TZCNTQ set, CX \
	ADDL   BX, CX \
	MOVL   CX, to \
	BLSRQ  set, set

// LAST_BEGIN and LAST_END surround the bodies of lastRow. BX, SI, R11, R12 and R13 are as
// above; DI is the last block that has a line feed outside quotes, R10 those.
#define LAST_BEGIN \
	MOVQ l+0(FP), R14                  \
	MOVQ csvLast_at(R14), BX           \
	MOVQ csvLast_src(R14), SI          \
	ADDQ BX, SI                        \
	XORL R11, R11                      \
	XORL R12, R12                      \
	XORL DI, DI                        \
	XORL R10, R10                      \
	VPBROADCASTB csvBytes<>+0(SB), Y8  \
	VPBROADCASTB csvBytes<>+1(SB), Y9  \
	VPBROADCASTB csvBytes<>+2(SB), Y10 \
	VPBROADCASTB csvBytes<>+3(SB), Y11 \
	VPCMPEQB Y14, Y14, Y14

#define LAST_END \
	MOVQ BX, csvLast_at(R14)           \
	MOVQ R11, csvLast_inside(R14)      \
	MOVQ R12, csvLast_closed(R14)      \
	MOVQ DI, csvLast_block(R14)        \
	MOVQ R10, csvLast_rows(R14)        \
	VZEROUPPER                         \
	RET

// LAST_KEEP remembers a block with line feeds, in DX, and goes on to the next.
#define LAST_KEEP \
	TESTQ   DX, DX                     \
	CMOVQNE DX, R10                    \
	CMOVQNE BX, DI                     \
	ADDQ    $64, SI                    \
	ADDQ    $64, BX                    \
	CMPQ    BX, csvLast_stop(R14)

// LAST_CELL tells by the byte before the block whether a cell begins there: blocks
// without quotes have kept no note of it.
#define LAST_CELL \
	MOVL    $1, R13                    \
	TESTQ   BX, BX                     \
	JEQ     begun                      \
	MOVBLZX -1(SI), R15                \
	XORL    R13, R13                   \
	CMPL    R15, $44                   \
	SETEQ   R13                        \
	CMPL    R15, $10                   \
	SETEQ   R8                         \
	ORL     R8, R13                    \
	ANDL    $1, R13                    \
	MOVQ    R11, R8                    \
	ORQ     R12, R8                    \
	ANDL    $1, R8                     \
	XORL    $1, R8                     \
	ANDL    R8, R13                    \
begun:

// func scanCSVAVX2(v *csvVector)
//
// Y0 and Y1 hold the 64 bytes of a block, Y8 to Y13 the bytes that are looked
// for. A byte is a control character if it is the smaller of itself and 0x1f.
TEXT ·scanCSVAVX2(SB), NOSPLIT, $64-8
	BEGIN
	VPBROADCASTB csvBytes<>+0(SB), Y8
	VPBROADCASTB csvBytes<>+1(SB), Y9
	VPBROADCASTB csvBytes<>+2(SB), Y10
	VPBROADCASTB csvBytes<>+3(SB), Y11
	VPBROADCASTB csvBytes<>+4(SB), Y12
	VPBROADCASTB csvBytes<>+5(SB), Y13
	VPCMPEQB Y14, Y14, Y14

block:
	CMPQ DI, limit-8(SP)
	JGE  done
	CMPQ BX, csvVector_stop(R14)
	JGE  done
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1

	VPCMPEQB Y8, Y0, Y2
	VPCMPEQB Y8, Y1, Y3
	MASK(Y2, Y3, AX)
	VPCMPEQB Y9, Y0, Y2
	VPCMPEQB Y9, Y1, Y3
	MASK(Y2, Y3, DX)
	VPCMPEQB Y11, Y0, Y4
	VPCMPEQB Y11, Y1, Y5
	VPCMPEQB Y12, Y0, Y2
	VPCMPEQB Y12, Y1, Y3
	VPOR     Y2, Y4, Y6
	VPOR     Y3, Y5, Y7
	VPMINUB  Y13, Y0, Y2
	VPMINUB  Y13, Y1, Y3
	VPCMPEQB Y2, Y0, Y2
	VPCMPEQB Y3, Y1, Y3
	VPOR     Y2, Y6, Y6
	VPOR     Y3, Y7, Y7
	MASK(Y6, Y7, R8)

	// Line feeds are the only special bytes, and there is no quote, nearly always.
	MOVQ R8, CX
	XORQ DX, CX
	ORQ  R11, CX
	ORQ  R12, CX
	JNZ  care
	XORL R8, R8
	ORQ  DX, AX
	HARD(R8)

ends:
	MOVQ    R8, (R10)
	MOVQ    AX, R13
	SHRQ    $63, R13
	POPCNTQ AX, R15
	LEAQ    (DI)(R15*4), R15

	// Twelve are enough nearly always: more than that are asked for.
	ENTRY(AX, 0(DI))
	ENTRY(AX, 4(DI))
	ENTRY(AX, 8(DI))
	ENTRY(AX, 12(DI))
	ENTRY(AX, 16(DI))
	ENTRY(AX, 20(DI))
	ENTRY(AX, 24(DI))
	ENTRY(AX, 28(DI))
	ENTRY(AX, 32(DI))
	ENTRY(AX, 36(DI))
	ENTRY(AX, 40(DI))
	ENTRY(AX, 44(DI))
	TESTQ AX, AX
	JNZ   more

rows:
	// One row at most, nearly always.
	MOVQ    R15, DI
	POPCNTQ DX, R15
	LEAQ    (R9)(R15*4), R15
	ENTRY(DX, 0(R9))
	TESTQ   DX, DX
	JNZ     moreRows

next:
	MOVQ R15, R9
	ADDQ $64, SI
	ADDQ $8, R10
	ADDQ $64, BX
	JMP  block

more:
	ADDQ $48, DI

four:
	ENTRY(AX, 0(DI))
	ENTRY(AX, 4(DI))
	ENTRY(AX, 8(DI))
	ENTRY(AX, 12(DI))
	ADDQ  $16, DI
	TESTQ AX, AX
	JNZ   four
	JMP   rows

moreRows:
	ADDQ $4, R9

fourRows:
	ENTRY(DX, 0(R9))
	ENTRY(DX, 4(R9))
	ENTRY(DX, 8(R9))
	ENTRY(DX, 12(R9))
	ADDQ  $16, R9
	TESTQ DX, DX
	JNZ   fourRows
	JMP   next

care:
	MASK(Y4, Y5, CX)
	VPCMPEQB Y10, Y0, Y2
	VPCMPEQB Y10, Y1, Y3
	VPMOVMSKB Y3, R15
	SHLQ      $32, R15
	VPMOVMSKB Y2, AX
	ORQ       AX, R15
	VPCMPEQB Y8, Y0, Y2
	VPCMPEQB Y8, Y1, Y3
	VPMOVMSKB Y2, AX
	MOVQ      R15, stack-16(SP)
	MASK(Y2, Y3, AX)
	MOVQ      stack-16(SP), R15
	QUOTES(done)
	MOVQ  stack-56(SP), CX
	ANDNQ R8, CX, CX
	HARD(CX)
	JMP   ends

done:
	END

// PLACES writes the places of the bits of a mask to to, sixteen at a time: what is
// packed is more than that very seldom.
#define PLACES(set, to, many) \
	KMOVQ         set, K1      \
	VPCOMPRESSB.Z Z15, K1, Z2  \
	VPMOVZXBD     X2, Z3       \
	VPADDD        Z7, Z3, Z3   \
	VMOVDQU32     Z3, (to)     \
	POPCNTQ       set, R15     \
	CMPQ          R15, $16     \
	JGT           many

// REST writes those beyond the first sixteen.
#define REST(to) \
	VEXTRACTI32X4 $1, Z2, X3   \
	VPMOVZXBD     X3, Z3       \
	VPADDD        Z7, Z3, Z3   \
	VMOVDQU32     Z3, 64(to)   \
	VEXTRACTI32X4 $2, Z2, X3   \
	VPMOVZXBD     X3, Z3       \
	VPADDD        Z7, Z3, Z3   \
	VMOVDQU32     Z3, 128(to)  \
	VEXTRACTI32X4 $3, Z2, X3   \
	VPMOVZXBD     X3, Z3       \
	VPADDD        Z7, Z3, Z3   \
	VMOVDQU32     Z3, 192(to)

// func scanCSVAVX512(v *csvVector)
//
// Z0 holds the 64 bytes of a block, Z7 its start, Z6 what a block adds to that, Z8 to
// Z13 the bytes that are looked for, Z15 the places within a block.
TEXT ·scanCSVAVX512(SB), NOSPLIT, $64-8
	BEGIN
	VPBROADCASTB csvBytes<>+0(SB), Z8
	VPBROADCASTB csvBytes<>+1(SB), Z9
	VPBROADCASTB csvBytes<>+2(SB), Z10
	VPBROADCASTB csvBytes<>+3(SB), Z11
	VPBROADCASTB csvBytes<>+4(SB), Z12
	VPBROADCASTB csvBytes<>+5(SB), Z13
	VPCMPEQB     Y14, Y14, Y14
	VMOVDQU64    csvPlaces<>(SB), Z15
	VPBROADCASTD BX, Z7
	MOVL         $64, CX
	VPBROADCASTD CX, Z6

block:
	CMPQ DI, limit-8(SP)
	JGE  done
	CMPQ BX, csvVector_stop(R14)
	JGE  done
	VMOVDQU64 (SI), Z0
	VPCMPEQB  Z8, Z0, K1
	VPCMPEQB  Z9, Z0, K2
	VPCMPEQB  Z11, Z0, K3
	VPCMPEQB  Z12, Z0, K4
	VPCMPUB   $2, Z13, Z0, K5
	KORQ      K3, K4, K4
	KORQ      K4, K5, K5
	KMOVQ     K1, AX
	KMOVQ     K2, DX
	KMOVQ     K5, R8

	MOVQ R8, CX
	XORQ DX, CX
	ORQ  R11, CX
	ORQ  R12, CX
	JNZ  care
	XORL R8, R8
	ORQ  DX, AX
	HARD(R8)

ends:
	MOVQ R8, (R10)
	MOVQ AX, R13
	SHRQ $63, R13
	PLACES(AX, DI, more)

rows:
	LEAQ (DI)(R15*4), DI
	PLACES(DX, R9, moreRows)

next:
	LEAQ   (R9)(R15*4), R9
	ADDQ   $64, SI
	ADDQ   $8, R10
	ADDQ   $64, BX
	VPADDD Z6, Z7, Z7
	JMP    block

more:
	REST(DI)
	JMP rows

moreRows:
	REST(R9)
	JMP next

care:
	KMOVQ    K3, CX
	VPCMPEQB Z10, Z0, K3
	KMOVQ    K3, R15
	QUOTES(done)
	MOVQ  stack-56(SP), CX
	ANDNQ R8, CX, CX
	HARD(CX)
	JMP   ends

done:
	END

// func lastRowAVX2(l *csvLast)
TEXT ·lastRowAVX2(SB), NOSPLIT, $64-8
	LAST_BEGIN
	CMPQ BX, csvLast_stop(R14)
	JGE  done

block:
	VMOVDQU  (SI), Y0
	VMOVDQU  32(SI), Y1
	VPCMPEQB Y9, Y0, Y2
	VPCMPEQB Y9, Y1, Y3
	MASK(Y2, Y3, DX)
	VPCMPEQB Y11, Y0, Y2
	VPCMPEQB Y11, Y1, Y3
	MASK(Y2, Y3, CX)
	MOVQ     CX, AX
	ORQ      R11, AX
	ORQ      R12, AX
	JNZ      care

keep:
	LAST_KEEP
	JLT block

done:
	LAST_END

care:
	LAST_CELL
	VPCMPEQB  Y8, Y0, Y2
	VPCMPEQB  Y8, Y1, Y3
	MASK(Y2, Y3, AX)
	VPCMPEQB  Y10, Y0, Y2
	VPCMPEQB  Y10, Y1, Y3
	VPMOVMSKB Y3, R15
	SHLQ      $32, R15
	VPMOVMSKB Y2, R8
	ORQ       R8, R15
	QUOTES(done)
	JMP keep

// func lastRowAVX512(l *csvLast)
TEXT ·lastRowAVX512(SB), NOSPLIT, $64-8
	LAST_BEGIN
	VPBROADCASTB csvBytes<>+0(SB), Z8
	VPBROADCASTB csvBytes<>+1(SB), Z9
	VPBROADCASTB csvBytes<>+2(SB), Z10
	VPBROADCASTB csvBytes<>+3(SB), Z11
	CMPQ BX, csvLast_stop(R14)
	JGE  done

block:
	VMOVDQU64 (SI), Z0
	VPCMPEQB  Z9, Z0, K2
	VPCMPEQB  Z11, Z0, K3
	KMOVQ     K2, DX
	KMOVQ     K3, CX
	MOVQ      CX, AX
	ORQ       R11, AX
	ORQ       R12, AX
	JNZ       care

keep:
	LAST_KEEP
	JLT block

done:
	LAST_END

care:
	LAST_CELL
	VPCMPEQB Z8, Z0, K1
	VPCMPEQB Z10, Z0, K2
	KMOVQ    K1, AX
	KMOVQ    K2, R15
	QUOTES(done)
	JMP keep

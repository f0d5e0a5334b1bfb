//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// How a Value is packed; a test holds these against the package.
#define LEN_SHIFT     $24
#define LITERAL_SHIFT $63
#define UNITARY_SHIFT $61

// One byte each, spread over a register.
DATA gatherBytes<>+0(SB)/1, $0x22 // quote
DATA gatherBytes<>+1(SB)/1, $0x5c // backslash
DATA gatherBytes<>+2(SB)/1, $0x1f // the last control character
DATA gatherBytes<>+3(SB)/1, $0x2c // comma
GLOBL gatherBytes<>(SB), RODATA|NOPTR, $4

// CLASSIFY tells of the bytes in Y0: Y1 those that need care, Y4 commas.
#define CLASSIFY \
	VPMINUB  Y0, Y12, Y1 \
	VPCMPEQB Y0, Y10, Y2 \
	VPCMPEQB Y0, Y11, Y3 \
	VPCMPEQB Y0, Y1, Y1  \
	VPCMPEQB Y0, Y13, Y4 \
	VPOR     Y2, Y3, Y3  \
	VPOR     Y1, Y3, Y1

// func gatherAVX2(w *gathering)
//
// A text of up to 32 bytes is read as 32, unless what lies behind it may be
// another page.
//
// AX text, BX its size, SI piece, CX k, DX pieces; DI buf, R8 at, R11 the place behind
// the text there, R9 the last that may be; R10 vals, R15 high.
TEXT ·gatherAVX2(SB), NOSPLIT, $64-8
	MOVQ w+0(FP), AX
	MOVQ gathering_k(AX), CX
	MOVQ (gathering_list+8)(AX), DX
	CMPQ CX, DX
	JGE  nothing
	MOVQ gathering_buf(AX), DI
	MOVQ (gathering_buf+8)(AX), R9
	SUBQ $const_gatherSlack, R9
	JLT  nothing
	MOVQ gathering_list(AX), SI
	IMUL3Q $piece__size, CX, BX
	ADDQ BX, SI
	MOVQ gathering_at(AX), R8
	MOVQ gathering_vals(AX), R10
	MOVQ gathering_high(AX), R15
	VPBROADCASTB gatherBytes<>+0(SB), Y10
	VPBROADCASTB gatherBytes<>+1(SB), Y11
	VPBROADCASTB gatherBytes<>+2(SB), Y12
	VPBROADCASTB gatherBytes<>+3(SB), Y13

piece:
	MOVQ piece_text(SI), AX
	MOVQ (piece_text+8)(SI), BX
	CMPQ BX, $const_MaxRecord
	JHI  done
	LEAQ (R8)(BX*1), R11
	CMPQ R11, R9
	JGT  done
	TESTQ BX, BX
	CMOVQEQ DI, AX // an empty text may be nowhere
	CMPQ BX, $32
	JHI  long
	MOVL AX, R12
	ANDL $4095, R12
	CMPL R12, $(4096-32)
	JHI  edge

load:
	VMOVDQU (AX), Y0

loaded:
	VMOVDQU Y0, (DI)(R8*1)
	CLASSIFY
	VPMOVMSKB Y1, R12
	VPMOVMSKB Y4, R13
	VPMOVMSKB Y0, R14
	BZHIL BX, R12, R12
	BZHIL BX, R13, R13
	BZHIL BX, R14, R14

value:
	ORL   R12, R13
	XORL  AX, AX
	TESTL R12, R12
	SETEQ AX
	XORL  R12, R12
	TESTL R13, R13
	SETEQ R12
	XORL  R13, R13
	TESTL R14, R14
	SETNE R13
	SHLQ  LITERAL_SHIFT, AX
	SHLQ  UNITARY_SHIFT, R12
	SHLQ  CX, R13
	SHLQ  LEN_SHIFT, BX
	ORQ   R13, R15
	ORQ   R12, AX
	ORQ   R8, BX
	ORQ   piece_tag(SI), AX
	ORQ   BX, AX
	MOVQ  AX, (R10)(CX*8)
	MOVQ  R11, R8
	ADDQ  $piece__size, SI
	INCQ  CX
	CMPQ  CX, DX
	JLT   piece

done:
	MOVQ w+0(FP), AX
	MOVQ CX, gathering_k(AX)
	MOVQ R8, gathering_at(AX)
	MOVQ R15, gathering_high(AX)
	VZEROUPPER

nothing:
	RET

	// Less than 32 bytes of the page are left. If the text ends in it, what lies
	// before its end is read and moved.
edge:
	ADDL BX, R12
	CMPL R12, $4096
	JHI  load
	VMOVDQU -32(AX)(BX*1), Y0
	VMOVDQU Y0, move-64(SP)
	LEAQ move-64(SP), R12
	SUBQ BX, R12
	VMOVDQU 32(R12), Y0
	JMP  loaded

	// 32 bytes at a time, and then the last 32. Y5, Y6, Y7 have care, commas, high bits.
long:
	LEAQ (DI)(R8*1), R13
	XORL R12, R12
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7

more:
	VMOVDQU (AX)(R12*1), Y0
	VMOVDQU Y0, (R13)(R12*1)
	CLASSIFY
	VPOR Y1, Y5, Y5
	VPOR Y4, Y6, Y6
	VPOR Y0, Y7, Y7
	ADDQ $32, R12
	LEAQ 32(R12), R14
	CMPQ R14, BX
	JLE  more
	VMOVDQU -32(AX)(BX*1), Y0
	VMOVDQU Y0, -32(R13)(BX*1)
	CLASSIFY
	VPOR Y1, Y5, Y5
	VPOR Y4, Y6, Y6
	VPOR Y0, Y7, Y7
	VPMOVMSKB Y5, R12
	VPMOVMSKB Y6, R13
	VPMOVMSKB Y7, R14
	JMP  value

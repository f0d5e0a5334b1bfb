//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// One byte each, spread over a register.
DATA jsonBytes<>+0(SB)/1, $0x02 // flipping this bit puts the quote at 0x20, and no other byte there or below
DATA jsonBytes<>+1(SB)/1, $0x20
DATA jsonBytes<>+2(SB)/1, $0x5c // backslash
DATA jsonBytes<>+3(SB)/1, $0x2c // comma
GLOBL jsonBytes<>(SB), RODATA|NOPTR, $4

// func unescapeAVX2(t *unescaping)
//
// DI dst, AX the place there, R8 the last where a block may begin; SI src, BX the
// place there, R9 the last; R10 is not zero if something is marked; R12 escapes.
TEXT ·unescapeAVX2(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), R14
	MOVQ unescaping_dst(R14), DI
	MOVQ unescaping_src(R14), SI
	MOVQ unescaping_room(R14), R8
	MOVQ unescaping_reach(R14), R9
	LEAQ ·escapes(SB), R12
	XORL AX, AX
	XORL BX, BX
	XORL R10, R10
	VPBROADCASTB jsonBytes<>+0(SB), Y8
	VPBROADCASTB jsonBytes<>+1(SB), Y9
	VPBROADCASTB jsonBytes<>+2(SB), Y10
	VPBROADCASTB jsonBytes<>+3(SB), Y11

block:
	CMPQ AX, R8
	JGT  done
	CMPQ BX, R9
	JGT  done
	VMOVDQU   (SI)(BX*1), Y0
	VMOVDQU   Y0, (DI)(AX*1)
	VPXOR     Y8, Y0, Y1
	VPMINUB   Y9, Y1, Y2
	VPCMPEQB  Y2, Y1, Y1
	VPCMPEQB  Y10, Y0, Y2
	VPOR      Y2, Y1, Y1
	VPCMPEQB  Y11, Y0, Y2
	VPMOVMSKB Y1, CX
	VPMOVMSKB Y2, DX
	TESTL     CX, CX
	JZ        whole
	BLSMSKL   CX, R11
	ANDL      R11, DX
	ORL       DX, R10
	TZCNTL    CX, CX
	ADDQ      CX, AX
	ADDQ      CX, BX
	CMPB      (SI)(BX*1), $0x5c
	JNE       done
	MOVBLZX   1(SI)(BX*1), CX
	MOVBLZX   (R12)(CX*1), CX
	TESTL     CX, CX
	JZ        done
	MOVB      CX, (DI)(AX*1)
	INCQ      AX
	ADDQ      $2, BX
	XORL      $0x2f, CX // a slash is not marked
	ORL       CX, R10
	JMP       block

whole:
	ORL  DX, R10
	ADDQ $const_textBlock, AX
	ADDQ $const_textBlock, BX
	JMP  block

done:
	MOVQ  AX, unescaping_n(R14)
	MOVQ  BX, unescaping_i(R14)
	TESTL R10, R10
	SETNE unescaping_marked(R14)
	VZEROUPPER
	RET

//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// How an endpoint.Value is packed; a test holds these against the package.
#define START_MASK $0xffffff
#define LEN_SHIFT  $24
#define LEN_MASK   $0x3fffff
#define FLAG_SHIFT $60
#define IN_AUX     $1
#define PLAIN      $2 // the bit of that flag that tells of commas: it is set with the other only

// One byte each, spread over a register.
DATA emitBytes<>+0(SB)/1, $0x22 // quote
DATA emitBytes<>+1(SB)/1, $0x2c // comma
DATA emitBytes<>+2(SB)/1, $0x0a // line feed
DATA emitBytes<>+3(SB)/1, $0x0d // carriage return
GLOBL emitBytes<>(SB), RODATA|NOPTR, $4

// func emitAVX2(e *emission)
//
// AX value, R8 size, R9 start, R10 where it lies; DI buf, SI n, R15 the place behind
// the value there; DX vals, CX k.
TEXT ·emitAVX2(SB), NOSPLIT, $0-8
	MOVQ e+0(FP), R14
	MOVQ emission_buf(R14), DI
	MOVQ emission_n(R14), SI
	MOVQ emission_vals(R14), DX
	MOVQ emission_k(R14), CX
	VPBROADCASTB emitBytes<>+0(SB), Y8
	VPBROADCASTB emitBytes<>+1(SB), Y9
	VPBROADCASTB emitBytes<>+2(SB), Y10
	VPBROADCASTB emitBytes<>+3(SB), Y11
	CMPQ CX, emission_vals+8(R14)
	JGE  done

value:
	MOVQ (DX)(CX*8), AX
	MOVQ AX, R8
	SHRQ LEN_SHIFT, R8
	ANDL LEN_MASK, R8
	MOVL AX, R9
	ANDL START_MASK, R9
	SHRQ FLAG_SHIFT, AX
	MOVL AX, BX
	ANDL IN_AUX, BX
	LEAQ (BX)(BX*2), BX // slices have three words
	LEAQ const_stride(R8)(R9*1), R12
	CMPQ R12, (emission_src+8)(R14)(BX*8)
	JGT  done
	MOVQ emission_src(R14)(BX*8), R10
	LEAQ (R8)(SI*1), R15
	LEAQ (2*const_stride)(R15), BX
	CMPQ BX, emission_buf+8(R14)
	JGT  done
	TESTL PLAIN, AX
	JZ   care

copy:
	VMOVDQU (R10)(R9*1), Y0
	VMOVDQU 32(R10)(R9*1), Y1
	VMOVDQU Y0, (DI)(SI*1)
	VMOVDQU Y1, 32(DI)(SI*1)
	CMPQ R8, $const_stride
	JGT  long

next:
	MOVB $0x2c, (DI)(R15*1)
	LEAQ 1(R15), SI
	INCQ CX
	CMPQ CX, emission_vals+8(R14)
	JLT  value

done:
	MOVQ SI, emission_n(R14)
	MOVQ CX, emission_k(R14)
	VZEROUPPER
	RET

	// One more stride, up to what may be too much by less than that.
long:
	ADDQ $const_stride, R9
	ADDQ $const_stride, SI
	SUBQ $const_stride, R8
	VMOVDQU (R10)(R9*1), Y0
	VMOVDQU 32(R10)(R9*1), Y1
	VMOVDQU Y0, (DI)(SI*1)
	VMOVDQU Y1, 32(DI)(SI*1)
	CMPQ R8, $const_stride
	JGT  long
	JMP  next

	// As if it needed quotes. BX is the place in the value, R12 its end, R8 what is
	// left, R11 the quotes, R13 other bytes for which it needs quotes, AX whether
	// there were any.
care:
	ADDQ R8, BX
	CMPQ BX, emission_buf+8(R14)
	JGT  done
	SUBQ $const_stride, R12
	MOVB $0x22, (DI)(SI*1)
	LEAQ 1(SI), R15
	MOVQ R9, BX
	XORL AX, AX

part:
	VMOVDQU (R10)(BX*1), Y0
	VMOVDQU Y0, (DI)(R15*1)
	VPCMPEQB Y8, Y0, Y1
	VPCMPEQB Y9, Y0, Y2
	VPCMPEQB Y10, Y0, Y3
	VPCMPEQB Y11, Y0, Y0
	VPOR Y3, Y2, Y2
	VPOR Y0, Y2, Y2
	VPMOVMSKB Y1, R11
	VPMOVMSKB Y2, R13
	MOVQ R12, R8
	SUBQ BX, R8
	CMPQ R8, $32
	JGE  whole
	BZHIL R8, R11, R11
	BZHIL R8, R13, R13

whole:
	ORL   R13, AX
	ORL   R11, AX
	TESTL R11, R11
	JZ    unquoted
	TZCNTL R11, R11
	LEAQ 1(BX)(R11*1), BX
	LEAQ 1(R15)(R11*1), R15
	MOVB $0x22, (DI)(R15*1)
	INCQ R15
	JMP  part

unquoted:
	ADDQ $32, BX
	ADDQ $32, R15
	SUBQ $32, R8
	JGT  part
	ADDQ R8, R15
	TESTL AX, AX
	JZ   needless
	MOVB $0x22, (DI)(R15*1)
	INCQ R15
	JMP  next

needless:
	MOVQ R12, R8
	SUBQ R9, R8
	LEAQ (SI)(R8*1), R15
	JMP  copy

//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// How an endpoint.Value is packed; a test holds these against the package.
#define START_MASK $0xffffff
#define LEN_SHIFT  $24
#define LEN_MASK   $0x3fffff
#define FLAG_SHIFT $60
#define FLAG_MASK  $11 // the flag InAux and those of Plain,
#define PLAIN      $10 // of which only the latter must be set

// func emitAVX2(e *emission)
//
// AX value, R8 size, R9 start; DI buf, SI n, DX vals, CX k, R10 data, R11 most,
// R12 last, R13 end, R15 scratch.
TEXT ·emitAVX2(SB), NOSPLIT, $0-8
	MOVQ e+0(FP), R14
	MOVQ emission_buf(R14), DI
	MOVQ emission_most(R14), R11
	MOVQ emission_n(R14), SI
	MOVQ emission_vals(R14), DX
	MOVQ emission_k(R14), CX
	MOVQ emission_end(R14), R13
	MOVQ emission_data(R14), R10
	MOVQ emission_last(R14), R12

value:
	MOVQ (DX)(CX*8), AX
	MOVQ AX, R8
	SHRQ LEN_SHIFT, R8
	ANDL LEN_MASK, R8
	MOVL AX, R9
	ANDL START_MASK, R9
	SHRQ FLAG_SHIFT, AX
	ANDL FLAG_MASK, AX
	CMPL AX, PLAIN
	JNE  done
	LEAQ (R8)(R9*1), R15
	CMPQ R15, R12
	JGT  done
	LEAQ (R8)(SI*1), R15
	CMPQ R15, R11
	JGT  done
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
	CMPQ CX, R13
	JLT  value

done:
	MOVQ SI, emission_n(R14)
	MOVQ CX, emission_k(R14)
	VZEROUPPER
	RET

	// One more block, up to what may be too much by less than that.
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

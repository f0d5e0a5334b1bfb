//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// How an endpoint.Value is packed; a test holds these against the package.
#define START_MASK   $0xffffff
#define LEN_SHIFT    $24
#define LEN_MASK     $0x3fffff
#define COLUMN_SHIFT $46
#define COLUMN_MASK  $0x3fff
#define FLAG_SHIFT   $60
#define IN_AUX       $1

// func emitAVX2(e *emission)
//
// AX value, BX its step, R8 size, R9 start; DI buf, SI n, DX vals, CX k, R10
// data, R11 cols, R12 class times the size of a row of joins, R13 last, R15
// scratch.
TEXT ·emitAVX2(SB), NOSPLIT, $0-8
	MOVQ  e+0(FP), R14
	MOVQ  emission_buf(R14), DI
	MOVQ  emission_n(R14), SI
	MOVQ  emission_vals(R14), DX
	MOVQ  emission_k(R14), CX
	MOVQ  emission_data(R14), R10
	MOVQ  emission_cols(R14), R11
	MOVQ  emission_last(R14), R13
	IMUL3Q $(8*join__size), emission_class(R14), R12
	ADDQ  emission_joins(R14), R12

value:
	MOVQ   (DX)(CX*8), AX
	MOVQ   AX, BX
	SHRQ   COLUMN_SHIFT, BX
	ANDL   COLUMN_MASK, BX
	IMUL3Q $step__size, BX, BX
	ADDQ   R11, BX

	// The flags must be those that are needed, and the bytes not lie in Aux.
	MOVQ    AX, R8
	SHRQ    FLAG_SHIFT, R8
	MOVBLZX step_need(BX), R9
	MOVL    R9, R15
	ORL     IN_AUX, R15
	ANDL    R8, R15
	CMPL    R15, R9
	JNE     done

	MOVQ AX, R8
	SHRQ LEN_SHIFT, R8
	ANDL LEN_MASK, R8
	CMPQ R8, $const_maxQuick
	JA   done
	MOVL AX, R9
	ANDL START_MASK, R9
	CMPQ R9, emission_start(R14)
	JGT  done
	CMPQ SI, emission_most(R14)
	JGT  done

	MOVWLZX step_head(BX), R15
	CMPQ    R15, R13
	JEQ     again
	MOVQ    R15, R13

	// The join, then the key.
	MOVBLZX step_group(BX), R15
	IMUL3Q  $join__size, R15, R15
	VMOVDQU (join_text)(R12)(R15*1), Y0
	VMOVDQU Y0, (DI)(SI*1)
	ADDQ    join_n(R12)(R15*1), SI
	VMOVDQU step_key(BX), Y0
	VMOVDQU Y0, (DI)(SI*1)
	MOVBLZX step_n(BX), R15
	ADDQ    R15, SI
	MOVBLZX step_class(BX), R12
	IMUL3Q  $(8*join__size), R12, R12
	ADDQ    emission_joins(R14), R12

text:
	VMOVDQU (R10)(R9*1), Y0
	VMOVDQU 32(R10)(R9*1), Y1
	VMOVDQU Y0, (DI)(SI*1)
	VMOVDQU Y1, 32(DI)(SI*1)
	ADDQ    R8, SI
	INCQ    CX
	CMPQ    CX, emission_end(R14)
	JLT     value

done:
	MOVQ SI, emission_n(R14)
	MOVQ CX, emission_k(R14)
	VZEROUPPER
	RET

	// One more value of a list: "," stands before it.
again:
	CMPB step_list(BX), $0
	JEQ  done
	MOVL $0x222c22, (DI)(SI*1)
	ADDQ $3, SI
	JMP  text

//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// How an endpoint.Value is packed; a test holds these against the package.
#define START_MASK   $0xffffff
#define LEN_SHIFT    $24
#define LEN_MASK     $0x3fffff
#define COLUMN_SHIFT $46
#define COLUMN_MASK  $0x3fff

// How an endpoint.Row is laid out; a test holds these, too.
#define ROW_FIRST 8
#define ROW_N     12
#define ROW_FLAGS 16
#define ROW_SIZE  20
#define REJECTED  $1

// EMIT writes the values from DX to R8, and jumps to full before one that there is
// no room for, or too little data.
//
// AX size of a value, R9 its start, BX its cell; DI where to write, R13 how far, R10
// the data, SI how far; R11 the cells, R12 where those begin that follow, in bytes, R15
// the same by column, in cells, and R14 for this one. No long way leads from value to
// value: R12 and DI are known early. Whether the text before a value has more than
// 32 bytes is hard to foresee, so it always counts as such.
#define EMIT(full) \
value:                                  \
	MOVQ    (DX), AX                    \
	MOVQ    AX, BX                      \
	MOVL    AX, R9                      \
	SHRQ    COLUMN_SHIFT, BX            \
	ANDL    START_MASK, R9              \
	ANDL    COLUMN_MASK, BX             \
	SHRQ    LEN_SHIFT, AX               \
	MOVL    (R15)(BX*4), R14            \
	SHLQ    $6, BX                      \
	SHLQ    $6, R14                     \
	ANDL    LEN_MASK, AX                \
	ADDQ    R12, BX                     \
	LEAQ    (DI)(AX*1), CX              \
	CMPQ    CX, R13                     \
	JHI     full                        \
	LEAQ    (R9)(AX*1), CX              \
	CMPQ    CX, SI                      \
	JGT     full                        \
	VMOVDQU (R11)(BX*1), Y0             \
	VMOVDQU 32(R11)(BX*1), Y1           \
	MOVBLZX cell_n(R11)(BX*1), CX       \
	MOVQ    R14, R12                    \
	VMOVDQU Y0, (DI)                    \
	VMOVDQU Y1, 32(DI)                  \
	ADDQ    CX, DI                      \
	VMOVDQU (R10)(R9*1), Y0             \
	VMOVDQU Y0, (DI)                    \
	CMPL    AX, $const_copySize         \
	JHI     long                        \
	ADDQ    AX, DI                      \
next:                                   \
	ADDQ    $8, DX                      \
	CMPQ    DX, R8                      \
	JNE     value

// LONG is the rest of EMIT.
#define LONG \
long:                                   \
	ADDQ    R10, R9                     \
	LEAQ    (DI)(AX*1), CX              \
more:                                   \
	ADDQ    $32, R9                     \
	ADDQ    $32, DI                     \
	VMOVDQU (R9), Y0                    \
	VMOVDQU Y0, (DI)                    \
	SUBQ    $32, AX                     \
	CMPQ    AX, $32                     \
	JHI     more                        \
	MOVQ    CX, DI                      \
	JMP     next

// PREPARE loads what EMIT needs, from R14, but for DX and R8.
#define PREPARE \
	MOVQ    emission_buf(R14), DI       \
	MOVQ    (emission_buf+8)(R14), R13  \
	LEAQ    (-const_emitSlack)(DI)(R13*1), R13 \
	ADDQ    emission_n(R14), DI         \
	MOVQ    emission_data(R14), R10     \
	MOVQ    (emission_data+8)(R14), SI  \
	SUBQ    $const_copySize, SI         \
	MOVQ    emission_table(R14), R11    \
	MOVQ    table_next(R11), R15        \
	MOVQ    table_cells(R11), R11

// ROWS turns the number of the rows into the place where they end.
#define ROWS \
	IMUL3Q $ROW_SIZE, n+16(FP), AX      \
	ADDQ   rows+8(FP), AX               \
	MOVQ   AX, n+16(FP)

// ROW_BEGIN loads what packing a row needs, or jumps to done: SI its values, DI where
// to pack them, DX the packings, BX their number.
#define ROW_BEGIN \
	MOVQ  e+0(FP), R14                  \
	MOVQ  rows+8(FP), AX                \
	CMPQ  AX, n+16(FP)                  \
	JEQ   done                          \
	TESTB REJECTED, ROW_FLAGS(AX)       \
	JNZ   done                          \
	MOVL  ROW_N(AX), CX                 \
	CMPQ  CX, emission_width(R14)       \
	JNE   done                          \
	MOVL  ROW_FIRST(AX), CX             \
	CMPQ  CX, emission_lastFirst(R14)   \
	JGT   done                          \
	MOVQ  emission_vals(R14), SI        \
	LEAQ  (SI)(CX*8), SI                \
	MOVQ  emission_list(R14), DI        \
	MOVQ  emission_table(R14), R11      \
	MOVQ  table_packs(R11), DX          \
	MOVQ  (table_packs+8)(R11), BX

// ROW_EMIT writes the values that are packed up to DI.
#define ROW_EMIT \
	MOVQ  table_end(R11), AX            \
	MOVQ  AX, (DI)                      \
	LEAQ  8(DI), R8                     \
	MOVQ  emission_list(R14), DX        \
	PREPARE                             \
	XORL  R12, R12                      \
	EMIT(done)                          \
	MOVQ  e+0(FP), R14                  \
	SUBQ  emission_buf(R14), DI         \
	MOVQ  DI, AX                        \
	SUBQ  emission_n(R14), AX           \
	CMPQ  AX, emission_max(R14)         \
	JHI   done                          \
	MOVQ  DI, emission_n(R14)           \
	SUBQ  emission_base(R14), DI        \
	MOVQ  emission_ends(R14), CX        \
	MOVQ  (emission_ends+8)(R14), AX    \
	MOVL  DI, (CX)(AX*4)                \
	INCQ  (emission_ends+8)(R14)        \
	ADDQ  $ROW_SIZE, rows+8(FP)

// ROW_CARE tells how many values are packed of a row that needs care.
#define ROW_CARE \
	SUBQ  emission_list(R14), DI        \
	SHRQ  $3, DI                        \
	MOVQ  DI, emission_packed(R14)

// HALF packs four values, which stand at off in a group of eight.
#define HALF(off) \
	VMOVDQU   off(SI), Y0                     \
	VPAND     (packing_size+off)(DX), Y0, Y1  \
	VPCMPEQQ  Y7, Y1, Y1                      \ // empty
	VPXOR     (packing_need+off)(DX), Y0, Y2  \
	VPAND     (packing_test+off)(DX), Y2, Y2  \
	VPANDN    Y2, Y1, Y2                      \
	VPOR      Y2, Y6, Y6                      \
	VMOVMSKPD Y1, AX                          \
	XORL      $15, AX                         \
	POPCNTL   AX, CX                          \
	SHLL      $5, AX                          \
	VMOVDQU   (R9)(AX*1), Y3                  \
	VPERMD    Y0, Y3, Y0                      \
	VMOVDQU   Y0, (DI)                        \
	LEAQ      (DI)(CX*8), DI

// func emitAVX2(e *emission, list *endpoint.Value, n int) int
TEXT ·emitAVX2(SB), NOSPLIT, $0-32
	MOVQ e+0(FP), R14
	PREPARE
	MOVLQZX emission_row(R14), R12
	SHLQ $6, R12
	MOVQ list+8(FP), DX
	MOVQ n+16(FP), R8
	LEAQ (DX)(R8*8), R8
	EMIT(done)

done:
	MOVQ e+0(FP), R14
	SUBQ emission_buf(R14), DI
	MOVQ DI, emission_n(R14)
	SHRQ $6, R12
	MOVL R12, emission_row(R14)
	SUBQ list+8(FP), DX
	SHRQ $3, DX
	MOVQ DX, ret+24(FP)
	VZEROUPPER
	RET

	LONG

// func emitRowsAVX2(e *emission, rows *endpoint.Row, n int)
TEXT ·emitRowsAVX2(SB), NOSPLIT, $0-24
	ROWS

row:
	ROW_BEGIN
	MOVQ  emission_shuffle(R14), R9
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7

group:
	HALF(0)
	HALF(32)
	ADDQ $64, SI
	ADDQ $packing__size, DX
	DECQ BX
	JNZ  group

	VPTEST Y6, Y6
	JNZ    care
	ROW_EMIT
	JMP row

care:
	ROW_CARE

done:
	VZEROUPPER
	RET

	LONG

// func emitRowsAVX512(e *emission, rows *endpoint.Row, n int)
TEXT ·emitRowsAVX512(SB), NOSPLIT, $0-24
	ROWS

row:
	ROW_BEGIN
	VPXORQ Z6, Z6, Z6

group:
	VMOVDQU64     (SI), Z0
	VPTESTMQ      packing_size(DX), Z0, K1
	VPXORQ        packing_need(DX), Z0, Z2
	VPANDQ.Z      packing_test(DX), Z2, K1, Z2
	VPORQ         Z2, Z6, Z6
	VPCOMPRESSQ.Z Z0, K1, Z3
	VMOVDQU64     Z3, (DI)
	KMOVB         K1, AX
	POPCNTL       AX, CX
	LEAQ          (DI)(CX*8), DI
	ADDQ          $64, SI
	ADDQ          $packing__size, DX
	DECQ          BX
	JNZ           group

	VPTESTMQ Z6, Z6, K1
	KORTESTB K1, K1
	JNZ      care
	ROW_EMIT
	JMP row

care:
	ROW_CARE

done:
	VZEROUPPER
	RET

	LONG

//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// How an endpoint.Value is packed; a test holds these against the package.
#define LEN_SHIFT $24
#define PLAIN_BIT $61 // the bit of Plain that a comma clears

// How an endpoint.Row is laid out, likewise.
#define ROW_START 0
#define ROW_END   4
#define ROW_FIRST 8
#define ROW_N     12
#define ROW_FLAGS 16
#define ROW_SIZE  20

// The commas stand behind the stops.
#define COMMAS (8*const_markWords)

// One byte each, spread over a register.
DATA followBytes<>+0(SB)/1, $0x02 // flipping this bit puts the quote at 0x20, and no other byte there or below
DATA followBytes<>+1(SB)/1, $0x20
DATA followBytes<>+2(SB)/1, $0x5c // backslash
DATA followBytes<>+3(SB)/1, $0x2c // comma
DATA followBytes<>+4(SB)/1, $0x30 // zero
DATA followBytes<>+5(SB)/1, $0x09
DATA followBytes<>+6(SB)/1, $0x2e // point
DATA followBytes<>+7(SB)/1, $0x00
GLOBL followBytes<>(SB), RODATA|NOPTR, $8

// STOPS marks the bytes of in that may end a string: quotes, backslashes and
// control characters. It uses Y4.
#define STOPS(in, out) \
	VPXOR    Y8, in, out   \
	VPMINUB  Y9, out, Y4   \
	VPCMPEQB Y4, out, out  \
	VPCMPEQB Y10, in, Y4   \
	VPOR     Y4, out, out

// MASK makes a 64-bit mask of two compared halves.
#define MASK(lo, hi, to, scratch) \
	VPMOVMSKB lo, to         \
	VPMOVMSKB hi, scratch    \
	SHLQ      $32, scratch   \
	ORQ       scratch, to

// func surveyAVX2(m *marks, src *byte, n int)
TEXT ·surveyAVX2(SB), NOSPLIT, $0-24
	MOVQ m+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX
	VPBROADCASTB followBytes<>+0(SB), Y8
	VPBROADCASTB followBytes<>+1(SB), Y9
	VPBROADCASTB followBytes<>+2(SB), Y10
	VPBROADCASTB followBytes<>+3(SB), Y11

block:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	STOPS(Y0, Y2)
	STOPS(Y1, Y3)
	MASK(Y2, Y3, AX, DX)
	MOVQ AX, (DI)
	VPCMPEQB Y11, Y0, Y0
	VPCMPEQB Y11, Y1, Y1
	MASK(Y0, Y1, AX, DX)
	MOVQ AX, COMMAS(DI)
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ  block
	VZEROUPPER
	RET

// TAKE takes the effect of the link at BX, which opens the groups of CX and
// leads to column DX. R8 is its state then.
#define TAKE() \
	ORB     CX, trail_opened(R14)        \
	MOVL    trail_mark(R14), CX          \
	MOVL    CX, column_stamp(R10)(DX*8)  \
	INCL    link_hits(BX)                \
	INCQ    DX                           \
	MOVQ    DX, trail_at(R14)            \
	IMUL3Q  $state__size, DX, R8         \
	ADDQ    trail_states(R14), R8        \
	MOVBLZX link_again(BX), CX           \
	NEGQ    CX                           \
	INCQ    R13                          \
	ANDQ    CX, R13

// func followAVX2(t *trail)
//
// SI data, DI the end of vals, R8 the state, R10 cols, R12 the marks, as if they
// began with the data, R13 item. AX is the place that was come to, BX a link, R15
// the place behind its text and what is read from there. In the frame: the last
// place where two strides may be looked at, the end of the room for values, and
// the last place where a string may end.
TEXT ·followAVX2(SB), NOSPLIT, $24-8
	MOVQ t+0(FP), R14
	MOVQ trail_data(R14), SI
	MOVQ trail_known(R14), AX
	SUBQ $(2*const_stride), AX
	MOVQ AX, most-8(SP)
	MOVQ trail_end(R14), CX
	DECQ CX
	CMPQ CX, AX
	CMOVQGT AX, CX
	MOVQ CX, last-24(SP)
	MOVQ trail_vals(R14), DI
	MOVQ trail_vals+16(R14), AX
	LEAQ (DI)(AX*8), AX
	MOVQ AX, room-16(SP)
	MOVQ trail_vals+8(R14), AX
	LEAQ (DI)(AX*8), DI
	IMUL3Q $state__size, trail_at(R14), R8
	ADDQ trail_states(R14), R8
	MOVQ trail_cols(R14), R10
	MOVQ trail_base(R14), AX
	SHRQ $3, AX
	MOVQ trail_marks(R14), R12
	SUBQ AX, R12
	MOVQ trail_item(R14), R13
	MOVQ trail_i(R14), AX
	VPBROADCASTB followBytes<>+4(SB), Y12
	VPBROADCASTB followBytes<>+5(SB), Y13
	VPBROADCASTB followBytes<>+6(SB), Y14

text:
	CMPQ AX, most-8(SP)
	JGT  none
	CMPQ DI, room-16(SP)
	JEQ  none
	VMOVDQU (SI)(AX*1), Y0
	VMOVDQU 32(SI)(AX*1), Y1
	LEAQ (state_links-link__size)(R8), BX
	MOVL state_n(R8), R15
	MOVQ (SI)(AX*1), R9

link:
	ADDQ  $link__size, BX
	DECL  R15
	JLT   none
	MOVQ  link_text(BX), CX
	XORQ  R9, CX
	TESTQ link_head(BX), CX
	JNZ   link
	VPCMPEQB link_text(BX), Y0, Y2
	VPCMPEQB (link_text+32)(BX), Y1, Y3
	MASK(Y2, Y3, CX, DX)
	ANDNQ link_need(BX), CX, CX
	JNZ  link

	MOVBLZX link_n(BX), R15
	ADDQ    AX, R15
	MOVLQSX link_col(BX), DX
	TESTQ   DX, DX
	JLT     end
	MOVL    column_stamp(R10)(DX*8), CX
	CMPL    CX, trail_mark(R14)
	SETEQ   CX
	CMPB    link_again(BX), CX
	JNE     none
	MOVBLZX link_opens(BX), CX
	TESTB   CX, trail_opened(R14)
	JNZ     none
	CMPB    link_number(BX), $0
	JNE     number

	TAKE()
	MOVQ R15, AX

	// R9 are the stops from R15 on, R11 the place of the first, DX the commas.
	MOVL  R15, R11
	ANDL  $7, R11
	MOVQ  R15, CX
	SHRQ  $3, CX
	SHRXQ R11, (R12)(CX*1), R9
	SHRXQ R11, COMMAS(R12)(CX*1), DX
	TZCNTQ R9, R11
	JCS   longer

stop:
	BLSMSKQ R9, R9
	ANDQ    R9, DX
	ADDQ    R15, R11
	CMPQ    R11, last-24(SP)
	JGT     care
	CMPB    (SI)(R11*1), $0x22
	JNE     escape
	MOVQ    R11, CX
	SUBQ    AX, CX
	SHLQ    LEN_SHIFT, CX
	ADDQ    AX, CX
	ADDQ    link_tag(BX), CX
	MOVQ    R11, AX
	TESTQ   DX, DX
	JNZ     comma

value:
	MOVQ CX, (DI)
	ADDQ $8, DI
	JMP  text

comma:
	BTRQ PLAIN_BIT, CX
	JMP  value

escape:
	MOVB $1, trail_escape(R14)
	JMP  care

	// No stop in 57 bytes at least. A comma there counts as one behind them.
longer:
	LEAQ  -8(R15), CX
	CMPQ  CX, most-8(SP)
	JGT   care
	ADDQ  $56, R15
	MOVL  R15, R11
	ANDL  $7, R11
	MOVQ  R15, CX
	SHRQ  $3, CX
	SHRXQ R11, (R12)(CX*1), R9
	SHRXQ R11, COMMAS(R12)(CX*1), CX
	CMPQ  DX, $1
	SBBQ  DX, DX
	NOTQ  DX
	ORQ   CX, DX
	TZCNTQ R9, R11
	JCS   longer
	JMP   stop

	// The number at R15. R9 and R11 mark the digits and the points behind its sign.
number:
	CMPQ R15, trail_end(R14)
	JGE  none
	VMOVDQU (SI)(R15*1), Y0
	VPSUBB   Y12, Y0, Y1
	VPMINUB  Y13, Y1, Y2
	VPCMPEQB Y2, Y1, Y1
	VPCMPEQB Y14, Y0, Y2
	VPMOVMSKB Y1, R9
	VPMOVMSKB Y2, R11
	MOVQ  AX, trail_i(R14)
	XORL  AX, AX
	CMPB  (SI)(R15*1), $0x2d
	SETEQ AX
	SHRXL AX, R9, R9
	SHRXL AX, R11, R11
	TESTL $1, R9
	JZ    noNumber
	TAKE()
	ADDQ  R15, AX // the first digit
	MOVL  R9, CX
	ORL   R11, CX
	NOTL  CX
	TZCNTL CX, CX
	LEAQ  (AX)(CX*1), DX // the end
	BZHIL CX, R11, R11
	BLSRL R11, R11       // no more than one point
	JNZ   oddNumber
	DECL  CX
	BTL   CX, R9         // the last is a digit
	JCC   oddNumber
	CMPB  (SI)(AX*1), $0x30
	JEQ   zero

notZero:
	MOVBLZX (SI)(DX*1), CX
	ORL  $0x20, CX
	CMPL CX, $0x65 // e
	JEQ  oddNumber
	CMPQ DX, trail_end(R14)
	JGE  oddNumber
	MOVQ DX, AX
	SUBQ R15, DX
	CMPQ DX, $const_maxNumber
	JGE  oddNumber
	SHLQ LEN_SHIFT, DX
	ADDQ R15, DX
	ADDQ link_tag(BX), DX
	MOVQ DX, CX
	JMP  value

zero: // no digit may follow it
	TESTL $2, R9
	JZ    notZero

oddNumber:
	MOVQ R15, AX

care:
	MOVLQSX link_col(BX), CX
	JMP     done

noNumber:
	MOVQ trail_i(R14), AX

none:
	MOVQ $const_colNone, CX
	JMP  done

end:
	CMPB trail_more(R14), $0
	JNE  line
	CMPQ R15, trail_end(R14)
	JNE  none
	INCL link_hits(BX)

over:
	MOVQ R15, AX
	MOVQ $const_colEnd, CX
	JMP  done

	// A line ends at R15. R9 is the number of rows, R11 the place behind them.
line:
	CMPB (SI)(R15*1), $0x0a
	JNE  none
	INCL link_hits(BX)
	MOVQ trail_rows+8(R14), R9
	LEAQ (R9)(R9*4), R11
	SHLQ $2, R11
	ADDQ trail_rows(R14), R11
	LEAQ 1(R15), AX
	MOVQ DI, CX
	SUBQ trail_vals(R14), CX
	SHRQ $3, CX
	MOVL AX, (ROW_END-ROW_SIZE)(R11)
	MOVL CX, BX
	SUBL (ROW_FIRST-ROW_SIZE)(R11), BX
	MOVL BX, (ROW_N-ROW_SIZE)(R11)

	// The next one, if there is one.
	CMPQ AX, trail_end(R14)
	JGE  over
	CMPQ R9, trail_rows+16(R14)
	JGE  over
	MOVL trail_mark(R14), BX
	INCL BX
	JZ   over
	MOVL BX, trail_mark(R14)
	INCQ R9
	MOVQ R9, trail_rows+8(R14)
	MOVL AX, ROW_START(R11)
	MOVL $0, ROW_END(R11)
	MOVL CX, ROW_FIRST(R11)
	MOVL $0, ROW_N(R11)
	MOVL $0, ROW_FLAGS(R11)
	MOVB $0, trail_opened(R14)
	MOVQ $0, trail_at(R14)
	MOVQ $-1, R13
	MOVQ trail_states(R14), R8
	JMP  text

done:
	MOVQ AX, trail_i(R14)
	MOVQ CX, trail_col(R14)
	MOVQ R13, trail_item(R14)
	SUBQ trail_vals(R14), DI
	SHRQ $3, DI
	MOVQ DI, trail_vals+8(R14)
	VZEROUPPER
	RET

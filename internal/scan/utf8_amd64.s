//go:build !purego

#include "textflag.h"

// What may be wrong with two neighbouring bytes, a bit each: 0x01 too short, 0x02
// too long, 0x04 overlong of three bytes, 0x08 beyond U+10FFFF, 0x10 surrogate, 0x20
// overlong of two bytes, 0x40 beyond U+10FFFF or overlong of four bytes, 0x80 two
// continuations. A table for the high half of the first byte, one for its low half,
// one for the high half of the second; what all three agree on is wrong, but for
// two continuations where a third or fourth byte is due.
// The method is that of J. Keiser and D. Lemire, Validating UTF-8 In Less Than One
// Instruction Per Byte (2020).

// by the first byte's high half
DATA utf8High<>+0(SB)/8, $0x0202020202020202
DATA utf8High<>+8(SB)/8, $0x4915012180808080
GLOBL utf8High<>(SB), RODATA|NOPTR, $16

// by its low half
DATA utf8Low<>+0(SB)/8, $0xcbcbcb8b8383a3e7
DATA utf8Low<>+8(SB)/8, $0xcbcbdbcbcbcbcbcb
GLOBL utf8Low<>(SB), RODATA|NOPTR, $16

// by the second byte's high half
DATA utf8Next<>+0(SB)/8, $0x0101010101010101
DATA utf8Next<>+8(SB)/8, $0x01010101babaaee6
GLOBL utf8Next<>(SB), RODATA|NOPTR, $16

DATA utf8Bytes<>+0(SB)/1, $0x0f
DATA utf8Bytes<>+1(SB)/1, $0x60 // from 0xe0 on, this leaves a high bit
DATA utf8Bytes<>+2(SB)/1, $0x70 // from 0xf0 on
DATA utf8Bytes<>+3(SB)/1, $0x80
GLOBL utf8Bytes<>(SB), RODATA|NOPTR, $4

// CHECK looks at the 32 bytes of in, which stand behind those of before, and adds
// what is wrong to Y3. It uses Y4 to Y7.
#define CHECK(in, before) \
	VPERM2I128 $0x21, in, before, Y4 \
	VPALIGNR   $15, Y4, in, Y5       \ // each byte's neighbour
	VPSRLW     $4, Y5, Y6            \
	VPAND      Y11, Y6, Y6           \
	VPSHUFB    Y6, Y8, Y6            \
	VPAND      Y11, Y5, Y7           \
	VPSHUFB    Y7, Y9, Y7            \
	VPAND      Y7, Y6, Y6            \
	VPSRLW     $4, in, Y7            \
	VPAND      Y11, Y7, Y7           \
	VPSHUFB    Y7, Y10, Y7           \
	VPAND      Y7, Y6, Y6            \
	VPALIGNR   $14, Y4, in, Y5       \ // the byte two before
	VPSUBUSB   Y12, Y5, Y5           \
	VPALIGNR   $13, Y4, in, Y7       \ // the byte three before
	VPSUBUSB   Y13, Y7, Y7           \
	VPOR       Y7, Y5, Y5            \
	VPAND      Y14, Y5, Y5           \
	VPXOR      Y6, Y5, Y5            \
	VPOR       Y5, Y3, Y3

// func utf8AVX2(src *byte, n int) bool
//
// Blocks without a high bit are passed over if the one before is such a block, too.
TEXT ·utf8AVX2(SB), NOSPLIT, $0-17
	MOVQ src+0(FP), SI
	MOVQ n+8(FP), CX
	VBROADCASTI128 utf8High<>(SB), Y8
	VBROADCASTI128 utf8Low<>(SB), Y9
	VBROADCASTI128 utf8Next<>(SB), Y10
	VPBROADCASTB   utf8Bytes<>+0(SB), Y11
	VPBROADCASTB   utf8Bytes<>+1(SB), Y12
	VPBROADCASTB   utf8Bytes<>+2(SB), Y13
	VPBROADCASTB   utf8Bytes<>+3(SB), Y14
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	XORL  DX, DX

block:
	VMOVDQU   (SI), Y0
	VMOVDQU   32(SI), Y1
	VPOR      Y0, Y1, Y4
	VPMOVMSKB Y4, AX
	ORL       AX, DX
	JZ        next
	CHECK(Y0, Y2)
	CHECK(Y1, Y0)

next:
	MOVL    AX, DX
	VMOVDQA Y1, Y2
	ADDQ    $64, SI
	DECQ    CX
	JNZ     block

	VPTEST Y3, Y3
	SETEQ  ret+16(FP)
	VZEROUPPER
	RET

// What the kernels in assembly have in common.

// How an endpoint.Value is packed; a test holds these against the package.
#define START_MASK $0xffffff
#define LEN_SHIFT  $24
#define UP_TO_15   $0x10003ffff0000000 // set in values that are longer, or in Aux
#define UP_TO_31   $0x10003fffe0000000
#define UP_TO_63   $0x10003fffc0000000
#define BARE       $0x40 // in the highest byte

// All kernels use R8 for the place of the value, R10 for the end of the values, R11
// for the step in bytes, R12 for data, R13 for the last start, and R9 for what must
// not be set in a value.
#define ARGUMENTS(refused) \
	MOVQ vals+0(FP), R8 \
	MOVQ n+8(FP), R10 \
	LEAQ (R8)(R10*8), R10 \
	MOVQ step+16(FP), R11 \
	SHLQ $3, R11 \
	MOVQ data+24(FP), R12 \
	MOVQ last+32(FP), R13 \
	MOVQ refused, R9

// VALUE loads a value, its place to BX and its length to CL; the rest of CX is not
// defined. It leaves for else with values that cannot be looked at. It uses AX.
#define VALUE(from, else) \
	MOVQ  from, AX \
	MOVL  AX, BX \
	ANDL  START_MASK, BX \
	MOVQ  AX, CX \
	SHRQ  LEN_SHIFT, CX \
	TESTQ R9, AX \
	JNE   else \
	CMPQ  BX, R13 \
	JHI   else \
	ADDQ  R12, BX

// NEXT goes to the next value.
#define NEXT \
	ADDQ R11, R8 \
	CMPQ R8, R10 \
	JCS  value

// INDEX makes the index of the value in R8.
#define INDEX \
	SUBQ vals+0(FP), R8 \
	SHRQ $3, R8

// SPREAD fills a register with a byte. It uses AX.
#define SPREAD(byte, x, to) \
	MOVL         byte, AX \
	VMOVD        AX, x \
	VPBROADCASTB x, to

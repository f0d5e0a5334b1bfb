package scan

import (
	"encoding/binary"
	"unicode/utf8"
)

// ValidUTF8 reports whether src is valid UTF-8, as utf8.Valid does.
func ValidUTF8(src []byte) bool { return validUTF8(src) }

// validUTF8Go is the body for every machine, and the one that others are held
// against. It goes by blocks of 64 bytes. In those that are not ASCII nothing
// branches on where characters begin and how long they are.
func validUTF8Go(src []byte) bool {
	var s utf8State
	i := 0
	for ; i+64 <= len(src); i += 64 {
		b := (*[64]byte)(src[i:])
		w := binary.LittleEndian.Uint64(b[0:]) | binary.LittleEndian.Uint64(b[8:]) |
			binary.LittleEndian.Uint64(b[16:]) | binary.LittleEndian.Uint64(b[24:]) |
			binary.LittleEndian.Uint64(b[32:]) | binary.LittleEndian.Uint64(b[40:]) |
			binary.LittleEndian.Uint64(b[48:]) | binary.LittleEndian.Uint64(b[56:])
		if w&highs|s.last == 0 {
			continue
		}
		if !s.block(b) {
			return false
		}
	}
	if s.last != 0 { // the character that the blocks end with is the rest's
		for i--; src[i] < 0xc0; i-- {
		}
	}
	return utf8.Valid(src[i:])
}

// utf8State says of the byte before a block, in bit 0 of each, how many bytes of
// its character must follow, and whether the next one is bound further. If none must
// follow, all are zero.
type utf8State struct {
	three, two, last uint64 // at least three, at least two, at least one
	e0, ed, f0, f4   uint64 // it is that byte
}

// block judges a block.
func (s *utf8State) block(b *[64]byte) bool {
	b0, b1, b2, b3, b4, b5, b6, b7 := planes(b)

	// The first bytes of characters of two or more bytes, of three or more, of four.
	lead := b7 & b6
	three := lead & b5
	four := three & b4
	two := three | behind(four, s.three)
	last := lead | behind(two, s.two)
	bad := behind(last, s.last) ^ b7&^b6

	few := b3 | b2 | b1
	bad |= lead &^ (b5 | b4 | few)          // C0 and C1
	bad |= four & (b3 | b2&(b1|b0))         // F5 to FF
	e0 := three &^ (b4 | few | b0)          // A0 must follow, or more
	ed := three &^ (b4 | b1) & b3 & b2 & b0 // less than A0
	f0 := four &^ (few | b0)                // 90 or more
	f4 := four & b2                         // less than 90
	bad |= behind(e0, s.e0)&^b5 | behind(ed, s.ed)&b5
	bad |= behind(f0, s.f0)&^(b5|b4) | behind(f4, s.f4)&(b5|b4)
	*s = utf8State{four >> 63, two >> 63, last >> 63, e0 >> 63, ed >> 63, f0 >> 63, f4 >> 63}
	return bad == 0
}

// behind gives the bytes behind those of m, in the order of [planes]; before is 1 if there is one of m in
// front of the block.
func behind(m, before uint64) uint64 { return m<<8 | m>>55&0xfe | before }

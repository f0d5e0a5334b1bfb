package scan

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// ValidUTF8 reports whether src is valid UTF-8, as utf8.Valid does.
func ValidUTF8(src []byte) bool { return validUTF8(src) }

// validUTF8Go is the body for every machine, and the one that others are held
// against. It is made for text that is ASCII for the most part, with single
// characters beyond it: of each 64 bytes only those with a high bit are looked at.
func validUTF8Go(src []byte) bool {
	i, done := 0, 0 // all before done is valid
	for ; i+64 <= len(src); i += 64 {
		b := (*[64]byte)(src[i:])
		var mask uint64
		w := binary.LittleEndian.Uint64(b[0:]) | binary.LittleEndian.Uint64(b[8:]) |
			binary.LittleEndian.Uint64(b[16:]) | binary.LittleEndian.Uint64(b[24:]) |
			binary.LittleEndian.Uint64(b[32:]) | binary.LittleEndian.Uint64(b[40:]) |
			binary.LittleEndian.Uint64(b[48:]) | binary.LittleEndian.Uint64(b[56:])
		if w&highs == 0 {
			continue
		}
		for k := uint(0); k < 64; k += 8 {
			mask |= gather(binary.LittleEndian.Uint64(b[k:])&highs) << k
		}
		if done > i { // the rest of a character that began in the block before
			mask &^= 1<<uint(done-i) - 1
		}
		for mask != 0 {
			at := i + bits.TrailingZeros64(mask)
			r, n := utf8.DecodeRune(src[at:])
			if r == utf8.RuneError && n <= 1 {
				return false
			}
			done = at + n
			if done >= i+64 {
				break
			}
			mask &^= 1<<uint(done-i) - 1
		}
	}
	return utf8.Valid(src[max(i, done):])
}

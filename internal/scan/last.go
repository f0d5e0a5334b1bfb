package scan

import (
	"encoding/binary"
	"math/bits"
)

// LastLineFeed gives the index of the last line feed of src, -1 if there is none.
func LastLineFeed(src []byte) int {
	i := len(src)
	for ; i >= 8; i -= 8 {
		if m := zeros(binary.LittleEndian.Uint64(src[i-8:]) ^ '\n'*ones); m != 0 {
			return i - 1 - bits.LeadingZeros64(m)>>3
		}
	}
	for i--; i >= 0 && src[i] != '\n'; i-- {
	}
	return i
}

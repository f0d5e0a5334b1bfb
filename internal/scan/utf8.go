package scan

import (
	"encoding/binary"
	"unicode/utf8"
)

// ValidUTF8 reports whether src is valid UTF-8, as utf8.Valid does. It is made
// for text that is ASCII for the most part: stretches of 64 bytes without a high
// bit are passed over, and only what lies between such stretches, where
// no character can be torn, is looked at closely.
func ValidUTF8(src []byte) bool {
	from := -1 // where the stretch that is not ASCII begins
	i := 0
	for ; i+64 <= len(src); i += 64 {
		b := (*[64]byte)(src[i:])
		w := binary.LittleEndian.Uint64(b[0:]) | binary.LittleEndian.Uint64(b[8:]) |
			binary.LittleEndian.Uint64(b[16:]) | binary.LittleEndian.Uint64(b[24:]) |
			binary.LittleEndian.Uint64(b[32:]) | binary.LittleEndian.Uint64(b[40:]) |
			binary.LittleEndian.Uint64(b[48:]) | binary.LittleEndian.Uint64(b[56:])
		switch {
		case w&highs != 0:
			if from < 0 {
				from = i
			}
		case from >= 0:
			if !utf8.Valid(src[from:i]) {
				return false
			}
			from = -1
		}
	}
	if from < 0 {
		from = i
	}
	return utf8.Valid(src[from:])
}

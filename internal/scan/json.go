// The byte work of JSON: where the plain part of a string ends, what a number
// is, and how text is copied into a string. Each function is a leaf over
// slices, so that a faster body can take its place; the contract of each is its
// doc comment, and the tests hold it against a body that goes byte by byte.

package scan

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes at a time: x - jsonOnes carries a borrow out of each zero byte of x
// into its high bit. The lowest bit that is set is always right, which is all
// that is asked here; bits above it may be wrong.
const (
	jsonOnes    = 0x0101010101010101
	jsonHighs   = 0x8080808080808080
	jsonQuotes  = '"' * jsonOnes
	jsonSlashes = '\\' * jsonOnes
	jsonSpaces  = ' ' * jsonOnes
	jsonCommas  = ',' * jsonOnes
)

// JSONString finds the end of the plain part of a JSON string: the index, at or
// after i, of the first quote, backslash or control character (below 0x20), or
// len(s) if there is none. comma says whether a comma was passed on the way.
// i must not be negative nor larger than len(s).
func JSONString(s []byte, i int) (end int, comma bool) {
	var seen uint64
	for ; i+8 <= len(s); i += 8 {
		w := binary.LittleEndian.Uint64(s[i:])
		stop := ((w ^ jsonQuotes) - jsonOnes) | ((w ^ jsonSlashes) - jsonOnes) | (w - jsonSpaces)
		stop &= ^w & jsonHighs
		c := ((w ^ jsonCommas) - jsonOnes) & ^w & jsonHighs
		if stop != 0 {
			below := stop&-stop - 1
			return i + bits.TrailingZeros64(stop)>>3, seen|c&below != 0
		}
		seen |= c
	}
	comma = seen != 0
	for ; i < len(s); i++ {
		switch b := s[i]; {
		case b == '"' || b == '\\' || b < ' ':
			return i, comma
		case b == ',':
			comma = true
		}
	}
	return i, comma
}

// JSONCopy copies src to dst up to the first byte that a JSON string cannot
// hold as it is (quote, backslash, or a control character below 0x20) and gives
// the number of bytes copied, len(src) if there is no such byte. dst must be at
// least as long as src; its bytes behind those copied may be overwritten.
func JSONCopy(dst, src []byte) int {
	dst = dst[:len(src)]
	i := 0
	for ; i+8 <= len(src); i += 8 {
		w := binary.LittleEndian.Uint64(src[i:])
		binary.LittleEndian.PutUint64(dst[i:], w)
		stop := ((w ^ jsonQuotes) - jsonOnes) | ((w ^ jsonSlashes) - jsonOnes) | (w - jsonSpaces)
		stop &= ^w & jsonHighs
		if stop != 0 {
			return i + bits.TrailingZeros64(stop)>>3
		}
	}
	for ; i < len(src); i++ {
		b := src[i]
		if b == '"' || b == '\\' || b < ' ' {
			return i
		}
		dst[i] = b
	}
	return i
}

// JSONNumber reads a JSON number (RFC 8259, section 6) that starts at i. If
// there is one, it gives the index behind it and true; what follows it is not
// looked at. If not, it gives the index of the byte that cannot stand where it
// stands, len(s) if the text ends too early.
func JSONNumber(s []byte, i int) (end int, ok bool) {
	if i < len(s) && s[i] == '-' {
		i++
	}
	if i < len(s) && s[i] == '0' {
		i++
	} else if i, ok = digits(s, i); !ok {
		return i, false
	}
	if i < len(s) && s[i] == '.' {
		if i, ok = digits(s, i+1); !ok {
			return i, false
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if i, ok = digits(s, i); !ok {
			return i, false
		}
	}
	return i, true
}

// digits passes over decimal digits and says whether there was one.
func digits(s []byte, i int) (int, bool) {
	j := i
	for j < len(s) && s[j]-'0' <= 9 {
		j++
	}
	return j, j > i
}

// JSONSpace gives the index, at or after i, of the first byte that is not JSON
// whitespace (space, tab, line feed, carriage return), len(s) if there is none.
func JSONSpace(s []byte, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t') {
		i++
	}
	return i
}

// JSONBracket gives the index, at or after i, of the first quote, bracket or
// brace, len(s) if there is none.
func JSONBracket(s []byte, i int) int {
	for ; i+8 <= len(s); i += 8 {
		w := binary.LittleEndian.Uint64(s[i:])
		// [ and { differ in one bit only, and so do ] and }.
		low := w | 0x2020202020202020
		stop := ((w ^ jsonQuotes) - jsonOnes) | ((low ^ '{'*jsonOnes) - jsonOnes) | ((low ^ '}'*jsonOnes) - jsonOnes)
		if stop &= ^w & jsonHighs; stop != 0 {
			return i + bits.TrailingZeros64(stop)>>3
		}
	}
	for i < len(s) && s[i] != '"' && s[i]|0x20 != '{' && s[i]|0x20 != '}' {
		i++
	}
	return i
}

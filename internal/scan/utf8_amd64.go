//go:build !purego

package scan

import "unicode/utf8"

func validUTF8(src []byte) bool {
	n := len(src) / 64
	if n == 0 || !useAVX2 {
		return validUTF8Go(src)
	}
	if !utf8AVX2(&src[0], n) {
		return false
	}
	// A character that the blocks end with may be torn: it is the rest's.
	from := n * 64
	for k := 1; k <= 3; k++ {
		if utf8.RuneStart(src[from-k]) {
			from -= k
			break
		}
	}
	return utf8.Valid(src[from:])
}

// utf8AVX2 reports whether n blocks of 64 bytes, one at least, are valid UTF-8,
// as far as can be told without knowing what follows.
//
//go:noescape
func utf8AVX2(src *byte, n int) bool
